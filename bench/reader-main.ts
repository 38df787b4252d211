import { readFileSync } from "node:fs"
import path from "node:path"
import { must } from "#contracts/assert.ts"
import { LineReader } from "#contracts/ledger/bundle.ts"
import { BundleFiles } from "#contracts/ledger/bundle-files.ts"
import { type Checkpoint, readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { bundleFiles, parseManifest } from "#contracts/ledger/export.ts"
import { FailureList } from "#contracts/ledger/failure.ts"
import { KeyTable } from "#contracts/ledger/key-table.ts"
import { HashLanes } from "#contracts/ledger/lanes/hash-lanes.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parseVerifierKey } from "#contracts/ledger/note.ts"
import type { FileHashes } from "#contracts/ledger/ports.ts"
import { readMeaning } from "#contracts/ledger/read-meaning.ts"
import { Replay } from "#contracts/ledger/replay.ts"
import { LeafScan } from "#contracts/ledger/scan-leaf.ts"
import { verifyBundle } from "#contracts/ledger/verify.ts"
import { ChainAudit } from "#contracts/ledger/verify-chain.ts"
import { RecordsAudit } from "#contracts/ledger/verify-records.ts"
import { TreeAudit } from "#contracts/ledger/verify-tree.ts"
import { openHashThreads } from "../cli/hash-threads.ts"
import { nodeCrypto } from "../cli/node-crypto.ts"
import { keepMemorySmall } from "../cli/small-memory.ts"
import { openFolder } from "../cli/verify-source.ts"
import { peakBytes } from "./peak-bytes.ts"

/** Reads a bundle in one of the ways of reader-process.ts, and tells how fast. */
const [what = "", folder = ""] = process.argv.slice(2)
const { sha256 } = nodeCrypto
const block = 256

/** Every check of every file, as the command does it. */
async function readWhole(threads: FileHashes | null): Promise<number> {
  const key = parseVerifierKey(readFileSync(path.join(folder, bundleFiles.key), "utf8"), sha256)
  if (isMalformed(key)) throw new Error(key.malformed)
  const crypto = { ...nodeCrypto, fileHashes: threads }
  const report = await verifyBundle(await openFolder(folder), { crypto, keys: [key] })
  if (report.verdict !== "intact") throw new Error(JSON.stringify(report.failures[0]))
  return report.checked.records
}

function readHead(): Checkpoint {
  const head = readCheckpoint(readFileSync(path.join(folder, bundleFiles.checkpoint)))
  if (isMalformed(head)) throw new Error(head.malformed)
  return head.unverifiedCheckpoint
}

/**
 * What the command does with a bundle that holds records.jsonl and the hash tiles alone. All that is wrong with it is
 * that it has no entry bundles.
 */
async function readRecords(threads: FileHashes | null): Promise<number> {
  const { origin: log, size, root } = readHead()
  const manifest = parseManifest(readFileSync(path.join(folder, bundleFiles.manifest), "utf8"))
  if (isMalformed(manifest)) throw new Error(manifest.malformed)
  const listed = manifest.files.filter(
    (file) => file.path === bundleFiles.records || /^tile\/[0-9]/.test(file.path),
  )
  const failures = new FailureList()
  const lanes = HashLanes.open(sha256)
  const crypto = { ...nodeCrypto, fileHashes: threads }
  const bundle = await openFolder(folder)
  const files = new BundleFiles(bundle, { ...manifest, files: listed }, crypto, failures, () => {}, lanes)
  const { range } = manifest
  const tree = new TreeAudit({ files, failures, sha256, lanes, size, root, ...range })
  await tree.open()
  const input = { files, failures, sha256, lanes, tree, log, size, root, rotations: [] }
  const { records } = await new RecordsAudit({ ...input, ...range }).run()
  files.settle()
  const other = failures.kept.find(
    ({ code, file }) => code !== "file_missing" || !file?.includes("/entries/"),
  )
  if (other !== undefined || failures.count !== Math.ceil(size / block))
    throw new Error(JSON.stringify(other))
  return records
}

/** The form of the records, their threads and their meaning, without any hash. */
async function replay(): Promise<number> {
  const { origin, size, root } = readHead()
  const failures = new FailureList()
  const keys = new KeyTable(root)
  const parts = {
    keys,
    chain: new ChainAudit(failures, keys, origin, 0),
    replay: new Replay(failures, keys, 0),
  }
  const scan = new LeafScan(origin)
  const file = (await openFolder(folder)).stream(bundleFiles.records, true)
  const lines = new LineReader(file, bundleFiles.records, 64 * 1024)
  const [starts, ends] = [new Int32Array(block), new Int32Array(block)]
  let index = 0
  for (let count = await lines.gather(starts, ends); count > 0; count = await lines.gather(starts, ends)) {
    for (let i = 0; i < count; i++, index++) {
      if (!scan.scan(lines.bytes, starts[i] as number, ends[i] as number) || scan.index !== index)
        throw new Error(`record ${index} is not as the market writes it`)
      readMeaning(scan, parts, null)
    }
    lines.end = ends[count - 1] as number
    lines.skip()
  }
  if (failures.count > 0) throw new Error(JSON.stringify(failures.kept[0]))
  if (index !== size) throw new Error("another number of records")
  return index
}

keepMemorySmall()
const before = process.cpuUsage()
const started = performance.now()
const threads = what.endsWith("2") ? openHashThreads(1) : null
const read = { whole: readWhole, records: readRecords, replay }[what.replace("2", "")]
const count = await must(read, what)(threads)
const seconds = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(before)
const rates = {
  rate: count / seconds,
  perProcessor: (count * 1e6) / (user + system),
  peakBytes: peakBytes(),
}
process.stdout.write(JSON.stringify(rates))
await threads?.close()
