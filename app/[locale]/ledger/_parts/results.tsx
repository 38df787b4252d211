import { redirect } from "next/navigation"
import type { ReactNode } from "react"
import { countryName } from "#contracts/country.ts"
import { kindOfId } from "#contracts/ids.ts"
import type { Leaf } from "#contracts/ledger/encoding.ts"
import { recordSentence } from "#contracts/ledger/sentences.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Found, FoundRecords } from "#server/ledger/lookup/look-up.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { explorer } from "../../../_lib/messages/explorer.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { ButtonLink } from "../../../_ui/button.tsx"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Pager } from "../../../_ui/navigation.tsx"
import { SectionHead } from "../../../_ui/panel.tsx"
import { Callout, EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Text } from "../../../_ui/values.tsx"
import { VerifyRecords } from "../../../_verify/verify-records.tsx"
import { RecordTable } from "./record-table.tsx"

type Props = {
  locale: Locale
  asked: string
  /** Whether a file was dropped: its hash was asked for, not typed. */
  isFile: boolean
  after: number
}

/** What the box found, a sentence first; what can be one page only is gone to at once. */
export async function Results({ locale, asked, isFile, after }: Props) {
  const t = ledger[locale]
  const to = paths(locale)
  const api = await caller(locale)
  const found = await load(locale, () => api.ledger.lookUp({ text: asked, after }))
  const code = found.refused?.code ?? ""
  if (found.refused)
    return ["not_found", "certificate_of_other_log"].includes(code) ? (
      <NotFound locale={locale} asked={asked} isFile={isFile} code={code} />
    ) : (
      <Refused failure={found.refused} locale={locale} />
    )
  const what = found.ok
  if (what.kind === "record") redirect(to.record(what.index))
  if (what.kind === "certificate") redirect(to.certificate(what.index))
  if (what.kind === "checkpoint") redirect(to.checkpoint(what.size))
  return (
    <section className="grid gap-4">
      <SectionHead title={t.results} actions={<Link href={to.ledger()}>{t.back}</Link>} />
      {what.kind === "parties" ? (
        <Parties parties={what.parties} asked={asked} locale={locale} />
      ) : (
        <>
          <Told what={what} locale={locale} />
          {what.records.length === 0 ? null : (
            <>
              <div>
                <VerifyRecords
                  key={asked + after}
                  records={what.records.map(({ index }) => ({ index, opened: [] }))}
                  locale={locale}
                />
              </div>
              <RecordTable caption={t.results} records={what.records} locale={locale} />
            </>
          )}
          <Pager
            locale={locale}
            previous={after > 0 ? to.ledger({ q: asked }) : null}
            next={what.next === null ? null : to.ledger({ q: asked, after: what.next })}
          />
        </>
      )}
    </section>
  )
}

/** The finding in plain sentences. */
function Told({ what, locale }: { what: FoundRecords; locale: Locale }): ReactNode {
  const t = explorer[locale]
  switch (what.kind) {
    case "file":
      return <FoundFile what={what} locale={locale} />
    case "party":
      return (
        <Sentence more={t.partyPrivacy}>
          <Link href={paths(locale).party(what.party.id)}>
            <Text text={what.party.name} locale={locale} />
          </Link>{" "}
          {t.party(what.total)}
        </Sentence>
      )
    case "version":
      return <Sentence>{t.version(what.total)}</Sentence>
    case "agreement":
      return <Sentence more={t.tradePrivacy}>{t.agreement(what.key, what.total)}</Sentence>
    case "thread":
      return <Thread what={what} locale={locale} />
  }
}

function Sentence({ children, more }: { children: ReactNode; more?: ReactNode }) {
  return (
    <div className="max-w-3xl">
      <p className="text-lead wrap-anywhere">{children}</p>
      {more ? <p className="mt-1 text-ink-soft">{more}</p> : null}
    </div>
  )
}

