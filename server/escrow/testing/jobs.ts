import type { Sql } from "postgres"

/** `said`: how its last run ended. */
export type Job = { task: string; payload: Record<string, string>; said?: string }
type Found = Job & { trade: string | null; target: string | null }

/**
 * What the worker finds to do, handed to the lane that each job is of. All is fetched by one query, whoever asks; a
 * job lies here until it is done, as one that failed lies in the database.
 */
export class Jobs {
  readonly #sql: Sql
  /** The lane of a trade, a party, a listing, a charge or a payout. */
  readonly #owners = new Map<string, number>()
  readonly #eventNames: (event: string) => readonly string[]
  #unowned: Found[] = []
  readonly #waiting = new Map<number, Job[]>()
  #next: Promise<void> | null = null
  #running: Promise<void> = Promise.resolve()

  constructor(sql: Sql, eventNames: (event: string) => readonly string[]) {
    this.#sql = sql
    this.#eventNames = eventNames
  }

  own(id: string, lane: number): void {
    this.#owners.set(id, lane)
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
    const all = [...this.#unowned, ...found]
    this.#unowned = []
    for (const job of all) {
      const lane = this.#laneOf(job)
      if (lane === undefined) this.#unowned.push(job)
      else this.keep(lane, [{ task: job.task, payload: job.payload }])
    }
  }

  #laneOf({ task, payload, trade, target }: Found): number | undefined {
    const ids = [
      trade,
      target,
      payload.payout,
      ...(task === "applyWebhook" ? this.#eventNames(payload.event ?? "") : []),
    ]
    return ids.map((id) => (id ? this.#owners.get(id) : undefined)).find((lane) => lane !== undefined)
  }
}
