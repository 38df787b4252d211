import type Stripe from "stripe"
import { noSuch, refused } from "../http/errors.ts"
import { fits, pageShape, paginate } from "../http/paginate.ts"
import { flag, metadataChange, object, optional, text, timeRange, type Values } from "../http/readers.ts"
import { type Call, idOf, type Route, route } from "../http/route.ts"
import type { World } from "../state/world.ts"
import { record } from "./balance.ts"
import { knownCurrency } from "./currencies.ts"
import { type DisputeReason, type EvidenceText, evidenceTexts, makeDispute } from "./dispute-shape.ts"
import { emit } from "./events.ts"

type Dispute = Stripe.Dispute

/** Time to answer; Stripe gives 7 to 21 days, as the card network does. */
const answerSeconds = 9 * 86_400
const longestEvidence = 150_000

/** Stripe's own magic texts: evidence that says so decides the dispute as soon as it is submitted. */
const winningEvidence = "winning_evidence"
const losingEvidence = "losing_evidence"

/**
 * The bank takes a payment back: the amount and a fee leave the available balance at once, also below zero, as
 * with Stripe. One dispute a charge.
 */
export function openDispute(
  world: World,
  charge: Stripe.Charge,
  { reason = "fraudulent", amount }: { reason?: DisputeReason | undefined; amount?: number | undefined },
): Dispute {
  if (charge.status !== "succeeded") throw refused("Only a charge that succeeded can be disputed.")
  if (charge.disputed) throw refused(`Charge ${charge.id} is disputed already.`, "charge_disputed")
  const left = charge.amount_captured - charge.amount_refunded
  const disputed = amount ?? left
  if (left === 0) throw refused(`Charge ${charge.id} is refunded already.`, "charge_already_refunded")
  if (disputed > left)
    throw refused(`The charge has only ${left} left that was not refunded.`, undefined, "amount")
  const id = world.newId("du_1")
  const dispute = makeDispute({
    id,
    created: world.now(),
    charge,
    amount: disputed,
    reason,
    dueBy: world.now() + answerSeconds,
  })
  const move = record(world, {
    owner: null,
    type: "adjustment",
    reportingCategory: "dispute",
    description: `Chargeback withdrawal for ${charge.id}`,
    amount: -disputed,
    fee: knownCurrency(charge.currency).disputeFee,
    feeDescription: "Dispute fee (sandbox)",
    currency: charge.currency,
    source: id,
    availableOn: world.now(),
  })
  const opened = world.store.put("dispute", id, {
    ...dispute,
    balance_transactions: [{ ...move, status: "available" }],
  })
  const changed = world.store.put("charge", charge.id, { ...charge, disputed: true })
  emit(world, "charge.dispute.created", opened)
  emit(world, "charge.dispute.funds_withdrawn", opened)
  emit(world, "charge.updated", changed)
  return opened
}

export function findDispute(world: World, id: string): Dispute {
  const dispute = world.store.get("dispute", id)
  if (dispute === undefined) throw noSuch("dispute", id)
  return dispute
}

/** Whether the bank has a charge's money, or keeps it: such a charge cannot be refunded as well. */
export function isChargedBack(world: World, charge: string): boolean {
  for (const [, dispute] of world.store.newest("dispute"))
    if (dispute.charge === charge && dispute.status !== "won") return true
  return false
}

const isOpen = ({ status }: Dispute): boolean => status === "needs_response" || status === "under_review"

function checkOpen(dispute: Dispute): void {
  if (!isOpen(dispute)) throw refused(`This dispute is already closed (${dispute.status}).`)
}

/** The bank decides for the merchant: the amount comes back; the fee only where the caller says so. */
export function winDispute(world: World, dispute: Dispute, returnFee: boolean): Dispute {
  checkOpen(dispute)
  const fee = dispute.balance_transactions.reduce((sum, move) => sum + move.fee, 0)
  const move = record(world, {
    owner: null,
    type: "adjustment",
    reportingCategory: "dispute_reversal",
    description: `Chargeback reversal for ${String(dispute.charge)}`,
    amount: dispute.amount,
    fee: returnFee ? -fee : 0,
    feeDescription: "Dispute fee returned (sandbox)",
    currency: dispute.currency,
    source: dispute.id,
    availableOn: world.now(),
  })
  const won = world.store.put("dispute", dispute.id, {
    ...dispute,
    balance_transactions: [...dispute.balance_transactions, { ...move, status: "available" }],
    is_charge_refundable: true,
    status: "won",
  })
  emit(world, "charge.dispute.closed", won)
  emit(world, "charge.dispute.funds_reinstated", won)
  return won
}

