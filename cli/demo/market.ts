import { once } from "node:events"
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import type { DemoAccount } from "#server/seed/accounts.ts"
import { endProcess, spawnProgram } from "../../scripts/start/child.ts"
import { marketHome } from "../market-home.ts"
import type { Say } from "./words.ts"

/** The market that the demo trades on: one that runs, or one that it starts and stops again. */
export type DemoMarket = { origin: string; home: string; stop(): Promise<void> }

/** What cannot be done, told in one line. */
export class DemoFailure extends Error {}

const startScript = fileURLToPath(new URL("../../scripts/start.mjs", import.meta.url))

/** Throws DemoFailure when there is no market and none can be started. */
export async function findMarket(say: Say): Promise<DemoMarket> {
  const origin = `http://127.0.0.1:${process.env.PORT || "3000"}`
  const home = marketHome()
  if (await isReady(origin)) {
    say("marketFound", { origin })
    return { origin, home, stop: async () => {} }
  }
  say("marketStarts", { origin })
  return { origin, home, stop: await startMarket() }
}

async function isReady(origin: string): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(3_000) })
    return answer.ok && ((await answer.json()) as { ok?: unknown }).ok === true
  } catch {
    return false
  }
}

/** As `npm start` does; what it says goes on to standard error. It dies with us, however we end. */
async function startMarket(): Promise<() => Promise<void>> {
  const market = spawnProgram({ name: "market", file: startScript, environment: {} }, "pipe")
  const stop = () => endProcess(market)
  const ready = new Promise<void>((resolve) => {
    market.stdout?.on("data", (text: Buffer) => {
      process.stderr.write(text)
      if (/^ready /m.test(text.toString())) resolve()
    })
  })
  await Promise.race([
    ready,
    once(market, "close").then(() => {
      throw new DemoFailure("the market could not be started")
    }),
  ])
  return stop
}

/** A market answers some seconds before its demo accounts are made. */
const patienceMs = 30_000

/**
 * The demo accounts that the seeding leaves in the data folder, by role; the first of a role is its main one. Waits for
 * a market that has just started; throws DemoFailure when there are none.
 */
export async function demoAccounts(
  home: string,
  say: Say,
  patience = patienceMs,
): Promise<(role: DemoAccount["role"]) => DemoAccount> {
  const file = path.join(home, "demo-accounts.json")
  const read = () => readFile(file, "utf8").catch(() => null)
  let text = await read()
  // A market that runs has its folder: without one there is nothing to wait for.
  if (text === null && existsSync(home)) {
    say("noAccounts", { file })
    for (const until = Date.now() + patience; text === null && Date.now() < until; text = await read())
      await sleep(500)
  }
  if (text === null)
    throw new DemoFailure(
      `${file} cannot be read: the demo needs a market with demo accounts (the embedded database and the sandbox), and its data folder in QUANHENG_HOME`,
    )
  const accounts = JSON.parse(text) as DemoAccount[]
  return (role) => {
    const account = accounts.find((one) => one.role === role)
    if (!account) throw new DemoFailure(`the demo market has no ${role}`)
    return account
  }
}
