import type { Id } from "#contracts/ids.ts"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { drawForRegistration } from "../datasets/versions.ts"
import type { Services } from "../services.ts"
import { drawLater, loadFirstCheckpoint, loadFirstRecord, loadRegistration } from "./store.ts"

type Needs = Pick<Services, "sql" | "files" | "config">

/**
 * Draws the rows that a registration shows, with the first checkpoint after its first record was sealed: nobody
 * could know that seed when the file was registered, and submitting again does not draw again. Comes back in a
 * second while there is no such checkpoint. Throws when the file cannot be read; the job is then tried again.
 */
export async function drawPreview(needs: Needs, id: Id<"registration">): Promise<void> {
  const registration = await loadRegistration(needs.sql, id)
  if (registration === null) return
  const index = await loadFirstRecord(needs.sql, id)
  const note = index === null ? null : await loadFirstCheckpoint(needs.sql, index)
  if (note === null) return drawLater(needs.sql, id)
  const checkpoint = readCheckpoint(note)
  if (isMalformed(checkpoint)) throw new Error(`a stored checkpoint is malformed: ${checkpoint.malformed}`)
  const drawn = await drawForRegistration(needs, id, registration.datasetVersion, checkpoint.note.text)
  if (isRefusal(drawn)) throw new Error(`the rows of ${id} could not be drawn: ${drawn.refused}`)
}
