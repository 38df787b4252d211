import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { caller, load } from "../../../../_lib/caller.ts"
import { explorer } from "../../../../_lib/messages/explorer.ts"
import { ledger } from "../../../../_lib/messages/ledger.ts"
import { recordCheck } from "../../../../_lib/messages/record-check.ts"
import { localeOf, orNotFound } from "../../../../_lib/page.ts"
import { doors, paths } from "../../../../_lib/paths.ts"
import { Refused } from "../../../../_shell/refused.tsx"
import { ButtonLink } from "../../../../_ui/button.tsx"
import { Badge, StatusChip } from "../../../../_ui/chip.tsx"
import { CodeBlock } from "../../../../_ui/code-block.tsx"
import { Hash } from "../../../../_ui/hash.tsx"
import { Link, linkLook } from "../../../../_ui/link.tsx"
import { Breadcrumbs } from "../../../../_ui/navigation.tsx"
import { Columns, PageHead, Panel } from "../../../../_ui/panel.tsx"
import { VerifyHere } from "../../../../_verify/verify-here.tsx"
import { SignedBy } from "../../_parts/head-table.tsx"
import { LogFiles } from "../../_parts/log-files.tsx"
import { ProofPanel } from "../../_parts/proof-panel.tsx"
import { RecordContent } from "../../_parts/record-content.tsx"
import { RecordFacts } from "../../_parts/record-facts.tsx"
import { RecordThreads } from "../../_parts/record-threads.tsx"
import { hexLeaf, leafBytes, positionOf, rawLeaf, sentenceOf } from "../../_parts/record-view.ts"

type Props = { params: Promise<{ locale: string; index: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, index } = await params
  return { title: ledger[localeOf(locale)].record(positionOf(index) ?? 0) }
}

/** One record: what happened as a sentence, what it holds, and how its place in the log is proven. */
export default async function Page({ params }: Props) {
  const { locale: asked, index: text } = await params
  const locale = localeOf(asked)
  const index = positionOf(text)
  if (index === null) notFound()
  const api = await caller(locale)
  const [record, erased] = await Promise.all([
    load(locale, () => api.ledger.record({ index })),
    load(locale, () => api.erasure.erased({ indexes: [index] })),
  ])
  const found = orNotFound(record)
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { certificate, opened, size, fixed, signatures } = found.ok
  const { leaf } = certificate
  const t = ledger[locale]
  const e = explorer[locale]
  const to = paths(locale)
  const known = "type" in leaf ? leaf : null
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[{ label: t.title, href: to.ledger() }, { label: t.record(index) }]}
      />
      <PageHead
        title={t.record(index)}
        chips={
          <>
            <StatusChip tone="good">{t.inSigned}</StatusChip>
            <Badge>{known ? known.type : `v${leaf.v}`}</Badge>
          </>
        }
        lead={known ? sentenceOf(known, opened, locale) : t.unknownVersion}
        actions={
          <ButtonLink href={to.certificate(index)} icon="seal">
            {t.certificate}
          </ButtonLink>
        }
      />
      <Columns
        side={
          <>
            <RecordFacts certificate={certificate} fixed={fixed} locale={locale} />
            <Panel title={t.files}>
              <ul className="grid gap-1.5">
                <li>
                  <a
                    className={linkLook}
                    href={doors.certificateJson(index)}
                    download={`certificate-${index}.json`}
                  >
                    {t.certificateJson}
                  </a>
                </li>
                <li>
                  <a className={linkLook} href={doors.proof(index)} download={`record-${index}.tlog-proof`}>
                    {t.certificateProof}
                  </a>
                </li>
              </ul>
            </Panel>
            <LogFiles index={index} size={size} locale={locale} />
            <nav aria-label={t.neighbours} className="flex flex-wrap gap-2">
              {index > 0 ? (
                <ButtonLink size="small" icon="left" rel="prev" href={to.record(index - 1)}>
                  {t.older}
                </ButtonLink>
              ) : null}
              {index + 1 < size ? (
                <ButtonLink size="small" icon="right" rel="next" href={to.record(index + 1)}>
                  {t.newer}
                </ButtonLink>
              ) : null}
            </nav>
          </>
        }
      >
        <Panel title={recordCheck[locale].title}>
          <VerifyHere
            checked={{ records: [{ index, leafHash: certificate.leafHash, opened }] }}
            locale={locale}
          >
            <Link href={to.verify({ record: index })}>{e.elsewhere}</Link>
          </VerifyHere>
        </Panel>
        {known ? (
          <RecordContent leaf={known} opened={opened} erased={erased.ok ?? []} locale={locale} />
        ) : null}
        <ProofPanel certificate={certificate} locale={locale} />
        {known ? <RecordThreads leaf={known} locale={locale} /> : null}
        <Panel title={t.checkpoint} actions={<SignedBy signatures={signatures} locale={locale} />}>
          <CodeBlock locale={locale} title="c2sp.org/tlog-checkpoint" wrap code={certificate.checkpoint} />
        </Panel>
        <Panel title={t.raw}>
          <p className="mb-3 text-ink-soft">{t.rawLead}</p>
          <CodeBlock locale={locale} title={t.record(index)} wrap code={rawLeaf(certificate)} />
          <details className="mt-3">
            <summary className="w-fit py-1 font-medium text-accent">{e.hex}</summary>
            <p className="my-2 text-small text-ink-faint">{e.hexLead(leafBytes(certificate))}</p>
            <CodeBlock locale={locale} title={e.hex} wrap code={hexLeaf(certificate)} />
          </details>
          <p className="mt-3 text-small text-ink-faint">
            {t.leafHash} <Hash value={certificate.leafHash} locale={locale} full />
          </p>
        </Panel>
      </Columns>
    </>
  )
}
