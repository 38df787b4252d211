import { randomBytes } from "node:crypto"
import { rm } from "node:fs/promises"
import { must } from "#contracts/assert.ts"
import { bundleFiles } from "#contracts/ledger/export.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { toTime } from "#contracts/time.ts"
import { makeClient } from "#db/client.ts"
import { makeKeyRing } from "#server/commit/key-ring.ts"
import { writeBundle } from "#server/ledger/export/bundle.ts"
import { BundleFolder } from "#server/ledger/export/bundle-folder.ts"
import { readBlocks } from "#server/ledger/export/record-block.ts"
import { openLogKeys } from "#server/ledger/log-key.ts"
import { readHead, readLog } from "#server/ledger/log-store.ts"
import { peakBytes } from "./peak-bytes.ts"

/** Exports a log of a bench into a folder, as export-process.ts asks, and tells how fast. */
const [what, url = "", home = "", folder = ""] = process.argv.slice(2)
const connections = 4
const { sql, close } = makeClient(url, { connections, name: "bench-export" })

async function writeAll(): Promise<number> {
  const { origin } = must(await readLog(sql), "the log")
  const key = must((await openLogKeys({ home }))[0], "the log's key")
  const written = await writeBundle({
    sql,
    keys: makeKeyRing(sql, randomBytes(32)),
    signerOf: () => key.signerOf(origin),
    order: {
      from: null,
      to: null,
      reason: "bench",
      role: "operator",
      party: null,
      user: null,
      form: "folder",
    },
    now: toTime(Date.now()),
    folder,
    progress: async () => undefined,
  })
  if (isRefusal(written)) throw new Error(written.refused)
  return written.range.to - written.range.from
}

/** records.jsonl by itself, hashed for the manifest as in a bundle. */
async function writeRecordLines(): Promise<number> {
  const head = must(await readHead(sql), "a head")
  const bundle = new BundleFolder(folder)
  await bundle.clear()
  const file = await bundle.begin(bundleFiles.records)
  for await (const { lines } of readBlocks(sql, 0, head.size)) await file.write(lines)
  await file.end()
  return head.size
}

await rm(folder, { recursive: true, force: true })
await Promise.all(Array.from({ length: connections }, () => sql`select pg_sleep(0.05)`))
const started = performance.now()
const count = await (what === "records" ? writeRecordLines() : writeAll())
const seconds = (performance.now() - started) / 1000
await close()
process.stdout.write(JSON.stringify({ rate: count / seconds, peakBytes: peakBytes() }))
