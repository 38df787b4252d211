import type { Charges } from "#contracts/charges.ts"
import type { Id } from "#contracts/ids.ts"
import type { Listing, Plan } from "#contracts/listing.ts"
import { isZero, type Money, movable } from "#contracts/money.ts"
import type { Party } from "#contracts/party.ts"
import type { Rail } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { acrossBorder, evaluate } from "#contracts/rights/evaluate.ts"
import { fetchLimits, type WantedUse } from "#contracts/rights.ts"
import { totalOf } from "#contracts/tax.ts"
import { hourMs, type Time } from "#contracts/time.ts"
import type { Confirmation, Side, Trade, TradeOrigin, TradeState } from "#contracts/trade.ts"
import { type Decision, decide, type PendingFact } from "../decision.ts"
import { type NewPayment, startPayment } from "../payments/rules.ts"
import {
  advance,
  frozenRefusal,
  guardsOf,
  type Scene,
  stepFrom,
  systemActor,
  tradeFact,
  userActor,
} from "./scene.ts"

/** From proposal to funding: what both sides agree on, before any money moves. */
export type Proposal = {
  trade: Id<"trade">
  buyer: Party
  seller: Party
  listing: Listing
  plan: Plan
  product: Id<"product">
  datasetVersion: Id<"version">
  use: WantedUse
  origin: TradeOrigin
  agreementHash: string
  /** Tax and fee of the plan's price, for this buyer. */
  charges: Charges
  purchaseOrder: string | null
}

export function propose(proposal: Proposal, user: Id<"user">, now: Time): Decision | Refusal {
  const { buyer, seller, listing } = proposal
  if (listing.frozenBy || seller.frozenBy || buyer.frozenBy) return refuse("frozen")
  if (buyer.id === seller.id) return refuse("own_listing")
  if (listing.state !== "published") return refuse("listing_not_published")
  const evaluation = evaluate(listing.policy, acrossBorder(proposal.use, seller.country, buyer.country), now)
  if (evaluation.decision === "deny")
    return refuse("purpose_not_permitted", evaluation.rule.action, { because: evaluation.rule.because })
  const trade = proposedTrade(proposal, user, now)
  const fact = tradeFact(
    "trade.proposed@2",
    trade,
    userActor("buyer", buyer.id, user),
    { deadline: trade.deadline },
    {
      buyer: buyer.id,
      seller: seller.id,
      listing: listing.id,
      price: trade.price,
      tax: proposal.charges.tax,
      fee: proposal.charges.fee,
      purchaseOrder: proposal.purchaseOrder,
    },
  )
  fact.threads = [
    { id: trade.id },
    { party: buyer.id },
    { party: seller.id },
    { trades: listing.id, seller: seller.id },
  ]
  return decide({
    changes: [{ noun: "trade", row: trade }],
    guards: guardsOf({ trade, buyer, seller, listing, payment: null, grant: null, freeSeats: null }),
    facts: [fact],
    result: { trade: trade.id },
  })
}

function proposedTrade(proposal: Proposal, user: Id<"user">, now: Time): Trade {
  const { buyer, seller, listing, plan, charges, purchaseOrder } = proposal
  // Publishing a plan that asks for no approval is the seller's confirmation in advance.
  const standing: Confirmation = {
    side: "seller",
    method: "standing",
    user: seller.id,
    at: listing.publishedAt,
  }
  const draft: Trade = {
    id: proposal.trade,
    version: 0,
    state: "proposed",
    buyer: buyer.id,
    seller: seller.id,
    listing: listing.id,
    plan: plan.id,
    product: proposal.product,
    datasetVersion: proposal.datasetVersion,
    origin: proposal.origin,
    price: totalOf(charges),
    feeBasisPoints: charges.feeTerms.basisPoints,
    charges,
    ...(purchaseOrder === null ? {} : { purchaseOrder }),
    requestedBy: user,
    use: proposal.use,
    limits: fetchLimits(listing.policy),
    approval: plan.approval,
    deliveryMs: plan.deliveryHours * hourMs,
    acceptanceMs: plan.acceptanceHours * hourMs,
    seatHeld: false,
    agreementHash: proposal.agreementHash,
    confirmations: plan.approval ? [] : [standing],
    payment: null,
    grant: null,
    disputeReason: null,
    resolution: null,
    frozenBy: null,
    deadline: null,
    deadlineLeftMs: null,
    proposedAt: now,
    updatedAt: now,
  }
  return advance(draft, "proposed", now)
}

