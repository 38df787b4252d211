import type { Sql } from "postgres"
import type { LegOutcome } from "../escrow/hold-rail.ts"
import type { PaymentProvider, RefundFact } from "./provider.ts"
import { markDone, markFailed, markTaken } from "./store.ts"

/** What calls of the card rail share: what an answer means for the intent that it belongs to. */

/**
 * A refund that the provider has taken is not yet money that went back: it may wait until the balance suffices, or
 * fail later. Only what succeeded is done; what failed is tried anew under another key.
 */
export async function settle(sql: Sql, key: string, refund: RefundFact): Promise<LegOutcome> {
  if (refund.kind === "refunded") return finish(sql, key, refund.refund)
  if (refund.kind === "refund_failed") {
    await markFailed(sql, key, refund.reason ?? "refund_failed")
    return { kind: "waiting", reason: "declined" }
  }
  await markTaken(sql, key, refund.refund)
  return { kind: "waiting", reason: "pending" }
}

export async function finish(sql: Sql, key: string, reference: string): Promise<LegOutcome> {
  await markDone(sql, key, reference)
  return { kind: "done", reference }
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
