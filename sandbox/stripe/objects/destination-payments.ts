import type Stripe from "stripe"
import type { World } from "../state/world.ts"
import { record } from "./balance.ts"
import { blankCharge } from "./charge-shape.ts"
import { makeRefund } from "./refund-shape.ts"

/** A transfer as the account sees it that it goes to: a payment, `py_…`, which is a charge in shape. */
export function receive(
  world: World,
  owner: string,
  transfer: { transfer: string; amount: number; currency: string; group: string | null; availableOn: number },
): Stripe.Charge {
  const { amount, currency } = transfer
  const id = world.newId("py_1")
  const move = record(world, {
    owner,
    type: "payment",
    amount,
    fee: 0,
    currency,
    source: id,
    availableOn: transfer.availableOn,
  })
  const charge: Stripe.Charge = {
    ...blankCharge({ id, created: world.now(), amount, currency }),
    amount_captured: amount,
    balance_transaction: move.id,
    captured: true,
    paid: true,
    source_transfer: transfer.transfer,
    status: "succeeded",
    transfer_group: transfer.group,
  }
  world.store.put("payment", id, { owner, charge })
  return charge
}

/**
 * The reversal of a transfer as its account sees it: a refund of that payment. Null for a transfer of an older
 * state, which has no payment; its money moves all the same.
 */
export function giveBack(
  world: World,
  transfer: Stripe.Transfer,
  { reversal, amount, availableOn }: { reversal: string; amount: number; availableOn: number },
): Stripe.Refund | null {
  const { destination_payment: named, destination } = transfer
  const payment = typeof named === "string" ? world.store.get("payment", named) : undefined
  const id = world.newId("pyr_1")
  const move = record(world, {
    owner: typeof destination === "string" ? destination : null,
    type: "payment_refund",
    amount: -amount,
    fee: 0,
    currency: transfer.currency,
    source: payment === undefined ? reversal : id,
    availableOn,
  })
  if (payment === undefined) return null
  const { owner, charge } = payment
  const { pending_reason: _none, ...blank } = makeRefund(charge, {
    id,
    created: world.now(),
    amount,
    metadata: {},
    reason: null,
  })
  const refund: Stripe.Refund = {
    ...blank,
    balance_transaction: move.id,
    source_transfer_reversal: reversal,
    status: "succeeded",
  }
  world.store.put("payment_refund", id, { owner, refund })
  const refunded = charge.amount_refunded + amount
  world.store.put("payment", charge.id, {
    owner,
    charge: { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount },
  })
  return refund
}
