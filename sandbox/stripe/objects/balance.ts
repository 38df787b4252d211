import type Stripe from "stripe"
import { noSuch } from "../http/errors.ts"
import { fits, pageShape, paginate } from "../http/paginate.ts"
import { currencyCode, optional, text, timeRange } from "../http/readers.ts"
import { connected, idOf, type Route, route } from "../http/route.ts"
import type { World } from "../state/world.ts"

const reportingCategories = {
  adjustment: "other_adjustment",
  charge: "charge",
  payment_refund: "refund",
  payout: "payout",
  payout_cancel: "payout_reversal",
  payout_failure: "payout_reversal",
  payment: "charge",
  refund: "refund",
  refund_failure: "refund_failure",
  topup: "topup",
  transfer: "transfer",
  transfer_refund: "transfer_reversal",
} as const

/** A move of money to be written; amounts in minor units, negative when money leaves. */
export type Move = {
  owner: string | null
  type: keyof typeof reportingCategories
  amount: number
  fee: number
  currency: string
  source: string
  description?: string
  feeDescription?: string
  /** Where it is not the one that follows from the type. */
  reportingCategory?: string
  /** Unix seconds from which the net is available. */
  availableOn: number
}

/** Writes a balance transaction. Nothing else changes a balance: a balance is the sum of these. */
export function record(world: World, move: Move): Stripe.BalanceTransaction {
  const id = world.newId("txn_3")
  const feeDetail = {
    amount: move.fee,
    application: null,
    currency: move.currency,
    description: move.feeDescription ?? "Stripe processing fees (sandbox)",
    type: "stripe_fee",
  }
  const entry: Stripe.BalanceTransaction = {
    id,
    object: "balance_transaction",
    amount: move.amount,
    available_on: move.availableOn,
    balance_type: "payments",
    created: world.now(),
    currency: move.currency,
    description: move.description ?? null,
    exchange_rate: null,
    fee: move.fee,
    fee_details: move.fee === 0 ? [] : [feeDetail],
    net: move.amount - move.fee,
    reporting_category: move.reportingCategory ?? reportingCategories[move.type],
    source: move.source,
    status: "pending",
    type: move.type,
  }
  world.store.put("move", id, { owner: move.owner, entry })
  return entry
}

/** The transaction as it stands at the sandbox's time: pending, or available. */
export function showMove(world: World, entry: Stripe.BalanceTransaction): Stripe.BalanceTransaction {
  return { ...entry, status: entry.available_on <= world.now() ? "available" : "pending" }
}

/** A top-up as its balance transaction tells of it: the sandbox keeps nothing else of one. */
export function findTopUp(world: World, id: string): Stripe.Topup | null {
  for (const [, { entry }] of world.store.oldest("move"))
    if (entry.source === id)
      return {
        id,
        object: "topup",
        amount: entry.amount,
        balance_transaction: entry.id,
        created: entry.created,
        currency: entry.currency,
        description: null,
        expected_availability_date: entry.available_on,
        failure_code: null,
        failure_message: null,
        initiated_by: null,
        livemode: false,
        metadata: {},
        source: null,
        statement_descriptor: null,
        status: "succeeded",
        transfer_group: null,
      }
  return null
}

/** Σ net per currency, split by whether the money is available by now. */
export function balanceOf(
  world: World,
  owner: string | null,
): Map<string, { available: number; pending: number }> {
  const now = world.now()
  const sums = new Map<string, { available: number; pending: number }>()
  for (const [, { owner: ownedBy, entry }] of world.store.oldest("move")) {
    if (ownedBy !== owner) continue
    const sum = sums.get(entry.currency) ?? { available: 0, pending: 0 }
    sums.set(entry.currency, sum)
    if (entry.available_on <= now) sum.available += entry.net
    else sum.pending += entry.net
  }
  return sums
}

export const availableIn = (world: World, currency: string, owner: string | null = null): number =>
  balanceOf(world, owner).get(currency)?.available ?? 0

function showBalance(world: World, owner: string | null): Stripe.Balance {
  const sums = [...balanceOf(world, owner)]
  return {
    object: "balance",
    available: sums.map(([currency, sum]) => ({
      amount: sum.available,
      currency,
      source_types: { card: sum.available },
    })),
    livemode: false,
    pending: sums.map(([currency, sum]) => ({
      amount: sum.pending,
      currency,
      source_types: { card: sum.pending },
    })),
  }
}

export const balanceRoutes: Route[] = [
  connected(route("GET", "/v1/balance", {}, (call) => showBalance(call.world, call.account))),
  connected(
    route(
      "GET",
      "/v1/balance_transactions",
      {
        ...pageShape,
        created: optional(timeRange),
        currency: optional(currencyCode),
        source: optional(text()),
        type: optional(text()),
      },
      (call, params) =>
        paginate(call.world.store, "move", "/v1/balance_transactions", params, ({ owner, entry }) =>
          owner === call.account && fits(entry, params, "currency", "source", "type")
            ? showMove(call.world, entry)
            : null,
        ),
    ),
  ),
  connected(
    route("GET", "/v1/balance_transactions/:id", {}, (call) => {
      const move = call.world.store.get("move", idOf(call))
      if (move === undefined || move.owner !== call.account) throw noSuch("balance transaction", idOf(call))
      return showMove(call.world, move.entry)
    }),
  ),
]
