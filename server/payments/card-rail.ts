import type { Sql } from "postgres"
import { must } from "#contracts/assert.ts"
import { legRail, type Payment } from "#contracts/payment.ts"
import type { Time } from "#contracts/time.ts"
import type { HoldRail, LegOutcome, PayPage } from "../escrow/hold-rail.ts"
import { loadParty } from "../parties/store.ts"
import { finish, markRefused, rests, settle, settleFound } from "./card-calls.ts"
import { giveBackByCard, lookForRefund, lookForReversal, takeBackByCard } from "./card-claims.ts"
import { openPage } from "./checkout-page.ts"
import type { CheckoutInput, PaymentProvider, RefundInput, TransferInput } from "./provider.ts"
import { type LegKind, legAmount } from "./rules.ts"
import {
  type Intent,
  loadIntents,
  loadPayment,
  lockLegs,
  markDone,
  markFailed,
  markLeaving,
  markReady,
  markSent,
  openIntent,
} from "./store.ts"

/**
 * Cards through the payment provider: separate charges and transfers (MONEY §2). The charge lands with the
 * platform, a release is one transfer, the fee is taken by transferring less.
 */
export function makeCardRail(sql: Sql, provider: PaymentProvider, now: () => Time): HoldRail {
  return {
    hold: (payment, page) => hold(sql, provider, payment, page),
    move: (payment, kind) => move(sql, provider, payment, kind, now()),
    close: (payment) => close(sql, provider, payment),
    giveBack: (refund, payment) => giveBackByCard(sql, provider, refund, payment, now()),
    takeBack: (debt, payment) => takeBackByCard(sql, provider, debt, payment),
    look: {
      leg: (payment, kind) => look(sql, provider, payment, kind),
      refund: (refund, payment) => lookForRefund(sql, provider, refund, payment),
      debt: (debt) => lookForReversal(sql, provider, debt),
    },
  }
}

/** The provider's session of a payment, once it is known. */
export async function sessionOf(sql: Sql, payment: Payment): Promise<string | null> {
  const [intent] = await loadIntents(sql, payment.id, "checkout")
  return intent?.reference ?? null
}

/**
 * A page that was asked for and whose answer was lost is asked for again under the same key, to know what there
 * is to close. The provider refuses to close what is complete or closed already: then the session tells.
 */
async function close(sql: Sql, provider: PaymentProvider, payment: Payment): Promise<"closed" | "open"> {
  const [intent] = await loadIntents(sql, payment.id, "checkout")
  if (!intent || intent.state === "failed") return "closed"
  const session = intent.reference ?? (await findAgain(sql, provider, intent))
  if (session === null)
    return (await loadIntents(sql, payment.id, "checkout"))[0]?.state === "failed" ? "closed" : "open"
  await provider.expireCheckout(session)
  const now = await provider.retrieveCheckout(session)
  return "ok" in now && now.ok.kind !== "open" ? "closed" : "open"
}

async function findAgain(sql: Sql, provider: PaymentProvider, intent: Intent): Promise<string | null> {
  const parameters = intent.parameters as unknown as Omit<CheckoutInput, "idempotencyKey">
  await markSent(sql, intent.key)
  const made = await provider.createCheckout({ ...parameters, idempotencyKey: intent.key })
  if ("ok" in made) await markDone(sql, intent.key, made.ok.sessionId)
  else if ("failed" in made && made.failed.retry !== "same_key")
    await markFailed(sql, intent.key, made.failed.code)
  return "ok" in made ? made.ok.sessionId : null
}

const hold = (sql: Sql, provider: PaymentProvider, payment: Payment, page: PayPage) =>
  openPage(
    sql,
    provider,
    { key: `checkout:${payment.id}:1`, payment: payment.id },
    { tradeId: payment.trade, paymentId: payment.id, amount: payment.amount, ...page },
  )

async function move(
  sql: Sql,
  provider: PaymentProvider,
  payment: Payment,
  kind: LegKind,
  now: Time,
): Promise<LegOutcome> {
  const intents = await loadIntents(sql, payment.id, kind)
  const done = intents.find(({ state }) => state === "done")
  if (done?.reference) return { kind: "done", reference: done.reference }
  const open = intents.find(({ state }) => state === "ready" || state === "unknown")
  if (!open && rests(intents, now)) return { kind: "waiting", reason: "declined" }
  const prepared = open ?? (await prepare(sql, provider, payment, kind))
  if ("kind" in prepared && prepared.kind === "waiting") return prepared
  return send(sql, provider, payment, prepared as Intent)
}

/**
 * Writes the intent of a new attempt, with the account and amount that it will keep. What is kept back of a release
 * (server/debts/netting.ts) is decided before there is one, and under the same lock.
 */
