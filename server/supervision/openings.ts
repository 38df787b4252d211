import { z } from "zod"
import type { Actor } from "#contracts/actor.ts"
import { type Id, type IdKind, isId } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Opening } from "#contracts/supervision.ts"
import { permit } from "../access/permit.ts"
import { threadKey } from "../commit/finish-fact.ts"
import { openValues } from "../ledger/disclosures.ts"
import { openingPurposes } from "../ledger/opening-rules.ts"
import type { Services } from "../services.ts"
import { type DeskRecord, describeRecords, idsToName } from "./describe.ts"
import { largestThread } from "./queries.ts"
import { loadThread } from "./record-store.ts"
import { loadNames, loadOpenings } from "./store.ts"

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
  const records = await loadThread(services.sql, await keyOf(services, subject), largestThread)
  if (records.length === 0) return refuse("not_found", "subject")
  const refs = records.slice(0, largestThread).map(({ subject: of, version }) => ({ subject: of, version }))
  const values = await openValues(services, actor, { commandId, purpose, records: refs })
  if (isRefusal(values)) return values
  return describeRecords(records, values, await loadNames(services.sql, idsToName(values)))
}

/** A party's own thread is blinded; everything else is named by its id. */
async function keyOf({ keys }: Needs, subject: string): Promise<string> {
  if (!isId("party", subject)) return subject
  await keys.load([subject])
  return threadKey({ party: subject }, keys.of)
}

/** What supervision has opened, the newest first: the regulator sees all, an operator its own. */
export async function openingsPage(
  { sql }: Pick<Needs, "sql">,
  actor: Actor,
  { after }: { after: string | null },
): Promise<{ openings: Opening[]; next: string | null } | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  const limit = 50
  const found = await loadOpenings(
    sql,
    user.roles.includes("regulator") ? null : user.party,
    after,
    limit + 1,
  )
  const openings = found.slice(0, limit)
  return { openings, next: found.length > limit ? (openings.at(-1)?.id ?? null) : null }
}
