import type { Actor } from "#contracts/actor.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import { readSession } from "./actor-of.ts"
import type { AccessServices } from "./auth.ts"
import { permitPerson } from "./permit.ts"
import { loadSessions, type SessionRow } from "./store.ts"

/** The person's signed-in browsers, the newest first; `current` is the one that asks. */
export async function mySessions(
  services: AccessServices,
  actor: Actor,
  headers: Headers,
): Promise<(SessionRow & { current: boolean })[] | Refusal> {
  const user = permitPerson(actor)
  if (isRefusal(user)) return user
  const own = await readSession(services, headers)
  const rows = await loadSessions(services.sql, user)
  return rows.map((row) => ({ ...row, current: row.id === own?.id }))
}