async function prepare(
  sql: Sql,
  provider: PaymentProvider,
  payment: Payment,
  kind: LegKind,
): Promise<Intent | LegOutcome> {
  const charge = must(payment.charge, `the charge of ${payment.id}`)
  const payee = kind === "release" ? await readyPayee(sql, provider, payment) : null
  if (payee !== null && typeof payee !== "string") return payee
  return lockLegs(sql, payment.id, async (locked) => {
    const intents = await loadIntents(locked, payment.id, kind)
    const open = intents.find(({ state }) => state !== "failed")
    if (open) return open
    const fresh = must(await loadPayment(locked, payment.id), "the payment is there")
    const leaves = fresh[kind]?.state === "pending" && legRail(fresh, kind) === "card"
    if (fresh.chargeback || !leaves) return { kind: "waiting", reason: "pending" }
    const common = { tradeId: payment.trade, paymentId: payment.id, amount: legAmount(fresh, kind) }
    const parameters =
      payee === null
        ? { ...common, charge }
        : { ...common, destination: payee, sourceCharge: charge, transferGroup: payment.trade }
    const key = `${kind}:${payment.id}:${intents.length + 1}`
    return openIntent(locked, { key, payment: payment.id, kind, parameters })
  })
}

/** The seller's account, as long as it is the one that they had when the release was decided, and can be paid. */
async function readyPayee(
  sql: Sql,
  provider: PaymentProvider,
  payment: Payment,
): Promise<string | LegOutcome> {
  const account = (await loadParty(sql, payment.seller))?.payee
  const decided = payment.release?.to
  if (decided && decided !== account) return { kind: "waiting", reason: "payeeChanged" }
  if (!account) return { kind: "waiting", reason: "payeeNotReady" }
  const status = await provider.payeeStatus(account)
  if (!("ok" in status)) return { kind: "waiting", reason: "providerUnavailable" }
  return status.ok.transfers === "active" ? account : { kind: "waiting", reason: "payeeNotReady" }
}

/** What became of the call for a leg, while nothing may leave. */
async function look(
  sql: Sql,
  provider: PaymentProvider,
  payment: Payment,
  kind: LegKind,
): Promise<LegOutcome> {
  const intents = await loadIntents(sql, payment.id, kind)
  const done = intents.find(({ state }) => state === "done")
  if (done?.reference) return { kind: "done", reference: done.reference }
  const open = intents.find(({ state }) => state === "unknown")
  return (open && (await lookUp(sql, provider, payment, open))) ?? { kind: "waiting", reason: "pending" }
}

async function send(
  sql: Sql,
  provider: PaymentProvider,
  payment: Payment,
  intent: Intent,
): Promise<LegOutcome> {
  const found = await lookUp(sql, provider, payment, intent)
  if (found) return found
  if (!(await markLeaving(sql, payment.id, intent.key))) return { kind: "waiting", reason: "pending" }
  const outcome =
    intent.kind === "release"
      ? await provider.transfer({
          ...(intent.parameters as unknown as TransferInput),
          idempotencyKey: intent.key,
        })
      : await provider.refund({
          ...(intent.parameters as unknown as RefundInput),
          idempotencyKey: intent.key,
        })
  if ("unknown" in outcome) return { kind: "unknown" }
  if ("failed" in outcome) {
    if (outcome.failed.retry === "same_key") await markReady(sql, intent.key)
    else await markRefused(sql, intent.key, outcome.failed.code)
    return { kind: "waiting", reason: outcome.failed.declined ? "declined" : "providerUnavailable" }
  }
  return "transfer" in outcome.ok
    ? finish(sql, intent.key, outcome.ok.transfer)
    : settle(sql, intent.key, outcome.ok)
}

async function follow(sql: Sql, provider: PaymentProvider, key: string, refund: string): Promise<LegOutcome> {
  const found = await provider.retrieveRefund(refund)
  return "ok" in found ? settle(sql, key, found.ok) : { kind: "unknown" }
}

/**
 * What became of a call that was made; null when nothing is there (yet): the same key may go again. A key whose answer
 * was an error gives that error again, whatever was done: what is there tells, if it is there.
 */
async function lookUp(
  sql: Sql,
  provider: PaymentProvider,
  payment: Payment,
  intent: Intent,
): Promise<LegOutcome | null> {
  if (intent.kind === "refund" && intent.reference !== null)
    return follow(sql, provider, intent.key, intent.reference)
  if (intent.state !== "unknown") return null
  if (intent.kind === "release") {
    const found = await provider.findTransfers(payment.trade)
    if (!("ok" in found)) return { kind: "unknown" }
    const made = found.ok.find(({ marks }) => marks.key === intent.key)
    return made ? finish(sql, intent.key, made.transfer) : null
  }
  return settleFound(sql, provider, payment.charge ?? "", intent.key)
}
