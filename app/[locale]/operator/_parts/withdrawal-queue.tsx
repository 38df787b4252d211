import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import type { Withdrawal } from "#contracts/withdrawal.ts"
import { BalanceStep } from "../../../_balance/balance-step.tsx"
import { formatMoney } from "../../../_lib/format.ts"
import { balance as words } from "../../../_lib/messages/balance.ts"
import { Panel } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { type Column, Table } from "../../../_ui/table.tsx"
import { Money, Text } from "../../../_ui/values.tsx"

export type WithdrawalCard = {
  withdrawal: Withdrawal
  partyName: LocalizedText
  frozen: boolean
  swapped: boolean
}

type Page = {
  approvals: readonly WithdrawalCard[]
  payments: readonly WithdrawalCard[]
  paid: readonly WithdrawalCard[]
  user: string
}

/** What the operator checks, pays, and has paid of late, which the bank may still send back. */
export function WithdrawalTables({ page, locale }: { page: Page; locale: Locale }) {
  const t = words[locale]
  const lists = [
    { key: "approvals", title: t.approvals, rows: page.approvals, Act: Approve },
    { key: "payments", title: t.payments, rows: page.payments, Act: Pay },
    { key: "paid", title: t.paidLately, rows: page.paid, Act: CameBack },
  ].filter(({ rows }) => rows.length > 0)
  if (lists.length === 0) return <EmptyState title={t.nothing}>{t.nothingLead}</EmptyState>
  return (
    <div className="grid gap-6">
      {lists.map(({ key, title, rows, Act }) => (
        <Panel key={key} title={title} flush>
          <Table
            bare
            caption={title}
            rows={rows}
            rowKey={({ withdrawal }) => withdrawal.id}
            columns={[
              ...common(locale),
              {
                key: "act",
                label: t.next,
                wrap: true,
                cell: (card) => <Act card={card} user={page.user} locale={locale} />,
              },
            ]}
          />
        </Panel>
      ))}
    </div>
  )
}

const common = (locale: Locale): Column<WithdrawalCard>[] => {
  const t = words[locale]
  return [
    {
      key: "reference",
      label: t.reference,
      heading: true,
      cell: ({ withdrawal }) => <code className="font-mono text-small">{withdrawal.reference}</code>,
    },
    { key: "party", label: t.party, cell: ({ partyName }) => <Text text={partyName} locale={locale} /> },
    {
      key: "amount",
      label: t.amount,
      align: "right",
      cell: ({ withdrawal }) => <Money amount={withdrawal.amount} locale={locale} />,
    },
    {
      key: "account",
      label: t.account,
      wide: true,
      cell: ({ withdrawal }) => <code className="font-mono text-small">{withdrawal.account}</code>,
    },
  ]
}

type ActProps = { card: WithdrawalCard; user: string; locale: Locale }

/** Why nothing is to be paid now, or null; what the bank has paid already is told all the same. */
function stoppedFor({ card: { frozen, swapped }, locale }: ActProps): string | null {
  const t = words[locale]
  if (swapped) return t.accountSwapped
  return frozen ? t.partyFrozen : null
}

/** Why this reader's hand cannot be the next, or null. */
function ownHand({ card: { withdrawal }, user, locale }: ActProps): string | null {
  const t = words[locale]
  return withdrawal.askedBy === user || withdrawal.approvedBy?.user === user ? t.ownHand : null
}

function Approve(props: ActProps) {
  const t = words[props.locale]
  const { id, amount } = props.card.withdrawal
  return (
    <span className="flex flex-wrap gap-2 py-1">
      <BalanceStep
        step="approveAsOperator"
        id={id}
        look={{ open: "primary" }}
        why={stoppedFor(props) ?? ownHand(props)}
        words={{
          label: t.approve,
          busy: t.approveBusy,
          title: t.approveTitle,
          lead: t.approveOperatorLead(formatMoney(amount, props.locale)),
          decided: t.decided,
        }}
      />
      <Refuse {...props} />
    </span>
  )
}

function Pay(props: ActProps) {
  const t = words[props.locale]
  const { id, amount, account } = props.card.withdrawal
  const stopped = stoppedFor(props)
  return (
    <span className="flex flex-wrap gap-2 py-1">
      <BalanceStep
        step="confirm"
        id={id}
        look={{ open: "primary" }}
        why={ownHand(props)}
        sure={stopped && t.alreadyPaid}
        ask={{ name: "bankNumber", label: t.bankNumber, hint: t.bankNumberHint }}
        words={{
          label: t.pay,
          busy: t.payBusy,
          title: t.payTitle,
          lead: stopped ?? t.payLead(formatMoney(amount, props.locale), account),
          decided: t.decided,
        }}
      />
      <Refuse {...props} />
    </span>
  )
}

function Refuse({ card, locale }: ActProps) {
  const t = words[locale]
  return (
    <BalanceStep
      step="refuse"
      id={card.withdrawal.id}
      look={{ open: "quiet", submit: "danger" }}
      ask={{ name: "note", label: t.note }}
      sure={card.withdrawal.state === "approved" ? t.notPaid : null}
      words={{
        label: t.refuse,
        busy: t.refuseBusy,
        title: t.refuseTitle,
        lead: t.refuseLead,
        decided: t.decided,
      }}
    />
  )
}

function CameBack({ card, locale }: ActProps) {
  const t = words[locale]
  return (
    <BalanceStep
      step="cameBack"
      id={card.withdrawal.id}
      look={{ open: "quiet" }}
      ask={{ name: "note", label: t.note }}
      words={{
        label: t.cameBack,
        busy: t.cameBackBusy,
        title: t.cameBackTitle,
        lead: t.cameBackLead,
        decided: t.decided,
      }}
    />
  )
}
