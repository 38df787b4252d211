import { createHash, randomBytes } from "node:crypto"
import type { Settings } from "./rows.ts"
import type { Store } from "./store.ts"

export type WorldOptions = {
  store: Store
  /** Ids follow from it, so that a run can be repeated; random where it is not given. */
  seed?: string | undefined
  /** How long a charge is pending before its net is available, in days of the sandbox's clock. */
  settlementDays: number
  /** Unix seconds at which the clock of a new sandbox stands still, until it is moved or let run. */
  clock?: number | undefined
  /** Of tests: sees what is answered and told. */
  check?: ((answer: object) => void) | undefined
}

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/** What every object needs of its surroundings: state, the movable clock, ids, and who caused a change. */
export class World {
  readonly store: Store
  readonly settlementSeconds: number
  readonly check: (answer: object) => void
  /** Where browsers reach the hosted pages, `http://127.0.0.1:12111`; known once the server listens. */
  origin = ""
  #requests = 0
  /** The request that is being carried out, which events name as their cause. */
  cause: { id: string; idempotency_key: string | null } | null = null

  constructor(options: WorldOptions) {
    this.store = options.store
    this.check = options.check ?? (() => {})
    this.settlementSeconds = options.settlementDays * 86_400
    if (this.store.get("settings", "settings") === undefined) {
      const seed = options.seed ?? randomBytes(16).toString("hex")
      this.store.write(() => this.#set({ seed, made: 0, offsetSeconds: 0, frozenAt: options.clock ?? null }))
    }
  }

  get settings(): Settings {
    const settings = this.store.get("settings", "settings")
    if (settings === undefined) throw new Error("the sandbox has no settings")
    return settings
  }

  /** Unix seconds of the sandbox's clock. */
  now(): number {
    const { frozenAt, offsetSeconds } = this.settings
    return frozenAt ?? Math.floor(Date.now() / 1000) + offsetSeconds
  }

  /** Moves the clock forward; Stripe's time never goes back. */
  advance(seconds: number): void {
    const { settings } = this
    this.#set(
      settings.frozenAt === null
        ? { ...settings, offsetSeconds: settings.offsetSeconds + seconds }
        : { ...settings, frozenAt: settings.frozenAt + seconds },
    )
  }

  freeze(): void {
    this.#set({ ...this.settings, frozenAt: this.now() })
  }

  /** Lets the clock run again from where it stands. */
  unfreeze(): void {
    const offsetSeconds = this.now() - Math.floor(Date.now() / 1000)
    this.#set({ ...this.settings, frozenAt: null, offsetSeconds })
  }

  /** A new id, `ch_3…`; only inside a transaction, for the count of ids is state. */
  newId(prefix: string): string {
    const { settings } = this
    this.#set({ ...settings, made: settings.made + 1 })
    const digest = createHash("sha256").update(`${settings.seed}:${settings.made}`).digest()
    let tail = ""
    for (const byte of digest.subarray(0, 24)) tail += alphabet[byte % alphabet.length]
    return `${prefix}${tail}`
  }

  /** The id of a request, `req_…`: of the seed too, but not state, for most requests change nothing. */
  newRequestId(): string {
    this.#requests++
    const { seed, made } = this.settings
    const digest = createHash("sha256").update(`${seed}:request:${made}:${this.#requests}`).digest("hex")
    return `req_${digest.slice(0, 14)}`
  }

  #set(settings: Settings): void {
    this.store.put("settings", "settings", settings)
  }
}
