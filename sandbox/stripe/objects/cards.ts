import type { DisputeReason } from "./dispute-shape.ts"

/**
 * What a card does. A decline carries Stripe's error code and, for `card_declined`, the reason. `authenticates`:
 * the payer must approve on a page of the bank first, as with 3-D Secure.
 */
export type CardResult =
  | {
      result: "succeeds"
      brand: string
      availableAtOnce?: true
      authenticates?: true
      disputedFor?: DisputeReason
      refundFailsLater?: true
    }
  | {
      result: "declines"
      brand: string
      authenticates?: true
      code: string
      declineCode: string
      message: { en: string; zh: string }
    }

const succeeds = (
  more: Omit<Extract<CardResult, { result: "succeeds" }>, "result" | "brand"> = {},
  brand = "visa",
): CardResult => ({ result: "succeeds", brand, ...more })

const generic = { en: "Your card was declined.", zh: "您的银行卡被拒绝。" }
const poor = { en: "Your card has insufficient funds.", zh: "银行卡余额不足。" }

const declines = (
  declineCode: string,
  message: { en: string; zh: string } = generic,
  code = "card_declined",
): CardResult => ({ result: "declines", brand: "visa", code, declineCode, message })

/** The sandbox's test cards, with the numbers and meanings of Stripe's own. No other number is accepted. */
export const testCards: Readonly<Record<string, CardResult>> = {
  "4242424242424242": succeeds(),
  "5555555555554444": succeeds({}, "mastercard"),
  "6200000000000005": succeeds({}, "unionpay"),
  "378282246310005": succeeds({}, "amex"),
  "3566002020360505": succeeds({}, "jcb"),
  "4000000000000077": succeeds({ availableAtOnce: true }),
  "4000002500003155": succeeds({ authenticates: true }),
  "4000002760003184": succeeds({ authenticates: true }),
  "4000000000000259": succeeds({ disputedFor: "fraudulent" }),
  "4000000000002685": succeeds({ disputedFor: "product_not_received" }),
  "4000000000005126": succeeds({ refundFailsLater: true }),
  "4000000000000002": declines("generic_decline"),
  "4000000000009995": declines("insufficient_funds", poor),
  "4000008260003178": { ...declines("insufficient_funds", poor), authenticates: true },
  "4000000000009987": declines("lost_card"),
  "4000000000009979": declines("stolen_card"),
  "4000000000006975": declines("card_velocity_exceeded", {
    en: "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
    zh: "银行卡因尝试过于频繁或超出限额被拒绝。",
  }),
  "4100000000000019": declines("fraudulent"),
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

/** The test card of a charge, which shows only its brand and last four digits; they tell the cards apart. */
export function cardShown(
  brand: string | null | undefined,
  last4: string | null | undefined,
): CardResult | null {
  for (const [number, card] of Object.entries(testCards))
    if (card.brand === brand && number.slice(-4) === last4) return card
  return null
}
