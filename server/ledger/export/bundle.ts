import { readFile } from "node:fs/promises"
import type { Sql } from "postgres"
import { must } from "#contracts/assert.ts"
import { toHex, utf8 } from "#contracts/bytes.ts"
import {
  bundleFiles,
  consistencyFile,
  type Filter,
  formatManifest,
  manifestFormat,
  rotationFile,
  signManifest,
} from "#contracts/ledger/export.ts"
import { consistencyProof } from "#contracts/ledger/merkle.ts"
import { tilesOfRange } from "#contracts/ledger/tiles.ts"
import { formatKeptProof } from "#contracts/ledger/verify-consistency.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { ExportOrder, ExportSubject } from "#contracts/supervision.ts"
import type { Time } from "#contracts/time.ts"
import { withinBounds } from "../../access/remit-store.ts"
import type { KeyRing } from "../../commit/key-ring.ts"
import { readDisclosuresOfRange } from "../disclosure-store.ts"
import { rotationProof } from "../keys/proof.ts"
import { type KeyTurn, readTurns, vkeyAt } from "../keys/turns.ts"
import type { LogSigner } from "../log-key.ts"
import { hashReaderOf, readLog } from "../log-store.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { untilPublished } from "../witnesses/until-published.ts"
import { BookWriter } from "./book.ts"
import { BundleFolder } from "./bundle-folder.ts"
import { writeFiltered } from "./filtered.ts"
import { writeHashTiles } from "./hash-tiles.ts"
import { type LogRange, resolveRange, sealedAt } from "./range.ts"
import { readme } from "./readme.ts"
import { type RecordsInput, writeRecords } from "./records.ts"
import { readExportedHeads } from "./store.ts"

export type BundleInput = {
  readonly sql: Sql
  readonly keys: KeyRing
  /** The signer of a verifier key, or null where its private key is not at hand. */
  readonly signerOf: (vkey: string) => LogSigner | null
  readonly order: ExportOrder
  readonly now: Time
  readonly folder: string
  readonly progress: (done: number, total: number) => Promise<void>
}

export type WrittenBundle = {
  readonly range: LogRange
  readonly size: number
  /** SHA-256 of manifest.json, lower-case hex: what the fact of the export names. */
  readonly manifestHash: string
  readonly files: number
  readonly bytes: number
}

const { sha256 } = nodeCrypto

/**
 * Writes the export bundle of LEDGER section 6 into a folder, which is emptied first; memory does not grow with
 * the log, but for the list of files. It holds opened values: who asks must be entitled to them. Refuses
 * `not_sealed_yet` before the first checkpoint and `range_invalid`.
 */
export async function writeBundle(input: BundleInput): Promise<WrittenBundle | Refusal> {
  const { sql, order } = input
  const [log, head] = await Promise.all([readLog(sql), untilPublished(sql)])
  if (log === null || head === null) return refuse("not_sealed_yet")
  const { subject } = order
  const range = subject ? { from: 0, to: head.size } : await resolveRange(sql, order, head.size)
  if (isRefusal(range)) return range
  const turns = (await readTurns(sql)).filter(({ index }) => index < head.size)
  const vkey = vkeyAt(log.vkey, turns, head.size)
  const signer = input.signerOf(vkey)
  if (signer === null) return refuse("log_key_missing")
  const bundle = new BundleFolder(input.folder)
  await bundle.clear()
  await bundle.write(bundleFiles.checkpoint, head.note)
  await bundle.write(bundleFiles.key, `${vkey}\n`)
  await bundle.write("README.txt", readme)
  await writeVerifiers(bundle)
  await writeConsistency(sql, bundle, head.size, turns)
  const filter = subject ? await writeSubject(input, subject, bundle, head.size) : null
  if (filter !== null && isRefusal(filter)) return filter
  if (filter === null) {
    await writeHashTiles(sql, bundle, tilesOfRange(range.from, range.to, head.size))
    await writeRange(input, bundle, range, head.size)
  }
  const files = bundle.files()
  const { role, party, user, reason } = order
  const manifest = formatManifest({
    format: manifestFormat,
    log: log.origin,
    size: head.size,
    range,
    filter,
    who: { role, party: party ?? "local", user: user ?? "local" },
    when: input.now,
    why: reason,
    files,
  })
  await bundle.write(bundleFiles.manifest, manifest)
  const { key, sign } = signer
  await bundle.write(bundleFiles.manifestNote, signManifest(manifest, key, sign, sha256))
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return {
    range,
    size: head.size,
    manifestHash: toHex(sha256(utf8(manifest))),
    files: files.length + 2,
    bytes,
  }
}

