import { isOwnMatter, type Person } from "#contracts/actor.ts"
import { type DeliveryCheck, type Grant, grantLifeMs } from "#contracts/delivery.ts"
import type { Id } from "#contracts/ids.ts"
import type { FactBody, FactSecret, Json } from "#contracts/ledger/fact.ts"
import { isZero, type Money, zero } from "#contracts/money.ts"
import { heldLeft, type Rail } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { addMs, type Time } from "#contracts/time.ts"
import type { Resolution, Trade, TradeStep } from "#contracts/trade.ts"
import { type Decision, type FactActor, factOfTrade, type PendingFact } from "../decision.ts"
import { partPayment } from "../payments/rules.ts"
import { partsWhole } from "./rules.ts"
import {
  advance,
  frozenRefusal,
  type Scene,
  stepFrom,
  systemActor,
  together,
  tradeFact,
  userActor,
} from "./scene.ts"

/** From held funds to settlement: every step that moves money, and what moves it when nobody acts. */
type Buyer = { user: Id<"user">; party: Id<"party"> }

/** Issues the grant once the stored bytes were found to be the registered ones; other bytes undo the trade. */
export function deliver(
  scene: Scene,
  grant: Id<"grant">,
  check: DeliveryCheck,
  now: Time,
): Decision | Refusal {
  const { trade } = scene
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  const state = stepFrom(trade, "deliver")
  if (isRefusal(state)) return state
  // The bank has the money: nothing is given for it before it is back.
  if (scene.payment?.chargeback) return refuse("chargeback_open", "payment")
  if (trade.state === "agreed" && !isZero(trade.price)) return refuse("trade_not_funded")
  if (check.result === "different")
    return trade.state === "funded"
      ? undo(scene, "the stored bytes are not the registered ones", now)
      : refuse("delivery_check_failed")
  if (trade.limits.until && trade.limits.until <= now)
    return trade.state === "funded"
      ? undo(scene, "the agreed time of use ended before the delivery", now)
      : refuse("grant_expired")
  const row = issueGrant(trade, grant, now)
  const actor = systemActor("deliver")
  const next = advance(trade, state, now, { grant })
  const { versionHash, measuredHash } = check
  const fact = tradeFact(
    "trade.delivered@2",
    next,
    actor,
    { grant, check: "same" },
    { versionHash, measuredHash },
  )
  return together(scene, next, fact, null, {
    changes: [{ noun: "grant", row }],
    facts: [grantFact("grant.issued@2", row, actor, {}, { versionHash, expires: row.expires })],
  })
}

/** The grant keeps what the agreed policy says of times and number of fetches (contracts/rights.ts fetchLimits). */
function issueGrant(trade: Trade, id: Id<"grant">, now: Time): Grant {
  const { from, until, count } = trade.limits
  const longest = addMs(now, grantLifeMs)
  return {
    id,
    version: 1,
    state: "active",
    trade: trade.id,
    buyer: trade.buyer,
    seller: trade.seller,
    product: trade.product,
    datasetVersion: trade.datasetVersion,
    from,
    expires: until && until < longest ? until : longest,
    fetchesAllowed: count,
    fetches: 0,
    lastFetchedAt: null,
    revokedFor: null,
    issuedAt: now,
    updatedAt: now,
  }
}

function grantFact<T extends "grant.issued@2" | "grant.revoked@1">(
  type: T,
  grant: Grant,
  actor: FactActor,
  body: Omit<FactBody<T>, "version" | "trade">,
  secret: Record<FactSecret<T>, Json>,
): PendingFact {
  return factOfTrade(
    type,
    {
      noun: "grant",
      row: grant,
      actor,
      owner: grant.buyer,
      readers: [grant.buyer, grant.seller],
    },
    body,
    secret,
  )
}

/** The account on which the seller is paid by a rail, as it is now; none for their own balance. */
export function accountOf({ seller }: Pick<Scene, "seller">, rail: Rail): string | null {
  if (rail === "balance") return null
  return rail === "card" ? seller.payee : seller.bankAccount
}

/** The buyer accepts, or the window passes in silence: all that is held goes to the seller, less the fee. */
export function accept(scene: Scene, by: Buyer | "silence", now: Time): Decision | Refusal {
  const { trade, payment } = scene
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  const state = stepFrom(trade, "accept")
  if (isRefusal(state)) return state
  if (by === "silence" && (!trade.deadline || trade.deadline > now)) return refuse("deadline_not_reached")
  const actor = by === "silence" ? systemActor("deadlines") : userActor("buyer", by.party, by.user)
  const next = advance(trade, state, now)
  const fact = tradeFact("trade.accepted@1", next, actor, { by: by === "silence" ? "silence" : "buyer" }, {})
  if (isZero(trade.price))
    return together(scene, next, fact, null, { jobs: [{ task: "settleFree", payload: { trade: trade.id } }] })
  if (!payment) return refuse("trade_not_funded")
  const parted = partPayment(
    payment,
    heldLeft(payment),
    zero(trade.price.currency),
    trade,
    actor,
    now,
    accountOf(scene, payment.rail),
  )
  if (isRefusal(parted)) return parted
  return together(scene, next, fact, parted)
}

