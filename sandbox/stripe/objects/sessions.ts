import type Stripe from "stripe"
import { noSuch, refused } from "../http/errors.ts"
import { fits, pageShape, paginate } from "../http/paginate.ts"
import {
  address,
  currencyCode,
  integer,
  list,
  metadata,
  object,
  oneOf,
  optional,
  required,
  text,
  timeRange,
  type Values,
} from "../http/readers.ts"
import { type Call, idOf, type Route, route } from "../http/route.ts"
import type { WireLineItem } from "../state/rows.ts"
import type { World } from "../state/world.ts"
import { checkCharge } from "./currencies.ts"
import { findCustomer } from "./customers.ts"
import { emit } from "./events.ts"
import { alipayCurrencies, methodTypes } from "./methods.ts"
import { blankSession } from "./session-shape.ts"

const shortestLife = 30 * 60
const longestLife = 24 * 3600

const itemShape = {
  price_data: required(
    object({
      currency: required(currencyCode),
      unit_amount: required(integer(0, 99_999_999)),
      product_data: required(
        object({
          name: required(text()),
          description: optional(text()),
          metadata: optional(metadata),
        }),
      ),
    }),
  ),
  quantity: optional(integer(1, 999_999)),
}

const createShape = {
  mode: required(oneOf("payment")),
  ui_mode: optional(oneOf("hosted_page")),
  line_items: required(list(object(itemShape))),
  success_url: required(address),
  cancel_url: optional(address),
  client_reference_id: optional(text(200)),
  customer: optional(text()),
  customer_creation: optional(oneOf("always", "if_required")),
  customer_email: optional(text(800)),
  expires_at: optional(integer(0)),
  locale: optional(text(10)),
  metadata: optional(metadata),
  submit_type: optional(oneOf("auto", "pay", "book", "donate")),
  allowed_payment_method_types: optional(list(oneOf(...methodTypes))),
  payment_intent_data: optional(
    object({
      description: optional(text(1000)),
      metadata: optional(metadata),
      receipt_email: optional(text(800)),
      transfer_group: optional(text()),
    }),
  ),
}

