import type Stripe from "stripe"
import { noSuch } from "../http/errors.ts"
import { pageShape, paginate } from "../http/paginate.ts"
import { flag, list, optional, text, timeRange } from "../http/readers.ts"
import { connected, idOf, type Route, route } from "../http/route.ts"
import type { World } from "../state/world.ts"

/** The version of Stripe's API whose shapes the sandbox speaks: the one that the installed SDK pins. */
export const apiVersion = "2026-10-28.endive"

/**
 * Writes an event with a snapshot of its object, and a delivery to each endpoint that asked for its type. An
 * event of a connected account names it, and is only in that account's list.
 */
export function emit(world: World, type: string, subject: object, account: string | null = null): void {
  const id = world.newId("evt_3")
  const { store } = world
  const event: Stripe.EventBase = {
    id,
    object: "event",
    ...(account === null ? {} : { account }),
    api_version: apiVersion,
    created: world.now(),
    data: { object: subject },
    livemode: false,
    pending_webhooks: 0,
    request: world.cause,
    type: type as Stripe.Event.Type,
  }
  world.check(event)
  store.put("event", id, event)
  const from = account === null ? "platform" : "connected"
  for (const [endpoint, row] of store.oldest("endpoint"))
    if (
      row.status === "enabled" &&
      ["all", from].includes(row.from ?? "platform") &&
      (row.enabled_events.includes("*") || row.enabled_events.includes(type))
    )
      store.put("delivery", `${id}:${endpoint}`, {
        event: id,
        endpoint,
        attempts: 0,
        nextAt: Date.now(),
        state: "pending",
        lastAnswer: null,
      })
}

function outstanding(world: World, event: string): { pending: number; undelivered: number } {
  let pending = 0
  let undelivered = 0
  for (const [endpoint] of world.store.oldest("endpoint")) {
    const delivery = world.store.get("delivery", `${event}:${endpoint}`)
    if (delivery?.state === "pending") pending++
    if (delivery !== undefined && delivery.state !== "delivered") undelivered++
  }
  return { pending, undelivered }
}

/** The event as it is shown and sent now, with the count of endpoints that have not taken it yet. */
export const showEvent = (world: World, event: Stripe.EventBase): Stripe.EventBase => ({
  ...event,
  pending_webhooks: outstanding(world, event.id).pending,
})

/** Stripe matches `charge.*` style wildcards in the `type` filter. */
function matches(type: string, wanted: string): boolean {
  return wanted.endsWith(".*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted
}

export const eventRoutes: Route[] = [
  connected(
    route(
      "GET",
      "/v1/events",
      {
        ...pageShape,
        created: optional(timeRange),
        delivery_success: optional(flag),
        type: optional(text()),
        types: optional(list(text(), 20)),
      },
      (call, params) =>
        paginate(call.world.store, "event", "/v1/events", params, (event) => {
          const delivered =
            params.delivery_success === undefined ||
            params.delivery_success === (outstanding(call.world, event.id).undelivered === 0)
          const wanted =
            delivered &&
            (event.account ?? null) === call.account &&
            (params.created?.(event.created) ?? true) &&
            (params.type === undefined || matches(event.type, params.type)) &&
            (params.types === undefined || params.types.some((type) => matches(event.type, type)))
          return wanted ? showEvent(call.world, event) : null
        }),
    ),
  ),
  connected(
    route("GET", "/v1/events/:id", {}, (call) => {
      const event = call.world.store.get("event", idOf(call))
      if (event === undefined || (event.account ?? null) !== call.account) throw noSuch("event", idOf(call))
      return showEvent(call.world, event)
    }),
  ),
]