/** The bank decides for the cardholder, or the merchant accepts: what was withdrawn stays withdrawn. */
export function loseDispute(world: World, dispute: Dispute): Dispute {
  checkOpen(dispute)
  const lost = world.store.put("dispute", dispute.id, { ...dispute, status: "lost" })
  emit(world, "charge.dispute.closed", lost)
  return lost
}

/** A dispute that nobody answered in time is lost. */
export function loseOverdueDisputes(world: World): void {
  const now = world.now()
  for (const [, dispute] of [...world.store.oldest("dispute")]) {
    const { due_by: dueBy } = dispute.evidence_details
    if (dispute.status !== "needs_response" || dueBy === null || dueBy > now) continue
    loseDispute(world, {
      ...dispute,
      evidence_details: { ...dispute.evidence_details, past_due: true },
    })
  }
}

const evidenceText = optional(text(20_000))
const updateShape = {
  evidence: optional(
    object(
      Object.fromEntries(evidenceTexts.map((name) => [name, evidenceText])) as Record<
        EvidenceText,
        typeof evidenceText
      >,
    ),
  ),
  metadata: optional(metadataChange),
  submit: optional(flag),
}
type UpdateParams = Values<typeof updateShape>

/** Changes metadata, adds evidence, and submits it unless `submit` is false. */
function update(call: Call, params: UpdateParams): Dispute {
  const { world } = call
  const found = findDispute(world, idOf(call))
  const dispute = { ...found, metadata: params.metadata?.(found.metadata) ?? found.metadata }
  if (params.evidence !== undefined || params.submit === true) return addEvidence(world, dispute, params)
  const updated = world.store.put("dispute", dispute.id, dispute)
  emit(world, "charge.dispute.updated", updated)
  return updated
}

/** Evidence is staged, or given to the bank: after that the bank decides, and no more can be added. */
function addEvidence(world: World, dispute: Dispute, params: UpdateParams): Dispute {
  checkOpen(dispute)
  if (dispute.status === "under_review") throw refused("Evidence was submitted for this dispute already.")
  const evidence = { ...dispute.evidence }
  for (const name of evidenceTexts) {
    const given = params.evidence?.[name]
    if (given !== undefined) evidence[name] = given === "" ? null : given
  }
  const length = evidenceTexts.reduce((sum, name) => sum + (evidence[name]?.length ?? 0), 0)
  if (length > longestEvidence)
    throw refused(`The evidence has more than ${longestEvidence} characters.`, undefined, "evidence")
  const submits = params.submit ?? true
  if (submits && length === 0) throw refused("There is no evidence to submit.", undefined, "submit")
  const details = { ...dispute.evidence_details, has_evidence: length > 0 }
  const updated = world.store.put("dispute", dispute.id, {
    ...dispute,
    evidence,
    evidence_details: submits ? { ...details, submission_count: 1, submission_method: "manual" } : details,
    status: submits ? "under_review" : dispute.status,
  })
  emit(world, "charge.dispute.updated", updated)
  if (submits && evidence.uncategorized_text === winningEvidence) return winDispute(world, updated, false)
  if (submits && evidence.uncategorized_text === losingEvidence) return loseDispute(world, updated)
  return updated
}

export const disputeRoutes: Route[] = [
  route(
    "GET",
    "/v1/disputes",
    {
      ...pageShape,
      charge: optional(text()),
      created: optional(timeRange),
      payment_intent: optional(text()),
    },
    (call, params) =>
      paginate(call.world.store, "dispute", "/v1/disputes", params, (dispute) =>
        fits(dispute, params, "charge", "payment_intent") ? dispute : null,
      ),
  ),
  route("GET", "/v1/disputes/:id", {}, (call) => findDispute(call.world, idOf(call))),
  route("POST", "/v1/disputes/:id", updateShape, update),
  route("POST", "/v1/disputes/:id/close", {}, (call) =>
    loseDispute(call.world, findDispute(call.world, idOf(call))),
  ),
]