/** A free trade has nothing to pay out. */
export function settleFree(scene: Scene, now: Time): Decision | Refusal {
  const { trade } = scene
  const state = stepFrom(trade, "settle")
  if (isRefusal(state)) return state
  if (!isZero(trade.price)) return refuse("payment_state")
  const next = advance(trade, state, now)
  return together(
    scene,
    next,
    tradeFact("trade.settled@1", next, systemActor("settleFree"), { payment: null }, {}),
    null,
  )
}

/** The buyer says that what came is not what was agreed; nothing moves until the operator has decided. */
export function dispute(
  scene: Scene,
  reason: string,
  statement: string,
  by: Buyer,
  now: Time,
): Decision | Refusal {
  const { trade } = scene
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  const state = stepFrom(trade, "dispute")
  if (isRefusal(state)) return state
  if (trade.deadline && trade.deadline <= now) return refuse("deadline_passed")
  const next = advance(trade, state, now, { disputeReason: reason })
  const fact = tradeFact(
    "trade.disputed@1",
    next,
    userActor("buyer", by.party, by.user),
    { reason },
    { statement },
  )
  return together(scene, next, fact, null)
}

/** The operator parts the held funds, of others' trades only. */
export function resolve(
  scene: Scene,
  split: { release: Money; refund: Money; note: string },
  by: Buyer & Person,
  now: Time,
): Decision | Refusal {
  if (isOwnMatter(by, scene.trade.buyer, scene.trade.seller)) return refuse("own_matter", "trade")
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  return part(
    scene,
    "resolve",
    { reason: "dispute", ...split },
    userActor("operator", by.party, by.user),
    now,
  )
}

/** All of the held funds go back by the seller's own will, or the operator's for trades of others. */
export function concede(
  scene: Scene,
  note: string,
  by: Buyer & { role: "seller" | "operator" },
  now: Time,
): Decision | Refusal {
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  return part(
    scene,
    "concede",
    wholeRefund(scene, "conceded", note),
    userActor(by.role, by.party, by.user),
    now,
  )
}

/** Nobody resolved the dispute in its time: the buyer's money goes back. */
export function resolveUnanswered(scene: Scene, now: Time): Decision | Refusal {
  const { trade } = scene
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  if (!trade.deadline || trade.deadline > now) return refuse("deadline_not_reached")
  const resolution = wholeRefund(scene, "disputeUnanswered", "the time to resolve the dispute ended")
  return part(scene, "resolve", resolution, systemActor("deadlines"), now)
}

/** The delivery window ended without a delivery: the buyer's money goes back. */
export function undelivered(scene: Scene, now: Time): Decision | Refusal {
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  if (!scene.trade.deadline || scene.trade.deadline > now) return refuse("deadline_not_reached")
  return undo(scene, "not delivered in time", now)
}

const undo = (scene: Scene, note: string, now: Time): Decision | Refusal =>
  part(scene, "undelivered", wholeRefund(scene, "undelivered", note), systemActor("deliver"), now)

/** What there is to part: less than the price where a part was given back before. */
const toPart = ({ trade, payment }: Scene): Money => (payment ? heldLeft(payment) : trade.price)

const wholeRefund = (scene: Scene, reason: Resolution["reason"], note: string): Resolution => ({
  reason,
  release: zero(scene.trade.price.currency),
  refund: toPart(scene),
  note,
})

function part(
  scene: Scene,
  step: TradeStep,
  resolution: Resolution,
  actor: FactActor,
  now: Time,
): Decision | Refusal {
  const { trade, payment } = scene
  const state = stepFrom(trade, step)
  if (isRefusal(state)) return state
  const { release, refund, note, reason } = resolution
  if (!partsWhole(toPart(scene), release, refund)) return refuse("split_invalid")
  const next = advance(trade, state, now, { resolution })
  const secret = { release, refund, note }
  const fact =
    reason === "conceded"
      ? tradeFact("trade.resolved@2", next, actor, { reason }, secret)
      : tradeFact("trade.resolved@1", next, actor, { reason }, secret)
  // A free trade has no payment: its dispute ends with the grant.
  if (!payment)
    return together(scene, next, fact, null, { jobs: [{ task: "settleFree", payload: { trade: trade.id } }] })
  const to = accountOf(scene, payment.rail)
  const parted = partPayment(payment, release, refund, trade, actor, now, to)
  if (isRefusal(parted)) return parted
  return together(scene, next, fact, parted)
}

export function revokeGrant(
  grant: Grant | null,
  reason: string,
  actor: FactActor,
  now: Time,
): Pick<Decision, "changes" | "facts"> | null {
  if (grant?.state !== "active") return null
  const row: Grant = {
    ...grant,
    state: "revoked",
    version: grant.version + 1,
    revokedFor: reason,
    updatedAt: now,
  }
  return {
    changes: [{ noun: "grant", row }],
    facts: [grantFact("grant.revoked@1", row, actor, { reason }, {})],
  }
}
