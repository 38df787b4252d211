import type Stripe from "stripe"
import { type Payer, showMethod } from "./methods.ts"

type IntentInput = {
  id: string
  created: number
  amount: number
  currency: string
  description: string | null
  metadata: Record<string, string>
  transferGroup: string | null
  receiptEmail: string | null
  methodTypes: string[]
  customer: string | null
}

/** A payment intent that waits for its first payment method. */
export function makeIntent(input: IntentInput): Stripe.PaymentIntent {
  return {
    id: input.id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: input.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${input.id}_secret_sandbox`,
    confirmation_method: "automatic",
    created: input.created,
    currency: input.currency,
    customer: input.customer,
    customer_account: null,
    description: input.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: input.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: input.methodTypes,
    payment_record: null,
    processing: null,
    receipt_email: input.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method",
    transfer_group: input.transferGroup,
  }
}

type ChargeInput = {
  id: string
  created: number
  intent: Stripe.PaymentIntent
  paymentMethod: string
  payer: Payer
  authenticated: boolean
}

type BlankInput = { id: string; created: number; amount: number; currency: string }

/** A charge of which nothing is known yet but its amount: `pending`. */
export function blankCharge({ id, created, amount, currency }: BlankInput): Stripe.Charge {
  return {
    id,
    object: "charge",
    amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: null,
    captured: false,
    created,
    currency,
    customer: null,
    description: null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: null,
    paid: false,
    payment_intent: null,
    payment_method: null,
    payment_method_details: null,
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "pending",
    transfer_data: null,
    transfer_group: null,
  }
}

/** A charge of an intent before it is known whether it succeeded: nothing captured. */
export function makeCharge(input: ChargeInput): Stripe.Charge {
  const { id, created, intent, paymentMethod, payer } = input
  return {
    ...blankCharge({ id, created, amount: intent.amount, currency: intent.currency }),
    billing_details: { address: null, email: payer.email, name: payer.name, phone: null, tax_id: null },
    customer: intent.customer,
    description: intent.description,
    metadata: intent.metadata,
    payment_intent: intent.id,
    payment_method: paymentMethod,
    payment_method_details: showMethod(payer.method, input.authenticated),
    receipt_email: intent.receipt_email,
    transfer_group: intent.transfer_group,
  }
}
