import type { Sql } from "postgres"

/** `said`: how its last run ended. */
export type Job = { task: string; payload: Record<string, string>; said?: string }
type Found = Job & { trade: string | null; target: string | null }

const mostLooks = 100

/**
 * What the worker finds to do, handed to the lane that each job is of. All is fetched by one query, whoever asks; a
 * job lies here until it is done, as one that failed lies in the database.
 */
export class Jobs {
  readonly #sql: Sql
  /** The lane of a trade, a party, a listing, a charge or a payout. */
  readonly #owners = new Map<string, number>()
  readonly #eventNames: (event: string) => readonly string[]
  /** Jobs of things that no lane has told of yet, by what they are of. */
  readonly #orphans = new Map<string, Set<Found>>()
  #nameless: { job: Found; looks: number }[] = []
  readonly #waiting = new Map<number, Job[]>()
  #next: Promise<void> | null = null
  #running: Promise<void> = Promise.resolve()

  constructor(sql: Sql, eventNames: (event: string) => readonly string[]) {
    this.#sql = sql
    this.#eventNames = eventNames
  }

  own(id: string, lane: number): void {
    this.#owners.set(id, lane)
    for (const job of this.#orphans.get(id) ?? []) {
      for (const name of this.#namesOf(job)) this.#orphans.get(name)?.delete(job)
      this.#hand(job, lane)
    }
    this.#orphans.delete(id)
  }

  /** All that there is for a lane by now; what is taken and not done is to be kept again. */
  async take(lane: number): Promise<Job[]> {
    this.#next ??= this.#fetchNext()
    await this.#next
    const jobs = this.#waiting.get(lane) ?? []
    this.#waiting.delete(lane)
    return jobs
  }

  keep(lane: number, jobs: readonly Job[]): void {
    const all = [...(this.#waiting.get(lane) ?? []), ...jobs]
    const once = new Map(all.map((job) => [`${job.task} ${JSON.stringify(job.payload)}`, job]))
    this.#waiting.set(lane, [...once.values()])
  }

  /** Nobody is interested any more. */
  drop(lane: number): void {
    this.#waiting.delete(lane)
  }

  /** Whoever asks while a query is in flight shares the next one. */
  async #fetchNext(): Promise<void> {
    await this.#running
    this.#next = null
    this.#running = this.#fetch()
    await this.#running
  }

  async #fetch(): Promise<void> {
    const found = await this.#sql<Found[]>`
      with gone as (delete from graphile_worker._private_jobs returning id, task_id, payload)
      select t.identifier as task, j.payload, coalesce(f.target, d.row->>'seller') as target,
        coalesce(p.trade, r.trade, d.trade, j.payload->>'trade') as trade
      from gone j join graphile_worker._private_tasks t on t.id = j.task_id
        left join payments p on p.id = j.payload->>'payment' left join refunds r on r.id = j.payload->>'refund'
        left join debts d on d.id = j.payload->>'debt' left join freezes f on f.id = j.payload->>'freeze'
      order by j.id`
    const again = this.#nameless
    this.#nameless = []
    for (const job of found) this.#place(job, 0)
    for (const { job, looks } of again) this.#place(job, looks)
  }

  /** To its lane, or to where it waits for one: most of a long run's would be looked at in vain at each fetch. */
  #place(job: Found, looks: number): void {
    const names = this.#namesOf(job)
    const lane = names.map((id) => this.#owners.get(id)).find((one) => one !== undefined)
    if (lane !== undefined) this.#hand(job, lane)
    else for (const name of names) this.#orphans.set(name, (this.#orphans.get(name) ?? new Set()).add(job))
    // Of an event that was asked for its webhook may still come, and tell whose it is; of most kinds none ever does.
    if (names.length === 0 && looks < mostLooks) this.#nameless.push({ job, looks: looks + 1 })
  }

  #hand({ task, payload }: Found, lane: number): void {
    this.keep(lane, [{ task, payload }])
  }

  #namesOf({ task, payload, trade, target }: Found): string[] {
    const events = task === "applyWebhook" ? this.#eventNames(payload.event ?? "") : []
    return [trade, target, payload.payout, ...events].filter((name) => typeof name === "string")
  }
}
