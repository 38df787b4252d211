import { z } from "zod"
import type { Actor, UserActor } from "#contracts/actor.ts"
import { type Id, type IdKind, isId } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { type Opening, openingLastsMs } from "#contracts/supervision.ts"
import { addMs, type Time } from "#contracts/time.ts"
import { permit } from "../access/permit.ts"
import { boundsOf, mayKnow } from "../access/remit-store.ts"
import { threadKey } from "../commit/finish-fact.ts"
import { type OpenedValue, openValues, readOpening } from "../ledger/disclosures.ts"
import { openingPurposes } from "../ledger/opening-rules.ts"
import type { Services } from "../services.ts"
import { type DeskRecord, describeRecords, idsToName } from "./describe.ts"
import { largestThread, loadFirstIndexes, loadThread } from "./record-store.ts"
import { loadNames, loadOpenings, loadPeople } from "./store.ts"

/** Whose records are opened: the thread of a trade, a freeze, a registration, … or of a party. */
const subjects = [
  "trade",
  "freeze",
  "registration",
  "listing",
  "request",
  "party",
] as const satisfies IdKind[]

export const openThreadInput = z.strictObject({
  commandId: z.string().refine((text): text is Id<"command"> => isId("command", text)),
  subject: z.string().refine((text) => subjects.some((kind) => isId(kind, text)), { message: "not an id" }),
  purpose: z.enum(openingPurposes),
})

type Needs = Pick<Services, "sql" | "writer" | "keys">

/**
 * Opens the confidential values of a thing's records to a regulator or operator, and tells them as sentences.
 * The opening is itself a fact, certified before a value is answered. Refuses `not_found` when nothing is there.
 */
export async function openThread(
  services: Needs,
  actor: Actor,
  { commandId, subject, purpose }: z.infer<typeof openThreadInput>,
): Promise<DeskRecord[] | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  if (!(await mayKnow(services.sql, user, subject))) return refuse("not_found", "subject")
  const records = await loadThread(services.sql, await keyOf(services, subject), largestThread)
  if (records.length === 0) return refuse("not_found", "subject")
  const refs = records.slice(0, largestThread).map(({ subject: of, version }) => ({ subject: of, version }))
  const values = await openValues(services, actor, { commandId, purpose, subject, records: refs })
  if (isRefusal(values)) return values
  return describeRecords(records, values, await loadNames(services.sql, idsToName(values)))
}

/** A party's own thread is blinded; everything else is named by its id. */
async function keyOf({ keys }: Needs, subject: string): Promise<string> {
  if (!isId("party", subject)) return subject
  await keys.load([subject])
  return threadKey({ party: subject }, keys.of)
}

/** An opening with who made it, and where its own record is sealed (null: not yet). */
export type ShownOpening = Opening & {
  userName: string | null
  partyName: LocalizedText | null
  index: number | null
}

/** An opening that its maker is looking at now. */
export type OpenNow = { id: Id<"command">; purpose: string; at: Time; until: Time; index: number | null }

/** What the reader has opened of a thing and may still look at; null where nothing, or no longer. */
export async function openedNow(
  services: Needs,
  user: UserActor,
  id: Id<"command"> | null,
  subject: string,
): Promise<{ now: OpenNow; values: OpenedValue[] } | null> {
  const found = id ? await readOpening(services, user, id) : null
  if (!found || found.opening.subject !== subject) return null
  const { opening, values } = found
  const { purpose, at } = opening
  const indexes = await loadFirstIndexes(services.sql, [opening.id])
  const now = { id: opening.id, purpose, at, until: addMs(at, openingLastsMs) }
  return { now: { ...now, index: indexes.get(opening.id) ?? null }, values }
}

/** What supervision has opened, the newest first: a regulator of the whole market sees all, others their own. */
export async function openingsPage(
  { sql }: Pick<Needs, "sql">,
  actor: Actor,
  { after }: { after: string | null },
): Promise<{ openings: ShownOpening[]; next: string | null } | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  const limit = 50
  const found = await loadOpenings(
    sql,
    user.roles.includes("regulator") && boundsOf(user) === null ? null : user.party,
    after,
    limit + 1,
  )
  const openings = found.slice(0, limit)
  const [who, indexes] = await Promise.all([
    loadPeople(sql, openings),
    loadFirstIndexes(
      sql,
      openings.map(({ id }) => id),
    ),
  ])
  return {
    openings: openings.map((opening) => ({
      ...opening,
      ...(who.get(opening.id) ?? { userName: null, partyName: null }),
      index: indexes.get(opening.id) ?? null,
    })),
    next: found.length > limit ? (openings.at(-1)?.id ?? null) : null,
  }
}
