import type { DisputeReason } from "./dispute-shape.ts"

/** What a card does. A decline carries Stripe's error code and, for `card_declined`, the reason. */
export type CardResult =
  | { result: "succeeds"; brand: string; availableAtOnce: boolean; disputedFor?: DisputeReason }
  | {
      result: "declines"
      brand: string
      code: string
      declineCode: string
      message: { en: string; zh: string }
    }

const generic = { en: "Your card was declined.", zh: "您的银行卡被拒绝。" }

const declines = (
  declineCode: string,
  message: { en: string; zh: string } = generic,
  code = "card_declined",
): CardResult => ({ result: "declines", brand: "visa", code, declineCode, message })

/** The sandbox's test cards, with the numbers and meanings of Stripe's own. No other number is accepted. */
export const testCards: Readonly<Record<string, CardResult>> = {
  "4242424242424242": { result: "succeeds", brand: "visa", availableAtOnce: false },
  "5555555555554444": { result: "succeeds", brand: "mastercard", availableAtOnce: false },
  "4000000000000077": { result: "succeeds", brand: "visa", availableAtOnce: true },
  "4000000000000259": {
    result: "succeeds",
    brand: "visa",
    availableAtOnce: false,
    disputedFor: "fraudulent",
  },
  "4000000000002685": {
    result: "succeeds",
    brand: "visa",
    availableAtOnce: false,
    disputedFor: "product_not_received",
  },
  "4000000000000002": declines("generic_decline"),
  "4000000000009995": declines("insufficient_funds", {
    en: "Your card has insufficient funds.",
    zh: "银行卡余额不足。",
  }),
  "4000000000009987": declines("lost_card"),
  "4000000000000069": declines(
    "expired_card",
    { en: "Your card has expired.", zh: "银行卡已过期。" },
    "expired_card",
  ),
  "4000000000000127": declines(
    "incorrect_cvc",
    { en: "Your card's security code is incorrect.", zh: "安全码不正确。" },
    "incorrect_cvc",
  ),
  "4000000000000119": declines(
    "processing_error",
    {
      en: "An error occurred while processing your card. Try again in a little bit.",
      zh: "处理银行卡时出错，请稍后再试。",
    },
    "processing_error",
  ),
}

export function findCard(number: string): CardResult | null {
  const digits = number.replaceAll(/[\s-]/g, "")
  return Object.hasOwn(testCards, digits) ? (testCards[digits] ?? null) : null
}
