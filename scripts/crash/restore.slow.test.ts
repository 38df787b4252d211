import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, describe, expect, test } from "vitest"
import { freePort } from "../start/programs.ts"
import { newCommandId, Person } from "./person.ts"
import { Processes } from "./processes.ts"
import type { Seeded } from "./seed.ts"

/** A real market whose database folder is put back to an older copy, as a restored backup would be. */
const home = mkdtempSync(join(tmpdir(), "quanheng-restore-"))
const market = new Processes(home, (await freePort(0)) ?? 0)
const database = join(home, "postgres")
const [older, newer] = [`${database}.older`, `${database}.newer`]

afterAll(async () => {
  market.abandon()
  await delay(500)
  rmSync(home, { recursive: true, force: true })
})

type Ready = { ok: boolean; sequencer: { ok: boolean; refused?: string; message?: string; detail: number } }

async function readiness(locale: string): Promise<Ready & { status: number }> {
  const response = await fetch(`${market.origin}/readyz`, { headers: { "x-locale": locale } })
  return { status: response.status, ...((await response.json()) as Ready) }
}

const checkpoint = async () => (await fetch(`${market.origin}/ledger/checkpoint`)).text()
const sizeOf = (head: string) => Number(head.split("\n")[1])

async function start(): Promise<void> {
  market.start()
  const before = market.output.length
  await expect.poll(() => market.output.slice(before), { timeout: 60_000 }).toContain("ready http")
}

/** A new trade: three facts more in the log, or waiting for it. */
async function trade(): Promise<string> {
  const seeded = JSON.parse(readFileSync(join(home, "seeded.json"), "utf8")) as Seeded
  const buyer = new Person(market.origin)
  const { email = "", password = "" } = seeded.people.buyer0 ?? {}
  await buyer.signIn(email, password)
  const { listing, free } = seeded
  const offer = { listing, plan: free.plan, use: { actions: ["use"] }, locale: "en" }
  const answer = await buyer.do("trades.propose", { commandId: newCommandId(), ...offer })
  return answer.trade ?? ""
}

describe.runIf(process.platform === "linux")("a database restored from an older backup", () => {
  test("is not sealed on: the log is not forked, and everybody is told what to do", async () => {
    await start()
    await market.stop()
    execFileSync("cp", ["-a", database, older])
    await start()
    await trade()
    await expect.poll(async () => (await readiness("en")).sequencer.detail, { timeout: 10_000 }).toBe(0)
    await delay(500)
    await market.stop()
    // Not asked of the site before: a job may add a record as long as the worker runs.
    const published = readFileSync(join(home, "ledger/checkpoint"), "utf8")
    renameSync(database, newer)
    renameSync(older, database)

    await start()
    const advice = new RegExp(
      `The ledger has stopped\\. The database has \\d+ records, the last published checkpoint ${sizeOf(published)}\\. Restore the newest backup of the database, .* Nothing is sealed until then, and nothing waiting is lost\\.`,
    )
    await expect.poll(() => market.output, { timeout: 10_000 }).toMatch(advice)
    expect(readFileSync(join(home, "logs/sequencer.log"), "utf8")).toMatch(
      /^The database has \d+ records, .*\.$/m,
    )
    expect(await readiness("en")).toMatchObject({
      status: 503,
      ok: false,
      sequencer: {
        ok: false,
        refused: "log_behind",
        message: expect.stringContaining("not to fork the log"),
      },
    })
    expect((await readiness("zh")).sequencer.message).toContain("已停止封存")
    await trade()
    await delay(1500)
    expect((await readiness("en")).sequencer.detail).toBeGreaterThan(0)
    expect(sizeOf(await checkpoint())).toBeLessThan(sizeOf(published))
    expect(readFileSync(join(home, "ledger/checkpoint"), "utf8")).toBe(published)
    await market.stop()

    // The newest backup does what the advice says it does.
    rmSync(database, { recursive: true })
    renameSync(newer, database)
    await start()
    await trade()
    await expect
      .poll(async () => sizeOf(await checkpoint()), { timeout: 15_000 })
      .toBeGreaterThan(sizeOf(published))
    expect(await readiness("en")).toMatchObject({ status: 200, ok: true })
    await market.stop()
  }, 180_000)
})
