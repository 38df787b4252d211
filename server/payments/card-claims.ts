import type { Sql } from "postgres"
import { must } from "#contracts/assert.ts"
import type { Debt } from "#contracts/debt.ts"
import { compareMoney, isZero, type Money, makeMoney } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import type { Refund } from "#contracts/refund.ts"
import type { Time } from "#contracts/time.ts"
import { transferOf } from "../debts/rules.ts"
import type { LegOutcome, TakeBackOutcome } from "../escrow/hold-rail.ts"
import { loadRefund } from "../refunds/store.ts"
import { markRefused, rests, settle, settleFound } from "./card-calls.ts"
import type { PaymentProvider, RefundInput } from "./provider.ts"
import {
  type Intent,
  loadIntentsOf,
  loadPayment,
  lockLegs,
  markDone,
  markFailed,
  markLeaving,
  markReady,
  markSent,
  openIntent,
} from "./store.ts"

/** Refunds and reversals by the payment provider: calls that belong to a refund or a debt, not to a leg. */

const isOpen = ({ state }: Intent): boolean => state === "ready" || state === "unknown"

/** Sends a refund, or finds out what became of it. */
export async function giveBackByCard(
  sql: Sql,
  provider: PaymentProvider,
  refund: Refund,
  payment: Payment,
  now: Time,
): Promise<LegOutcome> {
  const intents = await loadIntentsOf(sql, refund.id)
  const done = intents.find(({ state }) => state === "done")
  if (done?.reference) return { kind: "done", reference: done.reference }
  const charge = must(payment.charge, `the charge of ${payment.id}`)
  if (rests(intents, now)) return { kind: "waiting", reason: "declined" }
  const intent = intents.find(isOpen) ?? (await prepareRefund(sql, refund, payment, charge))
  return intent ? sendRefund(sql, provider, intent, payment) : { kind: "waiting", reason: "pending" }
}

/** The intent of a new attempt, for as much as the refund is now; null where a chargeback is open or has ended it. */
function prepareRefund(sql: Sql, { id }: Refund, payment: Payment, charge: string): Promise<Intent | null> {
  return lockLegs(sql, payment.id, async (locked) => {
    const [fresh, paid] = await Promise.all([loadRefund(locked, id), loadPayment(locked, payment.id)])
    if (fresh?.state !== "decided" || fresh.rail !== "card" || paid?.chargeback) return null
    const intents = await loadIntentsOf(locked, id)
    const open = intents.find(({ state }) => state !== "failed")
    if (open) return isOpen(open) ? open : null
    return openIntent(locked, {
      key: `refund:${id}:${intents.length + 1}`,
      payment: payment.id,
      subject: id,
      kind: "giveBack",
      parameters: { tradeId: payment.trade, paymentId: payment.id, charge, amount: fresh.amount },
    })
  })
}

/** What became of the call for a refund, while nothing may leave. */
export async function lookForRefund(
  sql: Sql,
  provider: PaymentProvider,
  refund: Refund,
  payment: Payment,
): Promise<LegOutcome> {
  const intents = await loadIntentsOf(sql, refund.id)
  const done = intents.find(({ state }) => state === "done")
  if (done?.reference) return { kind: "done", reference: done.reference }
  const open = intents.find(isOpen)
  return (open && (await lookUp(sql, provider, open, payment))) ?? { kind: "waiting", reason: "pending" }
}

/** Null where nothing is there (yet). */
async function lookUp(
  sql: Sql,
  provider: PaymentProvider,
  { key, state, reference }: Intent,
  payment: Payment,
): Promise<LegOutcome | null> {
  if (reference !== null) {
    const found = await provider.retrieveRefund(reference)
    return "ok" in found ? settle(sql, key, found.ok) : { kind: "unknown" }
  }
  // A key whose answer was an error gives that error again, whatever was done: what is there tells, if it is there.
  return state === "unknown" ? settleFound(sql, provider, payment.charge ?? "", key) : null
}

async function sendRefund(
  sql: Sql,
  provider: PaymentProvider,
  intent: Intent,
  payment: Payment,
): Promise<LegOutcome> {
  const found = await lookUp(sql, provider, intent, payment)
  if (found) return found
  if (!(await markLeaving(sql, payment.id, intent.key))) return { kind: "waiting", reason: "pending" }
  const input = intent.parameters as unknown as RefundInput
  const outcome = await provider.refund({ ...input, idempotencyKey: intent.key })
  if ("unknown" in outcome) return { kind: "unknown" }
  if ("ok" in outcome) return settle(sql, intent.key, outcome.ok)
  const { code, retry, declined } = outcome.failed
  if (retry === "same_key") await markReady(sql, intent.key)
  else await markRefused(sql, intent.key, code)
  return { kind: "waiting", reason: declined || retry !== "same_key" ? "declined" : "providerUnavailable" }
}

