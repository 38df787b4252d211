import { bundleFiles } from "#contracts/ledger/export.ts"
import { readGivenRotations } from "#contracts/ledger/given-rotations.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import type { VerifierCrypto } from "#contracts/ledger/ports.ts"
import { isProblem, type Rotation, readRotation } from "#contracts/ledger/rotation.ts"
import type { GivenFile, Unusable } from "./protocol.ts"

const largestCertificate = 4_000_000

export type GivenCertificate = { readonly text: string; readonly rotations: readonly Rotation[] }

/**
 * A certificate, with the changes of the log's key that were given beside it, told apart by what they hold, in
 * whatever order. Null: there is no certificate among the files; a word: what is in the way.
 */
export async function readGivenCertificate(
  files: readonly GivenFile[],
  crypto: VerifierCrypto,
): Promise<GivenCertificate | Extract<Unusable, "rotations"> | null> {
  const texts: string[] = []
  for (const { file } of files) if (await isCertificate(file)) texts.push(await file.text())
  const [only] = texts
  if (only === undefined) return null
  if (files.length === 1) return { text: only, rotations: [] }
  // What is left of a bundle, not a certificate with something beside it.
  if (files.some(({ path }) => path.split("/").at(-1) === bundleFiles.records)) return null
  const read = texts.map((text) => ({ text, turn: readRotation(text, crypto) }))
  const [certificate, ...others] = read.filter(({ turn }) => isProblem(turn))
  if (texts.length < files.length || certificate === undefined || others.length > 0) return "rotations"
  const turns = read.flatMap(({ text, turn }) => (isProblem(turn) ? [] : [{ text, at: turn.index }]))
  const inOrder = turns.toSorted((a, b) => a.at - b.at).map(({ text, at }) => ({ name: `${at}`, text }))
  const rotations = readGivenRotations(inOrder, crypto)
  return isMalformed(rotations) ? "rotations" : { text: certificate.text, rotations }
}

async function isCertificate(file: Blob): Promise<boolean> {
  if (file.size > largestCertificate) return false
  return /^(?:c2sp\.org\/|\s*\{)/.test(await file.slice(0, 64).text())
}
