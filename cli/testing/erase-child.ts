import { join } from "node:path"
import type { Id } from "#contracts/ids.ts"
import { connect } from "#db/connect.ts"
import { makeKeyRing } from "#server/commit/key-ring.ts"
import { openValueKeys, valueKeyFile } from "#server/commit/value-keys.ts"
import { Writer } from "#server/commit.ts"
import { carryOutErasure } from "#server/erasure/jobs.ts"
import { makeDiskStore } from "#server/storage/disk.ts"

/** A worker that carries out one erasure and stands still before a step, to be killed there. */
const [url = "", home = "", masterKey = "", erasure = "", stop = ""] = process.argv.slice(2)
const sql = connect(url)
const values = await openValueKeys(valueKeyFile(home), async () => true)
const keys = makeKeyRing(sql, Buffer.from(masterKey, "hex"), values)
const writer = await new Writer(sql, keys).start()
const services = { sql, keys, writer, files: makeDiskStore(join(home, "files")), config: { home } as never }
await carryOutErasure(services, erasure as Id<"erasure">, async (step) => {
  if (step !== stop) return
  process.stdout.write(`${step}\n`)
  await new Promise(() => setInterval(() => {}, 60_000))
})
process.exit(0)
