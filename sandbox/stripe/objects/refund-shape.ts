import type Stripe from "stripe"

type RefundInput = Pick<Stripe.Refund, "id" | "created" | "amount" | "reason"> & {
  metadata: Record<string, string>
}

/** A refund of a charge before its money has left: `pending`. */
export function makeRefund(charge: Stripe.Charge, input: RefundInput): Stripe.Refund {
  return {
    id: input.id,
    object: "refund",
    amount: input.amount,
    balance_transaction: null,
    charge: charge.id,
    created: input.created,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    metadata: input.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: input.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "pending",
    pending_reason: "insufficient_funds",
    transfer_reversal: null,
  }
}