function makeItem(world: World, raw: Values<typeof itemShape>): WireLineItem {
  const { currency, unit_amount, product_data } = raw.price_data
  const quantity = raw.quantity ?? 1
  const total = unit_amount * quantity
  return {
    id: world.newId("li_1"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: total,
    amount_tax: 0,
    amount_total: total,
    currency,
    description: product_data.name,
    metadata: {},
    price: {
      id: world.newId("price_1"),
      object: "price",
      active: false,
      billing_scheme: "per_unit",
      created: world.now(),
      currency,
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: world.newId("prod_"),
      recurring: null,
      tax_behavior: "unspecified",
      tiers_mode: null,
      transform_quantity: null,
      type: "one_time",
      unit_amount,
      unit_amount_decimal: String(unit_amount),
    },
    quantity,
  }
}

function create({ world }: Call, params: Values<typeof createShape>): Stripe.Checkout.Session {
  const items = params.line_items.map((item) => makeItem(world, item))
  const currency = items[0]?.currency
  if (currency === undefined)
    throw refused("At least one line item is needed.", "parameter_missing", "line_items")
  if (items.some((item) => item.currency !== currency))
    throw refused("All line items must have the same currency.", "parameter_invalid", "line_items")
  const total = items.reduce((sum, item) => sum + item.amount_total, 0)
  checkCharge(total, currency, "line_items")
  if (params.customer !== undefined && (params.customer_email ?? params.customer_creation) !== undefined)
    throw refused("A session has either a customer, or an e-mail address and a customer to be made.")
  const customer = params.customer === undefined ? null : findCustomer(world, params.customer, "customer")
  const methods = params.allowed_payment_method_types ?? ["card"]
  if (methods.length === 0 || (methods.includes("alipay") && !alipayCurrencies.includes(currency)))
    throw refused(
      `The payment method types ${methods.join(", ")} cannot be used with the currency ${currency}.`,
      "parameter_invalid",
      "allowed_payment_method_types",
    )
  const expiresAt = params.expires_at ?? world.now() + longestLife
  const life = expiresAt - world.now()
  if (life < shortestLife || life > longestLife)
    throw refused(
      "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.",
      "parameter_invalid",
      "expires_at",
    )
  const id = world.newId("cs_test_a1")
  const session: Stripe.Checkout.Session = {
    ...blankSession(id, world.now()),
    allowed_payment_method_types: methods,
    amount_subtotal: total,
    amount_total: total,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    currency,
    customer: customer?.id ?? null,
    customer_creation: customer === null ? (params.customer_creation ?? "if_required") : null,
    customer_email: params.customer_email ?? null,
    expires_at: expiresAt,
    locale: (params.locale as Stripe.Checkout.Session.Locale | undefined) ?? null,
    metadata: params.metadata ?? {},
    payment_method_types: methods,
    submit_type: params.submit_type ?? null,
    success_url: params.success_url,
    url: `${world.origin}/c/pay/${id}`,
  }
  const intent = params.payment_intent_data
  world.store.put("plan", id, {
    items,
    intent: {
      description: intent?.description ?? null,
      metadata: intent?.metadata ?? {},
      transferGroup: intent?.transfer_group ?? null,
      receiptEmail: intent?.receipt_email ?? null,
    },
  })
  return world.store.put("session", id, session)
}

export function findSession(world: World, id: string): Stripe.Checkout.Session {
  const session = world.store.get("session", id)
  if (session === undefined) throw noSuch("checkout.session", id)
  return session
}

/** Ends an open session; one that is complete or expired already is refused, as Stripe does. */
export function expireSession(world: World, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  if (session.status !== "open")
    throw refused(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    )
  const expired = world.store.put("session", session.id, { ...session, status: "expired", url: null })
  world.store.remove("waiting", session.id)
  cancelIntent(world, session)
  emit(world, "checkout.session.expired", expired)
  return expired
}

/** An attempt that was made and failed leaves an intent behind, which ends with its session. */
function cancelIntent(world: World, session: Stripe.Checkout.Session): void {
  const intent =
    typeof session.payment_intent === "string" ? world.store.get("intent", session.payment_intent) : undefined
  if (intent === undefined) return
  const canceled = world.store.put("intent", intent.id, {
    ...intent,
    canceled_at: world.now(),
    cancellation_reason: "expired",
    next_action: null,
    status: "canceled",
  })
  emit(world, "payment_intent.canceled", canceled)
}

/** Expires the open sessions whose time has come. */
export function expireDueSessions(world: World): void {
  const now = world.now()
  for (const [, session] of [...world.store.newest("session")])
    if (session.status === "open" && session.expires_at <= now) expireSession(world, session)
}

export const sessionRoutes: Route[] = [
  route("POST", "/v1/checkout/sessions", createShape, create),
  route(
    "GET",
    "/v1/checkout/sessions",
    {
      ...pageShape,
      created: optional(timeRange),
      customer: optional(text()),
      payment_intent: optional(text()),
      status: optional(oneOf("open", "complete", "expired")),
    },
    (call, params) =>
      paginate(call.world.store, "session", "/v1/checkout/sessions", params, (session) =>
        fits(session, params, "customer", "payment_intent", "status") ? session : null,
      ),
  ),
  route("GET", "/v1/checkout/sessions/:id", {}, (call) => findSession(call.world, idOf(call))),
  route("POST", "/v1/checkout/sessions/:id/expire", {}, (call) =>
    expireSession(call.world, findSession(call.world, idOf(call))),
  ),
  route("GET", "/v1/checkout/sessions/:id/line_items", pageShape, (call) => {
    const { id } = findSession(call.world, idOf(call))
    const data = call.world.store.get("plan", id)?.items ?? []
    return { object: "list", url: `/v1/checkout/sessions/${id}/line_items`, has_more: false, data }
  }),
]
