import { setTimeout as delay } from "node:timers/promises"
import type { Sql } from "postgres"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { consistencyProof } from "#contracts/ledger/merkle.ts"
import { troubleSentence } from "#contracts/ledger/witness-trouble.ts"
import { hashReaderOf, type PublishedHead, readHead } from "../log-store.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { askWitness, paceMs, type Question, type Reply } from "./ask.ts"
import * as store from "./store.ts"
import type { WitnessTarget } from "./targets.ts"

export type WitnessRoundsOptions = {
  readonly sql: Sql
  readonly targets: readonly WitnessTarget[]
  /** Whether this process leads the sequencers: of many one asks. */
  readonly leads: () => boolean
  readonly report?: (sentence: string) => void
}

/** What is remembered of a witness between rounds. `told`: its trouble as it was told last; null: nothing yet. */
type Memory = { size: number; notBefore: number; failures: number; told: string | null }

const longestPauseMs = 60_000

/**
 * Asks the witnesses about the newest checkpoint, all at once, then publishes it with what they signed; then the
 * next newest. So whoever holds a policy is given a checkpoint that its witnesses have had their say about, a
 * second or so old, while a witness that is down, slow or lying holds nothing up: it is waited for a few seconds
 * once, then asked more and more rarely. Sealing knows nothing of all this.
 */
export class WitnessRounds {
  readonly #options: WitnessRoundsOptions
  readonly #memories = new Map<string, Memory>()
  readonly #stopping = new AbortController()
  #loop: Promise<void> | null = null
  #prepared = false
  /** Nobody to ask, and nothing that was ever published under witnesses: nothing to do, ever. */
  #idle = false

  constructor(options: WitnessRoundsOptions) {
    this.#options = options
  }

  start(): void {
    this.#loop ??= this.#run()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#loop
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        if (this.#idle) return
        if (this.#options.leads()) await this.round()
        else this.#prepared = false
      } catch (error) {
        this.#options.report?.(
          `Witnesses could not be asked: ${error instanceof Error ? error.message : error}. This is tried again.`,
        )
      }
      await delay(paceMs, undefined, { signal }).catch(() => undefined)
    }
  }

  /** One round. At most one request a second goes to a witness as long as rounds begin a second apart. */
  async round(): Promise<void> {
    const { sql, targets } = this.#options
    if (!this.#prepared) await this.#prepare()
    const [head, published] = await Promise.all([readHead(sql), store.readPublication(sql)])
    this.#idle = targets.length === 0 && published === null
    if (head === null || this.#idle) return
    const now = performance.now()
    const due = targets.filter(({ key }) => {
      const memory = this.#memory(key.keyId)
      return memory.notBefore <= now && memory.size < head.size
    })
    if (due.length > 0) {
      const question = this.#question(head)
      await Promise.all(due.map((target) => this.#ask(target, question, head.size)))
    }
    // Where all witnesses were taken out of the configuration, publishing goes on without them.
    if (head.size > (published ?? -1)) await store.insertPublication(sql, head.size)
  }

  async #prepare(): Promise<void> {
    const { sql, targets } = this.#options
    await store.keepTargets(sql, targets)
    const sizes = await store.readCosignedSizes(sql)
    for (const { key } of targets) {
      const before = this.#memories.get(key.keyId)
      // -1: it never cosigned, and even an empty log is new to it.
      this.#memories.set(key.keyId, {
        size: sizes.get(key.keyId) ?? -1,
        notBefore: before?.notBefore ?? 0,
        failures: before?.failures ?? 0,
        told: before?.told ?? null,
      })
    }
    this.#prepared = true
  }

  #memory(keyId: string): Memory {
    const memory = this.#memories.get(keyId)
    if (memory === undefined) throw new Error(`the witness ${keyId} was not prepared`)
    return memory
  }

  #question({ size, note }: PublishedHead): Question {
    const head = readCheckpoint(note)
    if (isMalformed(head)) throw new Error(`the checkpoint of ${size} is stored damaged: ${head.malformed}`)
    const reader = hashReaderOf(this.#options.sql, size)
    return { head, note, proofFrom: (old) => consistencyProof(old, size, reader, nodeCrypto.sha256) }
  }

  async #ask(target: WitnessTarget, question: Question, size: number): Promise<void> {
    const { sql } = this.#options
    const { keyId } = target.key
    const memory = this.#memory(keyId)
    const reply = await askWitness(target, question, Math.max(memory.size, 0))
    if ("line" in reply) {
      await store.insertCosignature(sql, size, keyId, reply.line)
      Object.assign(memory, { size, failures: 0 })
    } else if (await this.#sawNewerOfOurs(reply)) {
      return
    } else {
      memory.failures += 1
      const pauseMs = Math.min(paceMs * 2 ** memory.failures, longestPauseMs)
      memory.notBefore = performance.now() + pauseMs
    }
    await this.#tell(target, reply, memory)
  }

  /** One that led a moment ago may have asked about a checkpoint newer than the one in hand. */
  async #sawNewerOfOurs(reply: Reply): Promise<boolean> {
    if (!("trouble" in reply) || reply.trouble.code !== "ahead") return false
    const newest = await readHead(this.#options.sql)
    return newest !== null && Number(reply.trouble.detail) <= newest.size
  }

  /** A change of how it goes is told once, on the page and to the operator. */
  async #tell({ key, url }: WitnessTarget, reply: Reply, memory: Memory): Promise<void> {
    const trouble = "trouble" in reply ? reply.trouble : null
    const told = trouble === null ? "" : JSON.stringify(trouble)
    if (told === memory.told) return
    await store.noteTrouble(this.#options.sql, key.keyId, trouble)
    if (trouble !== null)
      this.#options.report?.(
        `The witness ${key.cosigner} (${url}) has not cosigned. ${troubleSentence(trouble).en}`,
      )
    else if (memory.told !== null) this.#options.report?.(`The witness ${key.cosigner} cosigns again.`)
    memory.told = told
  }
}
