import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { afterAll, describe, expect, test } from "vitest"
import { freshDatabase } from "#db/test-database.ts"
import { freePort } from "./start/programs.ts"

/**
 * The start script with its real database and tiny processes (start/fixtures). A process belongs to this test
 * when the marker is in its environment or its working folder lies in the home; /proc tells both.
 */
const home = mkdtempSync(join(tmpdir(), "quanheng-start-"))
const port = (await freePort(0)) ?? 0
const script = fileURLToPath(new URL("start/fixtures/tiny-market.ts", import.meta.url))
const preload = fileURLToPath(new URL("start/quick-resolve.mjs", import.meta.url))
const readyLine = `ready http://localhost:${port}`

type Run = { process: ChildProcess; output(): string; ended: Promise<unknown[]> }

function start(environment: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, ["--import", preload, script], {
    env: { ...process.env, QUANHENG_HOME: home, PORT: String(port), DATABASE_URL: "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString()
    })
  return { process: child, output: () => output, ended: once(child, "close") }
}

async function until(what: string, condition: () => boolean | Promise<boolean>, limitMs: number) {
  for (const end = Date.now() + limitMs; Date.now() < end; await delay(25)) if (await condition()) return
  throw new Error(`not within ${limitMs} ms: ${what}`)
}

async function ready(run: Run, limitMs: number): Promise<void> {
  const told = () => run.output().includes(readyLine) || run.process.exitCode !== null
  // What it said instead tells more than that it was late.
  await until(readyLine, told, limitMs).catch(async () => {
    // The next test shall not find it in its way.
    run.process.kill("SIGTERM")
    await run.ended
  })
  expect(run.output()).toContain(readyLine)
}

/** A process's command line; empty when it ended between being listed and being read. */
function commandOf(pid: number | string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
  } catch {
    return ""
  }
}

function processesOfHome(): { pid: number; command: string }[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .filter((pid) => {
      try {
        const mine = readFileSync(`/proc/${pid}/environ`, "utf8").includes(`QUANHENG_HOME=${home}`)
        return mine || readlinkSync(`/proc/${pid}/cwd`).startsWith(home)
      } catch {
        return false
      }
    })
    .map((pid) => ({ pid, command: commandOf(pid) }))
    .filter(({ command }) => command !== "")
}

function pidOf(part: string): number {
  return processesOfHome().find(({ command }) => command.includes(part))?.pid ?? 0
}

const postmaster = () => Number.parseInt(readFileSync(join(home, "postgres/data/postmaster.pid"), "utf8"), 10)

/** Its own file says so once it takes connections. */
function isUp(): boolean {
  const file = join(home, "postgres/data/postmaster.pid")
  return existsSync(file) && readFileSync(file, "utf8").includes("ready")
}

const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text()

afterAll(() => {
  for (const { pid } of processesOfHome()) process.kill(pid, "SIGKILL")
  rmSync(home, { recursive: true, force: true })
})

describe.runIf(process.platform === "linux")("npm start", () => {
  test("comes up, seeds once, refuses a second start, and SIGTERM leaves nothing behind", async () => {
    const run = start()
    await ready(run, 20_000)
    expect(run.output()).toContain("seeded by process")
    expect(await ask("/add")).toBe("1")
    expect(pidOf("postgres -D")).toBe(postmaster())
    expect(pidOf("sleep 600")).toBeGreaterThan(0)
    expect(statSync(join(home, "secrets/postgres-serving")).mode & 0o777).toBe(0o600)

    const second = start()
    await second.ended
    expect(second.process.exitCode).toBe(1)
    expect(second.output()).toMatch(/^Another start \(process \d+\) is using .*\n$/)

    run.process.kill("SIGTERM")
    await run.ended
    expect(run.process.exitCode).toBe(0)
    expect(processesOfHome()).toEqual([])
    expect(existsSync(join(home, "lock"))).toBe(false)
  }, 40_000)

  test("restarts what dies; its own SIGKILL leaves nothing behind after 3 s", async () => {
    const run = start({ TINY_STUBBORN: "1" })
    await ready(run, 5000)
    expect(run.output()).not.toContain("seeded by process")
    const worker = pidOf("tiny-worker")
    process.kill(worker, "SIGKILL")
    await until("a new worker", () => ![0, worker].includes(pidOf("tiny-worker")), 3000)

    process.kill(postmaster(), "SIGKILL")
    await until("database back", async () => (await ask("/count")) === "1", 10_000)

    run.process.kill("SIGKILL")
    await until("nothing left", () => processesOfHome().length === 0, 3000)
  }, 30_000)

  test("the start after a SIGKILL recovers and has kept the data", async () => {
    // What is left may name a process that lives: its number was given anew, or nobody has waited for its end.
    writeFileSync(
      join(home, "run/.s.PGSQL.5432.lock"),
      `${process.pid}\n${join(home, "postgres/data")}\n0\n5432\n`,
    )
    const run = start()
    // Two to three seconds by itself; beside other tests, however long the disk takes.
    await ready(run, 60_000)
    expect(await ask("/count")).toBe("1")
    run.process.kill("SIGINT")
    await run.ended
    expect(processesOfHome()).toEqual([])
  }, 90_000)

  test("PostgreSQL killed while the market comes up: it comes up all the same", async () => {
    // By `npm run test:large` at more moments.
    for (const pauseMs of process.env.QUANHENG_LARGE ? [0, 10, 25, 40, 60] : [0, 40]) {
      rmSync(join(home, "postgres/data/postmaster.pid"), { force: true })
      const run = start()
      await until("PostgreSQL", () => pidOf("postgres -D") > 0 && isUp(), 10_000)
      await delay(pauseMs)
      process.kill(postmaster(), "SIGKILL")
      // After a crash PostgreSQL syncs every file of its data first: right after the other tests disks have much to do.
      await ready(run, 60_000)
      expect(run.output()).toContain("PostgreSQL ended by itself; starting it again.")
      run.process.kill("SIGTERM")
      await run.ended
      expect(processesOfHome()).toEqual([])
    }
  }, 150_000)

  test("with DATABASE_URL it uses that database and seeds nothing; one out of reach is told plainly", async () => {
    const { servingUrl, ownerUrl } = await freshDatabase()
    const run = start({ DATABASE_URL: servingUrl, DATABASE_OWNER_URL: ownerUrl })
    await ready(run, 5000)
    expect(run.output()).toBe(`${readyLine}\n`)
    expect(await ask("/count")).toBe("0")
    expect(pidOf("postgres -D")).toBe(0)
    run.process.kill("SIGTERM")
    await run.ended

    const lost = start({ DATABASE_URL: "postgres://nobody:x@127.0.0.1:1/market" })
    await lost.ended
    expect(lost.process.exitCode).toBe(1)
    expect(lost.output()).toMatch(/The database of DATABASE_URL could not be .*ECONNREFUSED.*\n$/)
  }, 30_000)

  test("a port in use and a wrong setting are told in one sentence", async () => {
    const server = createServer().listen(port, "127.0.0.1")
    await once(server, "listening")
    const taken = start()
    await taken.ended
    server.close()
    expect(taken.output()).toMatch(/^Port \d+ is in use\. .*PORT=\d+ npm start\n$/)
    const wrong = start({ PORT: "eighty" })
    await wrong.ended
    expect([wrong.process.exitCode, wrong.output()]).toEqual([
      1,
      'PORT must be a number from 1 to 65535, not "eighty".\n',
    ])
  })
})