function Thread({ what, locale }: { what: Extract<FoundRecords, { kind: "thread" }>; locale: Locale }) {
  const t = explorer[locale]
  const kind = kindOfId(what.key)
  const leaf = what.next === null ? what.records.at(-1)?.leaf : undefined
  const last = leaf && "threads" in leaf ? (leaf as Leaf) : null
  return (
    <Sentence more={kind === "trade" || kind === "payment" || kind === "grant" ? t.tradePrivacy : undefined}>
      {t.thread((kind && t.threadKinds[kind]) ?? t.threadOther, what.key, what.total)}
      {last
        ? [
            locale === "zh" ? "" : " ",
            t.lastOf,
            locale === "zh" ? "" : " ",
            recordSentence(last, {}, locale),
          ].join("")
        : ""}
    </Sentence>
  )
}

function FoundFile({ what, locale }: { what: Extract<FoundRecords, { kind: "file" }>; locale: Locale }) {
  const t = explorer[locale]
  const to = paths(locale)
  return (
    <Callout tone="good" title={t.fileFound}>
      <ul className="grid gap-2">
        {what.files.map(({ name, versionHash, record, listing, title }) => {
          const version = `${versionHash.slice(0, 8)}…${versionHash.slice(-6)}`
          return (
            <li key={listing} className="wrap-anywhere">
              {record === null ? (
                t.fileWaiting(name, version)
              ) : (
                <>
                  {t.fileIn(name, version)}{" "}
                  <Link href={to.record(record)}>{ledger[locale].record(record)}</Link>
                </>
              )}
              <br />
              {t.fileOf}{" "}
              <Link href={to.listing(listing)}>
                <Text text={title} locale={locale} />
              </Link>
            </li>
          )
        })}
      </ul>
    </Callout>
  )
}

type Party = Extract<Found, { kind: "parties" }>["parties"][number]

function Parties({ parties, asked, locale }: { parties: readonly Party[]; asked: string; locale: Locale }) {
  const t = explorer[locale]
  return (
    <>
      <Sentence>{t.parties(parties.length, asked)}</Sentence>
      <Table
        caption={t.partyColumns.name}
        rows={parties}
        rowKey={(row) => row.id}
        columns={[
          {
            key: "name",
            label: t.partyColumns.name,
            heading: true,
            wrap: true,
            cell: (row) => (
              <Link href={paths(locale).ledger({ q: row.id })}>
                <Text text={row.name} locale={locale} />
              </Link>
            ),
          },
          {
            key: "country",
            label: t.partyColumns.country,
            wide: true,
            cell: (row) => countryName(row.country, locale),
          },
          {
            key: "state",
            label: t.partyColumns.state,
            cell: (row) => (
              <StatusChip tone={row.verified ? "good" : "warn"}>
                {row.verified ? t.verified : t.notVerified}
              </StatusChip>
            ),
          },
        ]}
      />
    </>
  )
}

type NotFoundProps = { locale: Locale; asked: string; isFile: boolean; code: string }

/** Nothing, told in the same words whatever the reason: what is not public is not hinted at. */
function NotFound({ locale, asked, isFile, code }: NotFoundProps) {
  const t = ledger[locale]
  const e = explorer[locale]
  const to = paths(locale)
  const otherLog = code === "certificate_of_other_log"
  const title = isFile ? e.fileNotFound : otherLog ? e.otherLog(asked) : t.notFound(asked)
  return (
    <EmptyState
      icon={isFile ? "file" : "search"}
      title={title}
      actions={
        <>
          <ButtonLink href={to.ledger()}>{t.back}</ButtonLink>
          {otherLog ? <ButtonLink href={to.verify()}>{t.verify}</ButtonLink> : null}
          {isFile || otherLog ? null : (
            <ButtonLink href={to.search({ q: asked })}>{e.searchCatalogue}</ButtonLink>
          )}
        </>
      }
    >
      {otherLog ? (
        <p>{e.otherLogLead}</p>
      ) : (
        <>
          <p>{isFile ? e.fileNotFoundLead(asked) : t.notFoundLead}</p>
          {isFile ? null : <p className="mt-2">{e.privacy}</p>}
        </>
      )}
    </EmptyState>
  )
}
