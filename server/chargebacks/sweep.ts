import { isRefusal, type Refusal, transient } from "#contracts/refusal.ts"
import { dayMs, minuteMs, toMs, toTime } from "#contracts/time.ts"
import { raiseAlert } from "../alerts/store.ts"
import { goRound } from "../jobs/round.ts"
import { loadCursor, moveCursor } from "../payments/inbox-store.ts"
import type { DisputeFact } from "../payments/provider-disputes.ts"
import type { Services } from "../services.ts"
import { applyDispute, applyDisputeFact } from "./apply.ts"
import { tellConcession } from "./commands.ts"
import { loadOpenChargebacks } from "./store.ts"

/**
 * Chargebacks that the bank may have opened or decided without our hearing of it, and conceded ones of which the
 * provider has not heard. Answers how many it looked at.
 */
export async function sweepChargebacks(services: Services, limit = 100): Promise<number> {
  const { sql } = services
  const looked = await goRound(
    sql,
    "chargebacks",
    limit,
    (after, most) => loadOpenChargebacks(sql, after, most),
    async ({ reference, id }) => {
      const answer = await applyDispute(services, reference)
      const last = isRefusal(answer) ? answer : await tellConcession(services, id)
      if (isRefusal(last)) console.warn(`the chargeback ${id} waits: ${last.refused}`)
    },
  )
  return looked + (await readDisputes(services))
}

/** So far back is asked at first: most banks let their customers dispute a payment for this long. */
const firstMs = 120 * dayMs

/** How long before its end the list is read again: some show late. */
const overlapMs = 10 * minuteMs

/**
 * Walks the provider's own list of disputes, from where it was last read to its end, and applies each. The first
 * that has to wait is where the next reading begins. Answers how many there were.
 */
async function readDisputes(services: Services): Promise<number> {
  const { sql, provider, writer } = services
  const cursor = await loadCursor(sql, provider.name, "disputes")
  const since = cursor === null ? toMs(writer.now()) - firstMs : toMs(cursor) - overlapMs
  const answer = await provider.listDisputes(toTime(since))
  if (!("ok" in answer)) throw new Error("the provider's disputes cannot be listed")
  let [read, waits] = [cursor, false]
  for (const fact of answer.ok) {
    const waitsToo = await applyListed(services, fact).catch((error) => {
      console.error(`the dispute ${fact.dispute} could not be applied:`, error)
      return true
    })
    waits ||= waitsToo
    if (!waits) read = fact.at
  }
  if (read !== null && read !== cursor) await moveCursor(sql, provider.name, "disputes", read)
  return answer.ok.length
}

/** Answers whether it has to wait. */
async function applyListed(services: Services, fact: DisputeFact): Promise<boolean> {
  const answer = await applyDisputeFact(services, fact)
  if (!isRefusal(answer)) return false
  if (answer.refused === "chargeback_open" || transient(answer.refused)) return true
  // A charge that is none of ours concerns nobody here.
  if (answer.refused !== "not_found") await tellRefused(services, fact, answer)
  return false
}

/** Once: neither where its event was told of, nor again after somebody has looked at it. */
async function tellRefused({ sql }: Services, { dispute }: DisputeFact, { refused, at, detail }: Refusal) {
  const told = await sql`select from alerts where kind = 'event' and detail->>'object' = ${dispute} limit 1`
  if (told.length > 0) return
  const about = { type: "charge.dispute", object: dispute, at: at ?? null, ...detail }
  await raiseAlert(sql, { kind: "event", subject: dispute, code: refused, detail: about })
}
