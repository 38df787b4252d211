import { type Actor, isOwnMatter } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { heldLeft, legRail, type Payment } from "#contracts/payment.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { loadDebtCardsOf } from "../debts/store.ts"
import type { Waiting } from "../queue.ts"
import { returnable } from "../refunds/rules.ts"
import { loadRefundCardsOf } from "../refunds/store.ts"
import type { Services } from "../services.ts"
import { isRefused } from "./card-calls.ts"
import {
  countQueues,
  loadCallsOf,
  loadPaymentCard,
  loadPaymentCards,
  type PaymentQueue,
} from "./queue-store.ts"
import { legAmount } from "./rules.ts"
import { loadIntents } from "./store.ts"

export { type PaymentCard, type PaymentQueue, paymentQueues } from "./queue-store.ts"

const pageSize = 50

/** What is sent, or was, on each leg: what an operator confirms states it. */
const dueOf = (payment: Payment): Record<"release" | "refund", Money | null> => ({
  release: payment.release && legAmount(payment, "release"),
  refund: payment.refund && legAmount(payment, "refund"),
})

/** Payments that wait for the operator, the longest waiting first; `after` is the id that the last page ended with. */
export async function paymentQueue(
  { sql, writer }: Pick<Services, "sql" | "writer">,
  actor: Actor,
  { queue, after }: { queue: PaymentQueue; after: string | null },
) {
  const user = permit(actor, "payment.read")
  if (isRefusal(user)) return user
  const found = await loadPaymentCards(sql, queue, after, pageSize + 1)
  const payments = found.slice(0, pageSize).map((card) => ({ ...card, due: dueOf(card.payment) }))
  const next = found.length > pageSize ? (payments.at(-1)?.payment.id ?? null) : null
  return { payments, next, waiting: await countQueues(sql), now: writer.now() }
}

/** One payment with the calls that were made for it, as the operator sees it. */
export async function paymentPage(
  { sql, writer, config }: Pick<Services, "sql" | "writer" | "config">,
  actor: Actor,
  id: Id<"payment">,
) {
  const user = permit(actor, "payment.read")
  if (isRefusal(user)) return user
  const [card, calls, refunds, debts, sent] = await Promise.all([
    loadPaymentCard(sql, id),
    loadCallsOf(sql, id),
    loadRefundCardsOf(sql, id),
    loadDebtCardsOf(sql, id),
    loadIntents(sql, id, "refund"),
  ])
  if (card === null) return refuse("not_found", "payment")
  const { payment } = card
  const own = isOwnMatter(user, payment.buyer, payment.seller)
  return {
    ...card,
    refunds,
    debts,
    heldNow: payment.state === "held" ? heldLeft(payment) : null,
    returnable: own || !card.isCurrent ? null : returnable(payment),
    due: dueOf(payment),
    calls,
    /** Whether the provider has refused its refund leg, which may then be paid by bank. */
    refused: payment.refund?.state === "pending" && legRail(payment, "refund") === "card" && isRefused(sent),
    bankAccount: config.bankAccount,
    now: writer.now(),
  }
}

/** How many payments wait in each queue. */
export const waitingPayments = ({ sql }: Pick<Services, "sql">): Promise<Record<PaymentQueue, Waiting>> =>
  countQueues(sql)
