import type { Metadata } from "next"
import { caller, load } from "../../../_lib/caller.ts"
import { formatMoney } from "../../../_lib/format.ts"
import { balance as words } from "../../../_lib/messages/balance.ts"
import { localeOf } from "../../../_lib/page.ts"
import { paths } from "../../../_lib/paths.ts"
import { Refused } from "../../../_shell/refused.tsx"
import { Pager } from "../../../_ui/navigation.tsx"
import { PageHead } from "../../../_ui/panel.tsx"
import { Callout, EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Money } from "../../../_ui/values.tsx"
import { AccountTabs } from "../_parts/account-tabs.tsx"
import { TopUpForm, WithdrawForm } from "./_parts/balance-forms.tsx"
import { Debts } from "./_parts/debts.tsx"
import { Movements } from "./_parts/movements.tsx"
import { TopUps } from "./_parts/top-ups.tsx"
import { Withdrawals } from "./_parts/withdrawals.tsx"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ after?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: words[localeOf((await params).locale)].title }
}

/** What the reader's organisation has prepaid, and all that moves it. */
export default async function Page({ params, searchParams }: Props) {
  const locale = localeOf((await params).locale)
  const after = (await searchParams).after ?? null
  const api = await caller(locale)
  const found = await load(locale, () => api.balances.page({ after }))
  if (!found.ok) return <Refused failure={found.refused} locale={locale} />
  const page = found.ok
  const t = words[locale]
  const to = paths(locale)
  const notMine = page.mayMove ? null : t.notYours
  const takeable = page.balances.filter(({ withdrawable }) => withdrawable.minor !== "0")
  const amounts = { amount: t.amount, currency: t.currency, unreadable: t.unreadable }
  return (
    <>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={
          <>
            <TopUpForm
              why={notMine ?? (page.verified ? null : t.notVerified)}
              words={{
                ...amounts,
                label: t.topUp,
                busy: t.topUpBusy,
                title: t.topUp,
                lead: t.topUpLead,
                by: t.by,
                rails: t.rails,
              }}
            />
            {takeable.length > 0 ? (
              <WithdrawForm
                why={notMine ?? (page.bankAccount === null ? t.noAccount : null)}
                currencies={takeable.map(({ currency }) => currency)}
                words={{
                  ...amounts,
                  label: t.withdraw,
                  busy: t.withdrawBusy,
                  title: t.withdrawTitle,
                  lead: t.withdrawLead(page.bankAccount ?? ""),
                  second: page.hasSecond ? t.secondOwn : t.secondOperator,
                  decided: t.decided,
                  most: t.most(takeable.map((one) => formatMoney(one.withdrawable, locale)).join(" · ")),
                }}
              />
            ) : null}
          </>
        }
      />
      <AccountTabs locale={locale} current="balance" />
      <div className="grid gap-6">
        {page.frozen ? <Callout tone="warn" title={t.frozen} /> : null}
        <Table
          caption={t.title}
          rows={page.balances}
          rowKey={({ currency }) => currency}
          empty={<EmptyState title={t.none}>{t.noneLead}</EmptyState>}
          columns={[
            { key: "currency", label: t.currency, heading: true, cell: ({ currency }) => currency },
            {
              key: "available",
              label: t.available,
              align: "right",
              cell: ({ available }) => (
                <strong>
                  <Money amount={available} locale={locale} />
                </strong>
              ),
            },
            {
              key: "reserved",
              label: <span title={t.reservedHint}>{t.reserved}</span>,
              align: "right",
              cell: ({ reserved }) => <Money amount={reserved} locale={locale} />,
            },
            ...(page.balances.some(({ owed }) => owed.minor !== "0")
              ? [
                  {
                    key: "owed",
                    label: <span title={t.owedHint}>{t.owed}</span>,
                    align: "right" as const,
                    cell: ({ owed }: (typeof page.balances)[number]) => (
                      <Money amount={owed} locale={locale} />
                    ),
                  },
                ]
              : []),
          ]}
        />
        <Debts page={page} locale={locale} />
        <TopUps page={page} locale={locale} />
        <Withdrawals page={page} locale={locale} />
        <Movements movements={page.movements} locale={locale} />
        <Pager
          locale={locale}
          previous={after ? to.balance() : null}
          next={page.next ? to.balance({ after: page.next }) : null}
        />
      </div>
    </>
  )
}
