import type { Sql } from "postgres"
import type { Actor } from "#contracts/actor.ts"
import type { BankLine, MatchKind } from "#contracts/bank-file.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { repayDebt } from "../debts/commands.ts"
import { confirmPayout, confirmReceipt, returnPayout } from "../payments/commands.ts"
import { confirmRefund, returnRefund } from "../refunds/commands.ts"
import type { Services } from "../services.ts"
import { confirmTopUpReceipt } from "../top-ups/commands.ts"
import { confirmWithdrawal, noteReturnedWithdrawal } from "../withdrawals/commands.ts"
import type { OpenItem } from "./match-rules.ts"
import { noteArrival } from "./store.ts"
import {
  findDebts,
  findLegs,
  findLegsBack,
  findPayouts,
  findReceipts,
  findRefunds,
  findRefundsBack,
  findTopUps,
  findWithdrawals,
  findWithdrawalsBack,
  type Wanted,
} from "./waiting-store.ts"

export type Confirming = {
  item: OpenItem
  line: Pick<BankLine, "id" | "number" | "amount" | "text">
  commandId: Id<"command">
}

/**
 * One kind of thing that a line of the bank's statement can be: how those that wait are found, and the operator's own
 * command that confirms one, with all its rules. Whatever else is paid by bank is one more entry.
 */
type Kind = {
  find(sql: Sql, wanted: Wanted): Promise<OpenItem[]>
  confirm(services: Services, actor: Actor, confirming: Confirming): Promise<Json | Refusal>
}

const leg = (which: "release" | "refund"): Kind => ({
  find: findLegs(which),
  confirm: (services, actor, { item, line, commandId }) => {
    const payment = item.id as Id<"payment">
    const { amount, number: bankNumber } = line
    const input = { commandId, payment, leg: which, attempt: item.attempt, amount, bankNumber }
    return confirmPayout(services, actor, input, line)
  },
})

/** The bank's own words, where the line has any: the reason that the people concerned read. */
const reasonOf = ({ text, number }: Confirming["line"]): string => (text.trim() || number).slice(0, 200)

const legBack = (which: "release" | "refund"): Kind => ({
  find: findLegsBack(which),
  confirm: (services, actor, { item, line, commandId }) => {
    const payment = item.id as Id<"payment">
    const back = { commandId, payment, leg: which, attempt: item.attempt, reason: reasonOf(line) }
    return returnPayout(services, actor, back, line)
  },
})

export const kinds: Readonly<Record<MatchKind, Kind>> = {
  receipt: {
    find: findReceipts,
    confirm: (services, actor, { item, line, commandId }) => {
      const payment = item.id as Id<"payment">
      const input = { commandId, payment, amount: line.amount, bankNumber: line.number }
      return confirmReceipt(services, actor, input, line)
    },
  },
  release: leg("release"),
  refundLeg: leg("refund"),
  refund: {
    find: findRefunds,
    confirm: (services, actor, { item, line, commandId }) => {
      const refund = item.id as Id<"refund">
      const { attempt } = item
      const { amount, number: bankNumber } = line
      return confirmRefund(services, actor, { commandId, refund, attempt, amount, bankNumber }, line)
    },
  },
  debt: {
    find: findDebts,
    confirm: (services, actor, { item, line, commandId }) => {
      const debt = item.id as Id<"debt">
      const { amount, number: bankNumber } = line
      const input = { commandId, debt, version: item.attempt, amount, bankNumber }
      return repayDebt(services, actor, input, line)
    },
  },
  payout: {
    find: findPayouts,
    confirm: async (services, actor, { item, line }) => {
      const user = permit(actor, "payment.confirmBank")
      if (isRefusal(user)) return user
      const noted = await noteArrival(services.sql, line, item.id, user.user)
      if (isRefusal(noted)) return noted
      return noted ? { payout: item.id } : refuse("bank_number_used", "bankNumber")
    },
  },
  topUp: {
    find: findTopUps,
    confirm: (services, actor, { item, line, commandId }) => {
      const topUp = item.id as Id<"topUp">
      const input = { commandId, topUp, amount: line.amount, bankNumber: line.number }
      return confirmTopUpReceipt(services, actor, input, line)
    },
  },
  withdrawal: {
    find: findWithdrawals,
    confirm: (services, actor, { item, line, commandId }) => {
      const withdrawal = item.id as Id<"withdrawal">
      return confirmWithdrawal(services, actor, { commandId, withdrawal, bankNumber: line.number }, line)
    },
  },
  releaseBack: legBack("release"),
  refundLegBack: legBack("refund"),
  refundBack: {
    find: findRefundsBack,
    confirm: (services, actor, { item, line, commandId }) => {
      const refund = item.id as Id<"refund">
      return returnRefund(services, actor, { commandId, refund, attempt: item.attempt }, line)
    },
  },
  withdrawalBack: {
    find: findWithdrawalsBack,
    confirm: (services, actor, { item, line, commandId }) => {
      const withdrawal = item.id as Id<"withdrawal">
      return noteReturnedWithdrawal(services, actor, { commandId, withdrawal, note: reasonOf(line) }, line)
    },
  },
}

/** Things of all kinds. */
export async function findItems(sql: Sql, wanted: Wanted): Promise<OpenItem[]> {
  const found = await Promise.all(Object.values(kinds).map(({ find }) => find(sql, wanted)))
  return found.flat()
}
