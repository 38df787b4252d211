import type { Sql, TransactionSql } from "postgres"
import { type Refusal, refuse } from "#contracts/refusal.ts"

/** Who waits longer is told that the market is busy: nothing waits for ever. */
const patienceMs = 10_000

/** PostgreSQL's code for a lock that was not got in time. */
const lockNotAvailable = "55P03"

/** When the last of this process's callers of a lock has left. */
const lines = new Map<string, Promise<void>>()

/**
 * One at a time, whichever process it is: `act` runs while a transaction holds the lock of that name. Callers of one
 * process line up in front of the lock, so that all of them together hold one connection of the pool: what `act` asks
 * of the pool itself is always answered. `locked` is the transaction; what is written beside it stays if it fails.
 * Refuses `too_busy` where its turn does not come.
 */
export async function oneAtATime<T>(
  sql: Sql,
  name: string,
  act: (locked: TransactionSql) => Promise<T>,
  patience = patienceMs,
): Promise<T | Refusal> {
  const before = lines.get(name) ?? Promise.resolve()
  const own = Promise.withResolvers<void>()
  const line = before.then(() => own.promise)
  lines.set(name, line)
  try {
    if (!(await comes(before, patience))) return refuse("too_busy")
    return (await sql.begin(async (locked) => {
      await locked`select set_config('lock_timeout', ${`${patience}ms`}, true)`
      await locked`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`
      return act(locked)
    })) as T | Refusal
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === lockNotAvailable)
      return refuse("too_busy")
    throw error
  } finally {
    own.resolve()
    if (lines.get(name) === line) lines.delete(name)
  }
}

/** Whether it comes within the time. */
function comes(turn: Promise<void>, withinMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), withinMs)
  void turn.then(() => resolve(true))
  return promise.finally(() => clearTimeout(timer))
}

/** Less than half of a pool's connections: what those ask of the pool while they hold one is always answered. */
const few = 4
let running = 0
const waiting: (() => void)[] = []

/** At most a few of this process at a time: for what holds a connection of the pool and needs another meanwhile. */
export async function fewAtATime<T>(act: () => Promise<T>): Promise<T> {
  if (running === few) await new Promise<void>((go) => waiting.push(go))
  else running++
  try {
    return await act()
  } finally {
    // Whoever waits takes the place over.
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