/** A party gets what it may read; supervision and the operator, on the market's own machine too, all of it. */
function writeSubject(
  input: BundleInput,
  subject: ExportSubject,
  bundle: BundleFolder,
  size: number,
): Promise<Filter | Refusal> {
  const { sql, keys, order, progress } = input
  const supervises = order.role === "regulator" || order.role === "operator"
  const reader = supervises ? null : must(order.party, "a party")
  const bounds = order.remit ?? null
  const book = supervises && (bounds === null || bounds.duties.includes("funds"))
  return writeFiltered({
    sql,
    keys,
    bundle,
    subject,
    reader,
    book,
    within: boundsOfOrder(input),
    size,
    progress,
  })
}

/** Which things' values the order's reader may have; what is outside of a regulator's remit stays sealed. */
function boundsOfOrder({ sql, order }: BundleInput): RecordsInput["within"] {
  const { remit, party } = order
  return remit ? (ids) => withinBounds(sql, remit, party, ids) : async () => () => true
}

/** The one-file verifiers; `npm start`, `npm run build` and the tests build them (scripts/verifiers.ts). */
async function writeVerifiers(bundle: BundleFolder): Promise<void> {
  for (const path of ["public/verify/verify.html", "public/verify/verify.mjs", "docs/verify.py"]) {
    const name = path.slice(path.lastIndexOf("/") + 1)
    await bundle.write(name, await readFile(new URL(`../../../${path}`, import.meta.url)))
  }
}

/** From the heads of earlier exports, and from those under which the log changed its key, with the proofs of that. */
async function writeConsistency(
  sql: Sql,
  bundle: BundleFolder,
  size: number,
  turns: readonly KeyTurn[],
): Promise<void> {
  const reader = hashReaderOf(sql, size)
  const heads = new Map((await readExportedHeads(sql, size)).map((head) => [head.size, head]))
  for (const turn of turns) {
    await bundle.write(rotationFile(turn.version), must(await rotationProof(sql, turn), "a signed handover"))
    const note = must(turn.note, "a signed handover")
    if (turn.index + 1 < size) heads.set(turn.index + 1, { size: turn.index + 1, note })
  }
  for (const old of heads.values()) {
    const hashes = await consistencyProof(old.size, size, reader, sha256)
    const proof = formatKeptProof({ size: old.size, hashes, checkpoint: old.note })
    await bundle.write(consistencyFile(old.size, size), proof)
  }
}

async function writeRange(
  input: BundleInput,
  bundle: BundleFolder,
  range: LogRange,
  size: number,
): Promise<void> {
  const { sql, keys, order } = input
  // The book of a range is the whole market's: whose remit is less takes home the books of single trades.
  const book = order.remit ? null : await BookWriter.begin(sql, bundle)
  try {
    const total = range.to - range.from
    const progress = (done: number) => input.progress(done, total)
    await writeRecords(
      {
        sql,
        keys,
        bundle,
        book,
        size,
        progress,
        within: boundsOfOrder(input),
        disclosuresOf: (indexes) =>
          readDisclosuresOfRange(sql, must(indexes[0], "a record"), must(indexes.at(-1), "a record") + 1),
      },
      range,
    )
    if (book !== null && total > 0) {
      const after = range.from === 0 ? null : await sealedAt(sql, range.from - 1)
      await book.addUncertified(after, must(await sealedAt(sql, range.to - 1), "the range's last record"))
    }
    await book?.end()
  } catch (error) {
    await book?.abandon()
    throw error
  }
}
