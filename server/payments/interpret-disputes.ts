import type Stripe from "stripe"
import { assert } from "#contracts/assert.ts"
import { amountOf, code, readMarks, time } from "./interpret.ts"
import type { DisputeFact, Evidence, PayoutFact } from "./provider-disputes.ts"

/** Stripe's disputes and payouts in our words, as interpret.ts does with the other objects. */

/** The expansion that `readDispute` needs: the charge carries our marks. */
export const disputeExpansion = ["charge"]

const statuses: Readonly<Record<string, DisputeFact["status"]>> = {
  warning_needs_response: "inquiry",
  warning_under_review: "inquiry",
  warning_closed: "inquiryOver",
  prevented: "inquiryOver",
  needs_response: "open",
  under_review: "answered",
  appeal_needs_response: "answered",
  appeal_under_review: "answered",
  won: "won",
  lost: "lost",
}

export function readDispute(dispute: Stripe.Dispute): DisputeFact {
  const { charge } = dispute
  assert(typeof charge !== "string", `dispute ${dispute.id} was fetched with its charge`)
  const status = statuses[dispute.status]
  assert(status !== undefined, `dispute ${dispute.id} has a known status: ${dispute.status}`)
  const dueBy = dispute.evidence_details.due_by
  return {
    kind: "dispute",
    dispute: dispute.id,
    status,
    charge: charge.id,
    marks: readMarks(charge.metadata),
    amount: amountOf(dispute.amount, dispute.currency),
    withdrawn: sumOf(dispute, -1),
    reinstated: sumOf(dispute, 1),
    reason: code(dispute.reason),
    dueBy: dueBy === null ? null : time(dueBy),
    at: time(dispute.created),
  }
}

/** What moved out (−1) or in (1): amounts and fees as positive numbers. */
function sumOf({ balance_transactions: moves }: Stripe.Dispute, sign: 1 | -1): DisputeFact["withdrawn"] {
  const moved = moves.filter(({ amount }) => Math.sign(amount) === sign)
  const [first] = moved
  if (first === undefined) return null
  const amount = moved.reduce((sum, move) => sum + move.amount, 0)
  const fee = moved.reduce((sum, move) => sum + move.fee, 0)
  return {
    amount: amountOf(Math.abs(amount), first.currency),
    fee: amountOf(Math.abs(fee), first.currency),
  }
}

export const writeEvidence = (evidence: Evidence): Stripe.DisputeUpdateParams.Evidence => ({
  product_description: evidence.productDescription,
  service_date: evidence.serviceDate,
  access_activity_log: evidence.accessLog,
  uncategorized_text: evidence.statement,
})

const payoutStatuses: Readonly<Record<string, PayoutFact["status"]>> = {
  pending: "pending",
  in_transit: "pending",
  paid: "paid",
  failed: "failed",
  canceled: "failed",
}

export function readPayout(payout: Stripe.Payout): PayoutFact {
  const status = payoutStatuses[payout.status]
  assert(status !== undefined, `payout ${payout.id} has a known status: ${payout.status}`)
  return {
    kind: "payout",
    payout: payout.id,
    status,
    payoutId: payout.metadata?.payout ?? null,
    key: payout.metadata?.key ?? null,
    amount: amountOf(payout.amount, payout.currency),
    failure: payout.status === "canceled" ? "canceled" : payout.failure_code && code(payout.failure_code),
  }
}
