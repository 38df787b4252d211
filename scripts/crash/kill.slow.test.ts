import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import type { Sql } from "postgres"
import { afterAll, describe, expect, test } from "vitest"
import { connect, untilAnswers } from "#db/connect.ts"
import { pagesAreBuilt } from "../start/pages.ts"
import { freePort } from "../start/programs.ts"
import { audit } from "./audit.ts"
import { type JourneyName, journeys, type Scene } from "./journeys.ts"
import { Person } from "./person.ts"
import { Processes, type Target, targets } from "./processes.ts"
import type { Seeded } from "./seed.ts"

/**
 * Whole trades over HTTP while processes are killed at random moments (kill -9) and started again as `npm start`
 * does. Then everything must have come out right. A failure tells the seed and what was killed when; the same
 * seed draws the same journeys and kills. QUANHENG_KILLS asks for more, QUANHENG_KILL_SEED repeats a run.
 *
 * The web process is mostly one without pages, which is up sooner. Where the pages are built, every third start is
 * that of scripts/start.mjs itself; QUANHENG_KILL_WHOLE=1 makes it every one.
 */
const kills = Number(process.env.QUANHENG_KILLS ?? "36")
const seed = Number(process.env.QUANHENG_KILL_SEED ?? Date.now() % 1_000_000_007)
const alwaysWhole = process.env.QUANHENG_KILL_WHOLE === "1"
const built = pagesAreBuilt()
/** People who trade at the same time; more than buyers, so that some have two trades at once. */
const lanes = 6
const buyersCount = 3

/** mulberry32: the same numbers from the same seed. */
function randomFrom(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const home = mkdtempSync(join(tmpdir(), "quanheng-kill-"))
const market = new Processes(home, (await freePort(0)) ?? 0)
const history: string[] = []
const began = Date.now()
const note = (line: string) =>
  history.push(`${((Date.now() - began) / 1000).toFixed(2).padStart(7)} s  ${line}`)
let owner: Sql | null = null

afterAll(async () => {
  await owner?.end({ timeout: 1 })
  market.abandon()
  await delay(500)
  if (!process.env.QUANHENG_KILL_KEEP) rmSync(home, { recursive: true, force: true })
})

const secret = (name: string) => readFileSync(join(home, "secrets", name), "utf8").trim()

function ownerUrl(): string {
  const url = secret("database-url")
  return url.replace(/\/\/[^@]+@/, `//quanheng_owner:${encodeURIComponent(secret("postgres-owner"))}@`)
}

async function signIn({ people }: Seeded, name: string): Promise<Person> {
  const person = new Person(market.origin)
  const { email = "", password = "" } = people[name] ?? {}
  await person.signIn(email, password)
  return person
}

/** Journeys one after another until there is nothing left to disturb; each must end as it should. */
async function walk(lane: number, scene: Omit<Scene, "random" | "began">, killing: AbortSignal) {
  const random = randomFrom(seed + 1 + lane)
  const names = Object.keys(journeys) as JourneyName[]
  let done = 0
  while (!killing.aborted) {
    const name = names[Math.floor(random() * names.length)] as JourneyName
    let trade = "no trade yet"
    const tell = (id: string) => {
      trade = id
      note(`lane ${lane}: ${name} ${id}`)
    }
    try {
      await journeys[name]({ ...scene, random, began: tell })
    } catch (error) {
      throw new Error(`the journey "${name}" of ${trade} in lane ${lane} failed`, { cause: error })
    }
    note(`lane ${lane}: ${name} ${trade} has ended`)
    done++
  }
  return done
}

/**
 * Kills what chance says until enough have died; what dies comes back by itself, and the start script by us. Two
 * times of three it waits first until the market stands again, so that there is something to disturb even where
 * a start takes long; the third kill falls into whatever is going on, a recovery too.
 */
async function killAtRandom(): Promise<Record<Target, number>> {
  const random = randomFrom(seed)
  const killed = Object.fromEntries(targets.map((target) => [target, 0])) as Record<Target, number>
  for (let count = 0; count < kills; ) {
    if (random() < 0.67) await market.untilReady()
    await delay(random() * 2000)
    market.mustRun()
    const target = targets[Math.floor(random() * targets.length)] as Target
    if (!(await market.kill(target, random))) continue
    count++
    killed[target]++
    note(`kill ${count}: ${target}`)
    if (target !== "start") continue
    const whole = alwaysWhole || (built && random() < 0.34)
    market.start(whole)
    if (whole) note("started with its pages")
  }
  return killed
}

describe.runIf(process.platform === "linux")("whatever is killed at whatever moment", () => {
  test(
    `${kills} kills, seed ${seed}: every trade ends as it should, and nothing is lost or doubled`,
    async () => {
      market.start()
      await market.untilReady()
      for (let i = 0; i < 600 && !market.output.includes("ready http"); i++) await delay(100)
      const seeded = JSON.parse(readFileSync(join(home, "seeded.json"), "utf8")) as Seeded
      const sandbox = `http://127.0.0.1:${readFileSync(join(home, "sandbox-port"), "utf8").trim()}`
      if (alwaysWhole) {
        await market.stop()
        market.start(true)
        await market.untilReady(240_000)
      }
      owner = connect(ownerUrl(), { connections: 4, name: "kill-test", arrays: false })
      const operator = await signIn(seeded, "operator")
      const buyers = await Promise.all(
        Array.from({ length: lanes }, (_, lane) => signIn(seeded, `buyer${lane % buyersCount}`)),
      )
      note("the market stands")
      const killing = new AbortController()
      const common = { seeded, operator, sandbox, owner }
      try {
        const walks = Promise.all(
          buyers.map((buyer, lane) => walk(lane, { ...common, buyer }, killing.signal)),
        )
        const killed = await Promise.race([
          killAtRandom(),
          walks.then(() => Promise.reject(new Error("no lane goes on"))),
        ])
        note("no more kills")
        killing.abort()
        const done = (await walks).reduce((sum, count) => sum + count, 0)
        note(`${done} journeys`)
        await market.untilReady()
        // The last kill may have ended our own connections, which tell of it only when they are used again.
        await owner.end({ timeout: 1 })
        owner = connect(ownerUrl(), { connections: 4, name: "kill-test", arrays: false })
        await untilAnswers(owner)
        const rest = { sql: owner, home, sandbox, secretKey: secret("stripe-sandbox-key") }
        const seats = { plan: seeded.paid.plan, of: seeded.paid.seats }
        await quiet(owner)
        expect(await audit({ ...rest, seats })).toEqual([])
        console.log(`seed ${seed}: ${JSON.stringify(killed)}, ${done} journeys`)
        expect(done).toBeGreaterThan(lanes)
        await market.stop()
        await market.untilGone()
      } catch (error) {
        console.error(`seed ${seed}\n${history.join("\n")}\n${market.output}`)
        throw error
      }
    },
    (240 + kills * 15) * 1000,
  )
})

/** Waits until nothing is on its way any more: facts sealed, jobs done, payments closed. Not forever: the audit tells. */
async function quiet(sql: Sql): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await delay(250)) {
    const [row] = await sql<{ busy: boolean }[]>`
      select exists (select from pending_facts) or exists (select from graphile_worker.jobs)
        or exists (select from payments where state in ('started', 'parting', 'held'))
        or exists (select from inbox where applied_at is null) as busy`
    if (row && !row.busy) return
  }
}
