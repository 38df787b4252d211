import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises"
import { afterAll, expect, onTestFinished, test, vi } from "vitest"
import { connect } from "../connect.ts"
import { startCluster } from "./cluster.ts"

const folder = mkdtempSync(join(tmpdir(), "quanheng-cluster-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pidFile = join(folder, "postgres/data/postmaster.pid")
const options = {
  folder: join(folder, "postgres"),
  socketFolder: join(folder, "run"),
  logFile: join(folder, "postgres.log"),
  superuserPassword: "of the test",
  durable: false,
}

/** Kills PostgreSQL as soon as it says that it takes connections, which the start finds out some milliseconds later. */
async function killWhenReady(): Promise<void> {
  for (;;) {
    const lines = existsSync(pidFile) ? readFileSync(pidFile, "utf8").split("\n") : []
    if (lines[7]?.trim() === "ready") return void process.kill(Number(lines[0]), "SIGKILL")
    await nextTurn()
  }
}

test.runIf(process.platform === "linux")(
  "a PostgreSQL that ends before the start has seen it ready is known to have ended",
  async () => {
    for (let round = 0; round < 3; round++) {
      rmSync(pidFile, { force: true })
      const [cluster] = await Promise.all([startCluster(options), killWhenReady()])
      const late = delay(5000, "nobody was told of its end")
      expect(await Promise.race([cluster.exited, late])).toBeUndefined()
      await cluster.stop()
    }
  },
  60_000,
)

/** Kills PostgreSQL as soon as it has written who it is, before it takes connections. */
async function killWhileStarting(): Promise<void> {
  for (;;) {
    const [pid, , , , , , , state] = existsSync(pidFile) ? readFileSync(pidFile, "utf8").split("\n") : []
    if (state?.trim() === "ready") throw new Error("it was ready before it could be killed")
    if (Number(pid) > 0) return void process.kill(Number(pid), "SIGKILL")
    await nextTurn()
  }
}

test.runIf(process.platform === "linux")(
  "a PostgreSQL that is killed while it starts is started again",
  async () => {
    rmSync(pidFile, { force: true })
    const [cluster] = await Promise.all([startCluster(options), killWhileStarting()])
    const sql = connect(cluster.url("postgres", "postgres", options.superuserPassword), {
      connections: 1,
      name: "test",
    })
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
    await sql.end()
    await cluster.stop()
  },
  60_000,
)

/** A process of its own that starts PostgreSQL, tells its address and stays. */
const starter = (own: typeof options) =>
  spawn(
    process.execPath,
    [
      "--input-type=module-typescript",
      "--eval",
      `import { startCluster } from ${JSON.stringify(new URL("cluster.ts", import.meta.url).href)}
      const cluster = await startCluster(${JSON.stringify(own)})
      console.log(cluster.url("postgres", "postgres", ${JSON.stringify(own.superuserPassword)}))
      await cluster.exited`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  )

const runs = (pid: number): boolean => existsSync(`/proc/${pid}`)

test.runIf(process.platform === "linux")(
  "a PostgreSQL whose starter is killed ends, also while it recovers from a crash",
  async () => {
    const own = {
      ...options,
      folder: join(folder, "orphan"),
      socketFolder: join(folder, "orphan-run"),
      logFile: join(folder, "orphan.log"),
      durable: true,
    }
    const interruptions = () => readFileSync(own.logFile, "utf8").split("system was interrupted").length
    for (let round = 0; round < 2; round++) {
      const starting = starter(own)
      onTestFinished(() => void starting.kill("SIGKILL"))
      const [url] = await once(starting.stdout, "data")
      const sql = connect(String(url).trim(), { connections: 1 })
      // It takes connections a moment before all of its processes are there.
      const writer = await vi.waitUntil(async () => {
        const [row] = await sql`select pid from pg_stat_activity where backend_type = 'walwriter'`
        return row?.pid as number | undefined
      }, 10_000)
      await sql.end()
      const postmaster = Number.parseInt(readFileSync(join(own.folder, "data/postmaster.pid"), "utf8"), 10)
      const before = interruptions()
      process.kill(writer, "SIGKILL")
      while (interruptions() === before) await delay(2)
      starting.kill("SIGKILL")
      for (const end = Date.now() + 10_000; runs(postmaster) && Date.now() < end; ) await delay(10)
      expect(runs(postmaster)).toBe(false)
    }
  },
  60_000,
)
