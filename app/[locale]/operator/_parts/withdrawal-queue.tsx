import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import type { Withdrawal } from "#contracts/withdrawal.ts"
import { BalanceStep } from "../../../_balance/balance-step.tsx"
import { referenceAndAmount } from "../../../_balance/reference-and-amount.tsx"
import { aboutIt } from "../../../_lib/about.tsx"
import { about } from "../../../_lib/messages/about.ts"
import { balance as words } from "../../../_lib/messages/balance.ts"
import { Pager } from "../../../_ui/navigation.tsx"
import { Panel } from "../../../_ui/panel.tsx"
import { EmptyState } from "../../../_ui/states.tsx"
import { type Column, Table } from "../../../_ui/table.tsx"

export type WithdrawalCard = {
  withdrawal: Withdrawal
  partyName: LocalizedText
  frozen: boolean
  swapped: boolean
}

export const withdrawalLists = ["approvals", "payments", "paid"] as const
export type WithdrawalList = (typeof withdrawalLists)[number]

/** The addresses before and after what is shown of each list; null where there is nothing. */
export type WithdrawalPages = Record<WithdrawalList, { previous: string | null; next: string | null }>

export type Withdrawals = {
  approvals: readonly WithdrawalCard[]
  payments: readonly WithdrawalCard[]
  paid: readonly WithdrawalCard[]
  user: string
}

/** What the operator checks, pays, and has paid of late, which the bank may still send back. */
export function WithdrawalTables(props: { page: Withdrawals; pages: WithdrawalPages; locale: Locale }) {
  const { page, pages, locale } = props
  const t = words[locale]
  const lists = withdrawalLists
    .map((key) => ({ key, title: t[key === "paid" ? "paidLately" : key], rows: page[key], Act: acts[key] }))
    .filter(({ key, rows }) => rows.length > 0 || pages[key].previous !== null)
  if (lists.length === 0) return <EmptyState title={t.nothing}>{t.nothingLead}</EmptyState>
  return (
    <div className="grid gap-6">
      {lists.map(({ key, title, rows, Act }) => (
        <div key={key}>
          <Panel title={title} flush>
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
          <Pager locale={locale} label={title} {...pages[key]} />
        </div>
      ))}
    </div>
  )
}

const common = (locale: Locale): Column<WithdrawalCard>[] => {
  const t = words[locale]
  return [
    ...referenceAndAmount<WithdrawalCard>(locale, "all", ({ withdrawal, partyName }) => ({
      ...withdrawal,
      whose: partyName,
    })),
    {
      key: "account",
      label: t.account,
      wide: true,
      cell: ({ withdrawal }) => <code className="font-mono text-small">{withdrawal.account}</code>,
    },
  ]
}

type ActProps = { card: WithdrawalCard; user: string; locale: Locale }

const aboutCard = ({ card: { withdrawal, partyName }, locale }: ActProps) =>
  aboutIt(
    {
      amount: withdrawal.amount,
      payee: partyName,
      account: withdrawal.account,
      reference: withdrawal.reference,
      bankNumber: withdrawal.bankNumber,
    },
    locale,
  )

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
  const { id } = props.card.withdrawal
  return (
    <span className="flex flex-wrap gap-2 py-1">
      <BalanceStep
        step="approveAsOperator"
        id={id}
        about={aboutCard(props)}
        look={{ open: "primary" }}
        why={stoppedFor(props) ?? ownHand(props)}
        words={{
          label: t.approve,
          busy: t.approveBusy,
          title: t.approveTitle,
          lead: t.approveOperatorLead,
          decided: t.decided,
        }}
      />
      <Refuse {...props} />
    </span>
  )
}

function Pay(props: ActProps) {
  const t = words[props.locale]
  const { id } = props.card.withdrawal
  const stopped = stoppedFor(props)
  return (
    <span className="flex flex-wrap gap-2 py-1">
      <BalanceStep
        step="confirm"
        id={id}
        about={aboutCard(props)}
        look={{ open: "primary" }}
        why={ownHand(props)}
        sure={stopped && t.alreadyPaid}
        ask={{
          name: "bankNumber",
          label: about[props.locale].bankNumber,
          hint: about[props.locale].bankNumberHint,
        }}
        words={{
          label: t.pay,
          busy: t.payBusy,
          title: t.payTitle,
          lead: stopped ?? t.payLead,
          decided: t.decided,
        }}
      />
      <Refuse {...props} />
    </span>
  )
}

function Refuse(props: ActProps) {
  const { card, locale } = props
  const t = words[locale]
  return (
    <BalanceStep
      step="refuse"
      id={card.withdrawal.id}
      about={aboutCard(props)}
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

function CameBack(props: ActProps) {
  const { card, locale } = props
  const t = words[locale]
  return (
    <BalanceStep
      step="cameBack"
      id={card.withdrawal.id}
      about={aboutCard(props)}
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

const acts = { approvals: Approve, payments: Pay, paid: CameBack }
