import { utf8 } from "../../bytes.ts"
import { formatCertificate } from "../certificate-form.ts"
import { type CheckpointSigner, signCheckpointWith } from "../checkpoint.ts"
import { bundleFiles, consistencyFile, rotationFile } from "../export.ts"
import { consistencyProof, type HashReader, inclusionProof } from "../merkle.ts"
import { formatVerifierKey } from "../note.ts"
import type { RotationReason } from "../rotation-reason.ts"
import { formatKeptProof } from "../verify-consistency.ts"
import { type Files, makeBundle, rootOf, signFiles } from "./bundle.ts"
import { type SealedLog, sha256, type TestFact, type TestSigner } from "./seal.ts"

/** For tests: logs whose key was changed, and their bundles, as a market would make them. */
export type Turn = {
  /** The position of its record. */
  readonly at: number
  readonly from: TestSigner
  readonly to: TestSigner
  readonly reason?: RotationReason
}

const subject = "key_00000000000000000000000001"

/** Puts the records of these changes among the facts. */
export function turned(facts: readonly TestFact[], turns: readonly Turn[]): TestFact[] {
  const all = [...facts]
  turns.forEach(({ at, from, to, reason = "scheduled" }, i) => {
    const values = {
      version: i + 1,
      from: formatVerifierKey(from.key),
      to: formatVerifierKey(to.key),
      reason,
    }
    all.splice(at, 0, { type: "key.rotated@1", threads: [subject], values })
  })
  return all
}

export const readerOf =
  ({ hashes }: Pick<SealedLog, "hashes">): HashReader =>
  async (nodes) =>
    nodes.map(({ level, index }) => rootOf(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)))

export function headOf(log: SealedLog, size: number, signers: readonly CheckpointSigner[]): string {
  return signCheckpointWith({ origin: log.origin, size, root: rootOf(log.hashes.slice(0, size)) }, signers)
}

/** The proof of a change: its record under a head of `size`, which is the handover's unless a test forges it. */
export async function rotationProof(
  log: SealedLog,
  { at, from, to }: Turn,
  signers: readonly CheckpointSigner[] = [to, from],
  size = at + 1,
): Promise<string> {
  return formatCertificate({
    extra: log.leaves[at] as Uint8Array,
    index: at,
    proof: await inclusionProof(at, size, readerOf(log), sha256),
    checkpoint: headOf(log, size, signers),
  })
}

export type TurnedParts = {
  readonly from?: number
  readonly to?: number
  /** Of the head: the newest key unless told otherwise. */
  readonly signers?: readonly CheckpointSigner[]
  readonly change?: (files: Files) => void
}

/** The bundle of a log whose key was changed. */
export async function makeTurnedBundle(
  log: SealedLog,
  turns: readonly Turn[],
  { from = 0, to = log.leaves.length, signers, change }: TurnedParts = {},
): Promise<Files> {
  const newest = (turns.at(-1) as Turn).to
  const files = makeBundle(log, newest, from, to)
  const size = log.leaves.length
  for (const [i, turn] of turns.entries()) {
    files.set(rotationFile(i + 1), utf8(await rotationProof(log, turn)))
    const hashes = await consistencyProof(turn.at + 1, size, readerOf(log), sha256)
    const checkpoint = headOf(log, turn.at + 1, [turn.to, turn.from])
    const proof = formatKeptProof({ size: turn.at + 1, hashes, checkpoint })
    if (turn.at + 1 < size) files.set(consistencyFile(turn.at + 1, size), utf8(proof))
  }
  if (signers !== undefined) files.set(bundleFiles.checkpoint, utf8(headOf(log, size, signers)))
  change?.(files)
  signFiles(files, log, newest, from, to)
  return files
}
