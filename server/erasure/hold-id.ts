import { createHmac } from "node:crypto"
import { type Id, makeId } from "#contracts/ids.ts"
import type { KeyRing } from "../commit/key-ring.ts"

/**
 * The id of the one hold that a party can have. It follows from the party, so that an erasure can guard that there
 * is none; it stands in the public log, so it is blinded with its secret.
 */
export async function holdIdOf(keys: KeyRing, party: Id<"party">): Promise<Id<"hold">> {
  await keys.load([party])
  const mac = createHmac("sha256", keys.of(party).blinding).update(`hold\n${party}`).digest()
  return makeId("hold", 0, mac.subarray(0, 10))
}
