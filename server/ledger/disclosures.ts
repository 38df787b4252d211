import type { Actor, UserActor } from "#contracts/actor.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import type { Services } from "../services.ts"
import { readDisclosures, type SealedDisclosure } from "./disclosure-store.ts"
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
  const values = await openAll(services, await readDisclosures(services.sql, input.records, null))
  const logged = await services.writer.run(
    { giver: user.party, id: input.commandId, action: "ledger.open", input },
    async () => values.length,
    (count, now) => open(count, user, input, now),
  )
  return isRefusal(logged) ? logged : values
}

async function openAll(services: LedgerServices, rows: readonly SealedDisclosure[]): Promise<OpenedValue[]> {
  await services.keys.load(rows.map(({ owner }) => owner))
  return rows.flatMap((row) =>
    openDisclosure(row, services.keys.of(row.owner).data).map(([path, salt, value]) => ({
      subject: row.subject,
      version: row.version,
      path,
      salt,
      value,
    })),
  )
}
