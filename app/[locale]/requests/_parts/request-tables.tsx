import { type Domain, domainWords } from "#contracts/listing.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Request } from "#contracts/request.ts"
import { describeUse } from "#contracts/rights/sentences.ts"
import { formatDeadline } from "../../../_lib/format-time.ts"
import { languageTag } from "../../../_lib/locale.ts"
import { requestTone, requests as words } from "../../../_lib/messages/requests.ts"
import { paths } from "../../../_lib/paths.ts"
import { ButtonLink } from "../../../_ui/button.tsx"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Link } from "../../../_ui/link.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { type Column, Table } from "../../../_ui/table.tsx"
import { Money } from "../../../_ui/values.tsx"

type Shown = Pick<Request, "id" | "words" | "locale" | "use" | "formats" | "domain" | "deadline">

/** What a request says, in the language it was written in. */
export function RequestWords({ of, locale }: { of: Pick<Request, "words" | "locale">; locale: Locale }) {
  return of.locale === locale ? of.words : <span lang={languageTag[of.locale]}>{of.words}</span>
}

export const domainName = (domain: Domain | null, locale: Locale): string =>
  domain === null ? words[locale].any : domainWords[domain][locale]

export const formatNames = (formats: readonly string[], locale: Locale): string =>
  formats.length === 0 ? words[locale].any : formats.map((one) => one.toUpperCase()).join(", ")

const clamp = "line-clamp-2 block max-w-96 whitespace-normal"

export function MyRequests({
  page,
  locale,
}: {
  page: { requests: { request: Request; rounds: number }[]; now: string }
  locale: Locale
}) {
  const t = words[locale]
  const to = paths(locale)
  return (
    <Table
      caption={t.mine}
      rows={page.requests}
      rowKey={({ request }) => request.id}
      empty={
        <EmptyState title={t.none} actions={<ButtonLink href={to.newRequest()}>{t.post}</ButtonLink>}>
          {t.noneLead}
        </EmptyState>
      }
      columns={[
        {
          key: "words",
          label: t.columns.words,
          heading: true,
          cell: ({ request }) => (
            <Link
              href={to.request(request.id)}
              className={`text-accent underline underline-offset-3 ${clamp}`}
            >
              <RequestWords of={request} locale={locale} />
            </Link>
          ),
        },
        {
          key: "use",
          label: t.columns.use,
          wide: true,
          cell: ({ request }) => <span className={clamp}>{describeUse(request.use, locale)}</span>,
        },
        {
          key: "cap",
          label: t.columns.cap,
          align: "right",
          cell: ({ request }) => (request.cap ? <Money amount={request.cap} locale={locale} /> : t.noCap),
        },
        { key: "rounds", label: t.columns.rounds, align: "right", cell: ({ rounds }) => rounds },
        {
          key: "deadline",
          label: t.columns.deadline,
          cell: ({ request }) =>
            request.state === "open" ? formatDeadline(request.deadline, page.now, locale) : "—",
        },
        {
          key: "state",
          label: t.columns.state,
          cell: ({ request }) => (
            <StatusChip tone={requestTone[request.state]}>{t.states[request.state]}</StatusChip>
          ),
        },
      ]}
    />
  )
}

export function OpenRequests({ page, locale }: { page: { requests: Shown[]; now: string }; locale: Locale }) {
  const t = words[locale]
  const columns: Column<Shown>[] = [
    {
      key: "words",
      label: t.columns.words,
      heading: true,
      cell: (request) => (
        <span className={clamp}>
          <RequestWords of={request} locale={locale} />
        </span>
      ),
    },
    {
      key: "use",
      label: t.columns.use,
      cell: (request) => <span className={clamp}>{describeUse(request.use, locale)}</span>,
    },
    { key: "domain", label: t.columns.domain, cell: ({ domain }) => domainName(domain, locale) },
    { key: "formats", label: t.columns.formats, cell: ({ formats }) => formatNames(formats, locale) },
    {
      key: "deadline",
      label: t.columns.deadline,
      cell: ({ deadline }) => formatDeadline(deadline, page.now, locale),
    },
  ]
  return (
    <Table
      caption={t.openOnes}
      rows={page.requests}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t.noneOpen}>{t.noneOpenLead}</EmptyState>}
      columns={columns}
    />
  )
}
