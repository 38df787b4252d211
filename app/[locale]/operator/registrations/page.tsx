import type { Metadata } from "next"
import { type RegistrationState, registrationStates } from "#contracts/registration.ts"
import { toMs } from "#contracts/time.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatDuration } from "../../../_lib/format-time.ts"
import { operator as words } from "../../../_lib/messages/operator.ts"
import { registrationReview } from "../../../_lib/messages/registration-review.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { ButtonLink } from "../../../_ui/button.tsx"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Link } from "../../../_ui/link.tsx"
import { Pager } from "../../../_ui/navigation.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Text, Time } from "../../../_ui/values.tsx"
import { DeskTabs } from "../_parts/desk.tsx"

type Props = {
  params: Promise<{ locale: string }>
  searchParams: Promise<{ state?: string; after?: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].queues.registrations }
}

const isState = (text: string | undefined): text is RegistrationState =>
  registrationStates.some((state) => state === text)

/** Registrations that wait for a review, the longest waiting first; or those decided, the newest first. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const query = await searchParams
  const state = isState(query.state) ? query.state : "submitted"
  const after = query.after ?? null
  const api = await caller(locale)
  const found = await load(locale, async () => ({
    overview: await api.operations.overview(),
    queue: await api.registrations.queue({ state, after }),
  }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { overview, queue } = found.ok
  const t = words[locale]
  const r = registrationReview[locale]
  const to = paths(locale)
  const waiting = state === "submitted"
  return (
    <>
      <PageHead title={t.queues.registrations} lead={t.queueLeads.registrations} />
      <DeskTabs locale={locale} overview={overview} current="registrations" />
      <nav aria-label={t.queues.registrations} className="mb-4 flex flex-wrap gap-2">
        {registrationStates.map((one) => (
          <ButtonLink
            key={one}
            size="small"
            variant={one === state ? "secondary" : "quiet"}
            aria-current={one === state ? "page" : undefined}
            href={to.operatorQueue("registrations", { state: one === "submitted" ? null : one })}
          >
            {r.registrationStates[one]}
          </ButtonLink>
        ))}
      </nav>
      <Table
        caption={t.queues.registrations}
        rows={queue.registrations}
        rowKey={({ registration }) => registration.id}
        empty={<EmptyState title={t.nothingWaits}>{t.nothingWaitsLead}</EmptyState>}
        columns={[
          {
            key: "title",
            label: t.product,
            heading: true,
            cell: ({ registration }) => (
              <Link href={to.operatorItem("registrations", registration.id)}>
                <Text text={registration.title} locale={locale} />
              </Link>
            ),
          },
          {
            key: "seller",
            label: t.seller,
            cell: ({ sellerName }) => <Text text={sellerName} locale={locale} />,
          },
          {
            key: "verified",
            label: r.sellerCheck,
            wide: true,
            cell: ({ sellerVerified }) => (
              <StatusChip tone={sellerVerified ? "good" : "warn"}>
                {sellerVerified ? r.sellerVerified : r.sellerUnverified}
              </StatusChip>
            ),
          },
          {
            key: "rows",
            label: r.rows,
            align: "right",
            cell: ({ rows }) => (rows === null ? "—" : formatCount(rows, locale)),
          },
          {
            key: "submitted",
            label: t.submitted,
            wide: true,
            cell: ({ registration }) => <Time time={registration.submittedAt} locale={locale} />,
          },
          waiting
            ? {
                key: "waits",
                label: t.waitsSince,
                align: "right",
                cell: ({ registration }) =>
                  formatDuration(toMs(queue.now) - toMs(registration.submittedAt), locale),
              }
            : {
                key: "number",
                label: r.number,
                cell: ({ registration }) => registration.number ?? "—",
              },
        ]}
      />
      <Pager
        locale={locale}
        previous={after ? to.operatorQueue("registrations", { state }) : null}
        next={queue.next ? to.operatorQueue("registrations", { state, after: queue.next }) : null}
      />
    </>
  )
}
