import { type ChildProcess, spawn } from "node:child_process"
import { createHash, randomBytes } from "node:crypto"
import { existsSync, statSync } from "node:fs"
import { readdir, readFile, writeFile } from "node:fs/promises"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, expect, test } from "vitest"
import { must } from "#contracts/assert.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { run as verify } from "../../../cli/verify.ts"
import { readLog } from "../log-store.ts"
import { openTestLog } from "../test-log.ts"
import { newId, userOf } from "../test-records.ts"
import { openExport, readExport, requestExport } from "./commands.ts"
import { exportFolder, exportZip } from "./job.ts"

/** The worker as the market starts it, killed while it writes an export and again while it packs it. */
const records = 12_000
const log = await openTestLog()
const services = { sql: log.sql, config: { home: log.home } as never }
const regulator = userOf("regulator")
const root = fileURLToPath(new URL("../../..", import.meta.url))
const environment = {
  ...process.env,
  DATABASE_URL: log.url,
  QUANHENG_HOME: log.home,
  QUANHENG_MASTER_KEY: randomBytes(32).toString("hex"),
  BETTER_AUTH_SECRET: randomBytes(32).toString("hex"),
  PUBLIC_URL: "http://127.0.0.1:1",
  STRIPE_SECRET_KEY: "sk_test_killed",
  STRIPE_WEBHOOK_SECRET: "whsec_killed",
}
const preload = path.join(root, "scripts/start/quick-resolve.mjs")
let worker: ChildProcess | null = null
const start = () => {
  const args = ["--import", preload, path.join(root, "server/worker.ts")]
  worker = spawn(process.execPath, args, { env: environment, stdio: ["ignore", "ignore", "inherit"] })
}
const kill = async () => {
  const child = must(worker, "a worker")
  const ended = new Promise((resolve) => child.once("exit", resolve))
  child.kill("SIGKILL")
  await ended
  expect(child.signalCode).toBe("SIGKILL")
}
const sequencer = log.sequencer()
sequencer.start()
afterAll(async () => {
  await sequencer.stop()
  if (worker?.exitCode === null && worker.signalCode === null) await kill()
})

const until = (seen: () => boolean | Promise<boolean>) =>
  expect.poll(seen, { timeout: 30_000, interval: 2 }).toBe(true)

async function verdictOf(file: string) {
  const vkey = path.join(log.home, "reader.vkey")
  await writeFile(vkey, `${(await readLog(log.sql))?.vkey}\n`)
  const told: string[] = []
  const { write } = process.stdout
  process.stdout.write = ((text: string) => told.push(text) > 0) as typeof write
  try {
    return { code: await verify([file, "--json", "--vkey", vkey]), ...JSON.parse(told.join("")) }
  } finally {
    process.stdout.write = write
  }
}

test("an export whose worker is killed is taken up by the next, only packed when it was whole, and nothing of it is given before it is whole", {
  timeout: 90_000,
}, async () => {
  await log.add(records)
  start()
  const size = async () => (await log.sql`select max(size)::int as size from checkpoints`)[0]?.size
  await until(async () => (await size()) === records)

  const id: Id<"export"> = newId("export")
  const asked = { id, from: null, to: null, reason: "inspection" }
  expect(isRefusal(await requestExport(services, regulator, asked))).toBe(false)
  const [folder, zip] = [exportFolder(log.home, id), exportZip(log.home, id)]
  const written = path.join(folder, "records.jsonl")
  const offersNothing = async () => {
    expect(await openExport(services, regulator, id)).toEqual({ refused: "not_sealed_yet" })
    expect(await readExport(services, regulator, id)).toMatchObject({ state: "waiting", record: null })
  }

  await until(() => existsSync(written) && statSync(written).size > 0)
  await kill()
  expect(existsSync(path.join(folder, "manifest.note"))).toBe(false)
  await offersNothing()

  start()
  await until(() => existsSync(zip))
  await kill()
  expect(existsSync(path.join(folder, "manifest.note"))).toBe(true)
  const manifest = createHash("sha256").update(await readFile(path.join(folder, "manifest.json")))
  await offersNothing()

  start()
  await until(async () => !isRefusal(await openExport(services, regulator, id)))
  const opened = await openExport(services, regulator, id)
  if (isRefusal(opened)) throw new Error(opened.refused)
  expect(statSync(opened.file).size).toBe(opened.bytes)
  expect(await verdictOf(opened.file)).toMatchObject({ code: 0, failures: [], checked: { records } })
  expect(await readExport(services, regulator, id)).toMatchObject({
    record: { manifestHash: manifest.digest("hex") },
  })
  expect(await readdir(path.join(log.home, "exports"))).toEqual([`${id}.zip`])
  expect((await log.sql`select 1 from exports where id = ${id}`).length).toBe(1)
})
