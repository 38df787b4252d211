import { isId } from "#contracts/ids.ts"
import { isRefusal, type Refusal, transient } from "#contracts/refusal.ts"
import { toMs } from "#contracts/time.ts"
import type { Services } from "../services.ts"
import { applyPaymentFailed, applySession, carryOut } from "./apply.ts"
import { sessionOf } from "./card-rail.ts"
import { keepEvent, loadEvent, loadOpenPayments, loadPayment, markApplied } from "./store.ts"

/** Verifies a webhook and keeps it once; a job applies it. The raw body is what was signed. */
export async function receiveWebhook(
  services: Services,
  rawBody: Uint8Array,
  signature: string,
): Promise<{ kept: boolean } | Refusal> {
  const { provider, writer, sql } = services
  const event = provider.verifyWebhook(rawBody, signature, toMs(writer.now()))
  if (isRefusal(event)) return event
  const { type, object, payload } = event
  const kept = await keepEvent(sql, {
    provider: provider.name,
    event: event.event,
    type,
    object: object.id,
    payload,
  })
  return { kept }
}

/** The job of a kept webhook: fetches the object it names and applies that; throws to be tried again later. */
export async function applyWebhook(services: Services, provider: string, event: string): Promise<void> {
  const kept = await loadEvent(services.sql, provider, event)
  if (!kept || kept.applied) return
  const answer = kept.type.startsWith("checkout.session.") ? await applySession(services, kept.object) : null
  if (isRefusal(answer) && tryAgain(answer)) throw new Error(`${kept.type} waits: ${answer.refused}`)
  await markApplied(services.sql, provider, event)
}

/** An unknown object may only be early, and a silent provider may answer later; everything else is settled. */
const tryAgain = ({ refused }: Refusal): boolean =>
  refused === "not_found" || refused === "provider_unavailable" || refused === "too_busy"

/**
 * Looks after payments that nobody told us about: sessions whose webhook was lost, legs that could not be
 * carried out. Answers how many it looked at.
 */
export async function sweepPayments(services: Services, olderThanMs = 30_000, limit = 100): Promise<number> {
  const open = await loadOpenPayments(services.sql, olderThanMs, limit)
  for (const payment of open) {
    if (payment.state === "parting") await carryOut(services, payment.id)
    else if (payment.rail === "card") {
      const session = await sessionOf(services.sql, payment)
      if (session) await applySession(services, session)
    }
  }
  return open.length
}

/** Closes the page of a payment whose trade ended; what was paid meanwhile comes back by itself. */
export async function expireCheckout(services: Services, id: string): Promise<void> {
  if (!isId("payment", id)) throw new Error("not a payment's id")
  const payment = await loadPayment(services.sql, id)
  if (payment?.state !== "started") return
  if (payment.rail !== "card") return
  if ((await services.rails.card.close(payment)) === "open")
    throw new Error("the provider has not closed the payment page yet")
  const session = await sessionOf(services.sql, payment)
  const answer = session
    ? await applySession(services, session)
    : await applyPaymentFailed(services, id, "closed")
  if (isRefusal(answer) && transient(answer.refused)) throw new Error("the provider does not answer yet")
}
