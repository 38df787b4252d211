import { equalBytes, fromUtf8 } from "../bytes.ts"
import { type Bundle, readSmall, VerificationStop } from "./bundle.ts"
import { type BundleFiles, reason } from "./bundle-files.ts"
import type { Checkpoint } from "./checkpoint.ts"
import type { Leaf } from "./encoding.ts"
import { rotationFile } from "./export.ts"
import type { FailureList } from "./failure.ts"
import { verifyConsistency } from "./merkle.ts"
import { formatVerifierKey } from "./note.ts"
import type { VerifierCrypto } from "./ports.ts"
import { isProblem, problemOfNext, type Rotation, type RotationProblem, readRotation } from "./rotation.ts"
import { type ConsistencyInput, proofFrom } from "./verify-consistency.ts"

/** A year of daily changes, and more: nobody needs as many, and each costs two signatures to check. */
const maxRotations = 400
const maxRotationBytes = 1_100_000

/**
 * The changes of the log's key that the bundle proves, from the first on, up to one that is wrong. They are read
 * before the manifest, whose signature they are needed for; as files they are checked like all others.
 */
export async function readRotations(
  bundle: Bundle,
  { origin }: Checkpoint,
  crypto: VerifierCrypto,
  failures: FailureList,
): Promise<readonly Rotation[]> {
  const rotations: Rotation[] = []
  while (rotations.length < maxRotations) {
    const file = rotationFile(rotations.length + 1)
    const bytes = await readOrStop(bundle, file)
    if (bytes === null) break
    const next = readNext(textOf(bytes), origin, rotations, crypto)
    if (isProblem(next)) {
      const { code, ...detail } = next
      failures.add(code, { file, ...detail })
      break
    }
    rotations.push(next)
  }
  return rotations
}

async function readOrStop(bundle: Bundle, file: string): Promise<Uint8Array | null> {
  try {
    return await readSmall(bundle, file, maxRotationBytes)
  } catch (error) {
    if (error instanceof VerificationStop) throw error
    throw new VerificationStop("bundle_unreadable", { file, detail: reason(error) })
  }
}

function readNext(
  text: string,
  origin: string,
  before: readonly Rotation[],
  crypto: VerifierCrypto,
): Rotation | RotationProblem {
  const next = readRotation(text, crypto)
  if (isProblem(next)) return next
  if (next.handover.origin !== origin) return { code: "rotation_malformed", detail: "it is of another log" }
  if (next.version !== before.length + 1)
    return { code: "rotation_out_of_order", record: next.index, detail: `${next.version}` }
  return problemOfNext(before.at(-1) ?? null, next) ?? next
}

function textOf(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes)
  } catch {
    return ""
  }
}

/** The log continues the tree of each handover, and every file that is named like a proof was read as one. */
export async function checkRotations(input: ConsistencyInput): Promise<void> {
  const { checkpoint, rotations, files, failures, crypto } = input
  for (const { handover, index, version } of rotations) {
    const file = rotationFile(version)
    const proof = handover.size < checkpoint.size ? await proofFrom(input, handover.size) : []
    const continues =
      handover.size === checkpoint.size
        ? equalBytes(handover.root, checkpoint.root)
        : proof !== null && verifyConsistency(proof, handover, checkpoint, crypto.sha256)
    if (!continues) failures.add("rotation_not_in_log", { record: index, file, detail: `${handover.size}` })
  }
  checkNames(files, failures, rotations.length)
}

/** The one at which reading stopped was told of then. */
function checkNames(files: BundleFiles, failures: FailureList, read: number): void {
  const names = new Set(Array.from({ length: read + 1 }, (_, i) => rotationFile(i + 1)))
  for (const file of files.paths("rotations"))
    if (!names.has(file))
      failures.add("rotation_out_of_order", { file, detail: file.replace("rotations/", "") })
}

/** A record that changes the key must be one whose change the bundle proves. */
export function checkRotationRecord(leaf: Leaf, rotations: readonly Rotation[], failures: FailureList): void {
  if (leaf.type !== "key.rotated@1") return
  const { index, body } = leaf
  const proven = rotations.find((one) => one.index === index)
  const isSame =
    proven !== undefined &&
    body.from === formatVerifierKey(proven.from) &&
    body.to === formatVerifierKey(proven.to) &&
    body.version === proven.version
  if (!isSame) failures.add("rotation_unproven", { record: index })
}
