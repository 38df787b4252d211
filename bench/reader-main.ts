import { readFileSync } from "node:fs"
import path from "node:path"
import { must } from "#contracts/assert.ts"
import { equalBytes } from "#contracts/bytes.ts"
import { LineReader } from "#contracts/ledger/bundle.ts"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { bundleFiles } from "#contracts/ledger/export.ts"
import { FailureList } from "#contracts/ledger/failure.ts"
import { KeyTable } from "#contracts/ledger/key-table.ts"
import { HashLanes } from "#contracts/ledger/lanes/hash-lanes.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { appendLeaves, appendSubtree, emptyRange, rangeRoot } from "#contracts/ledger/merkle.ts"
import { parseVerifierKey } from "#contracts/ledger/note.ts"
import { readMeaning } from "#contracts/ledger/read-meaning.ts"
import { Replay } from "#contracts/ledger/replay.ts"
import { isHexOf } from "#contracts/ledger/scan-bytes.ts"
import { LeafScan } from "#contracts/ledger/scan-leaf.ts"
import { verifyBundle } from "#contracts/ledger/verify.ts"
import { ChainAudit } from "#contracts/ledger/verify-chain.ts"
import { nodeCrypto } from "../cli/node-crypto.ts"
import { keepMemorySmall } from "../cli/small-memory.ts"
import { openFolder } from "../cli/verify-source.ts"
import { peakBytes } from "./peak-bytes.ts"

/** Reads a bundle in one of the ways of reader-process.ts, and tells how fast. */
const [what, folder = ""] = process.argv.slice(2)
const { sha256 } = nodeCrypto
const block = 256

async function readWhole(): Promise<number> {
  const key = parseVerifierKey(readFileSync(path.join(folder, bundleFiles.key), "utf8"), sha256)
  if (isMalformed(key)) throw new Error(key.malformed)
  const report = await verifyBundle(await openFolder(folder), { crypto: nodeCrypto, keys: [key] })
  if (report.verdict !== "intact") throw new Error(JSON.stringify(report.failures[0]))
  return report.checked.records
}

/** The checks of records.jsonl by themselves; without `hashed` only its form, its threads and its meaning. */
async function readRecords(hashed: boolean): Promise<number> {
  const head = readCheckpoint(readFileSync(path.join(folder, bundleFiles.checkpoint)))
  if (isMalformed(head)) throw new Error(head.malformed)
  const { origin, size, root } = head.unverifiedCheckpoint
  const failures = new FailureList()
  const keys = new KeyTable(root)
  const parts = {
    keys,
    chain: new ChainAudit(failures, keys, origin, 0),
    replay: new Replay(failures, keys, 0),
  }
  const scan = new LeafScan(origin)
  const lanes = must(HashLanes.open(sha256), "WebAssembly")
  const file = (await openFolder(folder)).stream(bundleFiles.records, true)
  const lines = new LineReader(file, bundleFiles.records, 64 * 1024)
  const [starts, ends] = [new Int32Array(block), new Int32Array(block)]
  const hashes = new Uint8Array(block * 32)
  let prev: Uint8Array = new Uint8Array(32)
  let tree = emptyRange
  let index = 0
  for (;;) {
    const count = await lines.gather(starts, ends)
    if (count === 0) break
    if (hashed) {
      lanes.hashLeaves(lines.bytes, starts, ends, count, hashes)
      const all = Array.from({ length: count }, (_, i) => hashes.slice(32 * i, 32 * i + 32))
      tree =
        count === block
          ? appendSubtree(tree, { level: 8, hash: lanes.rootOf(hashes) }, sha256, () => undefined)
          : appendLeaves(tree, all, sha256)
    }
    for (let i = 0; i < count; i++, index++) {
      if (!scan.scan(lines.bytes, starts[i] as number, ends[i] as number) || scan.index !== index)
        throw new Error(`record ${index} is not as the market writes it`)
      if (hashed && !isHexOf(lines.bytes, scan.prev, prev))
        throw new Error(`record ${index} breaks the chain`)
      prev = hashes.subarray(32 * i, 32 * i + 32)
      readMeaning(scan, parts, null)
    }
    prev = prev.slice()
    lines.end = ends[count - 1] as number
    lines.skip()
  }
  if (failures.count > 0) throw new Error(JSON.stringify(failures.kept[0]))
  if (index !== size || (hashed && !equalBytes(rangeRoot(tree, sha256), root)))
    throw new Error("another root")
  return index
}

keepMemorySmall()
const before = process.cpuUsage()
const started = performance.now()
const count = what === "whole" ? await readWhole() : await readRecords(what === "bare")
const seconds = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(before)
const rates = {
  rate: count / seconds,
  perProcessor: (count * 1e6) / (user + system),
  peakBytes: peakBytes(),
}
process.stdout.write(JSON.stringify(rates))
