import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import { toMs } from "#contracts/time.ts"
import type { TopUp } from "#contracts/top-up.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatDuration } from "../../../_lib/format-time.ts"
import { balance as words } from "../../../_lib/messages/balance.ts"
import { operator } from "../../../_lib/messages/operator.ts"
import { paths } from "../../../_lib/paths.ts"
import { ButtonLink } from "../../../_ui/button.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { Table } from "../../../_ui/table.tsx"
import { Money, Text } from "../../../_ui/values.tsx"
import { ConfirmTopUp } from "./confirm-top-up.tsx"
import { type WithdrawalCard, WithdrawalTables } from "./withdrawal-queue.tsx"

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

type Page = {
  topUps: readonly { topUp: TopUp; partyName: LocalizedText }[]
  approvals: readonly WithdrawalCard[]
  payments: readonly WithdrawalCard[]
  paid: readonly WithdrawalCard[]
  user: string
  now: string
}

export function BalancePanel({ kind, page, locale }: { kind: BalanceKind; page: Page; locale: Locale }) {
  const t = words[locale]
  return (
    <>
      <p className="mb-4 max-w-3xl text-ink-soft">
        {kind === "topUps" ? t.queueTopUpsLead : t.queueWithdrawalsLead}
      </p>
      {kind === "topUps" ? (
        <TopUpTable page={page} locale={locale} />
      ) : (
        <WithdrawalTables page={page} locale={locale} />
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
        {
          key: "reference",
          label: t.reference,
          heading: true,
          cell: ({ topUp }) => <code className="font-mono text-small">{topUp.reference}</code>,
        },
        { key: "party", label: t.party, cell: ({ partyName }) => <Text text={partyName} locale={locale} /> },
        {
          key: "amount",
          label: t.amount,
          align: "right",
          cell: ({ topUp }) => <Money amount={topUp.amount} locale={locale} />,
        },
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
          cell: ({ topUp }) => (
            <ConfirmTopUp
              topUp={topUp.id}
              currency={topUp.amount.currency}
              words={{
                label: t.confirm,
                busy: t.confirmBusy,
                title: t.confirmTitle,
                lead: t.confirmLead,
                decided: t.decided,
                amount: t.amount,
                currency: t.currency,
                unreadable: t.unreadable,
                bankNumber: t.bankNumber,
                bankNumberHint: t.bankNumberHint,
              }}
            />
          ),
        },
      ]}
    />
  )
}
