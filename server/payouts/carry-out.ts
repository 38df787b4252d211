import type { Sql } from "postgres"
import { type Id, isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Payout } from "#contracts/payout.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { addMs, dayMs, hourMs, toTime } from "#contracts/time.ts"
import { raiseAlert } from "../alerts/store.ts"
import { refusalOf } from "../payments/apply.ts"
import { sameAmount } from "../payments/provider.ts"
import type { PayoutFact } from "../payments/provider-disputes.ts"
import { markDone, markFailed, markReady, markSent, openIntent } from "../payments/store.ts"
import type { Services } from "../services.ts"
import { failPayout, payPayout } from "./rules.ts"
import { loadPayout, loadUnsurePayouts } from "./store.ts"

/**
 * Asks the provider for a started payout, once: a call whose answer was lost is looked up first, and repeated under its
 * key where nothing is there. Safe to run any number of times.
 */
export async function carryOutPayout(services: Services, id: Id<"payout">): Promise<void> {
  const { sql, provider } = services
  const payout = await loadPayout(sql, id)
  if (payout?.state !== "started") return
  const key = `payout:${id}:1`
  const parameters = { payoutId: id, amount: payout.amount }
  const intent = await openIntent(sql, { key, payment: null, subject: id, kind: "payout", parameters })
  // Refused, and the process ended before it was told of in the book.
  if (intent.state === "failed") {
    await fail(services, payout, null, intent.failure ?? "other")
    return
  }
  if (intent.reference !== null) {
    await applyPayout(services, intent.reference)
    return
  }
  // A key whose answer was an error gives that error again for a day, whatever was done: what is there tells.
  if (intent.state === "unknown" && intent.sentMs !== null) {
    const made = await provider.listPayouts(addMs(toTime(intent.sentMs), -hourMs))
    if (!("ok" in made)) return
    const found = made.ok.find((one) => one.key === key)
    if (found) return settle(services, found, key)
  }
  if (!(await markSent(sql, key))) return
  const answer = await provider.createPayout({ ...parameters, idempotencyKey: key })
  if ("unknown" in answer) return
  if ("ok" in answer) return settle(services, answer.ok, key)
  if (answer.failed.retry === "same_key") await markReady(sql, key)
  else {
    await markFailed(sql, key, answer.failed.code)
    await fail(services, payout, null, answer.failed.code)
  }
}

async function settle(services: Services, fact: PayoutFact, key: string): Promise<void> {
  await markDone(services.sql, key, fact.payout)
  await applyPayoutFact(services, fact)
}

/** What became of a payout of ours, from the fetched object: events and the sweep come here. */
export async function applyPayout(services: Services, reference: string): Promise<Json | Refusal> {
  const answer = await services.provider.retrievePayout(reference)
  return "ok" in answer ? applyPayoutFact(services, answer.ok) : refusalOf(answer, "payout")
}

async function applyPayoutFact(services: Services, fact: PayoutFact): Promise<Json | Refusal> {
  const { sql, writer } = services
  if (!isId("payout", fact.payoutId)) return refuse("not_found", "payout")
  const payout = await loadPayout(sql, fact.payoutId)
  if (!payout) return refuse("not_found", "payout")
  if (!sameAmount(fact.amount, payout.amount)) return refuse("payment_mismatch", "amount")
  if (fact.status === "failed") return fail(services, payout, fact.payout, fact.failure ?? "other")
  if (fact.status === "pending" || payout.state !== "started")
    return { payout: payout.id, state: payout.state }
  return writer.run(
    { giver: "system", id: `paid:${payout.id}`, action: "payout.pay", input: { id: payout.id } },
    () => current(sql, payout.id),
    (found, now) => payPayout(found, fact.payout, now),
  )
}

const current = async (sql: Sql, id: Id<"payout">) =>
  (await loadPayout(sql, id)) ?? refuse("not_found", "payout")

/** Told once from `started` and, where it was paid before, once from `paid`: the provider's last word either way. */
async function fail(
  { sql, writer }: Services,
  payout: Payout,
  reference: string | null,
  reason: string,
): Promise<Json | Refusal> {
  if (payout.state === "failed") return { payout: payout.id, state: payout.state }
  // Before it is told in the book: a crash in between tells it twice, not never.
  await raiseAlert(sql, { kind: "payout", subject: payout.id, code: reason })
  const answer = await writer.run(
    {
      giver: "system",
      id: `failed:${payout.id}:${payout.state}`,
      action: "payout.fail",
      input: { id: payout.id },
    },
    () => current(sql, payout.id),
    (found, now) =>
      failPayout(found, reference, /^[a-zA-Z][\w.-]{0,63}$/.test(reason) ? reason : "other", now),
  )
  return isRefusal(answer) && answer.refused === "payout_state"
    ? { payout: payout.id, state: "failed" }
    : answer
}

/** Payouts that are under way, and those paid of late, which may come back. Answers how many it looked at. */
export async function sweepPayouts(services: Services, limit = 100): Promise<number> {
  const since = addMs(services.writer.now(), -30 * dayMs)
  const unsure = await loadUnsurePayouts(services.sql, since, limit)
  for (const { id, state, reference } of unsure) {
    if (state === "started") await carryOutPayout(services, id)
    else if (reference !== null) await applyPayout(services, reference)
  }
  return unsure.length
}
