import { isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { applyDispute } from "../chargebacks/apply.ts"
import { applyPayout } from "../payouts/carry-out.ts"
import { applyRefundNews } from "../refunds/carry-out.ts"
import type { Services } from "../services.ts"
import { applySession, carryOut, refusalOf, returnRefundLeg } from "./apply.ts"
import { hearLateLeg } from "./leg-by-bank.ts"
import type { ObjectKind } from "./provider.ts"

/**
 * Fetches the object that an event names and applies what is so, by a command whose id comes from the object: the
 * sweep calls the same. Refuses `not_found` for an object that is unknown, at the provider or here: it is tried
 * again, for it may only be early.
 */
export type Applier = (services: Services, object: string) => Promise<Json | Refusal>

/**
 * What is done about each kind of the provider's objects. A kind that is missing is told of by another one (a
 * charge by its session) or concerns nothing of ours: its events are put aside.
 */
export const appliers: Readonly<Partial<Record<ObjectKind, Applier>>> = {
  checkout: applySession,
  refund: applyRefund,
  dispute: applyDispute,
  payout: applyPayout,
}

/** A refund of ours, known by the key that it carries: one of a leg, or one that was decided beside them. */
async function applyRefund(services: Services, object: string): Promise<Json | Refusal> {
  const answer = await services.provider.retrieveRefund(object)
  if (!("ok" in answer)) return refusalOf(answer, "refund")
  const { kind, marks, reason, refund } = answer.ok
  if (marks.key !== null && (await applyRefundNews(services, marks.key, kind, refund))) return { state: kind }
  if (!isId("payment", marks.paymentId)) return refuse("not_found", "refund")
  const isMade = marks.key !== null && kind === "refunded"
  if (isMade && (await hearLateLeg(services, marks.paymentId, marks.key ?? "", refund)))
    return { state: kind }
  const returned =
    marks.key !== null && kind === "refund_failed"
      ? await returnRefundLeg(services, marks.paymentId, marks.key, reason ?? "refund_failed")
      : false
  if (isRefusal(returned)) return returned
  if (!returned) await carryOut(services, marks.paymentId)
  return { state: kind }
}
