import type { Metadata } from "next"
import { word } from "#contracts/ledger/sentences/words.ts"
import { caller, load } from "../../../_lib/caller.ts"
import { payoutTone, chargeback as words } from "../../../_lib/messages/chargeback.ts"
import { operator } from "../../../_lib/messages/operator.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { StatusChip } from "../../../_ui/chip.tsx"
import { Breadcrumbs } from "../../../_ui/navigation.tsx"
import { PageHead, Panel } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Money, Time } from "../../../_ui/values.tsx"
import { PayOutForm } from "../_parts/payout-form.tsx"

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].payouts }
}

/** The platform's payouts from the provider to its bank, and what can be paid out. */
export default async function Page({ params }: Props) {
  const locale = localeOf((await params).locale)
  const api = await caller(locale)
  const found = await load(locale, () => api.payouts.list())
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const { payouts, available } = found.ok
  const t = words[locale]
  const to = paths(locale)
  return (
    <>
      <Breadcrumbs
        locale={locale}
        crumbs={[
          { label: operator[locale].title, href: to.operator() },
          { label: operator[locale].queues.payments, href: to.operatorQueue("payments") },
          { label: t.payouts },
        ]}
      />
      <PageHead
        title={t.payouts}
        lead={t.payoutsLead}
        actions={
          available.length === 0 ? null : (
            <PayOutForm
              currencies={available.map(({ currency }) => currency)}
              words={{
                label: t.payOut,
                busy: t.payOutBusy,
                title: t.payOutTitle,
                lead: t.payOutLead,
                amount: t.amount,
                currency: t.currency,
                unreadable: t.unreadable,
              }}
            />
          )
        }
      />
      <div className="grid gap-4">
        <Panel title={t.available}>
          {available.length === 0 ? (
            <p className="text-ink-soft">{t.availableNone}</p>
          ) : (
            <ul className="flex flex-wrap gap-x-8 gap-y-2">
              {available.map((amount) => (
                <li key={amount.currency} className="text-lead font-semibold">
                  <Money amount={amount} locale={locale} />
                </li>
              ))}
            </ul>
          )}
        </Panel>
        <Table
          caption={t.payouts}
          rows={payouts}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t.payoutNone}>{t.payoutNoneLead}</EmptyState>}
          columns={[
            {
              key: "started",
              label: t.started,
              heading: true,
              cell: ({ startedAt }) => <Time time={startedAt} locale={locale} />,
            },
            {
              key: "state",
              label: t.state,
              cell: ({ state }) => <StatusChip tone={payoutTone[state]}>{t.payoutStates[state]}</StatusChip>,
            },
            {
              key: "amount",
              label: t.amount,
              align: "right",
              cell: ({ amount }) => <Money amount={amount} locale={locale} />,
            },
            {
              key: "reference",
              label: t.reference,
              cell: ({ reference }) => <code className="font-mono text-small">{reference ?? "—"}</code>,
            },
            {
              key: "failure",
              label: t.failure,
              cell: ({ failure }) => (failure === null ? "—" : word(failure, locale)),
            },
          ]}
        />
      </div>
    </>
  )
}
