import type { Actor, UserActor } from "#contracts/actor.ts"
import { withdrawable } from "#contracts/balance.ts"
import type { Id } from "#contracts/ids.ts"
import type { Currency, Money } from "#contracts/money.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { withdrawalRoles } from "#contracts/withdrawal.ts"
import { permit } from "../access/permit.ts"
import { loadOwedBy } from "../debts/store.ts"
import { loadParty } from "../parties/store.ts"
import type { Services } from "../services.ts"
import { countTopUps, loadTopUpQueue, loadTopUpsOf } from "../top-ups/store.ts"
import {
  countOtherApprovers,
  countWithdrawals,
  loadPaidWithdrawals,
  loadWithdrawalQueue,
  loadWithdrawalsOf,
  type WithdrawalCard,
} from "../withdrawals/store.ts"
import { loadBalance, loadBalancesOf, loadMovements, loadOwedSum } from "./store.ts"

const pageSize = 30
const queueSize = 50
const most = 20

const mayMove = ({ memberRole }: UserActor): boolean =>
  (withdrawalRoles as readonly string[]).includes(memberRole)

/** A party's balances with all that moves them; `after` is the place that the last page of movements ended with. */
export async function balancePage(services: Services, actor: Actor, { after }: { after: string | null }) {
  const { sql, writer, config } = services
  const user = permit(actor, "balance.read")
  if (isRefusal(user)) return user
  const [party, balances, topUps, withdrawals, found, others, debts] = await Promise.all([
    loadParty(sql, user.party),
    loadBalancesOf(sql, user.party),
    loadTopUpsOf(sql, user.party, most),
    loadWithdrawalsOf(sql, user.party, most),
    loadMovements(sql, user.party, after, pageSize + 1),
    countOtherApprovers(sql, user.party, user.user),
    loadOwedBy(sql, user.party),
  ])
  if (!party) return refuse("not_found", "party")
  const movements = found.slice(0, pageSize)
  return {
    balances: await Promise.all(
      balances.map(async ({ currency, available, reserved }) => {
        const owed = await loadOwedSum(sql, user.party, currency)
        return { currency, available, reserved, owed, withdrawable: withdrawable({ available }, owed) }
      }),
    ),
    debts: debts.map(({ id, version, trade, cause, left }) => ({ id, version, trade, cause, left })),
    topUps,
    withdrawals: withdrawals.map((withdrawal) => ({
      ...withdrawal,
      isOwn: withdrawal.askedBy === user.user,
      swapped: withdrawal.account !== party.bankAccount,
    })),
    movements,
    next: found.length > pageSize ? (movements.at(-1)?.place ?? null) : null,
    verified: party.state === "verified",
    frozen: party.frozenBy !== null,
    bankAccount: party.bankAccount,
    /** Whether this member may top up and withdraw, and whether somebody else of the party may approve. */
    mayMove: mayMove(user),
    hasSecond: others > 0,
    platformAccount: config.bankAccount,
    now: writer.now(),
  }
}

/** What a party has to pay with in a currency: not what it owes the platform. */
export async function availableOf(
  { sql, writer }: Pick<Services, "sql" | "writer">,
  party: Id<"party">,
  currency: Currency,
): Promise<Money> {
  const [balance, owed] = await Promise.all([
    loadBalance(sql, party, currency, writer.now()),
    loadOwedSum(sql, party, currency),
  ])
  return withdrawable(balance, owed)
}

/** Where the last page of each list ended; null for its first. `after`: of the transfers that are to come. */
type Places = Record<"after" | "approvals" | "payments" | "paid", string | null>

/**
 * What the operator confirms of balances: transfers that are to come, withdrawals to approve and to pay, and those that
 * were paid, for the bank may send each back. All in pages; `next` is where the next one of each begins, or null.
 */
export async function balanceQueues(
  { sql, writer }: Pick<Services, "sql" | "writer">,
  actor: Actor,
  { after, approvals, payments, paid }: Places,
) {
  const user = permit(actor, "payment.read")
  if (isRefusal(user)) return user
  const [waiting, asked, approved, gone] = await Promise.all([
    loadTopUpQueue(sql, after, queueSize + 1),
    loadWithdrawalQueue(sql, "approvals", approvals, queueSize + 1),
    loadWithdrawalQueue(sql, "payments", payments, queueSize + 1),
    loadPaidWithdrawals(sql, paid, most + 1),
  ])
  const topUpPage = pageOf(waiting, queueSize, ({ topUp }) => topUp.id)
  const [approvalPage, paymentPage, paidPage] = [
    pageOf(asked, queueSize, idOfWithdrawal),
    pageOf(approved, queueSize, idOfWithdrawal),
    pageOf(gone, most, idOfWithdrawal),
  ]
  return {
    topUps: topUpPage.rows,
    approvals: approvalPage.rows,
    payments: paymentPage.rows,
    paid: paidPage.rows,
    next: {
      topUps: topUpPage.next,
      approvals: approvalPage.next,
      payments: paymentPage.next,
      paid: paidPage.next,
    },
    user: user.user,
    now: writer.now(),
  }
}

const idOfWithdrawal = ({ withdrawal }: WithdrawalCard): string => withdrawal.id

/** The page of rows that were asked for with one more, which tells that another page follows. */
function pageOf<Row>(found: readonly Row[], size: number, idOf: (row: Row) => string) {
  const rows = found.slice(0, size)
  const last = rows.at(-1)
  return { rows, next: found.length > size && last !== undefined ? idOf(last) : null }
}

/** How much of it waits, for the operator's desk. */
export async function waitingBalances({ sql }: Pick<Services, "sql">) {
  const [topUps, withdrawals] = await Promise.all([countTopUps(sql), countWithdrawals(sql)])
  return { topUps, withdrawals }
}
