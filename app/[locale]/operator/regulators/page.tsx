import type { Metadata } from "next"
import { readText } from "#contracts/localized-text.ts"
import { duties, regionName } from "#contracts/remit.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { operator as words } from "../../../_lib/messages/operator.ts"
import { remit as remitWords } from "../../../_lib/messages/remit.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { Breadcrumbs } from "../../../_ui/navigation.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Text } from "../../../_ui/values.tsx"
import { EntrustRegulator } from "../_parts/entrust-regulator.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: remitWords[localeOf((await params).locale)].title }
}

/** The market's regulators and what the operator has entrusted to each. */
export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  const found = await load(locale, () => api.parties.regulators())
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const t = remitWords[locale]
  const between = locale === "zh" ? "、" : ", "
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[{ label: words[locale].title, href: paths(locale).operator() }, { label: t.title }]}
      />
      <PageHead title={t.title} lead={t.lead} />
      <Table
        caption={t.title}
        rows={found.ok}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t.empty}>{t.emptyLead}</EmptyState>}
        columns={[
          {
            key: "name",
            label: t.regulator,
            heading: true,
            wrap: true,
            cell: ({ name }) => <Text text={name} locale={locale} />,
          },
          {
            key: "regions",
            label: t.regions,
            wrap: true,
            cell: ({ remit }) =>
              remit?.regions.map((region) => regionName(region, locale)).join(between) || t.noRemit,
          },
          {
            key: "duties",
            label: t.duties,
            cell: ({ remit }) => remit?.duties.map((duty) => t.dutyNames[duty]).join(between) || "—",
          },
          {
            key: "change",
            label: t.change,
            align: "right",
            cell: ({ id, version, name, remit }) => (
              <EntrustRegulator
                key={version}
                party={id}
                version={version}
                regions={remit?.regions ?? []}
                duties={duties.map((value) => ({
                  value,
                  label: t.dutyNames[value],
                  hint: t.dutyHints[value],
                  checked: remit?.duties.includes(value) ?? false,
                }))}
                words={{
                  open: t.change,
                  title: t.changeTitle(readText(name, locale).text),
                  lead: t.changeLead,
                  both: t.both,
                  regions: t.regions,
                  regionsHint: t.regionsHint,
                  duties: t.duties,
                  label: t.save,
                  busy: t.working,
                }}
              />
            ),
          },
        ]}
      />
    </>
  )
}
