import { must } from "#contracts/assert.ts"
import type { DatasetProfile, VersionManifest } from "#contracts/dataset.ts"
import type { Id } from "#contracts/ids.ts"
import type { Services } from "../services.ts"
import { loadProfile, loadSample, loadVersion } from "./store.ts"

/** A version as it was measured. */
export type MeasuredVersion = { hash: string; manifest: VersionManifest; profile: DatasetProfile }

/** Null while it is being measured, when it was refused, and when there is none. */
export async function measuredVersion(
  { sql }: Pick<Services, "sql">,
  id: Id<"version">,
): Promise<MeasuredVersion | null> {
  const [version, profile] = await Promise.all([loadVersion(sql, id), loadProfile(sql, id)])
  if (version?.state !== "measured") return null
  return {
    hash: must(version.hash, `hash of ${id}`),
    manifest: must(version.manifest, `manifest of ${id}`),
    profile: must(profile, `profile of ${id}`),
  }
}

/** The rows that the market drew for a registration, with what is needed to draw them again (contracts/row-draw.ts). */
export type Preview = {
  /** The text of the checkpoint that gave the seed. */
  checkpoint: string
  seed: string
  numbers: number[]
  columns: string[]
  rows: (string | null)[][]
}

/** Null when they are not drawn yet. */
export async function previewOf(
  { sql }: Pick<Services, "sql">,
  registration: Id<"registration">,
): Promise<Preview | null> {
  const sample = await loadSample(sql, registration)
  if (sample === null) return null
  const { checkpoint, seed, numbers, columns, rows } = sample
  return { checkpoint, seed, numbers, columns, rows }
}
