import { z } from "zod"
import { toHex, utf8 } from "../bytes.ts"
import { isTime } from "../time.ts"
import { csvRow } from "./csv.ts"
import { encodeBody, isHash, isOrigin, type Leaf } from "./encoding.ts"
import { filterKinds } from "./filter.ts"
import { type Malformed, malformed } from "./malformed.ts"
import { formatNote, signNote, type VerifierKey } from "./note.ts"
import type { Sha256, SignEd25519 } from "./ports.ts"

/**
 * The export bundle's own form (LEDGER section 6): file names, the manifest and the columns of its tables.
 * Whoever writes a bundle and whoever verifies one share this file.
 */
export const manifestFormat = "quanheng-export@1"

/** Every name of a bundle's fixed files. Tiles, consistency proofs and agreements have names of their own. */
export const bundleFiles = {
  checkpoint: "checkpoint",
  key: "log.vkey",
  records: "records.jsonl",
  recordsTable: "records.csv",
  disclosures: "disclosures.jsonl",
  book: "book.csv",
  trialBalance: "trial-balance.csv",
  threads: "threads.jsonl",
  manifest: "manifest.json",
  manifestNote: "manifest.note",
} as const

export const consistencyFile = (from: number, to: number): string => `consistency/${from}-${to}`
/** The proof of the log's n-th change of keys (contracts/ledger/rotation.ts), from 1. */
export const rotationFile = (n: number): string => `rotations/${n}`
export const agreementFile = (sha256: string): string => `agreements/${sha256}`

/** Plain relative names only: no `..`, no hidden files, no absolute or Windows forms, at most 200 characters. */
export function isSafePath(path: string): boolean {
  return path.length <= 200 && /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(path)
}

const position = z.int().min(0)
const line = z
  .string()
  .max(2000)
  .refine((text) => text.isWellFormed())

/**
 * A filtered bundle holds all records of some threads of the whole log, and no others: of `keys`, and of every
 * trade (`trd_…`) that a record of theirs names. `index` is the record of type `index.sealed@1` whose map counts
 * them up to `size`; threads.jsonl holds its lines. What follows is in the bundle's entry bundles, all of it. Null
 * while the log has no such record: then all records are there.
 */
export const filterSchema = z.strictObject({
  kind: z.enum(filterKinds),
  keys: z
    .array(z.string().regex(/^[\x21-\x7e]{1,128}$/))
    .min(1)
    .max(4),
  index: z.strictObject({ record: position, size: position, root: z.string().refine(isHash) }).nullable(),
})
export type Filter = z.infer<typeof filterSchema>

export const manifestSchema = z.strictObject({
  format: z.literal(manifestFormat),
  /** The log's origin. */
  log: z.string().refine(isOrigin),
  /** The size of the tree of the checkpoint in the bundle. */
  size: position,
  /** The records in the bundle: half-open, positions. */
  range: z.strictObject({ from: position, to: position }),
  /** Null: every record of the range. */
  filter: filterSchema.nullable(),
  who: z.strictObject({ role: line, party: line, user: line }),
  when: z.string().refine(isTime),
  why: line,
  files: z.array(
    z.strictObject({
      path: z.string().refine(isSafePath),
      sha256: z.string().refine(isHash),
      bytes: position,
    }),
  ),
})

export type Manifest = z.infer<typeof manifestSchema>
export type ManifestFile = Manifest["files"][number]

/** One form, readable by people: one space of indentation, a final newline. Files are sorted by path. */
export const formatManifest = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 1)}\n`

/**
 * Whether a text is laid out as a manifest: one thing a line, indented by its depth, which is at most 3. What is not
 * would be refused anyway, but only after JSON of any depth and of millions of lists was made of it.
 */
function hasManifestLayout(text: string): boolean {
  let depth = 0
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start)
    if (end < 0 || end - start > maxManifestLine) return false
    const parts = manifestLine.exec(text.slice(start, end))
    if (parts === null) return false
    if (parts[2] !== undefined) depth -= 1
    if ((parts[1] as string).length !== depth) return false
    if (parts[3] !== undefined) depth += 1
    if (depth > 3) return false
    start = end + 1
  }
  return true
}

/** A string of 2,000 characters, each escaped, and its member's name. */
const maxManifestLine = 13_000
const manifestLine =
  /^( *)(?:([}\]]),?|(?:"[a-zA-Z0-9]+": )?(?:([{[])|(?:"(?:[^"\\]|\\.)*"|[^"{}[\],]*|\[\]),?))$/

/** Strict: names are safe and sorted, and the text is the one form of what it says. */
export function parseManifest(text: string): Manifest | Malformed {
  if (!hasManifestLayout(text)) return malformed("not laid out as a manifest")
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return malformed("not JSON")
  }
  const parsed = manifestSchema.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return malformed(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not valid"}`)
  }
  const manifest = parsed.data
  const { range, size, filter, files } = manifest
  if (range.from > range.to || range.to > size) return malformed("the range lies outside of the log")
  if (filter !== null && (range.from !== 0 || range.to !== size))
    return malformed("a filter is of the whole log")
  if (filter?.keys.some((key, i) => i > 0 && key <= (filter.keys[i - 1] as string)))
    return malformed("the filter's keys are not sorted, each once")
  if (filter?.index && !(filter.index.size <= filter.index.record && filter.index.record < size))
    return malformed("the index lies outside of the log")
  if (files.some((file, i) => i > 0 && file.path <= (files[i - 1] as ManifestFile).path))
    return malformed("files are not sorted by path, each once")
  return formatManifest(manifest) === text ? manifest : malformed("not in its one form")
}

/** What manifest.note signs: the manifest by its hash. */
export const manifestNoteText = (log: string, manifest: string, sha256: Sha256): string =>
  `quanheng-export-manifest/v1\n${log}\n${toHex(sha256(utf8(manifest)))}\n`

export function signManifest(manifest: string, key: VerifierKey, sign: SignEd25519, sha256: Sha256): string {
  return formatNote(signNote(manifestNoteText(key.name, manifest, sha256), key, sign))
}

export const recordColumns = [
  "index",
  "at",
  "occurredAt",
  "type",
  "threads",
  "actor",
  "body",
  "leafHash",
] as const

/** The row of records.csv: the leaf for people and spreadsheets. `hash` is the leaf hash in hex. */
export function recordRow(leaf: Leaf, hash: string): string {
  return csvRow([
    String(leaf.index),
    leaf.at,
    leaf.occurredAt,
    leaf.type,
    leaf.threads.map(([key, n]) => `${key}#${n}`).join(" "),
    "job" in leaf.actor ? `system:${leaf.actor.job}` : leaf.actor.role,
    encodeBody(leaf.body),
    hash,
  ])
}

/**
 * The rows of book.csv: one a posting, journals whole. Journals that a record certifies (its `journalHash`) carry
 * the record's index and come first, by record, then by source; those that none certifies have an empty `record`
 * and follow. `debit` and `credit` are whole minor units, one of the two empty; `nonce` is the journal's, or empty.
 */
export const bookColumns = [
  "record",
  "sourceType",
  "sourceId",
  "trade",
  "occurredAt",
  "leg",
  "account",
  "debit",
  "credit",
  "currency",
  "nonce",
] as const

/** Those of bundles from before journals had nonces. */
export const oldBookColumns = bookColumns.slice(0, -1)

/** trial-balance.csv: sums over book.csv by kind of account (the part before the colon), sorted. */
export const trialBalanceColumns = ["account", "currency", "debit", "credit"] as const
