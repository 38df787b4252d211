import { once } from "node:events"
import { existsSync, writeFileSync } from "node:fs"
import { relative } from "node:path"
import { text } from "node:stream/consumers"
import { setTimeout as delay } from "node:timers/promises"
import { PlainFailure } from "#db/embedded/plain-failure.ts"
import { forgetStopped, readStopped } from "#server/ledger/stopped-file.ts"
import { Child, endProcess, type Program, spawnProgram } from "./child.ts"
import { type RunningDatabase, startDatabase } from "./database.ts"
import { lockHome, logFileOf, openHome } from "./home.ts"
import { freePort } from "./programs.ts"
import { say, sayWhile } from "./say.ts"
import type { Settings } from "./settings.ts"
import { listenForStop } from "./stop.ts"

/** What a market consists of beside its database; tests of this script bring tiny programs of their own. */
export type MarketParts = {
  /** Runs once the home is ours, before anything is started. */
  prepare(settings: Settings, signal: AbortSignal): Promise<void>
  /** The processes, in the order in which they are started. `web` answers GET /readyz on the port. */
  programs(settings: Settings, servingUrl: string): Promise<Program[]>
  /** A program that fills an empty embedded database, once; it prints the accounts that it has made. */
  seed: string | null
}

const readyLimitMs = 120_000
const hopelessFailures = 5

/**
 * Runs a whole market until it is told to stop, and leaves nothing behind. Gives the exit code: 0 after an
 * orderly stop, 1 after a failure, which has been told in plain sentences.
 */
export async function runMarket(readSettings: () => Settings, parts: MarketParts): Promise<number> {
  const stops: (() => void | Promise<void>)[] = []
  const children: Child[] = []
  const stop = listenForStop(() => {
    for (const child of children) child.kill()
  })
  let code = 0
  // A connection that breaks while it is being made leaves a promise in postgres.js that nobody heeds. What
  // matters of it is told by the query that fails with it; it must not take the whole market down.
  const unheeded = (error: unknown) =>
    say(`A connection to the database broke: ${error instanceof Error ? error.message : String(error)}`)
  process.on("unhandledRejection", unheeded)
  try {
    await bringUp(readSettings(), parts, { stops, children, signal: stop.signal })
    await stop.requested
  } catch (error) {
    if (!stop.signal.aborted) {
      code = 1
      say(tell(error))
    }
  }
  if (stop.signal.aborted) say("Stopping …")
  for (const undo of stops.toReversed()) await undo()
  process.off("unhandledRejection", unheeded)
  stop.close()
  return code
}

type Run = { stops: (() => void | Promise<void>)[]; children: Child[]; signal: AbortSignal }

async function bringUp(settings: Settings, parts: MarketParts, run: Run): Promise<void> {
  openHome(settings.home)
  run.stops.push(lockHome(settings.home))
  if ((await freePort(settings.port, settings.host)) === null)
    throw new PlainFailure(
      `Port ${settings.port} is in use. Stop what uses it, or choose another: PORT=${settings.port + 1} npm start`,
    )
  await parts.prepare(settings, run.signal)
  run.signal.throwIfAborted()
  const database = await startDatabase(settings, run.signal)
  run.stops.push(() => database.stop())
  run.signal.throwIfAborted()
  await forgetStopped(settings.home)
  const programs = await parts.programs(settings, database.servingUrl)
  startChildren(settings, programs, run)
  const web = run.children.find(({ program }) => program.name === "web")
  if (web) await untilReady(settings, web, run.signal)
  // The seed knocks at the web's door, so it is told what the web is told.
  if (parts.seed !== null && web)
    await seedOnce(database, { ...web.program, name: "seed", file: parts.seed }, settings, run.signal)
  say(`ready ${settings.publicUrl}`)
  run.stops.push(tellWhenSealingStops(settings.home))
}

const lookAtLedgerMs = 1000

/** Says once what the operator must do when the sequencer refuses to seal: a ledger that stands still is no small thing. */
function tellWhenSealingStops(home: string): () => void {
  let told = ""
  const look = async () => {
    const advice = (await readStopped(home))?.advice ?? ""
    if (advice !== "" && advice !== told) say(`The ledger has stopped. ${advice}`)
    told = advice
  }
  const timer = setInterval(() => void look().catch(() => {}), lookAtLedgerMs)
  return () => clearInterval(timer)
}

/** The web goes first when stopping, so that nobody is let in any more; PostgreSQL goes last. */
function startChildren(settings: Settings, programs: Program[], run: Run): void {
  for (const program of programs) {
    const child = new Child(program, logFileOf(settings.home, program.name))
    run.children.push(child)
    run.stops.push(() => child.stop())
    child.start()
  }
}

async function untilReady(settings: Settings, web: Child, signal: AbortSignal): Promise<void> {
  const url = `http://${settings.host === "0.0.0.0" ? "127.0.0.1" : settings.host}:${settings.port}/readyz`
  const began = Date.now()
  let told = 0
  while (!(await answers(url))) {
    signal.throwIfAborted()
    // Pages can be read all the same; what is wrong is told below.
    if (await readStopped(settings.home)) break
    const waitedMs = Date.now() - began
    if (web.failures >= hopelessFailures || waitedMs > readyLimitMs)
      throw new PlainFailure(`The market does not come up. The end of ${web.logFile}:\n${web.lastLines()}`)
    if (waitedMs > (told + 1) * 10_000) say(`Waiting for the market to be ready … ${++told * 10} s`)
    await delay(50)
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

/**
 * A failed seeding is told, and tried again at the next start; the market itself works without its demo data.
 * The accounts with their passwords are shown once and kept beside the database.
 */
async function seedOnce(
  { seedMark }: RunningDatabase,
  program: Program,
  { stripe }: Settings,
  signal: AbortSignal,
): Promise<void> {
  if (seedMark === null || stripe !== null || !existsSync(program.file)) return
  if (existsSync(seedMark)) return say(`The demo accounts are in ${relative(process.cwd(), seedMark)}.`)
  const child = spawnProgram(program, "pipe")
  const stop = () => void endProcess(child)
  signal.addEventListener("abort", stop)
  const output = child.stdout ? text(child.stdout) : Promise.resolve("")
  const [[code], accounts] = await sayWhile(
    "Seeding the demo market …",
    Promise.all([once(child, "close"), output]),
  )
  signal.removeEventListener("abort", stop)
  signal.throwIfAborted()
  if (code !== 0) return say("The demo market could not be seeded; the next start tries again.")
  writeFileSync(seedMark, accounts, { mode: 0o600, flush: true })
  if (accounts !== "") say(accounts.trimEnd())
}

/** Plain failures are for the reader; anything else is a bug, whose stack is what the maintainer needs. */
function tell(error: unknown): string {
  if (error instanceof PlainFailure) return error.message
  if ((error as NodeJS.ErrnoException)?.code === "ENOSPC") return "The disk is full."
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
