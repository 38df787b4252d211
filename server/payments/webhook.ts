import type Stripe from "stripe"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { readEvent } from "./interpret.ts"
import type { ProviderEvent } from "./provider.ts"

/** How far a webhook's signature may lie from our time, in both directions. */
const toleranceSeconds = 300

/**
 * Checks a webhook's signature over the raw body. The SDK accepts a time in the future, with which a captured
 * webhook could be replayed for as long as that lies ahead: here it is refused. So is an event of the other
 * mode, live or test.
 */
export function verifyWebhook(
  stripe: Stripe,
  expected: { secret: string; livemode: boolean },
  rawBody: string | Uint8Array,
  header: string,
  nowMs: number,
): ProviderEvent | Refusal {
  const event = checkSignature(stripe, expected.secret, rawBody, header, nowMs)
  if (isRefusal(event)) return event
  if (event.livemode !== expected.livemode) return refuse("webhook_mode")
  return readEvent(event)
}

function checkSignature(
  stripe: Stripe,
  secret: string,
  rawBody: string | Uint8Array,
  header: string,
  nowMs: number,
): Stripe.EventBase | Refusal {
  // Exactly one time: of several, the SDK might sign with another than the one that is judged here.
  const times = header.split(",").filter((part) => part.trim().startsWith("t="))
  const digits = times.length === 1 ? /^t=(\d{1,12})$/.exec(times[0] ?? "")?.[1] : undefined
  if (digits === undefined) return refuse("webhook_signature", "header")
  const signedAt = Number(digits)
  if (signedAt > nowMs / 1000 + toleranceSeconds) return refuse("webhook_signature", "future")
  if (signedAt < nowMs / 1000 - toleranceSeconds) return refuse("webhook_signature", "stale")
  const body = typeof rawBody === "string" ? rawBody : Buffer.from(rawBody)
  try {
    return stripe.webhooks.constructEvent(body, header, secret, toleranceSeconds, undefined, nowMs)
  } catch {
    return refuse("webhook_signature", "signature")
  }
}
