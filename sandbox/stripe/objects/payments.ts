import type Stripe from "stripe"
import { noSuch, refused } from "../http/errors.ts"
import { pageShape, paginate } from "../http/paginate.ts"
import { optional, text, timeRange } from "../http/readers.ts"
import { connected, idOf, type Route, route } from "../http/route.ts"
import type { World } from "../state/world.ts"
import { record } from "./balance.ts"
import type { CardResult } from "./cards.ts"
import { type CardShown, makeCharge, makeIntent } from "./charge-shape.ts"
import { feeOf } from "./currencies.ts"
import { openDispute } from "./disputes.ts"
import { emit } from "./events.ts"

/** What the payer gives on the hosted page. */
export type Payer = { card: CardResult; shown: CardShown; name: string | null; email: string | null }

/**
 * Pays an open session with a card. A decline writes the failed charge and leaves the session open, so that the
 * payer can try another card. Throws when the session is not open.
 */
export function paySession(
  world: World,
  session: Stripe.Checkout.Session,
  payer: Payer,
): { paid: boolean; session: Stripe.Checkout.Session } {
  if (session.status !== "open") throw refused("This Checkout Session is no longer open.")
  const intent = intentOf(world, session)
  return payer.card.result === "succeeds"
    ? succeed(world, session, intent, payer, payer.card)
    : decline(world, session, intent, payer, payer.card)
}

/** The session's payment intent; made at the first attempt, as Stripe does for hosted pages. */
function intentOf(world: World, session: Stripe.Checkout.Session): Stripe.PaymentIntent {
  if (typeof session.payment_intent === "string") {
    const known = world.store.get("intent", session.payment_intent)
    if (known !== undefined) return known
  }
  const plan = world.store.get("plan", session.id)
  if (plan === undefined || session.amount_total === null || session.currency === null)
    throw new Error(`session ${session.id} has no plan`)
  const intent = makeIntent({
    id: world.newId("pi_3"),
    created: world.now(),
    amount: session.amount_total,
    currency: session.currency,
    ...plan.intent,
  })
  world.store.put("intent", intent.id, intent)
  emit(world, "payment_intent.created", intent)
  return intent
}

function succeed(
  world: World,
  session: Stripe.Checkout.Session,
  intent: Stripe.PaymentIntent,
  payer: Payer,
  card: Extract<CardResult, { result: "succeeds" }>,
): { paid: true; session: Stripe.Checkout.Session } {
  const { store } = world
  const now = world.now()
  const chargeId = world.newId("ch_3")
  const move = record(world, {
    owner: null,
    type: "charge",
    amount: intent.amount,
    fee: feeOf(intent.amount, intent.currency),
    currency: intent.currency,
    source: chargeId,
    availableOn: card.availableAtOnce ? now : now + world.settlementSeconds,
  })
  const paymentMethod = world.newId("pm_1")
  const charge = store.put("charge", chargeId, {
    ...makeCharge({ id: chargeId, created: now, intent, payer, paymentMethod }),
    amount_captured: intent.amount,
    balance_transaction: move.id,
    captured: true,
    paid: true,
    status: "succeeded",
  })
  const paidIntent = store.put("intent", intent.id, {
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: chargeId,
    payment_method: paymentMethod,
    status: "succeeded",
  })
  const complete = store.put("session", session.id, {
    ...session,
    customer_details: {
      address: null,
      business_name: null,
      email: payer.email ?? session.customer_email,
      individual_name: null,
      name: payer.name,
      phone: null,
      tax_exempt: "none",
      tax_ids: null,
    },
    payment_intent: intent.id,
    payment_status: "paid",
    status: "complete",
    url: null,
  })
  emit(world, "charge.succeeded", charge)
  emit(world, "payment_intent.succeeded", paidIntent)
  emit(world, "checkout.session.completed", complete)
  if (card.disputedFor !== undefined) openDispute(world, charge, { reason: card.disputedFor })
  return { paid: true, session: complete }
}

function decline(
  world: World,
  session: Stripe.Checkout.Session,
  intent: Stripe.PaymentIntent,
  payer: Payer,
  card: Extract<CardResult, { result: "declines" }>,
): { paid: false; session: Stripe.Checkout.Session } {
  const { store } = world
  const chargeId = world.newId("ch_3")
  const charge = store.put("charge", chargeId, {
    ...makeCharge({
      id: chargeId,
      created: world.now(),
      intent,
      payer,
      paymentMethod: world.newId("pm_1"),
    }),
    failure_code: card.code,
    failure_message: card.message.en,
    status: "failed",
  })
  const failedIntent = store.put("intent", intent.id, {
    ...intent,
    last_payment_error: {
      charge: chargeId,
      code: card.code as Stripe.PaymentIntent.LastPaymentError.Code,
      ...(card.code === "card_declined" ? { decline_code: card.declineCode } : {}),
      message: card.message.en,
      payment_method_type: "card",
      type: "card_error",
    },
    latest_charge: chargeId,
    status: "requires_payment_method",
  })
  const open = store.put("session", session.id, { ...session, payment_intent: intent.id })
  emit(world, "charge.failed", charge)
  emit(world, "payment_intent.payment_failed", failedIntent)
  return { paid: false, session: open }
}

export function findCharge(world: World, id: string): Stripe.Charge {
  const charge = world.store.get("charge", id)
  if (charge === undefined) throw noSuch("charge", id)
  return charge
}

export const paymentRoutes: Route[] = [
  route("GET", "/v1/payment_intents", { ...pageShape, created: optional(timeRange) }, (call, params) =>
    paginate(call.world.store, "intent", "/v1/payment_intents", params, (intent) =>
      (params.created?.(intent.created) ?? true) ? intent : null,
    ),
  ),
  route("GET", "/v1/payment_intents/:id", {}, (call) => {
    const intent = call.world.store.get("intent", idOf(call))
    if (intent === undefined) throw noSuch("payment_intent", idOf(call), "intent")
    return intent
  }),
  connected(
    route(
      "GET",
      "/v1/charges",
      {
        ...pageShape,
        created: optional(timeRange),
        payment_intent: optional(text()),
        transfer_group: optional(text()),
      },
      (call, params) => {
        const pick = (charge: Stripe.Charge) => {
          const wanted =
            (params.created?.(charge.created) ?? true) &&
            (params.payment_intent === undefined || charge.payment_intent === params.payment_intent) &&
            (params.transfer_group === undefined || charge.transfer_group === params.transfer_group)
          return wanted ? charge : null
        }
        const { store } = call.world
        return call.account === null
          ? paginate(store, "charge", "/v1/charges", params, pick)
          : paginate(store, "payment", "/v1/charges", params, ({ owner, charge }) =>
              owner === call.account ? pick(charge) : null,
            )
      },
    ),
  ),
  connected(
    route("GET", "/v1/charges/:id", {}, (call) => {
      if (call.account === null) return findCharge(call.world, idOf(call))
      const payment = call.world.store.get("payment", idOf(call))
      if (payment?.owner !== call.account) throw noSuch("charge", idOf(call))
      return payment.charge
    }),
  ),
]
