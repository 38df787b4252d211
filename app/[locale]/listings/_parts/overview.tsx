import { type Locale, readText } from "#contracts/localized-text.ts"
import { stripWords } from "#contracts/rights/papers.ts"
import { mayMayNotMust } from "#contracts/rights/sentences.ts"
import { formatBytes, formatCount, formatShare } from "../../../_lib/format.ts"
import { languageTag } from "../../../_lib/locale.ts"
import { formatNames } from "../../../_lib/messages/catalogue.ts"
import { listing as words } from "../../../_lib/messages/listing.ts"
import { paths } from "../../../_lib/paths.ts"
import { Link } from "../../../_ui/link.tsx"
import { Panel, SectionHead, Stat, Stats } from "../../../_ui/panel.tsx"
import { MayMayNotMust, StateStrip } from "../../../_ui/rights.tsx"
import { Table } from "../../../_ui/table.tsx"
import { emptyCells, Measured, Nulls, Spread, TypeName } from "./columns.tsx"
import type { ListingPage } from "./load-listing.ts"

type Props = { page: ListingPage; locale: Locale }

const shownColumns = 6

export function Overview({ page, locale }: Props) {
  const t = words[locale]
  const to = paths(locale)
  const { listing } = page
  const about = readText(listing.description, locale)
  return (
    <>
      <Glance page={page} locale={locale} />
      <Panel title={t.about}>
        <p
          className="max-w-prose whitespace-pre-line wrap-anywhere"
          {...(about.lang === locale ? {} : { lang: languageTag[about.lang] })}
        >
          {about.text}
        </p>
      </Panel>
      <section aria-labelledby="rights">
        <SectionHead
          id="rights"
          title={t.rightsTitle}
          actions={<Link href={to.listing(listing.id, "rights")}>{t.rightsAll}</Link>}
        />
        <MayMayNotMust locale={locale} {...mayMayNotMust(listing.policy, locale)} />
      </section>
      <section aria-labelledby="strip">
        <SectionHead id="strip" title={t.stripTitle} />
        <Strip page={page} locale={locale} />
      </section>
      <FirstColumns page={page} locale={locale} />
    </>
  )
}

function Glance({ page, locale }: Props) {
  const t = words[locale]
  const { profile, listing } = page
  return (
    <section aria-labelledby="glance">
      <SectionHead id="glance" title={t.glance} actions={<Measured page={page} locale={locale} />} />
      <Stats>
        <Stat label={t.rows} value={formatCount(profile.rows, locale)} />
        <Stat label={t.columns} value={formatCount(profile.columns.length, locale)} />
        <Stat label={t.nullCells} value={formatShare(emptyCells(profile), locale)} />
        <Stat label={t.bytes} value={formatBytes(profile.bytes, locale)} />
        <Stat label={t.format} value={formatNames[listing.format]} />
      </Stats>
    </section>
  )
}

/** The registration's four states; a part that lacks a paper names it. */
export function Strip({ page, locale }: Props) {
  const t = words[locale]
  return (
    <StateStrip
      locale={locale}
      parts={page.strip.map(({ part, state, missing }) => ({
        key: part,
        name: stripWords[part][locale],
        ok: state === "ok",
        sentence: state === "ok" ? t.stripOk[part] : missing.map((paper) => paper[locale]).join(" "),
      }))}
    />
  )
}

function FirstColumns({ page, locale }: Props) {
  const t = words[locale]
  const to = paths(locale)
  const { columns, rows } = page.profile
  return (
    <div>
      <SectionHead
        title={t.dictionary}
        actions={
          <Link href={to.listing(page.listing.id, "quality")}>
            {t.dictionaryAll(formatCount(columns.length, locale))}
          </Link>
        }
      />
      <Table
        caption={t.dictionary}
        rows={columns.slice(0, shownColumns)}
        rowKey={(column) => column.name}
        columns={[
          { key: "name", label: t.dictionaryColumns.name, heading: true, cell: ({ name }) => name },
          {
            key: "type",
            label: t.dictionaryColumns.type,
            cell: (column) => <TypeName column={column} locale={locale} />,
          },
          {
            key: "nulls",
            label: t.dictionaryColumns.nulls,
            wide: true,
            cell: (column) => <Nulls column={column} rows={rows} locale={locale} />,
          },
          {
            key: "values",
            label: t.dictionaryColumns.values,
            cell: (column) => <Spread column={column} rows={rows} locale={locale} />,
          },
        ]}
      />
    </div>
  )
}
