import { createHash } from "node:crypto"
import { assert } from "#contracts/assert.ts"
import { type VersionManifest, versionHash } from "#contracts/dataset.ts"
import type { DeliveryCheck } from "#contracts/delivery.ts"
import type { Id } from "#contracts/ids.ts"
import type { Time } from "#contracts/time.ts"
import { withVersionFile } from "../datasets/versions.ts"
import type { Services } from "../services.ts"
import type { SealedFile } from "../storage/sealed-file.ts"
import { SealBrokenError } from "../storage/sealed-format.ts"

type Needs = Pick<Services, "sql" | "files" | "config">

/** Plain SHA-256 (lower-case hex) and length of what a stored file holds up to its end or its first broken chunk. */
export async function measureFile(
  file: Pick<SealedFile, "read">,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash("sha256")
  let bytes = 0
  try {
    for await (const piece of file.read()) {
      hash.update(piece)
      bytes += piece.length
    }
  } catch (error) {
    if (!(error instanceof SealBrokenError)) throw error
  }
  return { sha256: hash.digest("hex"), bytes }
}

/**
 * The delivery check: hashes the stored bytes again and rebuilds the version's manifest from what was found. The
 * same hash as registered means the same bytes; it says nothing of their quality. Bytes that are not what was
 * stored are a finding; a store that does not answer is not, and throws.
 */
export async function checkDelivery(
  needs: Needs,
  version: Id<"version">,
  registered: { manifest: VersionManifest; versionHash: string },
  now: () => Time,
): Promise<DeliveryCheck> {
  const [file, ...others] = registered.manifest.files
  assert(file && others.length === 0, "a version has one file")
  const files = [{ ...file, ...(await measureVersion(needs, version)) }]
  const measuredHash = versionHash({ ...registered.manifest, files })
  const result = measuredHash === registered.versionHash ? "same" : "different"
  return { versionHash: registered.versionHash, measuredHash, result, at: now() }
}

async function measureVersion(
  needs: Needs,
  version: Id<"version">,
): Promise<{ sha256: string; bytes: number }> {
  try {
    return (await withVersionFile(needs, version, measureFile)).result
  } catch (error) {
    // Already its header is not what was stored: nothing of the file can be read.
    if (error instanceof SealBrokenError) return { sha256: createHash("sha256").digest("hex"), bytes: 0 }
    throw error
  }
}
