import { fromUtf8, toHex, utf8 } from "../../../bytes.ts"
import { agreementFile, bundleFiles, consistencyFile } from "../../export.ts"
import type { FailureCode } from "../../failure.ts"
import { consistencyProof } from "../../merkle.ts"
import type { VerifierKey } from "../../note.ts"
import type { Verdict } from "../../report.ts"
import { tileHashReader, tilePath } from "../../tiles.ts"
import { formatKeptProof } from "../../verify-consistency.ts"
import { checkpointOf, type Files, signFiles } from "../bundle.ts"
import { log, pristine, signer, size } from "../fixture.ts"
import { makeSigner, type SealedLog, sha256 } from "../seal.ts"

/**
 * For tests and for docs/tamper-matrix.md: one way to change what a market hands out, and what a reader's verifier
 * must say of it.
 */
export type TamperCase = {
  /** What was done, as a sentence's part; unique. */
  readonly edit: string
  /** Which file it was done to. */
  readonly file: string
  readonly make: () => Given
  readonly verdict: Verdict
  /** Failures that must be among those found: "code record file", as far as each names them. */
  readonly finds: readonly Finding[]
  /** What the verifier says where it finds nothing wrong, in place of the usual sentence. */
  readonly says?: string
}

export type Finding = FailureCode | `${FailureCode} ${string}`

/** What the reader has in hand. */
export type Given = {
  readonly files: Files
  /** A certificate in place of a bundle; then there are no files. */
  readonly certificate?: string
  /** The checkpoint that the reader kept from before. */
  readonly since?: string
  /** The text of the reader's own trust policy. */
  readonly policy?: string
  /** The log's key, unless the reader brought none. */
  readonly keys: readonly VerifierKey[]
}

export type Group = {
  readonly title: string
  readonly about: string
  readonly cases: readonly TamperCase[]
}

const agreement = utf8("# 数据许可合同 Data licence\n\nNonce: 00112233445566778899aabbccddeeff\n")
export const agreementPath = agreementFile(toHex(sha256(agreement)))
export const proofPath = consistencyFile(260, size)

/** A whole bundle with every kind of file that there is, untouched. */
export const whole: Files = await makeWhole()

async function makeWhole(): Promise<Files> {
  const files = new Map(pristine)
  files.set(agreementPath, agreement)
  const read = tileHashReader(size, async (tile) => pristine.get(tilePath(tile)) as Uint8Array, sha256)
  const hashes = await consistencyProof(260, size, read, sha256)
  const checkpoint = checkpointOf(log, signer, 260)
  files.set(proofPath, utf8(formatKeptProof({ size: 260, hashes, checkpoint })))
  for (const name of ["README.txt", "verify.html", "verify.mjs"]) files.set(name, utf8(`${name} of a test\n`))
  signFiles(files, log, signer)
  return files
}

/** Has a key of the log's name, but not the log's key. */
export const forger = makeSigner(signer.key.name)

export const given = (files: Files, since?: string): Given => ({
  files,
  keys: [signer.key],
  ...(since === undefined ? {} : { since }),
})

export const withoutKey = (files: Files): Given => ({ files, keys: [] })

export const bytesOf = (path: string, from: Files = whole): Uint8Array => {
  const bytes = from.get(path)
  if (bytes === undefined) throw new Error(`the bundle has no ${path}`)
  return bytes
}

export const textOf = (path: string, from: Files = whole): string => fromUtf8(bytesOf(path, from))

/** The bundle with one file changed, and the manifest as it was. */
export const withBytes = (path: string, edit: (bytes: Uint8Array) => Uint8Array): Files =>
  new Map(whole).set(path, edit(bytesOf(path)))

export const withText = (path: string, edit: (text: string) => string): Files => {
  const before = textOf(path)
  const after = edit(before)
  if (after === before) throw new Error(`the edit of ${path} changed nothing`)
  return new Map(whole).set(path, utf8(after))
}

/** Lists the changed files in the manifest and signs it with the log's own key, as its thief would. */
export function signedAgain(files: Files, of: SealedLog = log, by = signer): Files {
  signFiles(files, of, by)
  return files
}

/** records.jsonl by lines, the manifest signed again, so that only the records themselves can tell. */
export const withLines = (edit: (lines: string[]) => string[]): Files =>
  signedAgain(withText(bundleFiles.records, (text) => `${edit(text.slice(0, -1).split("\n")).join("\n")}\n`))

export const flip = (bytes: Uint8Array, at: number, bit = 1): Uint8Array =>
  bytes.slice().with(at, (bytes[at] as number) ^ bit)
