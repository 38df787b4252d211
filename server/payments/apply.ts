import type { Id } from "#contracts/ids.ts"
import { isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isCurrency, type Money } from "#contracts/money.ts"
import { legRail, type Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { tellRefusedStep } from "../alerts/refused.ts"
import { loadBalance } from "../balances/store.ts"
import { keepBackDebts } from "../debts/netting.ts"
import { loadBorne } from "../refunds/store.ts"
import type { Services } from "../services.ts"
import { applyTopUpFact } from "../top-ups/apply.ts"
import {
  applyCaptured,
  applyFailed,
  applyLegDone,
  applyLegToBalance,
  applyProcessing,
  refundStray,
} from "../trades/funding-rules.ts"
import { frozenRefusal, systemActor } from "../trades/scene.ts"
import { loadScene } from "../trades/store.ts"
import { sessionOf } from "./card-rail.ts"
import { offsetLeg } from "./offset-rules.ts"
import type { ProviderAmount, ProviderFailure } from "./provider.ts"
import { returnLeg } from "./return-rules.ts"
import type { Captured, LegKind } from "./rules.ts"
import { loadAsked, loadIntents, loadPayment, lockLegs, markReturned } from "./store.ts"

/**
 * What happened outside, applied. Webhook, redirect and sweep all come here, in any order and number: the
 * object is fetched, and the first to apply it wins (MONEY §3.3–5).
 */

/** The payment with its trade's scene, or not found. */
export async function loadPaid(services: Pick<Services, "sql">, id: Id<"payment">) {
  const payment = await loadPayment(services.sql, id)
  const scene = payment ? await loadScene(services.sql, payment.trade) : null
  return payment && scene ? { payment, scene } : refuse("not_found", "payment")
}

/** The same with how much the call was for that made the provider's object. */
export async function loadSent(services: Pick<Services, "sql">, id: Id<"payment">, reference: string) {
  const [found, sent] = await Promise.all([loadPaid(services, id), loadAsked(services.sql, id, reference)])
  return isRefusal(found) ? found : { ...found, sent }
}

/** Fetches a checkout session and applies what is so. Unknown sessions are refused, for the caller to try later. */
export async function applySession(services: Services, session: string): Promise<Json | Refusal> {
  const answer = await services.provider.retrieveCheckout(session)
  if (!("ok" in answer)) return refusalOf(answer, "session")
  const fact = answer.ok
  const { paymentId } = fact.marks
  if (isId("topUp", paymentId)) return applyTopUpFact(services, paymentId, fact)
  if (!isId("payment", paymentId)) return refuse("not_found", "payment")
  const payment = await loadPayment(services.sql, paymentId)
  if (!payment) return refuse("not_found", "payment")
  // A page whose making gave no answer was shown to nobody: that it ended says nothing of the payment.
  if ((await sessionOf(services.sql, payment)) !== session)
    return fact.kind === "captured" ? refuse("payment_mismatch", "session") : { state: fact.kind }
  if (fact.kind === "expired") return applyPaymentFailed(services, paymentId, "expired")
  if (fact.kind === "failed") return applyPaymentFailed(services, paymentId, fact.reason)
  if (fact.kind === "processing") return applyPaymentProcessing(services, paymentId)
  if (fact.kind !== "captured") return { state: fact.kind }
  const amount = ours(fact.amount)
  if (!amount) return refuse("payment_mismatch", "currency")
  // A second charge for the same payment: the first is booked, and this one is for somebody to look at.
  if (payment.charge !== null && payment.charge !== fact.charge) return refuse("payment_mismatch", "charge")
  return applyPaymentCaptured(services, paymentId, {
    amount,
    charge: fact.charge,
    providerFee: fact.fee ? ours(fact.fee) : null,
  })
}

/** What an object that could not be fetched comes to: unknown at the provider, or nobody can tell yet. */
export const refusalOf = (
  answer: { failed: ProviderFailure } | { unknown: string },
  what: string,
): Refusal =>
  "failed" in answer && answer.failed.code === "resource_missing"
    ? refuse("not_found", what)
    : refuse("provider_unavailable", what)

const ours = ({ minor, currency }: ProviderAmount): Money | null =>
  isCurrency(currency) ? { minor, currency } : null

export function applyPaymentCaptured(services: Services, id: Id<"payment">, captured: Captured) {
  return services.writer.run(
    {
      giver: "system",
      id: `captured:${id}`,
      action: "payment.captured",
      input: { id, charge: captured.charge },
    },
    () => loadPaid(services, id),
    ({ scene, payment }, now) => applyCaptured(scene, payment, captured, systemActor("payments"), now),
  )
}

/** Told once; a trade that does not wait for this payment, or knows already, has nothing to be told. */
async function applyPaymentProcessing(services: Services, id: Id<"payment">): Promise<Json | Refusal> {
  const found = await loadPaid(services, id)
  if (isRefusal(found)) return found
  const { trade } = found.scene
  const isAwaited = trade.state === "funding" && trade.payment === id
  if (!isAwaited || trade.processing === id) return { state: "processing" }
  return services.writer.run(
    { giver: "system", id: `processing:${id}`, action: "payment.processing", input: { id } },
    () => loadPaid(services, id),
    ({ scene, payment }, now) => applyProcessing(scene, payment, now),
  )
}

export function applyPaymentFailed(services: Services, id: Id<"payment">, reason: string) {
  return services.writer.run(
    { giver: "system", id: `failed:${id}`, action: "payment.failed", input: { id } },
    () => loadPaid(services, id),
    ({ scene, payment }, now) => applyFailed(scene, payment, reason, systemActor("payments"), now),
  )
}

/** A leg that the rail has carried out. */
export function finishLeg(services: Services, payment: Payment, kind: LegKind, reference: string) {
  const { id } = payment
  const attempt = payment[kind]?.attempt ?? 1
  const command = attempt === 1 ? `${kind}:${id}` : `${kind}:${id}:${attempt}`
  if (payment.rail === "balance") return finishInBalance(services, payment, kind)
  return services.writer.run(
    { giver: "system", id: command, action: `payment.${kind}`, input: { id, reference } },
    () => loadSent(services, id, reference),
    ({ scene, payment, sent }, now) =>
      applyLegDone(scene, payment, kind, reference, systemActor("payments"), now, sent),
  )
}

/** A leg that goes into the balance of whom it is for. */
function finishInBalance(services: Services, { id, seller, buyer, amount }: Payment, kind: LegKind) {
  return services.writer.run(
    { giver: "system", id: `${kind}:${id}`, action: `payment.${kind}`, input: { id } },
    async (now) => {
      const found = await loadPaid(services, id)
      if (isRefusal(found)) return found
      const party = kind === "release" ? seller : buyer
      return { ...found, balance: await loadBalance(services.sql, party, amount.currency, now) }
    },
    ({ scene, payment, balance }, now) =>
      applyLegToBalance(scene, payment, kind, balance, systemActor("payments"), now),
  )
}

/**
 * The provider says of a refund of ours (by its key) that it failed. Where its leg counts as done it is owed again,
 * and a job makes a new attempt. Answers whether it was so: what an earlier attempt says is no news.
 */
export async function returnRefundLeg(
  services: Services,
  id: Id<"payment">,
  key: string,
  reason: string,
): Promise<boolean | Refusal> {
  const { sql } = services
  const intent = (await loadIntents(sql, id, "refund")).find((one) => one.key === key)
  if (!intent?.reference) return false
  // First, so that no later attempt takes the one that came back for its own.
  if (intent.state === "done") await markReturned(sql, key)
  const leg = (await loadPayment(sql, id))?.refund
  if (leg?.state !== "done" || leg.reference !== intent.reference) return false
  const back = { leg: "refund", attempt: leg.attempt ?? 1, reason } as const
  const command = `returned:${id}:${back.attempt}`
  const answer = await services.writer.run(
    { giver: "system", id: command, action: "payment.returned", input: { id } },
    async () => (await loadPayment(sql, id)) ?? refuse("not_found", "payment"),
    (payment, now) => returnLeg(payment, back, systemActor("payments"), now),
  )
  return isRefusal(answer) ? answer : true
}

/**
 * Carries out what a payment's parts still owe. Held money whose trade ended goes back first. Of a frozen
 * or contested leg nothing is sent, and what became of its call is looked up; what the rail cannot do yet waits too,
 * and the sweep comes by again.
 */
export async function carryOut(
  services: Services,
  id: Id<"payment">,
  from: "job" | "sweep" = "job",
): Promise<void> {
  const found = await loadPaid(services, id)
  if (isRefusal(found)) return
  if (found.payment.state === "held") {
    await services.writer.run(
      { giver: "system", id: `stray:${id}`, action: "payment.stray", input: { id } },
      () => loadPaid(services, id),
      ({ scene, payment }, now) => refundStray(scene, payment, now),
    )
  }
  // By bank only right after the parting: later an operator may be paying what the page said.
  const { state, rail } = found.payment
  if (
    state === "parting" &&
    !found.payment.chargeback &&
    !frozenRefusal(found.scene) &&
    (rail !== "bank" || from === "job")
  )
    await keepBackDebts(services, found.payment)
  for (const kind of ["release", "refund"] as const) await carryOutLeg(services, id, kind)
}

async function carryOutLeg(services: Services, id: Id<"payment">, kind: LegKind): Promise<void> {
  const found = await loadPaid(services, id)
  if (isRefusal(found)) return
  const { payment, scene } = found
  if (payment.state !== "parting" || payment[kind]?.state !== "pending") return
  if (kind === "refund" && payment.refund?.attempt && !payment.chargeback)
    if (await offsetLegByLoss(services, payment)) return carryOutLeg(services, id, kind)
  const rail = services.rails[legRail(payment, kind)]
  const stopped = payment.chargeback || frozenRefusal(scene)
  const outcome = await (stopped ? rail.look?.leg(payment, kind) : rail.move(payment, kind))
  if (outcome?.kind === "done") await finishLeg(services, payment, kind, outcome.reference)
  // Not paid to an account that the seller named since: an operator asks them first.
  if (outcome?.kind === "waiting" && outcome.reason === "payeeChanged")
    await tellRefusedStep(services.sql, payment.id, refuse("payee_changed", kind), null)
}

/** Answers whether it changed the leg: what came back makes up for what the platform bore of a lost chargeback. */
function offsetLegByLoss({ sql, writer }: Services, { id }: Payment): Promise<boolean> {
  return lockLegs(sql, id, async (locked) => {
    const found = await loadPaid({ sql: locked }, id)
    if (isRefusal(found) || found.payment.chargeback || !found.payment.refund) return false
    const { amount, attempt } = found.payment.refund
    const borne = await loadBorne(locked, { trade: found.payment.trade, amount })
    const intents = await loadIntents(locked, id, "refund")
    if (!borne || intents.some(({ state }) => state !== "failed")) return false
    const answer = await writer.run(
      { giver: "system", id: `offset:${id}:${attempt}`, action: "payment.offset", input: { id } },
      () => loadPaid({ sql }, id),
      ({ scene, payment }, now) => offsetLeg(scene, payment, borne, systemActor("payments"), now),
    )
    return !isRefusal(answer)
  })
}
