import type { Sql } from "postgres"
import { openSession, type Session } from "#db/connect.ts"
import { type Lead, type SealingRefused, SealingRefusedError, takeLead } from "./lead.ts"
import { type Failpoint, ReplacedError, sealRound } from "./seal.ts"
import * as store from "./seal-store.ts"
import { SealingWeight } from "./sealing-weight.ts"
import { forgetStopped, keepStopped } from "./stopped-file.ts"

export type SequencerOptions = {
  readonly sql: Sql
  /** The data folder: the signing key and the last head are kept in it. */
  readonly home: string
  /** The signing key as PEM, where it does not lie in the data folder. */
  readonly pem?: string
  /** The middle part of the log's origin, used once, at the very first start: a lower-case word. */
  readonly marketName?: string
  /** Told in plain sentences what an operator should know. */
  readonly report?: (sentence: string) => void
  /** How long it waits before it asks for the lead again, or tries again after trouble; a second when not given. */
  readonly retryMs?: number
  /** Whether it is last in line for the processor, with its whole process: one that does nothing else. */
  readonly givesWay?: boolean
  readonly failpoint?: Failpoint
}

export type SequencerState =
  | { readonly kind: "leading"; readonly size: number }
  /** Another process leads; this one waits to take over. */
  | { readonly kind: "standby" }
  | ({ readonly kind: "refused" } & SealingRefused)

type Held = { readonly session: Session; readonly lead: Lead; readonly weight: SealingWeight | null }

/** Under load a round every so often: nobody waits for the sequencer, and small rounds cost a third of the CPU. */
const paceMs = 200
/** A round of no more than this many was no load: the next one may follow when it has rested three times as long. */
const fewRecords = 16
const shortestPollMs = 20
const longestPollMs = 250

/**
 * Seals pending facts into the log (LEDGER section 4). One leads at a time: a session lock chooses it, and an
 * epoch, checked by each of its writes, fences off one that lost the lock without noticing. Any error gives up
 * the lead; taking it again is the start-up path and the recovery.
 */
export class Sequencer {
  readonly #options: SequencerOptions
  #held: Held | null = null
  #state: SequencerState = { kind: "standby" }
  #loop: Promise<void> | null = null
  #stopping = false
  #woken = false
  #wake: (() => void) | null = null
  #unlisten: (() => Promise<void>) | null = null
  #reported = ""

  constructor(options: SequencerOptions) {
    this.#options = options
  }

  get state(): SequencerState {
    return this.#state
  }

  /** Begins to seal, or to wait for the lead, until `stop`. Never throws: trouble is reported and tried again. */
  start(): void {
    this.#loop ??= this.#run()
  }

  /** Ends after the round in hand and gives the lead away. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.wake()
    await this.#loop
    await this.#unlisten?.().catch(() => undefined)
    await this.#release()
  }

  /** Something may wait to be sealed. */
  wake(): void {
    this.#woken = true
    this.#wake?.()
  }

  /**
   * One round; answers how many records it sealed (0 too while another one leads). Throws what went wrong:
   * SealingRefusedError where it must not go on.
   */
  async sealOnce(): Promise<number> {
    try {
      // Its lock is gone with its session: another one may lead.
      if (this.#held?.session.ended) await this.#release()
      this.#held ??= await this.#take()
      if (this.#held === null) return 0
      const { home, failpoint = () => undefined } = this.#options
      const { session, lead, weight } = this.#held
      const round = () => sealRound({ sql: session.sql, lead, home, failpoint })
      const { sealed, unsealable } = await (weight?.behind(round) ?? round())
      this.#state = { kind: "leading", size: this.#held.lead.end.next }
      for (const { row, why } of unsealable)
        this.#report(
          `The fact ${row.subject}@${row.version} cannot be sealed: ${why}. It waits; others go on.`,
        )
      return sealed
    } catch (error) {
      this.#state = { kind: "standby" }
      await this.#release()
      if (error instanceof ReplacedError) return 0
      if (error instanceof SealingRefusedError) {
        this.#state = { kind: "refused", ...error.cause }
        await keepStopped(this.#options.home, error.cause)
      }
      throw error
    }
  }

  async #take(): Promise<Held | null> {
    const session = openSession(this.#options.sql)
    try {
      if (!(await store.tryLock(session.sql))) {
        await session.close()
        this.#state = { kind: "standby" }
        return null
      }
      const lead = await takeLead(session.sql, this.#options, this.#options.marketName ?? "market")
      await forgetStopped(this.#options.home)
      const weight = this.#options.givesWay ? await SealingWeight.of(session.sql) : null
      return { session, lead, weight }
    } catch (error) {
      await giveBack(session)
      throw error
    }
  }

  async #release(): Promise<void> {
    const held = this.#held
    this.#held = null
    if (held !== null) await giveBack(held.session)
  }

  async #run(): Promise<void> {
    const { retryMs = 1000 } = this.#options
    let pollMs = shortestPollMs
    while (!this.#stopping) {
      const started = performance.now()
      this.#woken = false
      try {
        await this.#listen()
        const sealed = await this.sealOnce()
        this.#reported = ""
        pollMs = sealed > 0 ? shortestPollMs : Math.min(pollMs * 1.5, longestPollMs)
        if (sealed > 0) await this.#pause(restAfter(sealed, performance.now() - started), false)
        else await this.#pause(this.#held === null ? retryMs : pollMs, true)
      } catch (error) {
        this.#report(error instanceof Error ? error.message : String(error))
        await this.#pause(retryMs, false)
      }
    }
  }

  async #listen(): Promise<void> {
    if (this.#unlisten !== null) return
    const listening = await this.#options.sql.listen("facts", () => this.wake())
    this.#unlisten = () => listening.unlisten()
  }

  /** The same trouble at every try is told once. */
  #report(sentence: string): void {
    if (sentence === this.#reported) return
    this.#reported = sentence
    this.#options.report?.(sentence)
  }

  #pause(ms: number, wakeable: boolean): Promise<void> {
    if (ms <= 0 || this.#stopping || (wakeable && this.#woken)) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        if (!wakeable && !this.#stopping) return
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

const restAfter = (sealed: number, tookMs: number): number =>
  sealed > fewRecords ? paceMs - tookMs : Math.min(3 * tookMs, paceMs - tookMs)

/** The lock belongs to the session: it is given up before the session ends, or is gone with it. */
async function giveBack(session: Session): Promise<void> {
  try {
    if (!session.ended) await store.unlock(session.sql)
  } catch {
    // A broken connection has no lock any more.
  }
  await session.close()
}
