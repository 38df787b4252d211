import type Stripe from "stripe"
import { noSuch } from "../http/errors.ts"
import { pageShape, paginate } from "../http/paginate.ts"
import { optional, text, timeRange } from "../http/readers.ts"
import { connected, idOf, type Route, route } from "../http/route.ts"
import type { World } from "../state/world.ts"

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
