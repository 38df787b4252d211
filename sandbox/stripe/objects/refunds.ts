import type Stripe from "stripe"
import { noSuch, refused } from "../http/errors.ts"
import { fits, pageShape, paginate } from "../http/paginate.ts"
import { integer, metadata, oneOf, optional, text, timeRange, type Values } from "../http/readers.ts"
import { type Call, idOf, type Route, route } from "../http/route.ts"
import type { World } from "../state/world.ts"
import { availableIn, record } from "./balance.ts"
import { cardShown } from "./cards.ts"
import { isChargedBack } from "./disputes.ts"
import { emit } from "./events.ts"
import { makeRefund } from "./refund-shape.ts"

const createShape = {
  charge: optional(text()),
  payment_intent: optional(text()),
  amount: optional(integer(1)),
  reason: optional(oneOf("duplicate", "fraudulent", "requested_by_customer")),
  metadata: optional(metadata),
}

function chargeOf(world: World, params: Values<typeof createShape>): Stripe.Charge {
  if (params.charge !== undefined) {
    const charge = world.store.get("charge", params.charge)
    if (charge === undefined) throw noSuch("charge", params.charge, "charge")
    return charge
  }
  if (params.payment_intent === undefined)
    throw refused("One of the following params should be provided: payment_intent or charge.")
  const intent = world.store.get("intent", params.payment_intent)
  if (intent === undefined) throw noSuch("payment_intent", params.payment_intent, "payment_intent")
  const charge =
    typeof intent.latest_charge === "string" ? world.store.get("charge", intent.latest_charge) : undefined
  if (charge?.status !== "succeeded")
    throw refused(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`)
  return charge
}

function create({ world }: Call, params: Values<typeof createShape>): Stripe.Refund {
  const charge = chargeOf(world, params)
  if (charge.status !== "succeeded")
    throw refused(`Charge ${charge.id} was not successful and cannot be refunded.`)
  if (isChargedBack(world, charge.id))
    throw refused(`Charge ${charge.id} has been charged back; cannot issue a refund.`, "charge_disputed")
  const left = charge.amount_captured - charge.amount_refunded
  if (left === 0)
    throw refused(`Charge ${charge.id} has already been refunded.`, "charge_already_refunded", "charge")
  const amount = params.amount ?? left
  if (amount > left)
    throw refused(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`,
      undefined,
      "amount",
    )
  const refund = makeRefund(charge, {
    id: world.newId("re_3"),
    created: world.now(),
    amount,
    metadata: params.metadata ?? {},
    reason: params.reason ?? null,
  })
  const refunded = world.store.put("charge", charge.id, {
    ...charge,
    amount_refunded: charge.amount_refunded + amount,
    refunded: amount === left,
  })
  const settled = settle(world, refund, refunded)
  emit(world, "refund.created", settled)
  emit(world, "charge.refunded", refunded)
  return settled
}

/** The bank sends a refund back: its money returns to the balance, and the charge counts as not refunded. */
export function failRefund(world: World, id: string): Stripe.Refund {
  const refund = findRefund(world, id)
  if (refund.status !== "pending" && refund.status !== "succeeded")
    throw refused(`This refund is ${refund.status ?? "unknown"} and cannot fail.`)
  const charge = typeof refund.charge === "string" ? world.store.get("charge", refund.charge) : undefined
  if (charge === undefined) throw new Error(`refund ${id} has no charge`)
  const back =
    refund.balance_transaction === null
      ? null
      : record(world, {
          owner: null,
          type: "refund_failure",
          amount: refund.amount,
          fee: 0,
          currency: refund.currency,
          source: id,
          availableOn: world.now(),
        })
  const { pending_reason: _waited, ...rest } = refund
  const failed = world.store.put("refund", id, {
    ...rest,
    ...(back === null ? {} : { failure_balance_transaction: back.id }),
    failure_reason: back === null ? "insufficient_funds" : "expired_or_canceled_card",
    status: "failed",
  })
  const changed = world.store.put("charge", charge.id, {
    ...charge,
    amount_refunded: charge.amount_refunded - refund.amount,
    refunded: false,
  })
  emit(world, "refund.failed", failed)
  emit(world, "charge.updated", changed)
  return failed
}

/** Refunds to the test card for it fail a day later. */
export function failDueRefunds(world: World): void {
  for (const [id, refund] of [...world.store.oldest("refund")]) {
    if (refund.status !== "succeeded" || refund.created + 86_400 > world.now()) continue
    const charge = typeof refund.charge === "string" ? world.store.get("charge", refund.charge) : undefined
    const card = charge?.payment_method_details?.card
    const behaviour = card === undefined ? null : cardShown(card.brand, card.last4)
    if (behaviour?.result === "succeeds" && behaviour.refundFailsLater === true) failRefund(world, id)
  }
}

export function findRefund(world: World, id: string): Stripe.Refund {
  const refund = world.store.get("refund", id)
  if (refund === undefined) throw noSuch("refund", id)
  return refund
}

/**
 * Takes a refund's money from the balance: from the pending part while the charge itself is pending, else from
 * what is available. Where that does not suffice the refund waits as `pending`, until the balance allows it.
 */
function settle(world: World, refund: Stripe.Refund, charge: Stripe.Charge): Stripe.Refund {
  const move =
    typeof charge.balance_transaction === "string"
      ? world.store.get("move", charge.balance_transaction)?.entry
      : undefined
  if (move === undefined) throw new Error(`charge ${charge.id} has no balance transaction`)
  const now = world.now()
  const fromPending = move.available_on > now
  if (!fromPending && availableIn(world, refund.currency) < refund.amount)
    return world.store.put("refund", refund.id, refund)
  const entry = record(world, {
    owner: null,
    type: "refund",
    amount: -refund.amount,
    fee: 0,
    currency: refund.currency,
    source: refund.id,
    availableOn: fromPending ? move.available_on : now,
  })
  const { pending_reason: _waited, ...rest } = refund
  return world.store.put("refund", refund.id, {
    ...rest,
    balance_transaction: entry.id,
    destination_details: destination(charge),
    status: "succeeded",
  })
}

function destination(charge: Stripe.Charge): Stripe.Refund.DestinationDetails {
  if (charge.payment_method_details?.type === "alipay") return { type: "alipay", alipay: {} }
  return {
    type: "card",
    card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
  }
}

/** Tries again the refunds that waited for money. */
export function settleWaitingRefunds(world: World): void {
  for (const [, refund] of [...world.store.oldest("refund")]) {
    if (refund.status !== "pending" || typeof refund.charge !== "string") continue
    const charge = world.store.get("charge", refund.charge)
    if (charge === undefined) continue
    const settled = settle(world, refund, charge)
    if (settled.status === "succeeded") emit(world, "refund.updated", settled)
  }
}

export const refundRoutes: Route[] = [
  route("POST", "/v1/refunds", createShape, create),
  route(
    "GET",
    "/v1/refunds",
    {
      ...pageShape,
      created: optional(timeRange),
      charge: optional(text()),
      payment_intent: optional(text()),
    },
    (call, params) =>
      paginate(call.world.store, "refund", "/v1/refunds", params, (refund) =>
        fits(refund, params, "charge", "payment_intent") ? refund : null,
      ),
  ),
  route("GET", "/v1/refunds/:id", {}, (call) => findRefund(call.world, idOf(call))),
]
