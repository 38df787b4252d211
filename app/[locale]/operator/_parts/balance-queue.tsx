import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import { toMs } from "#contracts/time.ts"
import type { TopUp } from "#contracts/top-up.ts"
import { referenceAndAmount } from "../../../_balance/reference-and-amount.tsx"
import { aboutIt } from "../../../_lib/about.tsx"
import { formatCount } from "../../../_lib/format.ts"
import { formatDuration } from "../../../_lib/format-time.ts"
import { about } from "../../../_lib/messages/about.ts"
import { balance as words } from "../../../_lib/messages/balance.ts"
import { operator } from "../../../_lib/messages/operator.ts"
import { paths } from "../../../_lib/paths.ts"
import { ButtonLink } from "../../../_ui/button.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { ConfirmTopUp } from "./confirm-top-up.tsx"
import { type WithdrawalPages, type Withdrawals, WithdrawalTables } from "./withdrawal-queue.tsx"

const kinds = ["topUps", "withdrawals"] as const
export type BalanceKind = (typeof kinds)[number]
export const balanceKind = (text: string | undefined): BalanceKind | null =>
  kinds.find((one) => one === text) ?? null

const label = (kind: BalanceKind, locale: Locale): string =>
  kind === "topUps" ? words[locale].queueTopUps : words[locale].queueWithdrawals

/** The two queues of balances, beside those of payments. */
export function BalanceLinks(props: {
  locale: Locale
  current: BalanceKind | null
  waiting: Record<BalanceKind, { count: number }>
}) {
  const { locale, current, waiting } = props
  return kinds.map((kind) => (
    <ButtonLink
      key={kind}
      size="small"
      variant={kind === current ? "secondary" : "quiet"}
      aria-current={kind === current ? "page" : undefined}
      href={paths(locale).operatorQueue("payments", { queue: kind })}
    >
      {label(kind, locale)}
      <span className="font-normal text-ink-faint">{formatCount(waiting[kind].count, locale)}</span>
    </ButtonLink>
  ))
}

type TopUpCard = { topUp: TopUp; partyName: LocalizedText }
type Page = Withdrawals & { topUps: readonly TopUpCard[]; now: string }

export function BalancePanel(props: {
  kind: BalanceKind
  page: Page
  pages: WithdrawalPages
  locale: Locale
}) {
  const { kind, page, pages, locale } = props
  const t = words[locale]
  return (
    <>
      <p className="mb-4 max-w-3xl text-ink-soft">
        {kind === "topUps" ? t.queueTopUpsLead : t.queueWithdrawalsLead}
      </p>
      {kind === "topUps" ? (
        <TopUpTable page={page} locale={locale} />
      ) : (
        <WithdrawalTables page={page} pages={pages} locale={locale} />
      )}
    </>
  )
}

function TopUpTable({ page, locale }: { page: Page; locale: Locale }) {
  const t = words[locale]
  return (
    <Table
      caption={t.queueTopUps}
      rows={page.topUps}
      rowKey={({ topUp }) => topUp.id}
      empty={<EmptyState title={t.nothing}>{t.nothingLead}</EmptyState>}
      columns={[
        ...referenceAndAmount<TopUpCard>(locale, "all", ({ topUp, partyName }) => ({
          ...topUp,
          whose: partyName,
        })),
        {
          key: "waits",
          label: operator[locale].waitsSince,
          align: "right",
          wide: true,
          cell: ({ topUp }) => formatDuration(toMs(page.now) - toMs(topUp.startedAt), locale),
        },
        {
          key: "act",
          label: t.next,
          cell: ({ topUp, partyName }) => (
            <ConfirmTopUp
              topUp={topUp.id}
              currency={topUp.amount.currency}
              about={aboutIt({ payer: partyName, reference: topUp.reference }, locale)}
              words={{
                label: t.confirm,
                busy: t.confirmBusy,
                title: t.confirmTitle,
                lead: t.confirmLead,
                decided: t.decided,
                amount: t.amount,
                currency: t.currency,
                unreadable: t.unreadable,
                bankNumber: about[locale].bankNumber,
                bankNumberHint: about[locale].bankNumberHint,
              }}
            />
          ),
        },
      ]}
    />
  )
}
