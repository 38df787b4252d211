import type Stripe from "stripe"
import { noSuch, refused } from "../http/errors.ts"
import { pageShape, paginate } from "../http/paginate.ts"
import {
  address,
  flag,
  list,
  metadata,
  metadataChange,
  optional,
  required,
  text,
  type Values,
} from "../http/readers.ts"
import { type Call, idOf, type Route, route } from "../http/route.ts"
import type { Rows } from "../state/rows.ts"
import type { World } from "../state/world.ts"
import { apiVersion } from "./events.ts"

type Endpoint = Rows["endpoint"]

const createShape = {
  url: required(address),
  enabled_events: required(list(text(), 500)),
  description: optional(text()),
  metadata: optional(metadata),
  api_version: optional(text()),
  connect: optional(flag),
}

/** The sandbox never calls out: its events go to this machine only. */
function checkLoopback(url: string): void {
  const { hostname } = new URL(url)
  if (!["127.0.0.1", "localhost", "[::1]"].includes(hostname))
    throw refused("The sandbox sends webhooks to loopback addresses only.", "url_invalid", "url")
}

function create({ world }: Call, params: Values<typeof createShape>): Stripe.WebhookEndpoint {
  const endpoint = addEndpoint(world, {
    id: world.newId("we_1"),
    url: params.url,
    enabledEvents: params.enabled_events,
    secret: `whsec_${world.newId("")}`,
    description: params.description ?? null,
    metadata: params.metadata ?? {},
    from: params.connect === true ? "connected" : "platform",
  })
  return { ...show(endpoint), secret: endpoint.secret }
}

type EndpointInput = {
  id: string
  url: string
  enabledEvents: string[]
  secret: string
  description: string | null
  metadata: Record<string, string>
  from: "platform" | "connected" | "all"
}

/** Adds an endpoint, or takes the place of the one with this id. */
export function addEndpoint(world: World, input: EndpointInput): Endpoint {
  checkLoopback(input.url)
  return world.store.put("endpoint", input.id, {
    id: input.id,
    object: "webhook_endpoint",
    api_version: apiVersion,
    application: null,
    created: world.now(),
    description: input.description,
    enabled_events: input.enabledEvents,
    livemode: false,
    metadata: input.metadata,
    secret: input.secret,
    from: input.from,
    status: "enabled",
    url: input.url,
  })
}

const updateShape = {
  url: optional(address),
  enabled_events: optional(list(text(), 500)),
  description: optional(text()),
  disabled: optional(flag),
  metadata: optional(metadataChange),
}

function update(call: Call, params: Values<typeof updateShape>): Stripe.WebhookEndpoint {
  const before = find(call)
  const url = params.url ?? before.url
  checkLoopback(url)
  const status = params.disabled === undefined ? before.status : params.disabled ? "disabled" : "enabled"
  const changed = call.world.store.put("endpoint", before.id, {
    ...before,
    url,
    status,
    enabled_events: params.enabled_events ?? before.enabled_events,
    description: params.description === undefined ? before.description : params.description || null,
    metadata: params.metadata?.(before.metadata) ?? before.metadata,
  })
  return show(changed)
}

/** The secret is shown once, when the endpoint is made. */
function show({ secret: _hidden, from: _whose, ...endpoint }: Endpoint): Stripe.WebhookEndpoint {
  return endpoint
}

function find(call: Call): Endpoint {
  const endpoint = call.world.store.get("endpoint", idOf(call))
  if (endpoint === undefined) throw noSuch("webhook endpoint", idOf(call))
  return endpoint
}

export const webhookEndpointRoutes: Route[] = [
  route("POST", "/v1/webhook_endpoints", createShape, create),
  route("GET", "/v1/webhook_endpoints", pageShape, (call, params) =>
    paginate(call.world.store, "endpoint", "/v1/webhook_endpoints", params, show),
  ),
  route("GET", "/v1/webhook_endpoints/:id", {}, (call) => show(find(call))),
  route("POST", "/v1/webhook_endpoints/:id", updateShape, update),
  route("DELETE", "/v1/webhook_endpoints/:id", {}, (call) => {
    const { id } = find(call)
    call.world.store.remove("endpoint", id)
    return { id, object: "webhook_endpoint", deleted: true }
  }),
]
