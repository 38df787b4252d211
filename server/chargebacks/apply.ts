import type { Chargeback } from "#contracts/chargeback.ts"
import { type Id, isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isCurrency, type Money, zero } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { raiseOnce, withdrawAlert } from "../alerts/store.ts"
import { applySession, loadPaid, refusalOf } from "../payments/apply.ts"
import { sessionOf } from "../payments/card-rail.ts"
import type { ProviderAmount } from "../payments/provider.ts"
import type { DisputeFact } from "../payments/provider-disputes.ts"
import { loadPayment } from "../payments/store.ts"
import { takeRandom } from "../random.ts"
import { loadRefundsOf } from "../refunds/store.ts"
import type { Services } from "../services.ts"
import { applyTopUpDispute } from "../top-ups/contest.ts"
import { systemActor } from "../trades/scene.ts"
import { endCalls, hearRefunds } from "./legs.ts"
import { answerChargeback, loseChargeback, openChargeback, winChargeback } from "./rules.ts"
import { loadChargeback, loadChargebackByReference } from "./store.ts"

/**
 * A dispute as the provider shows it now, applied: opened, then answered, won or lost, each once. Events, a click
 * of the operator's and the sweep all come here, in any order and number; one that comes first for a dispute that is
 * decided already takes every step on the way.
 */
export async function applyDispute(services: Services, dispute: string): Promise<Json | Refusal> {
  const answer = await services.provider.retrieveDispute(dispute)
  return "ok" in answer ? applyDisputeFact(services, answer.ok) : refusalOf(answer, "dispute")
}

export async function applyDisputeFact(services: Services, fact: DisputeFact): Promise<Json | Refusal> {
  const { paymentId } = fact.marks
  if (isId("topUp", paymentId)) return applyTopUpDispute(services, paymentId, fact)
  // The bank only asks: nothing has moved.
  if (fact.withdrawn === null) {
    if (fact.status === "inquiry") await tellInquiry(services, fact)
    if (fact.status === "inquiryOver") await withdrawAlert(services.sql, "inquiry", fact.dispute)
    return { state: fact.status }
  }
  await withdrawAlert(services.sql, "inquiry", fact.dispute)
  const found =
    (await loadChargebackByReference(services.sql, fact.dispute)) ??
    (await open(services, fact, fact.withdrawn))
  if (isRefusal(found)) return found
  // Nothing that the provider refused about it can be mended any more.
  if (fact.status === "won" || fact.status === "lost") await withdrawAlert(services.sql, "call", found.id)
  if (found.state === "opened" && fact.status === "answered") return noteAnswer(services, found)
  if (found.state === "won" || found.state === "lost") return { chargeback: found.id, state: found.state }
  if (fact.status === "won") return win(services, found, fact)
  if (fact.status === "lost") return lose(services, found)
  return { chargeback: found.id, state: found.state }
}

async function tellInquiry({ sql }: Services, fact: DisputeFact): Promise<void> {
  const { dispute, charge, marks, reason, dueBy } = fact
  const about = { charge, payment: marks.paymentId, trade: marks.tradeId, dueBy }
  await raiseOnce(sql, { kind: "inquiry", subject: dispute, code: reason, detail: about })
}

const ours = ({ minor, currency }: ProviderAmount): Money | null =>
  isCurrency(currency) ? { minor, currency } : null

async function open(
  services: Services,
  { dispute, charge, marks, reason, dueBy }: DisputeFact,
  withdrawn: NonNullable<DisputeFact["withdrawn"]>,
): Promise<Chargeback | Refusal> {
  const { sql } = services
  const [amount, fee] = [ours(withdrawn.amount), ours(withdrawn.fee)]
  if (!amount || !fee) return refuse("payment_mismatch", "currency")
  if (!isId("payment", marks.paymentId)) return refuse("not_found", "payment")
  const payment = await heldPayment(services, marks.paymentId)
  if (isRefusal(payment)) return payment
  if (payment.charge !== charge) return refuse("payment_mismatch", "charge")
  const contest = {
    id: services.newId("chargeback"),
    nonce: takeRandom(16).toString("hex"),
    amount,
    fee,
    reason,
    reference: dispute,
    dueBy,
  }
  const opened = await services.writer.run(
    { giver: "system", id: `chargeback:${dispute}`, action: "chargeback.open", input: { dispute } },
    () => loadPaid(services, payment.id),
    (found, now) => openChargeback(found, contest, now),
  )
  if (isRefusal(opened)) return opened
  return (await loadChargebackByReference(sql, dispute)) ?? refuse("not_found", "chargeback")
}

