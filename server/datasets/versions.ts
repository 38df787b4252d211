import { join } from "node:path"
import { must } from "#contracts/assert.ts"
import { manifestOf, versionHash } from "#contracts/dataset.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Services } from "../services.ts"
import { openSealed, type SealedFile } from "../storage/sealed-file.ts"
import { openProductKey } from "./product-keys.ts"
import { defaultMeasuring, type Measuring, profileFile } from "./profile.ts"
import { drawSample, type Sample } from "./sample.ts"
import {
  loadSample,
  loadVersion,
  loadVersionFiles,
  type VersionFile,
  writeMeasured,
  writeRefused,
  writeSample,
} from "./store.ts"
import { sweepWorkFolders } from "./work-folder.ts"

type Needs = Pick<Services, "sql" | "files"> & { config: Pick<Services["config"], "home" | "masterKey"> }

const measuringOf = ({ config }: Needs): Measuring => defaultMeasuring(join(config.home, "work"))

/**
 * The job after an upload: measures the version's file and writes manifest, hash and profile, or the refusal,
 * once. Safe to run twice. Throws when the stored file was changed or cannot be read, and is then tried again.
 */
export async function measureVersion(needs: Needs, id: Id<"version">): Promise<void> {
  const version = await loadVersion(needs.sql, id)
  if (version?.state !== "measuring") return
  const measured = await withVersionFile(needs, id, (file, { name }) =>
    profileFile({ file, name }, measuringOf(needs)),
  )
  if (isRefusal(measured.result)) return writeRefused(needs.sql, id, measured.result)
  const { name, sha256, bytes } = measured.stored
  const manifest = manifestOf({ name, sha256, bytes }, measured.result)
  await writeMeasured(needs.sql, id, { manifest, hash: versionHash(manifest), profile: measured.result })
}

/**
 * Draws and keeps the rows that a registration shows, once: an earlier draw is returned as it is.
 * @param checkpointText of the first checkpoint after the registration was sealed, without signatures.
 */
export async function drawForRegistration(
  needs: Needs,
  registration: Id<"registration">,
  version: Id<"version">,
  checkpointText: string,
): Promise<Sample | Refusal> {
  const earlier = await loadSample(needs.sql, registration)
  if (earlier !== null) return earlier
  const found = await loadVersion(needs.sql, version)
  if (found?.state !== "measured") return refuse("profile_not_ready", "version")
  const { rows } = must(found.manifest, "manifest of a measured version")
  const draw = { versionHash: must(found.hash, "hash of a measured version"), checkpointText, rows }
  const { result } = await withVersionFile(needs, version, (file, { name }) =>
    drawSample({ file, name }, draw, measuringOf(needs)),
  )
  if (isRefusal(result)) return result
  await writeSample(needs.sql, registration, version, checkpointText, result)
  return (await loadSample(needs.sql, registration)) ?? result
}

/**
 * Opens a version's file for reading, and closes it. Throws when the version has none, its product's key was
 * erased, or the stored bytes are no sealed file.
 */
export async function withVersionFile<T>(
  needs: Needs,
  id: Id<"version">,
  work: (file: SealedFile, stored: VersionFile) => Promise<T>,
): Promise<{ result: T; stored: VersionFile }> {
  const version = must(await loadVersion(needs.sql, id), `version ${id}`)
  const stored = must((await loadVersionFiles(needs.sql, id))[0], `file of ${id}`)
  const key = must(await openProductKey(needs.sql, needs.config.masterKey, version.product), "product key")
  const file = must(await openSealed(needs.files, key, stored.storageKey), `stored file of ${id}`)
  try {
    return { result: await work(file, stored), stored }
  } finally {
    await file.close()
  }
}

/** Removes what killed measurings left behind; how many folders. `nowMs` in milliseconds since 1970. */
export function sweepMeasuring(needs: Needs, nowMs: number): Promise<number> {
  const measuring = measuringOf(needs)
  return sweepWorkFolders(measuring.workRoot, nowMs - 6 * measuring.timeMs)
}
