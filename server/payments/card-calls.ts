import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import { hourMs, minuteMs, type Time, toMs } from "#contracts/time.ts"
import { raiseAlert, withdrawAlert } from "../alerts/store.ts"
import type { LegOutcome } from "../escrow/hold-rail.ts"
import type { PaymentProvider, RefundFact } from "./provider.ts"
import { type Intent, lockLegs, markDone, markFailed, markTaken } from "./store.ts"

/** What calls of the card rail share: what an answer means for the intent that it belongs to. */

/**
 * A refund that the provider has taken is not yet money that went back: it may wait until the balance suffices, or
 * fail later. Only what succeeded is done; what failed is tried anew under another key.
 */
export async function settle(sql: Sql, key: string, refund: RefundFact): Promise<LegOutcome> {
  if (refund.kind === "refunded") return finish(sql, key, refund.refund)
  if (refund.kind === "refund_failed") {
    await markRefused(sql, key, refund.reason ?? "refund_failed")
    return { kind: "waiting", reason: "declined" }
  }
  await markTaken(sql, key, refund.refund)
  return { kind: "waiting", reason: "pending" }
}

export async function finish(sql: Sql, key: string, reference: string): Promise<LegOutcome> {
  await markDone(sql, key, reference)
  const [, subject = "", attempt] = key.split(":")
  if (attempt !== "1") await withdrawAlert(sql, "call", subject)
  return { kind: "done", reference }
}

/** What ended an attempt without a word of the provider's on what was asked. */
export const endedHere: readonly string[] = ["chargeback", "returned"]

/** So many refusals, one after another, are put before somebody. */
const patience = 3

/** The provider said no: where it has said so again and again, somebody is told. */
export async function markRefused(sql: Sql, key: string, code: string): Promise<void> {
  await markFailed(sql, key, code)
  const [row] = await sql<{ kind: string; payment: string | null; refusals: number }[]>`
    select kind, payment, (select count(*)::int from intents o where o.kind = i.kind
      and o.payment is not distinct from i.payment and o.subject is not distinct from i.subject
      and o.state = 'failed' and o.failure <> all(${endedHere}::text[])) as refusals
    from intents i where key = ${key}`
  if (!row || row.refusals < patience) return
  const [, subject = ""] = key.split(":")
  await raiseAlert(sql, {
    kind: "call",
    subject,
    code,
    detail: { what: row.kind, payment: row.payment, refusals: row.refusals },
  })
}

/** Whether the last attempt was refused by the provider, and none is under way. */
export function isRefused(intents: readonly Intent[]): boolean {
  const last = intents.at(-1)
  const over = intents.every(({ state }) => state === "failed")
  return last !== undefined && over && !endedHere.includes(last.failure ?? "")
}

/** Whether a call of a payment's counts as refused by the provider. */
export async function countsAsRefused(sql: Sql, payment: Id<"payment">, key: string): Promise<boolean> {
  const found = await sql`select from intents where key = ${key} and payment = ${payment} and state = 'failed'
    and failure <> all(${endedHere}::text[])`
  return found.length > 0
}

/**
 * The provider tells that a call which it had refused took effect after all. Where no other one has followed it, it is
 * done, and what it was for is booked by it: neither sent again nor paid by bank.
 */
export function hearMade(sql: Sql, payment: Id<"payment">, key: string, made: string): Promise<void> {
  return lockLegs(sql, payment, async (locked) => {
    const [row] = await locked<{ last: boolean }[]>`
      select i.state = 'failed' and i.failure <> all(${endedHere}::text[]) and not exists (select from intents o
        where o.kind = i.kind and o.payment = i.payment and o.subject is not distinct from i.subject
          and o.state <> 'failed') as last
      from intents i where i.key = ${key} and i.payment = ${payment}`
    if (row?.last) await markDone(locked, key, made)
  })
}

const firstPauseMs = minuteMs
const longestPauseMs = 6 * hourMs

/**
 * Whether a new attempt has to wait: after each refusal four times as long as after the last, at most six hours. How
 * things stand at the provider changes seldom by the minute.
 */
export function rests(intents: readonly Intent[], now: Time): boolean {
  const refused = intents.filter(
    ({ state, failure }) => state === "failed" && !endedHere.includes(failure ?? ""),
  )
  const last = intents.at(-1)
  if (last?.state !== "failed" || last !== refused.at(-1)) return false
  const pause = Math.min(longestPauseMs, firstPauseMs * 4 ** (refused.length - 1))
  return toMs(now) - (last.lastSentMs ?? last.madeMs) < pause
}

/** The refund that was made under a key; null when there is none. */
export async function settleFound(
  sql: Sql,
  provider: PaymentProvider,
  charge: string,
  key: string,
): Promise<LegOutcome | null> {
  const found = await provider.findRefunds(charge)
  if (!("ok" in found)) return { kind: "unknown" }
  const made = found.ok.find(({ marks }) => marks.key === key)
  return made ? settle(sql, key, made) : null
}
