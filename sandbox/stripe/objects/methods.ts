import type Stripe from "stripe"
import type { CardResult } from "./cards.ts"

/** What of a card is shown: never the number. */
export type CardShown = { brand: string; last4: string; expiryMonth: number; expiryYear: number }

/** What the payer does at the wallet: pays at once, pays so that it settles or fails an hour later, or refuses. */
export const alipayOutcomes = ["succeeds", "succeeds_later", "fails_later", "refused"] as const
export type AlipayOutcome = (typeof alipayOutcomes)[number]

export type PaymentMethod =
  | { type: "card"; card: CardResult; shown: CardShown }
  | { type: "alipay"; outcome: AlipayOutcome }

/** What the payer gives on the hosted page. */
export type Payer = { method: PaymentMethod; name: string | null; email: string | null }

export const methodTypes = ["card", "alipay"] as const
/** The currencies in which Stripe takes Alipay, of those that the sandbox knows. */
export const alipayCurrencies: readonly string[] = ["cny", "eur", "gbp", "hkd", "jpy", "usd"]

export function showMethod(
  method: PaymentMethod,
  authenticated: boolean,
): Stripe.Charge.PaymentMethodDetails {
  if (method.type === "alipay") return { type: "alipay", alipay: { fingerprint: null, transaction_id: null } }
  const { shown } = method
  return {
    type: "card",
    card: {
      amount_authorized: null,
      authorization_code: null,
      brand: shown.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      electronic_commerce_indicator: null,
      exp_month: shown.expiryMonth,
      exp_year: shown.expiryYear,
      funding: "credit",
      installments: null,
      last4: shown.last4,
      mandate: null,
      network: shown.brand,
      network_transaction_id: null,
      regulated_status: null,
      three_d_secure: authenticated ? threeDSecure : null,
      transaction_link_id: null,
      wallet: null,
    },
  }
}

const threeDSecure: Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure = {
  authentication_flow: "challenge",
  electronic_commerce_indicator: "05",
  exemption_indicator: null,
  result: "authenticated",
  result_reason: null,
  transaction_id: null,
  version: "2.2.0",
}