/** One side confirms the agreement it read; with the second confirmation the trade is agreed and a seat is taken. */
export function confirm(
  scene: Scene,
  by: { side: Side; user: Id<"user">; party: Id<"party"> },
  agreementHash: string,
  now: Time,
): Decision | Refusal {
  const { trade } = scene
  const others = trade.confirmations.filter(({ side }) => side !== by.side)
  const step = others.length > 0 ? "agree" : "confirm"
  const state = stepFrom(trade, step)
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  if (trade.confirmations.some(({ side }) => side === by.side)) return refuse("already_confirmed")
  if (isRefusal(state)) return state
  if (trade.agreementHash !== agreementHash) return refuse("agreement_changed")
  if (trade.deadline && trade.deadline <= now) return refuse("deadline_passed")
  if (scene.listing.state !== "published") return refuse("listing_not_published")
  const takesSeat = step === "agree" && scene.freeSeats !== null
  if (takesSeat && (scene.freeSeats ?? 0) <= 0) return refuse("no_seat_left")

  const confirmation: Confirmation = { side: by.side, method: "click", user: by.user, at: now }
  const confirmations = [...trade.confirmations, confirmation]
  const actor = userActor(by.side, by.party, by.user)
  if (step === "confirm") {
    const next = advance(trade, trade.state, now, { confirmations, deadline: trade.deadline })
    const fact = tradeFact(
      "trade.confirmed@1",
      next,
      actor,
      { side: by.side, agreementHash, method: "click" },
      { user: by.user },
    )
    return decide({
      changes: [{ noun: "trade", row: next }],
      guards: guardsOf(scene),
      facts: [fact],
      result: { state: next.state },
    })
  }
  const next = advance(trade, state, now, { confirmations, seatHeld: takesSeat })
  const standing = others.some(({ method }) => method === "standing")
  const fact = tradeFact(
    "trade.agreed@1",
    next,
    actor,
    { side: by.side, agreementHash, method: "click", standing },
    { user: by.user },
  )
  return decide({
    changes: [{ noun: "trade", row: next }],
    guards: guardsOf(scene),
    seats: takesSeat ? [{ plan: trade.plan, take: 1 }] : [],
    facts: [fact],
    jobs: isZero(trade.price) ? [{ task: "deliver", payload: { trade: trade.id } }] : [],
    result: { state: next.state },
  })
}

/** Either side may leave before the buyer's payment is started; the buyer may also leave while it is. */
export function cancel(
  scene: Scene,
  by: { side: Side; user: Id<"user">; party: Id<"party"> },
  reason: string,
  now: Time,
): Decision | Refusal {
  const { trade } = scene
  const state = stepFrom(trade, "cancel")
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  if (isRefusal(state)) return state
  if (trade.state === "funding" && by.side === "seller")
    return refuse("trade_step_not_allowed", "cancel", { state: trade.state })
  const next = advance(trade, state, now, { seatHeld: false })
  const fact = tradeFact(
    "trade.cancelled@1",
    next,
    userActor(by.side, by.party, by.user),
    { side: by.side, reason },
    {},
  )
  return ended(trade, next, fact, guardsOf(scene))
}

/** The proposal, the agreement or the payment was not completed in time. */
export function expire(scene: Scene, now: Time): Decision | Refusal {
  const { trade } = scene
  const state = stepFrom(trade, "expire")
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  if (isRefusal(state)) return state
  if (!trade.deadline || trade.deadline > now) return refuse("deadline_not_reached")
  const next = advance(trade, state, now, { seatHeld: false })
  const fact = tradeFact("trade.expired@1", next, systemActor("deadlines"), { from: trade.state }, {})
  return ended(trade, next, fact, guardsOf(scene))
}

/** A trade that ends before money is held gives its seat back and closes an open payment page. */
function ended(trade: Trade, next: Trade, fact: PendingFact, guards: Decision["guards"]): Decision {
  return decide({
    changes: [{ noun: "trade", row: next }],
    guards,
    seats: trade.seatHeld ? [{ plan: trade.plan, take: -1 }] : [],
    facts: [fact],
    jobs: trade.payment ? [{ task: "expireCheckout", payload: { payment: trade.payment } }] : [],
    result: { state: next.state },
  })
}

/**
 * The state after a step that pays, or why it may not be taken. Both identities are verified by now, or nothing is
 * paid (Data Security Law art. 33).
 */
export function mayFund(scene: Scene, step: "startFunding" | "prepay", now: Time): TradeState | Refusal {
  const { trade, buyer, seller } = scene
  const state = stepFrom(trade, step)
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  for (const [party, who] of [
    [buyer, "buyer"],
    [seller, "seller"],
  ] as const)
    if (party.state !== "verified") return refuse("party_not_verified", who)
  if (isRefusal(state)) return state
  if (isZero(trade.price)) return refuse("trade_step_not_allowed", step, { state: trade.state })
  if (trade.deadline && trade.deadline <= now) return refuse("deadline_passed")
  return state
}

/** The buyer chooses how to pay: by card or by bank, whose money is then waited for. */
export function startFunding(
  scene: Scene,
  payment: NewPayment,
  rail: Exclude<Rail, "balance">,
  by: { user: Id<"user">; party: Id<"party"> },
  now: Time,
): Decision | Refusal {
  const { trade, seller } = scene
  const state = mayFund(scene, "startFunding", now)
  if (isRefusal(state)) return state
  if (rail === "card" ? !seller.payee : !seller.bankAccount) return refuse("rail_not_available", rail)
  const next = advance(trade, state, now, { payment: payment.id })
  const actor = userActor("buyer", by.party, by.user)
  const started = startPayment(trade, payment, rail, actor, now)
  return decide({
    changes: [{ noun: "trade", row: next }, ...started.changes],
    guards: guardsOf(scene),
    facts: [tradeFact("trade.funding@1", next, actor, { payment: payment.id, rail }, {}), ...started.facts],
    result: { payment: payment.id, rail },
  })
}

/**
 * What a refused step and a button share: whether the whole price may be parted this way. Of dinars no rail moves
 * less than ten fils: a part that is not made of those would never go out.
 */
export const partsWhole = (price: Money, release: Money, refund: Money): boolean =>
  release.currency === price.currency &&
  refund.currency === price.currency &&
  movable(release) &&
  movable(refund) &&
  BigInt(release.minor) + BigInt(refund.minor) === BigInt(price.minor)
