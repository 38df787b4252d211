import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { connect, createServer, type Server, type Socket } from "node:net"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { afterEach, expect } from "vitest"
import { checkLog, type TestLog } from "./test-log.ts"

/** Sequencers of a log as processes of their own, for tests that stop, cut off and kill them. */

const program = fileURLToPath(new URL("./test-sequencer.ts", import.meta.url))

const running = new Set<ChildProcess>()
afterEach(async () => {
  const left = [...running].filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
  running.clear()
  await Promise.all(
    left.map((child) => {
      const ended = once(child, "exit")
      child.kill("SIGKILL")
      return ended
    }),
  )
})

/** Starts one; with `failAt` (a moment and a step) it ends by SIGKILL there. */
export function startSequencer(
  { url, home }: Pick<TestLog, "url" | "home">,
  ...failAt: string[]
): ChildProcess {
  const child = spawn(process.execPath, [program, url, home, ...failAt], {
    stdio: ["pipe", "ignore", "inherit"],
  })
  running.add(child)
  return child
}

export const waiting = async ({ sql }: TestLog): Promise<number> =>
  (await sql`select 1 from pending_facts limit 1`).length

/** Each sequencer that takes the lead raises it by one. */
export async function epoch({ sql }: TestLog): Promise<number> {
  const [row] = await sql<{ epoch: number }[]>`select epoch::float8 as epoch from sequencer`
  return row?.epoch ?? 0
}

export const untilEpoch = (log: TestLog, least: number): Promise<void> =>
  expect.poll(() => epoch(log), { timeout: 20_000, interval: 10 }).toBeGreaterThanOrEqual(least)

/** The database ends the sessions of one sequencer, or of all: what it does in the end with one it hears nothing of. */
export const endSessions = ({ sql }: TestLog, pid?: number): Promise<unknown> =>
  sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and application_name like ${`test-sequencer-${pid ?? "%"}`}`

/** Adds facts until something is done; answers how many. */
export async function addUntil(log: TestLog, until: Promise<unknown>): Promise<number> {
  let done = false
  let total = 0
  const ended = until.finally(() => {
    done = true
  })
  while (!done) {
    await log.add(7)
    total += 7
    await delay(10)
  }
  await ended
  return total
}

/** What must hold in the end: all is sealed once, and every head that was ever published is of this one log. */
export async function expectOneLog(log: TestLog, total: number): Promise<void> {
  await expect.poll(() => waiting(log), { timeout: 30_000 }).toBe(0)
  const size = async () => (await log.sql`select max(size)::int as size from checkpoints`)[0]?.size
  await expect.poll(size, { timeout: 10_000 }).toBe(total)
  expect(await checkLog(log)).toBe(total)
}

/** Stands between a sequencer and its database, as the network does. */
export type Wire = {
  readonly url: string
  /** "through"; "silent": nothing passes and nothing is closed; "deaf": what is asked arrives, no answer does. */
  set(how: "through" | "silent" | "deaf"): void
  /** Every connection breaks; what was held back is lost. */
  reset(): void
  close(): void
}

export async function openWire(url: string): Promise<Wire> {
  const own = new URL(url)
  const socketFile = join(decodeURIComponent(own.hostname), `.s.PGSQL.${own.port || 5432}`)
  const asking = new Set<Socket>()
  const answering = new Set<Socket>()
  let how: Parameters<Wire["set"]>[0] = "through"
  const apply = () => {
    for (const socket of asking) how === "silent" ? socket.pause() : socket.resume()
    for (const socket of answering) how === "through" ? socket.resume() : socket.pause()
  }
  const server: Server = createServer((near) => {
    const far = connect(socketFile)
    link(near, far, asking)
    link(far, near, answering)
    apply()
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  own.hostname = "127.0.0.1"
  own.port = String((server.address() as { port: number }).port)
  const reset = () => {
    for (const socket of [...asking, ...answering]) socket.destroy()
  }
  return {
    url: own.toString(),
    set(next) {
      how = next
      apply()
    },
    reset,
    close() {
      reset()
      server.close()
    },
  }
}

/** What comes from one socket goes to the other, its end too. */
function link(from: Socket, to: Socket, all: Set<Socket>): void {
  all.add(from)
  from.on("data", (part) => to.write(part))
  from.on("error", () => to.destroy())
  from.on("close", () => {
    all.delete(from)
    to.destroy()
  })
}
