import { hash } from "node:crypto"
import { setImmediate as nextTurn } from "node:timers/promises"
import type { Sql } from "postgres"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { commitCall } from "#db/commit-function.ts"
import { type Answer, type CommandKey, type Entry, encodeBatch, prepare } from "./commit/batch.ts"
import { DatabaseClock } from "./commit/clock.ts"
import { partiesOf } from "./commit/finish-fact.ts"
import type { KeyRing } from "./commit/key-ring.ts"
import type { Decision } from "./decision.ts"
import { keepWritten } from "./row-cache.ts"

/** `lost`: something it relied on had changed; nothing of it was written. `repeated`: it was answered before. */
export type Outcome =
  | { kind: "written"; result: Json }
  | { kind: "repeated"; result: Json; digest: string }
  | { kind: "lost" }

/** One act of somebody: its id is made by the caller, so that a retry is known as one. */
export type Command = { giver: string; id: string; action: string; input: unknown }

type Waiting = { entry: Entry; settle: (outcome: Outcome) => void; fail: (error: unknown) => void }

/**
 * Server settings of the writer's own connection. Its statements are always alike, so that planning them again
 * or compiling them costs more than it can win; and each looks rows up by key, which the planner must not unlearn
 * while it believes the tables to be empty.
 */
export const writerSettings = {
  plan_cache_mode: "force_generic_plan",
  jit: "off",
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
} as const

const largestBatch = 512
const attempts = 12

/** A commit that comes sooner is found by the round that the one before has begun, or right after it. */
const announceEveryMs = 20

/** Fewer than this are not worth two batches. */
const worthSplitting = 16

/**
 * The only writer of certified nouns, the book, facts and jobs (DESIGN §5). Callers queue; when nothing is in
 * flight, all that queued is written at once: nobody waits for a batch to fill. A second batch may follow on the
 * same connection, so that this process prepares one while PostgreSQL writes the other.
 */
export class Writer {
  readonly clock = new DatabaseClock()
  readonly #sql: Sql
  readonly #keys: KeyRing
  #queue: Waiting[] = []
  #gathering = false
  /** The sizes of the batches in flight, in their order; at most two. */
  readonly #inFlight: number[] = []
  #announcedAt = Number.NEGATIVE_INFINITY
  /** About how many callers there are: the most seen waiting or in flight of late. */
  #callers = 0

  constructor(sql: Sql, keys: KeyRing) {
    this.#sql = sql
    this.#keys = keys
  }

  /** Reads the database's time once; call before the first `now`. */
  async start(): Promise<this> {
    const [row] = await this.#sql<
      { ms: number }[]
    >`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`
    if (row) this.clock.set(row.ms)
    return this
  }

  now(): Time {
    return this.clock.now()
  }