type Reversal = { transfer: string; amount: Money }

/** Takes back what a seller owes of their transfer, as far as the transfer has not been taken back before. */
export async function takeBackByCard(
  sql: Sql,
  provider: PaymentProvider,
  debt: Debt,
  payment: Payment,
): Promise<TakeBackOutcome> {
  const intents = await loadIntentsOf(sql, debt.id)
  const done = intents.find(({ state }) => state === "done")
  if (done?.reference) return takenBy(done, done.reference)
  // One refusal is enough: what cannot be taken back now is owed, and kept back from the next releases.
  const refused = intents.find(({ state }) => state === "failed")
  if (refused) return { kind: "impossible", reason: reasonOf(refused.failure ?? "") }
  const open = intents.find(isOpen)
  const intent = open ?? (await prepare(sql, provider, debt, payment))
  return "kind" in intent && "parameters" in intent
    ? sendReversal(sql, provider, intent as Intent)
    : (intent as TakeBackOutcome)
}

async function prepare(
  sql: Sql,
  provider: PaymentProvider,
  debt: Debt,
  payment: Payment,
): Promise<Intent | TakeBackOutcome> {
  const transfer = transferOf(payment)
  if (transfer === null) return { kind: "impossible", reason: "noTransfer" }
  const found = await provider.retrieveTransfer(transfer)
  if (!("ok" in found)) return { kind: "waiting", reason: "providerUnavailable" }
  const left = BigInt(found.ok.amount.minor) - BigInt(found.ok.reversed.minor)
  const most = makeMoney(left > 0n ? left : 0n, debt.left.currency)
  const amount = compareMoney(most, debt.left) < 0 ? most : debt.left
  if (isZero(amount)) return { kind: "impossible", reason: "noTransfer" }
  const parameters: Reversal = { transfer, amount }
  return openIntent(sql, {
    key: `reversal:${debt.id}:1`,
    payment: payment.id,
    subject: debt.id,
    kind: "reversal",
    parameters,
  })
}

/** What became of the call for a reversal, while nothing is sent. */
export async function lookForReversal(
  sql: Sql,
  provider: PaymentProvider,
  debt: Debt,
): Promise<TakeBackOutcome> {
  const intents = await loadIntentsOf(sql, debt.id)
  const done = intents.find(({ state }) => state === "done")
  if (done?.reference) return takenBy(done, done.reference)
  const open = intents.find(({ state }) => state === "unknown")
  return (open && (await findReversal(sql, provider, open))) ?? { kind: "unknown" }
}

/** Null where nothing is there (yet). */
async function findReversal(
  sql: Sql,
  provider: PaymentProvider,
  intent: Intent,
): Promise<TakeBackOutcome | null> {
  const { transfer } = intent.parameters as unknown as Reversal
  const found = await provider.findReversals(transfer)
  if (!("ok" in found)) return { kind: "unknown" }
  const made = found.ok.find(({ key }) => key === intent.key)
  if (!made) return null
  await markDone(sql, intent.key, made.reversal)
  return takenBy(intent, made.reversal)
}

async function sendReversal(sql: Sql, provider: PaymentProvider, intent: Intent): Promise<TakeBackOutcome> {
  const { transfer, amount } = intent.parameters as unknown as Reversal
  const found = intent.state === "unknown" ? await findReversal(sql, provider, intent) : null
  if (found) return found
  if (!(await markSent(sql, intent.key))) return { kind: "unknown" }
  const outcome = await provider.reverse({ transfer, amount, idempotencyKey: intent.key })
  if ("unknown" in outcome) return { kind: "unknown" }
  if ("ok" in outcome) {
    await markDone(sql, intent.key, outcome.ok.reversal)
    return takenBy(intent, outcome.ok.reversal)
  }
  const { code, retry } = outcome.failed
  if (retry === "same_key") {
    await markReady(sql, intent.key)
    return { kind: "waiting", reason: "providerUnavailable" }
  }
  await markFailed(sql, intent.key, code)
  return { kind: "impossible", reason: reasonOf(code) }
}

const takenBy = ({ parameters }: Intent, reference: string): TakeBackOutcome => ({
  kind: "done",
  reference,
  amount: (parameters as unknown as Reversal).amount,
})

const reasonOf = (code: string): "balance" | "account" =>
  code.includes("balance") || code.includes("insufficient") ? "balance" : "account"
