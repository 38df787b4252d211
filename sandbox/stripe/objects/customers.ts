import type Stripe from "stripe"
import { noSuch } from "../http/errors.ts"
import { fits, pageShape, paginate } from "../http/paginate.ts"
import { metadata, metadataChange, optional, text, timeRange, type Values } from "../http/readers.ts"
import { type Call, idOf, type Route, route } from "../http/route.ts"
import type { World } from "../state/world.ts"
import { emit } from "./events.ts"

const detailShape = {
  description: optional(text()),
  email: optional(text(512)),
  name: optional(text(256)),
  phone: optional(text(20)),
}
const createShape = { ...detailShape, metadata: optional(metadata) }
const updateShape = { ...detailShape, metadata: optional(metadataChange) }
type Details = Partial<Values<typeof detailShape>>
type NewCustomer = Details & { metadata?: Record<string, string> | undefined }

/** An empty text takes a detail away. */
const textOr = (given: string | undefined, before: string | null | undefined): string | null =>
  given === undefined ? (before ?? null) : given === "" ? null : given

const detailsOf = (given: Details, before?: Stripe.Customer) => ({
  description: textOr(given.description, before?.description),
  email: textOr(given.email, before?.email),
  name: textOr(given.name, before?.name),
  phone: textOr(given.phone, before?.phone),
})

export function addCustomer(world: World, given: NewCustomer): Stripe.Customer {
  const id = world.newId("cus_")
  const customer: Stripe.Customer = {
    id,
    object: "customer",
    address: null,
    balance: 0,
    created: world.now(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    discount: null,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: given.metadata ?? {},
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
    ...detailsOf(given),
  }
  world.store.put("customer", id, customer)
  emit(world, "customer.created", customer)
  return customer
}

/** A customer who was not deleted. */
export function findCustomer(world: World, id: string, param = "id"): Stripe.Customer {
  const customer = world.store.get("customer", id)
  if (customer === undefined || customer.deleted === true) throw noSuch("customer", id, param)
  return customer
}

function show(world: World, id: string): Stripe.Customer | Stripe.DeletedCustomer {
  return world.store.get("customer", id) ?? findCustomer(world, id)
}

function update(call: Call, params: Values<typeof updateShape>): Stripe.Customer {
  const { world } = call
  const before = findCustomer(world, idOf(call))
  const customer = {
    ...before,
    ...detailsOf(params, before),
    metadata: params.metadata?.(before.metadata) ?? before.metadata,
  }
  world.store.put("customer", customer.id, customer)
  emit(world, "customer.updated", customer)
  return customer
}

function remove({ world }: Call, id: string): Stripe.DeletedCustomer {
  const customer = findCustomer(world, id)
  const deleted = { id, object: "customer", deleted: true } as const
  world.store.put("customer", id, deleted)
  emit(world, "customer.deleted", customer)
  return deleted
}

export const customerRoutes: Route[] = [
  route("POST", "/v1/customers", createShape, ({ world }, params) => addCustomer(world, params)),
  route(
    "GET",
    "/v1/customers",
    { ...pageShape, created: optional(timeRange), email: optional(text(512)) },
    (call, params) =>
      paginate(call.world.store, "customer", "/v1/customers", params, (customer) =>
        customer.deleted !== true && fits(customer, params, "email") ? customer : null,
      ),
  ),
  route("GET", "/v1/customers/:id", {}, (call) => show(call.world, idOf(call))),
  route("POST", "/v1/customers/:id", updateShape, update),
  route("DELETE", "/v1/customers/:id", {}, (call) => remove(call, idOf(call))),
]
