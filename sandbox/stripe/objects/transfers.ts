import type Stripe from "stripe"
import { noSuch, refused } from "../http/errors.ts"
import { fits, pageShape, paginate } from "../http/paginate.ts"
import {
  currencyCode,
  integer,
  metadata,
  optional,
  required,
  text,
  timeRange,
  type Values,
} from "../http/readers.ts"
import { type Call, idOf, type Route, route } from "../http/route.ts"
import type { World } from "../state/world.ts"
import { canReceiveTransfers } from "./accounts.ts"
import { availableIn, balanceOf, record } from "./balance.ts"
import { knownCurrency } from "./currencies.ts"
import { giveBack, receive } from "./destination-payments.ts"
import { emit } from "./events.ts"

const createShape = {
  amount: required(integer(1)),
  currency: required(currencyCode),
  destination: required(text()),
  description: optional(text()),
  metadata: optional(metadata),
  source_transaction: optional(text()),
  transfer_group: optional(text()),
}
type CreateParams = Values<typeof createShape>

function checkDestination(world: World, destination: string): void {
  if (world.store.get("account", destination) === undefined)
    throw noSuch("destination", destination, "destination")
  if (!canReceiveTransfers(world, destination))
    throw refused(
      "Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments",
      "insufficient_capabilities_for_transfer",
      "destination",
    )
}

/**
 * The charge that a transfer draws on, checked: it succeeded, has the transfer's currency, and what was already
 * transferred from it and not reversed, with what was refunded, leaves enough.
 */
function checkSource(world: World, params: CreateParams, source: string): Stripe.Charge {
  const charge = world.store.get("charge", source)
  if (charge === undefined) throw noSuch("charge", source, "source_transaction")
  if (charge.status !== "succeeded")
    throw refused("The source charge was not successful.", undefined, "source_transaction")
  if (charge.currency !== params.currency)
    throw refused(
      `The currency of source_transaction's balance transaction (${charge.currency}) must be the same as the transfer currency (${params.currency})`,
      undefined,
      "currency",
    )
  let drawn = 0
  for (const [, transfer] of world.store.oldest("transfer"))
    if (transfer.source_transaction === source) drawn += transfer.amount - transfer.amount_reversed
  const left = charge.amount_captured - charge.amount_refunded - drawn
  if (params.amount > left)
    throw refused(
      `The amount (${params.amount}) is greater than what is left of the source charge (${left}).`,
      undefined,
      "amount",
    )
  return charge
}

/** When the moved money is available: with the source charge's, or now out of the available balance. */
function availableOn(world: World, params: CreateParams, charge: Stripe.Charge | null): number {
  const now = world.now()
  if (charge !== null && typeof charge.balance_transaction === "string")
    return Math.max(now, world.store.get("move", charge.balance_transaction)?.entry.available_on ?? now)
  if (availableIn(world, params.currency) < params.amount)
    throw refused(
      "You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance.",
      "balance_insufficient",
    )
  return now
}

function create({ world }: Call, params: CreateParams): Stripe.Transfer {
  knownCurrency(params.currency)
  checkDestination(world, params.destination)
  const charge =
    params.source_transaction === undefined ? null : checkSource(world, params, params.source_transaction)
  const when = availableOn(world, params, charge)
  const id = world.newId("tr_3")
  const out = record(world, {
    owner: null,
    type: "transfer",
    amount: -params.amount,
    fee: 0,
    currency: params.currency,
    source: id,
    availableOn: when,
  })
  const group = params.transfer_group ?? charge?.transfer_group ?? null
  const payment = receive(world, params.destination, {
    transfer: id,
    amount: params.amount,
    currency: params.currency,
    group,
    availableOn: when,
  })
  const transfer = world.store.put("transfer", id, {
    id,
    object: "transfer",
    amount: params.amount,
    amount_reversed: 0,
    balance_transaction: out.id,
    created: world.now(),
    currency: params.currency,
    description: params.description ?? null,
    destination: params.destination,
    destination_payment: payment.id,
    livemode: false,
    metadata: params.metadata ?? {},
    reversals: reversalList(world, id),
    reversed: false,
    source_transaction: charge?.id ?? null,
    source_type: "card",
    transfer_group: group,
  })
  emit(world, "transfer.created", transfer)
  return transfer
}

