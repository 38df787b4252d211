import { isId } from "#contracts/ids.ts"
import { isRefusal, type Refusal, transient } from "#contracts/refusal.ts"
import { dayMs, minuteMs, toMs, toTime } from "#contracts/time.ts"
import { raiseAlert, withdrawAlert } from "../alerts/store.ts"
import { goRound } from "../jobs/round.ts"
import type { Services } from "../services.ts"
import { sweepTopUps } from "../top-ups/apply.ts"
import { appliers } from "./appliers.ts"
import { applyPaymentFailed, applySession, carryOut } from "./apply.ts"
import { sessionOf } from "./card-rail.ts"
import {
  keepEvent,
  loadCursor,
  loadEvent,
  markApplied,
  markWaiting,
  moveCursor,
  queueForgotten,
  unknownEvents,
} from "./inbox-store.ts"
import type { ProviderEvent } from "./provider.ts"
import { loadOpenPayments, loadPayment } from "./store.ts"

/** Verifies a webhook and keeps it once; a job applies it. The raw body is what was signed. */
export async function receiveWebhook(
  services: Services,
  rawBody: Uint8Array,
  signature: string,
): Promise<{ kept: boolean } | Refusal> {
  const { provider, writer } = services
  const event = provider.verifyWebhook(rawBody, signature, toMs(writer.now()))
  return isRefusal(event) ? event : { kept: await keep(services, event) }
}

const keep = ({ sql, provider }: Services, { event, type, object, payload }: ProviderEvent) =>
  keepEvent(sql, { provider: provider.name, event, type, kind: object.kind, object: object.id, payload })

/** So many attempts may find nothing before somebody is told. */
const patience = 3

/**
 * The job of a kept webhook: fetches the object it names and applies that; throws to be tried again later.
 *
 * The effect and its mark as done are one commit: the command's row, whose id comes from the object. `applied_at`
 * is written after it and only spares work: lost in between, the event is applied again and gets the first answer.
 */
export async function applyWebhook(services: Services, provider: string, event: string): Promise<void> {
  const { sql } = services
  const kept = await loadEvent(sql, provider, event)
  if (!kept || kept.applied) return
  const apply = appliers[kept.kind]
  const answer = apply ? await apply(services, kept.object) : null
  if (!isRefusal(answer)) {
    await markApplied(sql, kept, null)
    await withdrawAlert(sql, "event", event)
    return
  }
  const waits = tryAgain(answer)
  await (waits ? markWaiting : markApplied)(sql, kept, answer)
  if (!waits || kept.attempts + 1 >= patience) await tell(services, kept, answer)
  if (waits) throw new Error(`${kept.type} waits: ${answer.refused}`)
}

async function tell(
  { sql }: Services,
  { event, type, object }: { event: string; type: string; object: string },
  { refused, at, detail }: Refusal,
): Promise<void> {
  console.warn(`the event ${event} (${type} of ${object}) is refused: ${refused}${at ? ` at ${at}` : ""}`)
  const told = { type, object, at: at ?? null, ...detail }
  await raiseAlert(sql, { kind: "event", subject: event, code: refused, detail: told })
}

/**
 * An unknown object may only be early, a silent provider may answer later, and a second dispute of a payment is
 * opened when the first is decided; everything else is settled.
 */
const tryAgain = ({ refused }: Refusal): boolean =>
  refused === "not_found" || refused === "chargeback_open" || transient(refused)

/** How long before its end a list of events is read again: some show late. */
const overlapMs = 10 * minuteMs

/**
 * Asks for events whose webhook never came, and keeps what is new as if it had. Those of kinds that nobody applies
 * are left out. Answers how many were new.
 */
export async function sweepEvents(services: Services): Promise<number> {
  const { sql, provider, writer } = services
  const cursor = await loadCursor(sql, provider.name, "events")
  const since = cursor === null ? toMs(writer.now()) - dayMs : toMs(cursor) - overlapMs
  const answer = await provider.listEvents(toTime(since))
  if (!("ok" in answer)) throw new Error("the provider's events cannot be listed")
  const concerning = answer.ok.filter(({ object }) => appliers[object.kind])
  const unknown = await unknownEvents(
    sql,
    provider.name,
    concerning.map(({ event }) => event),
  )
  for (const event of concerning) if (unknown.has(event.event)) await keep(services, event)
  const last = answer.ok.at(-1)
  if (last) await moveCursor(sql, provider.name, "events", last.at)
  return unknown.size + (await queueForgotten(sql))
}

/**
 * Looks after payments that nobody told us about: sessions whose webhook was lost, legs that could not be
 * carried out. Answers how many it looked at.
 */
export async function sweepPayments(services: Services, olderThanMs = 30_000, limit = 100): Promise<number> {
  const { sql } = services
  await sweepTopUps(services, applySession)
  return goRound(
    sql,
    "payments",
    limit,
    (after, most) => loadOpenPayments(sql, olderThanMs, after, most),
    async (payment) => {
      if (payment.state === "parting") return carryOut(services, payment.id, "sweep")
      const session = await sessionOf(sql, payment)
      if (session) await applySession(services, session)
    },
  )
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
