import { concat, toHex, utf8 } from "../../bytes.ts"
import { canonicalJson } from "../../canonical-json.ts"
import type { Leaf } from "../encoding.ts"
import { bookColumns, bundleFiles, type Filter, recordColumns, recordRow } from "../export.ts"
import type { FilterKind } from "../filter.ts"
import { formatVerifierKey } from "../note.ts"
import { bucketOfText, formatMapBucket } from "../thread-map.ts"
import { tilePath, tilesOfRange } from "../tiles.ts"
import { bookRows, TrialBalance } from "../verify-book.ts"
import { checkpointOf, type Files, makeBundle, signFiles } from "./bundle.ts"
import { headsOf, treeOfHeads } from "./index-facts.ts"
import { type SealedLog, sha256, type TestSigner } from "./seal.ts"

/** For tests: what a filtered bundle is made of, so that a test can leave something out and sign it all the same. */
export type FilteredParts = {
  filter: Filter
  /** Positions of the records in the bundle. */
  records: number[]
  /** Lines of threads.jsonl. */
  lines: string[]
}

/** All records of these threads and of the trades that they name, by the log's last sealed index. */
export function partsOf(log: SealedLog, kind: FilterKind, keys: readonly string[]): FilteredParts {
  const facts = log.decoded.map(({ threads }) => ({ threads: threads.map(([key]) => key) }) as never)
  const wanted = new Set(keys)
  for (const { threads } of log.decoded)
    if (threads.some(([key]) => keys.includes(key)))
      for (const [key] of threads) if (key.startsWith("trd_")) wanted.add(key)
  const records = log.decoded.filter(({ threads }) => threads.some(([key]) => wanted.has(key)))
  const record = log.decoded.findLastIndex(({ type }) => type === "index.sealed@1")
  if (record < 0)
    return {
      filter: { kind, keys: [...keys].sort(), index: null },
      records: records.map(({ index }) => index),
      lines: [],
    }
  const { size, root } = (log.decoded[record] as Leaf).body as { size: number; root: string }
  return {
    filter: { kind, keys: [...keys].sort(), index: { record, size, root } },
    records: records.map(({ index }) => index),
    lines: linesOf(facts, size, wanted),
  }
}

export function linesOf(facts: readonly never[], size: number, wanted: ReadonlySet<string>): string[] {
  const heads = headsOf(facts, size)
  const tree = treeOfHeads(heads)
  tree.root()
  const sha = (key: string) => bucketOfText(key, sha256)
  const buckets = [...new Set([...wanted].map(sha))].sort((a, b) => a - b)
  return buckets.map((bucket) =>
    formatMapBucket({
      bucket,
      entries: heads.filter(([key]) => sha(key) === bucket),
      proof: tree.proof(bucket),
    }),
  )
}

export function makeFiltered(log: SealedLog, signer: TestSigner, parts: FilteredParts): Files {
  const { filter, records, lines } = parts
  const files: Files = new Map()
  const text = (path: string, content: string) => files.set(path, utf8(content))
  const size = log.leaves.length
  const inside = new Set(records)
  text(bundleFiles.checkpoint, checkpointOf(log, signer))
  text(bundleFiles.key, `${formatVerifierKey(signer.key)}\n`)
  const whole = makeBundle(log, signer)
  const put = (path: string) => files.set(path, whole.get(path) as Uint8Array)
  for (const tile of tilesOfRange(filter.index?.size ?? 0, size, size)) put(tilePath(tile))
  for (const record of records)
    for (const tile of tilesOfRange(record, record + 1, size))
      if (tile.level !== "entries") put(tilePath(tile))
  files.set(bundleFiles.records, concat(...records.flatMap((i) => [log.leaves[i] as Uint8Array, utf8("\n")])))
  const rows = records
    .flatMap((i) => log.decoded[i] ?? [])
    .map((leaf) => recordRow(leaf, toHex(log.hashes[leaf.index] as Uint8Array)))
  text(bundleFiles.recordsTable, `${[recordColumns.join(), ...rows].join("\n")}\n`)
  const opened = log.disclosures.filter(({ index }) => inside.has(index))
  text(bundleFiles.disclosures, opened.map((disclosure) => `${canonicalJson(disclosure)}\n`).join(""))
  const journals = log.journals.filter(({ record }) => inside.has(record))
  const balance = new TrialBalance()
  for (const { journal } of journals) balance.add(journal)
  text(
    bundleFiles.book,
    `${[bookColumns.join(), ...journals.flatMap(({ journal, record }) => bookRows(journal, record))].join("\n")}\n`,
  )
  text(bundleFiles.trialBalance, balance.table())
  if (filter.index !== null) text(bundleFiles.threads, lines.map((line) => `${line}\n`).join(""))
  signFiles(files, log, signer, 0, size, filter)
  return files
}
