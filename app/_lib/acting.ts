import type { PartyRole } from "#contracts/actor.ts"
import { session } from "./caller.ts"

/** The roles of the party that the reader acts for, for what a page offers; what is allowed the server decides. */
export async function actingRoles(): Promise<readonly PartyRole[]> {
  return (await session())?.acting?.roles ?? []
}
