import type Stripe from "stripe"
import { noSuch } from "../http/errors.ts"
import { fits, pageShape, paginate } from "../http/paginate.ts"
import { optional, text, timeRange } from "../http/readers.ts"
import { connected, idOf, type Route, route } from "../http/route.ts"
import type { World } from "../state/world.ts"

export function findCharge(world: World, id: string): Stripe.Charge {
  const charge = world.store.get("charge", id)
  if (charge === undefined) throw noSuch("charge", id)
  return charge
}

export function findIntent(world: World, id: string): Stripe.PaymentIntent {
  const intent = world.store.get("intent", id)
  if (intent === undefined) throw noSuch("payment_intent", id, "intent")
  return intent
}

export const paymentRoutes: Route[] = [
  route(
    "GET",
    "/v1/payment_intents",
    { ...pageShape, created: optional(timeRange), customer: optional(text()) },
    (call, params) =>
      paginate(call.world.store, "intent", "/v1/payment_intents", params, (intent) =>
        fits(intent, params, "customer") ? intent : null,
      ),
  ),
  route("GET", "/v1/payment_intents/:id", {}, (call) => findIntent(call.world, idOf(call))),
  connected(
    route(
      "GET",
      "/v1/charges",
      {
        ...pageShape,
        created: optional(timeRange),
        customer: optional(text()),
        payment_intent: optional(text()),
        transfer_group: optional(text()),
      },
      (call, params) => {
        const pick = (charge: Stripe.Charge) =>
          fits(charge, params, "customer", "payment_intent", "transfer_group") ? charge : null
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
