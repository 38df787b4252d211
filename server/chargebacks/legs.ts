import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { minuteMs, toMs } from "#contracts/time.ts"
import { finishLeg, returnRefundLeg } from "../payments/apply.ts"
import { countsAsRefused } from "../payments/card-calls.ts"
import { hearLateLeg } from "../payments/leg-by-bank.ts"
import type { LegKind } from "../payments/rules.ts"
import {
  type Intent,
  loadIntents,
  loadIntentsOf,
  loadPayment,
  lockLegs,
  markDone,
  markFailed,
} from "../payments/store.ts"
import { applyRefundNews, noteRepaid } from "../refunds/carry-out.ts"
import { loadRefundsOf } from "../refunds/store.ts"
import type { Services } from "../services.ts"

/** How long after its last sending a call may still take effect unseen. */
const settlesMs = 15 * minuteMs

/**
 * Hears of refunds that came back: the money that a bank then took is theirs, and no second loss. And of those that
 * had counted as refused and were made: that money is not owed to the buyer any more. The provider may have told of
 * the chargeback first. Refuses `chargeback_waits` while nobody can tell.
 */
export async function hearRefunds(services: Services, id: Id<"payment">): Promise<Refusal | null> {
  const payment = await loadPayment(services.sql, id)
  if (!payment?.chargeback || !payment.charge) return null
  const found = await services.provider.findRefunds(payment.charge)
  if (!("ok" in found)) return refuse("chargeback_waits", "refund")
  for (const { kind, marks, reason, refund } of found.ok) {
    if (marks.key === null) continue
    if (kind === "refunded" && (await countsAsRefused(services.sql, id, marks.key))) {
      const isBeside = await applyRefundNews(services, marks.key, kind, refund)
      if (!isBeside) await hearLateLeg(services, id, marks.key, refund)
    }
    if (kind !== "refund_failed") continue
    if (await applyRefundNews(services, marks.key, kind)) continue
    const returned = await returnRefundLeg(services, id, marks.key, reason ?? kind)
    if (isRefusal(returned)) return refuse("chargeback_waits", "refund")
  }
  return null
}

/**
 * Ends the calls for legs and refunds that were under way when a chargeback came, from what the provider says of each: one that
 * took effect is done; one that did not is given up, so that what is left is sent under a new key.
 * Nothing is sent here, nor by anybody else meanwhile. Refuses `chargeback_waits` while nobody can tell.
 */
export function endCalls(services: Services, id: Id<"payment">): Promise<Refusal | null> {
  return lockLegs(services.sql, id, async (locked) => {
    for (const kind of ["release", "refund"] as const) {
      const payment = await loadPayment(locked, id)
      // Without one the loss is written already, and what there is now is the call for what is left.
      if (!payment?.chargeback) return null
      if (payment.state !== "parting" || payment[kind]?.state !== "pending") continue
      for (const intent of await loadIntents(locked, id, kind)) {
        const waits = await endCall(services, payment, kind, intent, (made) =>
          finishLeg(services, payment, kind, made),
        )
        if (waits) return waits
      }
    }
    return endRefunds(services, locked, id)
  })
}

async function endRefunds(services: Services, locked: Sql, id: Id<"payment">): Promise<Refusal | null> {
  const payment = await loadPayment(locked, id)
  if (!payment) return null
  for (const refund of await loadRefundsOf(locked, payment.trade)) {
    if (refund.payment !== id || refund.state !== "decided") continue
    for (const intent of await loadIntentsOf(locked, refund.id)) {
      const waits = await endCall(services, payment, "refund", intent, (made) =>
        noteRepaid(services, refund.id, refund.attempt, made),
      )
      if (waits) return waits
    }
  }
  return null
}

async function endCall(
  services: Services,
  payment: Payment,
  kind: LegKind,
  { key, state, reference, lastSentMs }: Intent,
  finish: (made: string) => Promise<unknown>,
): Promise<Refusal | null> {
  const { sql, writer } = services
  if (state === "failed") return null
  const made = state === "done" ? reference : await madeBy(services, payment, kind, key)
  if (made === "unknown") return refuse("chargeback_waits", kind)
  if (made !== null) {
    await markDone(sql, key, made)
    await finish(made)
    return null
  }
  if (state === "unknown" && toMs(writer.now()) - (lastSentMs ?? 0) < settlesMs)
    return refuse("chargeback_waits", kind)
  await markFailed(sql, key, "chargeback")
  return null
}

/** The provider's object of a call, null where there is none, or `unknown`. */
async function madeBy(
  { provider }: Services,
  payment: Payment,
  kind: LegKind,
  key: string,
): Promise<string | null | "unknown"> {
  if (kind === "release") {
    const found = await provider.findTransfers(payment.trade)
    if (!("ok" in found)) return "unknown"
    return found.ok.find(({ marks }) => marks.key === key)?.transfer ?? null
  }
  const found = await provider.findRefunds(payment.charge ?? "")
  if (!("ok" in found)) return "unknown"
  const refund = found.ok.find(({ marks }) => marks.key === key)
  if (refund === undefined || refund.kind === "refund_failed") return null
  return refund.kind === "refunded" ? refund.refund : "unknown"
}
