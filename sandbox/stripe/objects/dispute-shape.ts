import type Stripe from "stripe"

/** Why a cardholder's bank takes a payment back: Stripe's reasons of card disputes. */
export const disputeReasons = [
  "bank_cannot_process",
  "credit_not_processed",
  "duplicate",
  "fraudulent",
  "general",
  "product_not_received",
  "product_unacceptable",
  "subscription_canceled",
  "unrecognized",
] as const
export type DisputeReason = (typeof disputeReasons)[number]

const networkCodes: Readonly<Record<DisputeReason, string>> = {
  bank_cannot_process: "11.3",
  credit_not_processed: "13.6",
  duplicate: "12.6.1",
  fraudulent: "10.4",
  general: "13.9",
  product_not_received: "13.1",
  product_unacceptable: "13.3",
  subscription_canceled: "13.2",
  unrecognized: "10.4",
}

/** The parts of evidence that are text. Those that name an uploaded file are not modelled. */
export const evidenceTexts = [
  "access_activity_log",
  "billing_address",
  "cancellation_policy_disclosure",
  "cancellation_rebuttal",
  "customer_email_address",
  "customer_name",
  "customer_purchase_ip",
  "duplicate_charge_explanation",
  "duplicate_charge_id",
  "product_description",
  "refund_policy_disclosure",
  "refund_refusal_explanation",
  "service_date",
  "shipping_address",
  "shipping_carrier",
  "shipping_date",
  "shipping_tracking_number",
  "uncategorized_text",
] as const satisfies readonly (keyof Stripe.Dispute.Evidence)[]
export type EvidenceText = (typeof evidenceTexts)[number]

const noEvidence: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
}

type DisputeInput = {
  id: string
  created: number
  charge: Stripe.Charge
  amount: number
  reason: DisputeReason
  dueBy: number
}

/** A dispute that was just opened, before its money is withdrawn. */
export function makeDispute(input: DisputeInput): Stripe.Dispute {
  const { charge } = input
  const brand = charge.payment_method_details?.card?.brand ?? "visa"
  return {
    id: input.id,
    object: "dispute",
    amount: input.amount,
    balance_transactions: [],
    charge: charge.id,
    created: input.created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: input.dueBy,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      type: "card",
      card: {
        brand,
        case_type: "chargeback",
        network: brand,
        network_reason_code: networkCodes[input.reason],
      },
    },
    reason: input.reason,
    status: "needs_response",
  }
}