/** A dispute may be told of before the payment that it is about. */
async function heldPayment(services: Services, id: Id<"payment">): Promise<Payment | Refusal> {
  const payment = await loadPayment(services.sql, id)
  if (!payment) return refuse("not_found", "payment")
  if (payment.charge !== null) return payment
  const session = await sessionOf(services.sql, payment)
  const applied = session === null ? refuse("not_found", "session") : await applySession(services, session)
  if (isRefusal(applied)) return applied
  return (await loadPayment(services.sql, id)) ?? refuse("not_found", "payment")
}

/** It was answered by a click whose own answer was lost, or at the provider itself. */
async function noteAnswer(services: Services, chargeback: Chargeback): Promise<Json | Refusal> {
  const [sent] = await services.sql<{ hash: string }[]>`select parameters_hash as hash from intents
    where subject = ${chargeback.id} and kind = 'evidence' order by created_at desc limit 1`
  return services.writer.run(
    {
      giver: "system",
      id: `answered:${chargeback.id}`,
      action: "chargeback.answer",
      input: { id: chargeback.id },
    },
    () => current(services, chargeback.id),
    (found, now) => answerChargeback(found, sent?.hash ?? null, systemActor("chargebacks"), now),
  )
}

const current = async ({ sql }: Pick<Services, "sql">, id: Id<"chargeback">) =>
  (await loadChargeback(sql, id)) ?? refuse("not_found", "chargeback")

async function loadBoth(services: Services, { id, payment }: Chargeback) {
  const [chargeback, paid] = await Promise.all([current(services, id), loadPaid(services, payment)])
  if (isRefusal(chargeback)) return chargeback
  return isRefusal(paid) ? paid : { ...paid, chargeback }
}

/** Decided for the seller, and the money is back: until it is, nothing is told. */
async function win(
  services: Services,
  chargeback: Chargeback,
  { reinstated }: DisputeFact,
): Promise<Json | Refusal> {
  if (reinstated === null) return refuse("chargeback_waits", "reinstated")
  const [amount, feeReturned] = [ours(reinstated.amount), ours(reinstated.fee)]
  if (amount?.currency !== chargeback.amount.currency || amount.minor !== chargeback.amount.minor)
    return refuse("payment_mismatch", "reinstated")
  return services.writer.run(
    { giver: "system", id: `won:${chargeback.id}`, action: "chargeback.win", input: { id: chargeback.id } },
    () => loadBoth(services, chargeback),
    (found, now) => winChargeback(found, found.chargeback, feeReturned ?? zero(amount.currency), now),
  )
}

/** Decided for the buyer. A leg that was on its way when it was opened has arrived or not before that is told. */
async function lose(services: Services, chargeback: Chargeback): Promise<Json | Refusal> {
  const waits =
    (await hearRefunds(services, chargeback.payment)) ?? (await endCalls(services, chargeback.payment))
  if (waits) return waits
  const debt = { id: services.newId("debt"), nonce: takeRandom(16).toString("hex") }
  return services.writer.run(
    { giver: "system", id: `lost:${chargeback.id}`, action: "chargeback.lose", input: { id: chargeback.id } },
    async () => {
      const found = await loadBoth(services, chargeback)
      if (isRefusal(found)) return found
      const refunds = await loadRefundsOf(services.sql, found.payment.trade)
      return { ...found, refunds: refunds.filter(({ payment }) => payment === found.payment.id) }
    },
    (found, now) => loseChargeback(found.scene, found.payment, found.chargeback, found.refunds, debt, now),
  )
}
