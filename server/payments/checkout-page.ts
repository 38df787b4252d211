import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { CheckoutInput, PaymentProvider } from "./provider.ts"
import { type IntentSubject, markDone, markFailed, markReady, markSent, openIntent } from "./store.ts"

/** What a page is for: a payment, or something else that is paid on one. */
type PageIntent = { key: string; payment: Id<"payment"> | null; subject?: IntentSubject }

/** Makes the provider's page once for each key, or finds it again while it can still be paid on. */
export async function openPage(
  sql: Sql,
  provider: PaymentProvider,
  page: PageIntent,
  parameters: Omit<CheckoutInput, "idempotencyKey">,
): Promise<{ kind: "page"; url: string } | Refusal> {
  const { key } = page
  const intent = await openIntent(sql, { ...page, kind: "checkout", parameters })
  if (intent.state === "done" && intent.reference) {
    const session = await provider.retrieveCheckout(intent.reference)
    if ("ok" in session && session.ok.kind === "open") return { kind: "page", url: session.ok.url }
    return "ok" in session
      ? refuse("payment_state", "page", { state: session.ok.kind })
      : refuse("provider_unavailable")
  }
  await markSent(sql, key)
  // The first call's parameters, also when a later call asks otherwise: the same key is the same call.
  const first = intent.parameters as unknown as typeof parameters
  const made = await provider.createCheckout({ ...first, idempotencyKey: key })
  if ("unknown" in made) return refuse("provider_unavailable")
  if ("failed" in made) {
    if (made.failed.retry === "same_key") await markReady(sql, key)
    else await markFailed(sql, key, made.failed.code)
    return refuse("provider_unavailable", made.failed.code)
  }
  await markDone(sql, key, made.ok.sessionId)
  return { kind: "page", url: made.ok.url }
}
