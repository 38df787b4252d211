import Stripe from "stripe"
import type { ProviderFailure, ProviderResult } from "./provider.ts"

/**
 * Carries a call out and sorts what comes of it. Decided by what it proves about money: an answer of 4xx proves
 * that nothing moved; a 5xx, a conflict, a broken or missing answer prove nothing. What is no error of Stripe's
 * is a bug of ours and is thrown.
 */
export async function outcomeOf<T>(call: () => Promise<T>): Promise<ProviderResult<T>> {
  try {
    return { ok: await call() }
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return sortError(error)
    throw error
  }
}

/** Codes that say no because of how things stand, not because the call is wrong. */
const changeable = new Set([
  "balance_insufficient",
  "insufficient_capabilities_for_transfer",
  "account_invalid",
  "charge_disputed",
  "resource_missing",
])

function sortError(error: Stripe.errors.StripeError): { failed: ProviderFailure } | { unknown: string } {
  const status = error.statusCode
  if (status === undefined || status >= 500 || status < 400 || status === 409)
    return { unknown: `${error.type}${status === undefined ? "" : ` ${status}`}: ${error.message}` }
  const code = error.decline_code || error.code || error.rawType || error.type
  return { failed: { code, message: error.message, declined: status === 402, retry: retryOf(status, error) } }
}

function retryOf(status: number, error: Stripe.errors.StripeError): ProviderFailure["retry"] {
  if (status === 429 || status === 401 || status === 403) return "same_key"
  if (error instanceof Stripe.errors.StripeIdempotencyError) return "never"
  return status === 402 || changeable.has(error.code ?? "") ? "new_key" : "never"
}
