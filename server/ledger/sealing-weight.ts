import { readFileSync } from "node:fs"
import type { Sql } from "postgres"
import { isSessionWeighed, stepAside, weighSession } from "../give-way.ts"
import { readBackend } from "./seal-store.ts"

/** As in nice(2). */
const last = 19
const even = 0

const patienceMs = 500

/**
 * What a round of the sequencer weighs beside steps that somebody waits for, where Linux weighs sessions
 * (give-way.ts): next to nothing, here and in its process of PostgreSQL, if that runs on this machine; and both step
 * aside. Where others leave it no processor it is late after half a second, and from then on weighs as much as they, so
 * that under any load the log goes on.
 */
export class SealingWeight {
  /** The leaders of sessions, and how nice each was told to be. */
  readonly #told: Map<number, number>

  private constructor(leaders: readonly number[]) {
    this.#told = new Map(leaders.map((leader) => [leader, even]))
  }

  /** Of this process and of the session that `sql` is. */
  static async of(sql: Sql): Promise<SealingWeight> {
    const backend = await readBackend(sql)
    const leaders = [process.pid, ...(isBackendHere(backend, sql) ? [backend] : [])].filter(isSessionWeighed)
    await Promise.all(leaders.map(stepAside))
    return new SealingWeight(leaders)
  }

  /** Does this, last in line for as long as it is not late. */
  async behind<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#tell(last)
    const late = setInterval(() => this.#tell(even), patienceMs)
    try {
      return await work()
    } finally {
      clearInterval(late)
    }
  }

  /** One that could not be told is told at the next occasion. */
  #tell(nice: number): void {
    for (const [leader, before] of this.#told)
      if (before !== nice && weighSession(leader, nice)) this.#told.set(leader, nice)
  }
}

/** A number is not enough, for the server may be on another machine: PostgreSQL titles its processes by whom they serve. */
function isBackendHere(pid: number, { options }: Sql): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(
      ` ${options.user} ${options.database} [local]`,
    )
  } catch {
    return false
  }
}
