import type { Sql } from "postgres"
import { connect } from "#db/connect.ts"

/**
 * A worker that was killed leaves its jobs locked under its name, and graphile-worker gives such jobs back only
 * after four hours. So each worker holds a session lock under its own name for as long as it lives, and every
 * worker gives back the jobs of names whose lock nobody holds. A worker that lost only its connection may see a
 * job of its own run twice, which every job allows.
 */
export class Presence {
  /** One connection of its own, for the lock lives and dies with it; it is made anew when it was lost. */
  readonly #sql: Sql
  readonly #name: string
  #lockedBy = 0

  /** @param name the `locked_by` of this worker's jobs. */
  constructor(url: string, name: string) {
    this.#sql = connect(url, { connections: 1, name: "quanheng-presence" })
    this.#name = name
  }

  /** Says that this worker lives, then gives back the jobs of those that do not. Answers their names. */
  async sweep(): Promise<string[]> {
    await this.#hold()
    const rows = await this.#sql<{ name: string }[]>`
      select distinct locked_by as name from graphile_worker.jobs
      where locked_by is not null and locked_by <> ${this.#name}`
    const dead: string[] = []
    for (const { name } of rows) if (await giveBack(this.#sql, name)) dead.push(name)
    return dead
  }

  /** Takes the lock when this is another connection than the one that took it last. */
  async #hold(): Promise<void> {
    const [row] = await this.#sql<{ pid: number; locked: boolean }[]>`
      select pg_backend_pid() as pid, case when pg_backend_pid() = ${this.#lockedBy}::int then true
        else pg_try_advisory_lock(${presenceLock}, hashtext(${this.#name})) end as locked`
    this.#lockedBy = row?.locked ? row.pid : 0
  }

  stop(): Promise<void> {
    return this.#sql.end({ timeout: 1 })
  }
}

/** "work" as a number: the first half of the session locks by which workers are known to live. */
const presenceLock = 0x776f726b

/** True when nobody lives under the name; its jobs are free again then. */
function giveBack(sql: Sql, name: string): Promise<boolean> {
  return sql.begin(async (transaction) => {
    const [row] = await transaction<{ free: boolean }[]>`
      select pg_try_advisory_xact_lock(${presenceLock}, hashtext(${name})) as free`
    if (!row?.free) return false
    await transaction`select graphile_worker.force_unlock_workers(${[name]}::text[])`
    return true
  })
}
