import type Stripe from "stripe"
import { noSuch, refused } from "../http/errors.ts"
import { fits, pageShape, paginate } from "../http/paginate.ts"
import {
  currencyCode,
  integer,
  metadata,
  metadataChange,
  oneOf,
  optional,
  required,
  text,
  timeRange,
  type Values,
} from "../http/readers.ts"
import { type Call, connected, idOf, type Route, route } from "../http/route.ts"
import type { Rows } from "../state/rows.ts"
import type { World } from "../state/world.ts"
import { availableIn, record } from "./balance.ts"
import { bankFor, type PayoutFailure, payoutFailures } from "./banks.ts"
import { knownCurrency } from "./currencies.ts"
import { emit } from "./events.ts"

type Row = Rows["payout"]

/** A payout can be cancelled for an hour, then it is with the bank; it arrives on the second day. */
const cancelSeconds = 3600
const travelDays = 2
const daySeconds = 86_400

const createShape = {
  amount: required(integer(1)),
  currency: required(currencyCode),
  description: optional(text()),
  destination: optional(text()),
  metadata: optional(metadata),
  method: optional(oneOf("standard")),
  source_type: optional(oneOf("card")),
  statement_descriptor: optional(text(22)),
}

/** Sends available money of the platform, or of a connected account, to a bank account. */
function create({ world, account: owner }: Call, params: Values<typeof createShape>): Stripe.Payout {
  const { amount, currency } = params
  knownCurrency(currency)
  const { account: bank } = bankFor(world, owner, currency, params.destination)
  if (availableIn(world, currency, owner) < amount)
    throw refused(
      "You have insufficient funds in your Stripe account for this transfer.",
      "balance_insufficient",
      "amount",
    )
  const id = world.newId("po_1")
  const now = world.now()
  const move = record(world, {
    owner,
    type: "payout",
    description: params.description ?? "STRIPE PAYOUT",
    amount: -amount,
    fee: 0,
    currency,
    source: id,
    availableOn: now,
  })
  return save(world, "payout.created", {
    owner,
    payout: {
      id,
      object: "payout",
      amount,
      application_fee: null,
      application_fee_amount: null,
      arrival_date: now - (now % daySeconds) + travelDays * daySeconds,
      automatic: false,
      balance_transaction: move.id,
      created: now,
      currency,
      description: params.description ?? null,
      destination: bank.id,
      failure_balance_transaction: null,
      failure_code: null,
      failure_message: null,
      livemode: false,
      metadata: params.metadata ?? {},
      method: "standard",
      original_payout: null,
      payout_method: null,
      reconciliation_status: "not_applicable",
      reversed_by: null,
      source_type: "card",
      statement_descriptor: params.statement_descriptor ?? null,
      status: "pending",
      trace_id: null,
      type: "bank_account",
    },
  })
}

/** Writes a payout and tells of it. */
function save(world: World, event: string, row: Row): Stripe.Payout {
  world.store.put("payout", row.payout.id, row)
  emit(world, event, row.payout, row.owner)
  return row.payout
}

function findPayout(world: World, id: string): Row {
  const row = world.store.get("payout", id)
  if (row === undefined) throw noSuch("payout", id)
  return row
}

function ofCaller(call: Call): Row {
  const row = findPayout(call.world, idOf(call))
  if (row.owner !== call.account) throw noSuch("payout", idOf(call))
  return row
}

/** The money of a payout comes back to the balance that it left. */
function takeBack(world: World, { owner, payout }: Row, type: "payout_cancel" | "payout_failure"): string {
  return record(world, {
    owner,
    type,
    amount: payout.amount,
    fee: 0,
    currency: payout.currency,
    source: payout.id,
    availableOn: world.now(),
  }).id
}

function cancel(call: Call): Stripe.Payout {
  const row = ofCaller(call)
  if (row.payout.status !== "pending")
    throw refused(`Payouts can only be canceled while pending; this one is ${row.payout.status}.`)
  const back = takeBack(call.world, row, "payout_cancel")
  const payout = { ...row.payout, failure_balance_transaction: back, status: "canceled" }
  return save(call.world, "payout.canceled", { ...row, payout })
}

/** The bank sends a payout back: before it arrived, or days after it was called paid. */
export function failPayout(world: World, id: string, code: PayoutFailure): Stripe.Payout {
  const row = findPayout(world, id)
  if (!["pending", "in_transit", "paid"].includes(row.payout.status))
    throw refused(`This payout is ${row.payout.status} and cannot fail.`)
  const payout = {
    ...row.payout,
    failure_balance_transaction: takeBack(world, row, "payout_failure"),
    failure_code: code,
    failure_message: payoutFailures[code],
    status: "failed",
  }
  return save(world, "payout.failed", { ...row, payout })
}

/** Payouts on their way: with the bank after an hour, arrived or sent back on their day. */
export function movePayouts(world: World): void {
  const now = world.now()
  for (const [id, row] of [...world.store.oldest("payout")]) {
    const { payout } = row
    if (payout.status === "pending" && payout.created + cancelSeconds <= now)
      save(world, "payout.updated", { ...row, payout: { ...payout, status: "in_transit" } })
    if (!["pending", "in_transit"].includes(payout.status) || payout.arrival_date > now) continue
    const bank = typeof payout.destination === "string" ? world.store.get("bank", payout.destination) : null
    if (bank?.failsWith) failPayout(world, id, bank.failsWith as PayoutFailure)
    else save(world, "payout.paid", { ...row, payout: { ...payout, status: "paid" } })
  }
}

function update(call: Call, change: (before: Record<string, string>) => Record<string, string>) {
  const row = ofCaller(call)
  const payout = { ...row.payout, metadata: change(row.payout.metadata ?? {}) }
  return save(call.world, "payout.updated", { ...row, payout })
}

export const payoutRoutes: Route[] = [
  route("POST", "/v1/payouts", createShape, create),
  route(
    "GET",
    "/v1/payouts",
    {
      ...pageShape,
      arrival_date: optional(timeRange),
      created: optional(timeRange),
      destination: optional(text()),
      status: optional(oneOf("canceled", "failed", "in_transit", "paid", "pending")),
    },
    (call, params) =>
      paginate(call.world.store, "payout", "/v1/payouts", params, ({ owner, payout }) =>
        owner === call.account &&
        (params.arrival_date?.(payout.arrival_date) ?? true) &&
        fits(payout, params, "destination", "status")
          ? payout
          : null,
      ),
  ),
  route("GET", "/v1/payouts/:id", {}, (call) => ofCaller(call).payout),
  route("POST", "/v1/payouts/:id", { metadata: optional(metadataChange) }, (call, params) =>
    update(call, params.metadata ?? ((before) => before)),
  ),
  route("POST", "/v1/payouts/:id/cancel", {}, cancel),
].map(connected)
