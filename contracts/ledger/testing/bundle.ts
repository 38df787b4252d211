import { concat, toHex, utf8 } from "../../bytes.ts"
import { canonicalJson } from "../../canonical-json.ts"
import { signCheckpoint } from "../checkpoint.ts"
import {
  bookColumns,
  bundleFiles,
  type Filter,
  formatManifest,
  recordColumns,
  recordRow,
  signManifest,
} from "../export.ts"
import { isMalformed } from "../malformed.ts"
import { appendLeaves, emptyRange, rangeRoot } from "../merkle.ts"
import { formatVerifierKey } from "../note.ts"
import { decodeHashTile, encodeEntries, hashInTile, tilePath, tilesOfRange, tileWidth } from "../tiles.ts"
import { bookRows, TrialBalance } from "../verify-book.ts"
import { type SealedLog, sha256, type TestSigner } from "./seal.ts"

/** For tests: writes the export bundle of a sealed log, whole in memory, in the form that the verifier reads. */
export type Files = Map<string, Uint8Array>

export function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  return rangeRoot(appendLeaves(emptyRange, hashes, sha256), sha256)
}

export function checkpointOf(log: SealedLog, signer: TestSigner, size = log.leaves.length): string {
  const root = rootOf(log.hashes.slice(0, size))
  return signCheckpoint({ origin: log.origin, size, root }, signer.key, signer.sign)
}

export function makeBundle(log: SealedLog, signer: TestSigner, from = 0, to = log.leaves.length): Files {
  const files: Files = new Map()
  const text = (path: string, content: string) => files.set(path, utf8(content))
  const inRange = (record: number): boolean => record >= from && record < to
  text(bundleFiles.checkpoint, checkpointOf(log, signer))
  text(bundleFiles.key, `${formatVerifierKey(signer.key)}\n`)
  addTiles(files, log, from, to)
  const leaves = log.leaves.slice(from, to)
  files.set(bundleFiles.records, concat(...leaves.flatMap((leaf) => [leaf, utf8("\n")])))
  const rows = log.decoded
    .slice(from, to)
    .map((leaf) => recordRow(leaf, toHex(log.hashes[leaf.index] as Uint8Array)))
  text(bundleFiles.recordsTable, `${[recordColumns.join(), ...rows].join("\n")}\n`)
  const opened = log.disclosures.filter(({ index }) => inRange(index))
  text(bundleFiles.disclosures, opened.map((disclosure) => `${canonicalJson(disclosure)}\n`).join(""))
  const journals = log.journals.filter(({ record }) => inRange(record))
  const balance = new TrialBalance()
  for (const { journal } of journals) balance.add(journal)
  const bookLines = journals.flatMap(({ journal, record }) => bookRows(journal, record))
  text(bundleFiles.book, `${[bookColumns.join(), ...bookLines].join("\n")}\n`)
  text(bundleFiles.trialBalance, balance.table())
  signFiles(files, log, signer, from, to)
  return files
}

/** Lists the files as they now are in a manifest and signs it: also what a forger would do. */
export function signFiles(
  files: Files,
  log: SealedLog,
  signer: TestSigner,
  from = 0,
  to = log.leaves.length,
  filter: Filter | null = null,
): void {
  files.delete(bundleFiles.manifest)
  files.delete(bundleFiles.manifestNote)
  const listed = [...files].map(([path, bytes]) => ({
    path,
    sha256: toHex(sha256(bytes)),
    bytes: bytes.length,
  }))
  const manifest = formatManifest({
    format: "quanheng-export@1",
    log: log.origin,
    size: log.leaves.length,
    range: { from, to },
    filter,
    who: { role: "regulator", party: "pty_x", user: "usr_x" },
    when: "2026-02-01T00:00:00.000Z",
    why: "a test",
    files: listed.sort((a, b) => (a.path < b.path ? -1 : 1)),
  })
  files.set(bundleFiles.manifest, utf8(manifest))
  files.set(bundleFiles.manifestNote, utf8(signManifest(manifest, signer.key, signer.sign, sha256)))
}

function addTiles(files: Files, log: SealedLog, from: number, to: number): void {
  const levels = [log.hashes as Uint8Array[]]
  for (const tile of tilesOfRange(from, to, log.leaves.length)) {
    const start = tile.index * tileWidth
    if (tile.level === "entries")
      files.set(tilePath(tile), encodeEntries(log.leaves.slice(start, start + tile.width)))
    else files.set(tilePath(tile), concat(...levelOf(levels, tile.level).slice(start, start + tile.width)))
  }
}

/** The hashes of tree level 8 L: each the root of 256 below. */
function levelOf(levels: Uint8Array[][], level: number): Uint8Array[] {
  const known = levels[level]
  if (known !== undefined) return known
  const below = levelOf(levels, level - 1)
  const hashes = Array.from({ length: Math.floor(below.length / tileWidth) }, (_, i) => {
    const tile = decodeHashTile(concat(...below.slice(i * tileWidth, (i + 1) * tileWidth)), tileWidth)
    if (isMalformed(tile)) throw new Error(tile.malformed)
    return hashInTile(tile, 0, tileWidth, sha256)
  })
  levels[level] = hashes
  return hashes
}