function reversalList(world: World, transfer: string): Stripe.ApiList<Stripe.TransferReversal> {
  const data: Stripe.TransferReversal[] = []
  for (const [, reversal] of world.store.newest("reversal"))
    if (reversal.transfer === transfer) data.push(reversal)
  return {
    object: "list",
    url: `/v1/transfers/${transfer}/reversals`,
    has_more: data.length > 10,
    data: data.slice(0, 10),
  }
}

export function findTransfer(world: World, id: string): Stripe.Transfer {
  const transfer = world.store.get("transfer", id)
  if (transfer === undefined) throw noSuch("transfer", id)
  return transfer
}

const reverseShape = {
  amount: optional(integer(1)),
  description: optional(text()),
  metadata: optional(metadata),
}

/** Takes money back from a connected account; refused where its balance does not cover it. */
function reverse(call: Call, params: Values<typeof reverseShape>): Stripe.TransferReversal {
  const { world } = call
  const transfer = findTransfer(world, idOf(call))
  const left = transfer.amount - transfer.amount_reversed
  const amount = params.amount ?? left
  if (left === 0) throw refused(`Transfer ${transfer.id} has already been fully reversed.`)
  if (amount > left)
    throw refused(`Reversal amount (${amount}) is greater than unreversed amount on transfer (${left}).`)
  const destination = typeof transfer.destination === "string" ? transfer.destination : ""
  const theirs = balanceOf(world, destination).get(transfer.currency) ?? { available: 0, pending: 0 }
  if (theirs.available + theirs.pending < amount)
    throw refused(
      "The connected account's balance is insufficient for this reversal.",
      "balance_insufficient",
    )
  const paid =
    typeof transfer.balance_transaction === "string"
      ? world.store.get("move", transfer.balance_transaction)?.entry
      : undefined
  const id = world.newId("trr_1")
  const availableOn = Math.max(world.now(), paid?.available_on ?? 0)
  const back = record(world, {
    owner: null,
    type: "transfer_refund",
    amount,
    fee: 0,
    currency: transfer.currency,
    source: id,
    availableOn,
  })
  const given = giveBack(world, transfer, { reversal: id, amount, availableOn })
  const reversal = world.store.put("reversal", id, {
    id,
    object: "transfer_reversal",
    amount,
    balance_transaction: back.id,
    created: world.now(),
    currency: transfer.currency,
    destination_payment_refund: given?.id ?? null,
    metadata: params.metadata ?? {},
    source_refund: null,
    transfer: transfer.id,
  })
  const reversed = world.store.put("transfer", transfer.id, {
    ...transfer,
    amount_reversed: transfer.amount_reversed + amount,
    reversals: reversalList(world, transfer.id),
    reversed: amount === left,
  })
  emit(world, "transfer.reversed", reversed)
  return reversal
}

export const transferRoutes: Route[] = [
  route("POST", "/v1/transfers", createShape, create),
  route(
    "GET",
    "/v1/transfers",
    {
      ...pageShape,
      created: optional(timeRange),
      destination: optional(text()),
      transfer_group: optional(text()),
    },
    (call, params) =>
      paginate(call.world.store, "transfer", "/v1/transfers", params, (transfer) =>
        fits(transfer, params, "destination", "transfer_group") ? transfer : null,
      ),
  ),
  route("GET", "/v1/transfers/:id", {}, (call) => findTransfer(call.world, idOf(call))),
  route("POST", "/v1/transfers/:id/reversals", reverseShape, reverse),
  route("GET", "/v1/transfers/:id/reversals", pageShape, (call, params) => {
    const { id } = findTransfer(call.world, idOf(call))
    return paginate(call.world.store, "reversal", `/v1/transfers/${id}/reversals`, params, (reversal) =>
      reversal.transfer === id ? reversal : null,
    )
  }),
  route("GET", "/v1/transfers/:id/reversals/:reversal", {}, (call) => {
    const reversal = call.world.store.get("reversal", idOf(call, 1))
    if (reversal?.transfer !== idOf(call)) throw noSuch("transfer reversal", idOf(call, 1))
    return reversal
  }),
]
