import type { Actor, UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { type Opening, openingLastsMs } from "#contracts/supervision.ts"
import { addMs } from "#contracts/time.ts"
import { permit } from "../access/permit.ts"
import { withinRemit } from "../access/remit-store.ts"
import type { Services } from "../services.ts"
import { loadOpening, readDisclosures, type SealedDisclosure } from "./disclosure-store.ts"
import { openDisclosure } from "./open-disclosure.ts"
import { type FactRef, type OpenRecords, open, supervisorRole } from "./opening-rules.ts"

/** One confidential value in clear; the salt lets its reader check it against the leaf's commitment. */
export type OpenedValue = FactRef & {
  /** RFC 6901 pointer from the leaf's root: `/body/price`, `/actor`. */
  readonly path: string
  /** Lower-case hex. */
  readonly salt: string
  readonly value: Json
}

type LedgerServices = Pick<Services, "sql" | "keys" | "writer">

/**
 * The values that the actor's party may read of these facts: those of its own trades, requests and papers. A
 * stranger is not refused, there is just nothing for them.
 */
export async function readOwnValues(
  services: LedgerServices,
  actor: UserActor,
  records: readonly FactRef[],
): Promise<OpenedValue[]> {
  return openAll(services, await readDisclosures(services.sql, records, actor.party))
}

/**
 * Opens confidential values for supervision. Nothing is answered before the opening itself is committed to the
 * log. One opening per call, at most 500 facts. Refuses `not_found` when there is nothing to open.
 */
export async function openValues(
  services: LedgerServices,
  actor: Actor,
  input: OpenRecords,
): Promise<OpenedValue[] | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  if (supervisorRole(user) === null) return refuse("role_not_allowed")
  const records = await onlyWithin(services, user, input.records)
  const values = await openAll(services, await readDisclosures(services.sql, records, null))
  const logged = await services.writer.run(
    { giver: user.party, id: input.commandId, action: "ledger.open", input },
    async () => values.length,
    (count, now) => open(count, user, { ...input, records }, now),
  )
  return isRefusal(logged) ? logged : values
}

/**
 * The values of an opening, for the same user who made it and only for a while after it: looking again is then no
 * second opening. Null for anybody else, and for what is no opening.
 */
export async function readOpening(
  services: LedgerServices,
  actor: UserActor,
  id: Id<"command">,
): Promise<{ opening: Opening; values: OpenedValue[] } | null> {
  const opening = await loadOpening(services.sql, id)
  if (opening?.by !== actor.user || opening.party !== actor.party) return null
  if (services.writer.now() >= addMs(opening.at, openingLastsMs)) return null
  return {
    opening,
    values: await openAll(
      services,
      await readDisclosures(services.sql, await onlyWithin(services, actor, refsOf(opening)), null),
    ),
  }
}

/** What is outside of a regulator's remit stays closed, among what was asked for together too. */
async function onlyWithin(
  { sql }: LedgerServices,
  user: UserActor,
  records: readonly FactRef[],
): Promise<FactRef[]> {
  const within = await withinRemit(
    sql,
    user,
    records.map(({ subject }) => subject),
  )
  return records.filter(({ subject }) => within(subject))
}

/** `trd_…@3` names the third version's fact. */
const refsOf = ({ records }: Opening): FactRef[] =>
  records.map((name) => {
    const at = name.lastIndexOf("@")
    return { subject: name.slice(0, at), version: Number(name.slice(at + 1)) }
  })

async function openAll(services: LedgerServices, rows: readonly SealedDisclosure[]): Promise<OpenedValue[]> {
  await services.keys.load(rows.map(({ owner }) => owner))
  return rows.flatMap((row) =>
    openDisclosure(row, services.keys.of(row.owner)).map(([path, salt, value]) => ({
      subject: row.subject,
      version: row.version,
      path,
      salt,
      value,
    })),
  )
}
