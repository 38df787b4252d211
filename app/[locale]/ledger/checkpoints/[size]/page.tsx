import type { Metadata } from "next"
import { notFound } from "next/navigation"
import type { Locale } from "#contracts/localized-text.ts"
import type { CheckpointPage } from "#server/ledger/heads/queries.ts"
import { caller, load } from "../../../../_lib/caller.ts"
import { formatCount } from "../../../../_lib/format.ts"
import { formatTime } from "../../../../_lib/format-time.ts"
import { explorer } from "../../../../_lib/messages/explorer.ts"
import { ledger } from "../../../../_lib/messages/ledger.ts"
import { recordCheck } from "../../../../_lib/messages/record-check.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { doors, paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { ButtonLink } from "../../../../_ui/button.tsx"
import { StatusChip } from "../../../../_ui/chip.tsx"
import { CodeBlock } from "../../../../_ui/code-block.tsx"
import { DefinitionList } from "../../../../_ui/definition-list.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Link, linkLook } from "../../../../_ui/link.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel } from "../../../../_ui/panel.tsx"
import { Time } from "../../../../_ui/values.tsx"
import { VerifyHere } from "../../../../_verify/verify-here.tsx"
import { GrowthPanel } from "../../_parts/growth-panel.tsx"
import { SignedBy } from "../../_parts/head-table.tsx"
import { positionOf } from "../../_parts/record-view.ts"
import { SignatureTable } from "../../_parts/signature-table.tsx"

type Props = { params: Promise<{ locale: string; size: string }>; searchParams: Promise<{ from?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, size } = await params
  return { title: explorer[localeOf(locale)].head(size) }
}

/** One checkpoint: what it signs, by whom, and how it continues an earlier one. */
export default async function Page({ params, searchParams }: Props) {
  const { locale: asked, size: text } = await params
  const locale = localeOf(asked)
  const size = positionOf(text)
  if (size === null) notFound()
  const { from } = await searchParams
  const api = await caller(locale)
  const compared =
    from === undefined
      ? null
      : await load(locale, () => api.ledger.checkpoint({ size, from: positionOf(from) ?? size }))
  const found = compared?.ok
    ? compared
    : orNotFound(await load(locale, () => api.ledger.checkpoint({ size, from: null })))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const page = found.ok
  const { head, growth } = page
  const t = explorer[locale]
  const to = paths(locale)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: ledger[locale].title, href: to.ledger() },
          { label: t.heads, href: to.checkpoints() },
          { label: formatCount(size, locale) },
        ]}
      />
      <PageHead
        title={t.head(formatCount(size, locale))}
        chips={
          <>
            <SignedBy signatures={head.signatures} locale={locale} />
            {page.next === null ? <StatusChip tone="active">{t.newest}</StatusChip> : null}
          </>
        }
        lead={sentenceOf(page, locale)}
      />
      <Columns side={<Side page={page} locale={locale} />}>
        <Panel title={recordCheck[locale].title}>
          <VerifyHere checked={{ head: size, from: growth?.from ?? null }} locale={locale}>
            <Link href={to.verify()}>{t.elsewhere}</Link>
          </VerifyHere>
        </Panel>
        <GrowthPanel
          page={page}
          missed={compared && !compared.ok ? (from ?? "").slice(0, 20) : null}
          locale={locale}
        />
        <SignatureTable signatures={head.signatures} locale={locale} />
        <Panel title={t.note}>
          <CodeBlock locale={locale} title="c2sp.org/tlog-checkpoint" wrap code={page.note} />
        </Panel>
      </Columns>
    </>
  )
}

function sentenceOf({ head, previous }: CheckpointPage, locale: Locale): string {
  const t = explorer[locale]
  const time = formatTime(head.at, locale)
  const first = previous ?? 0
  if (first === head.size) return t.headEmpty(time)
  return t.headSentence(time, formatCount(head.size - first, locale), t.range(first, head.size - 1))
}

function Side({ page, locale }: { page: CheckpointPage; locale: Locale }) {
  const t = explorer[locale]
  const to = paths(locale)
  const { head, previous, next, growth } = page
  const first = previous ?? 0
  return (
    <>
      <Panel title={t.aboutHead}>
        <DefinitionList
          compact
          items={[
            { term: t.columns.size, value: formatCount(head.size, locale) },
            { term: t.columns.root, value: <Hash value={head.root} locale={locale} /> },
            { term: t.columns.at, value: <Time time={head.at} locale={locale} precision="second" /> },
            ...(head.size === 0
              ? []
              : [{ term: t.records, value: <Range from={first} to={head.size - 1} locale={locale} /> }]),
            { term: ledger[locale].log, value: <code className="font-mono wrap-anywhere">{page.log}</code> },
          ]}
        />
      </Panel>
      <Panel title={t.logFiles}>
        <ul className="grid gap-1.5">
          <li>
            <a className={linkLook} href={doors.checkpointOf(head.size)} download={`checkpoint-${head.size}`}>
              {t.rawNote}
            </a>
          </li>
          {growth === null ? null : (
            <li>
              <a
                className={linkLook}
                href={doors.consistency(growth.from, head.size)}
                download={`consistency-${growth.from}-${head.size}`}
              >
                {t.rawProof}
              </a>
            </li>
          )}
        </ul>
      </Panel>
      <nav aria-label={t.neighbours} className="flex flex-wrap gap-2">
        {previous === null ? null : (
          <ButtonLink size="small" icon="left" rel="prev" href={to.checkpoint(previous)}>
            {t.olderHead}
          </ButtonLink>
        )}
        {next === null ? null : (
          <ButtonLink size="small" icon="right" rel="next" href={to.checkpoint(next)}>
            {t.newerHead}
          </ButtonLink>
        )}
      </nav>
    </>
  )
}

function Range({ from, to: last, locale }: { from: number; to: number; locale: Locale }) {
  const to = paths(locale)
  return (
    <>
      <Link href={to.record(from)}>{from}</Link>
      {from === last ? null : (
        <>
          {" – "}
          <Link href={to.record(last)}>{last}</Link>
        </>
      )}
    </>
  )
}