  /**
   * Loads, decides and commits; a decision that lost a race loads and decides again. Answers the decision's
   * result, the first answer when the command's id is not new, or the refusal.
   */
  async run<State>(
    command: Command,
    load: (now: Time) => Promise<State | Refusal>,
    decide: (state: State, now: Time) => Decision | Refusal,
  ): Promise<Json | Refusal> {
    const key = { giver: command.giver, id: command.id, digest: digestOf(command) }
    for (let attempt = 0; attempt < attempts; attempt++) {
      const now = this.now()
      const state = await load(now)
      const decision = isRefusal(state) ? state : decide(state, now)
      // A repeated command mostly finds its own work done, which its rule refuses: tell the first answer instead.
      if (isRefusal(decision)) return (await this.#firstAnswer(key)) ?? decision
      const [outcome] = await this.commit([{ command: key, decision, moves: movesOf(state) }])
      if (outcome?.kind === "written") return outcome.result
      if (outcome?.kind === "repeated") return sameOrRefused(outcome, key)
    }
    return refuse("too_busy")
  }

  /** Commits decisions, each whole or not at all, in groups with whatever else has queued. */
  async commit(
    decisions: { command: CommandKey; decision: Decision; moves?: string | null }[],
  ): Promise<Outcome[]> {
    await this.#keys.load(decisions.flatMap(({ decision }) => decision.facts.flatMap(partiesOf)))
    const entries = decisions.map(({ command, decision, moves }) =>
      prepare(command, decision, this.#keys.of, moves),
    )
    const outcomes = entries.map(
      (entry) => new Promise<Outcome>((settle, fail) => this.#queue.push({ entry, settle, fail })),
    )
    void this.#gather()
    return Promise.all(outcomes)
  }

  async #firstAnswer(key: CommandKey): Promise<Json | Refusal | null> {
    const [row] = await this.#sql<{ digest: string; result: Json }[]>`
      select digest, result from commands where giver = ${key.giver} and id = ${key.id}`
    return row ? sameOrRefused(row, key) : null
  }

  /** Callers that one answer of the database woke queue within this turn; without it the first would go alone. */
  async #gather(): Promise<void> {
    if (this.#gathering) return
    this.#gathering = true
    await nextTurn()
    this.#gathering = false
    this.#send()
  }

  /**
   * A second batch goes only when it is as large as the one in flight: each costs something by itself, and of
   * halves of halves there would soon be many. Where all callers wait together, half of them go first, and then
   * take turns with the other half.
   */
  #send(): void {
    while (this.#queue.length > 0 && this.#inFlight.length < 2) {
      const [waiting, ahead] = [this.#queue.length, this.#inFlight[0] ?? 0]
      if (waiting < ahead) return
      this.#callers = Math.max(waiting + ahead, 0.95 * this.#callers)
      const together = ahead === 0 && waiting >= worthSplitting && waiting > 0.7 * this.#callers
      const batch = this.#take(together ? Math.ceil(waiting / 2) : largestBatch)
      this.#inFlight.push(batch.length)
      void this.#write(batch, "fast")
        .catch(() => this.#writeAgain(batch))
        .finally(() => {
          this.#inFlight.shift()
          this.#send()
        })
    }
  }

  /** The longest part of the queue whose entries do not meet; the others wait for the next round, in order. */
  #take(most: number): Waiting[] {
    const taken: Waiting[] = []
    const left: Waiting[] = []
    const exclusive = new Set<string>()
    const shared = new Set<string>()
    for (const waiting of this.#queue) {
      const { entry } = waiting
      const meets =
        taken.length >= most ||
        entry.exclusive.some((id) => exclusive.has(id) || shared.has(id)) ||
        entry.shared.some((id) => exclusive.has(id))
      for (const id of entry.exclusive) exclusive.add(id)
      for (const id of entry.shared) shared.add(id)
      ;(meets ? left : taken).push(waiting)
    }
    this.#queue = left
    return taken
  }

  async #write(batch: Waiting[], how: "fast" | "careful"): Promise<void> {
    const entries = batch.map(({ entry }) => entry)
    const [row] = await this.#sql.unsafe<
      { repeated: Answer[] | null; lost: number[]; now_ms: number; tx: string }[]
    >(commitCall, encodeBatch(entries, how === "careful"), { prepare: true })
    if (!row) throw new Error("the statement gave no answer")
    this.clock.set(row.now_ms)
    this.#announce()
    const lost = new Set(row.lost)
    const repeated = new Map(row.repeated?.map((answer) => [answer.d, answer]))
    batch.forEach(({ entry, settle }, d) => {
      const answer = repeated.get(d)
      if (answer) settle({ kind: "repeated", result: answer.result, digest: answer.digest })
      else if (lost.has(d)) settle({ kind: "lost" })
      else {
        keepWritten(row.tx, entry.decision.changes)
        settle({ kind: "written", result: entry.decision.result })
      }
    })
  }

  /**
   * Wakes the sequencer. It is a statement of its own, and not each time: a commit that notifies waits for every
   * other one that does. That it may fail matters to nobody, for the sequencer looks by itself too.
   */
  #announce(): void {
    const now = performance.now()
    if (now - this.#announcedAt < announceEveryMs) return
    this.#announcedAt = now
    this.#sql.unsafe("select pg_notify('facts', '')", [], { prepare: true }).catch(() => undefined)
  }

  /**
   * A failed batch wrote nothing, or its answer was lost after it wrote. Mostly another process or an earlier
   * answer came before one of its entries: looking first tells which, and what had been written answers as
   * repeated. If it fails again each entry goes by itself, so that one bad decision does not take the others with it.
   */
  async #writeAgain(batch: Waiting[]): Promise<void> {
    const failed = await this.#write(batch, "careful").then(
      () => false,
      () => true,
    )
    if (!failed) return
    for (const waiting of batch) {
      try {
        await this.#write([waiting], "careful")
      } catch (error) {
        waiting.fail(error)
      }
    }
  }
}

/**
 * A load may tell at which count of moves it read parties and listings (db/schema/listing.ts); only one whose guards of
 * them all come from that one reading may.
 */
function movesOf(state: unknown): string | null {
  return (state as { moves?: string } | null)?.moves ?? null
}

function sameOrRefused(answer: { digest: string; result: Json }, key: CommandKey): Json | Refusal {
  return answer.digest === key.digest ? answer.result : refuse("command_reused")
}

function digestOf({ action, input }: Command): string {
  return hash("sha256", JSON.stringify([action, input]), "hex")
}
