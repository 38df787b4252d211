import { createHash } from "node:crypto"
import { noSuch } from "../http/errors.ts"
import { flag, integer, object, oneOf, optional, required, text } from "../http/readers.ts"
import type { FaultRow } from "../state/rows.ts"
import type { World } from "../state/world.ts"

/**
 * What can be made to go wrong. On requests: `rate_limit` (429, nothing done), `error_before` (500, nothing
 * done, not kept), `error_after` (done, then 500, kept under the idempotency key), `hang_before` and `hang_after`
 * (nothing done or done, and no answer ever comes), `reset_after` (done, then the connection is reset), `truncate`
 * (done, half of the body, then the connection is closed), `latency` (waits first). On webhooks: `delay`,
 * `reorder` (after the next one to the same endpoint), `duplicate`, `drop`, `wrong_secret`, `stale` and `future`.
 */
export const requestFaults = [
  "rate_limit",
  "error_before",
  "error_after",
  "hang_before",
  "hang_after",
  "reset_after",
  "truncate",
  "latency",
] as const
export const webhookFaults = [
  "delay",
  "reorder",
  "duplicate",
  "drop",
  "wrong_secret",
  "stale",
  "future",
] as const
export type RequestFault = (typeof requestFaults)[number]
export type WebhookFault = (typeof webhookFaults)[number]

export const readFault = object({
  kind: required(oneOf(...requestFaults, ...webhookFaults)),
  /** Of a request: its method and its path, in which `*` stands for one part. */
  method: optional(oneOf("GET", "POST", "DELETE")),
  path: optional(text()),
  /** Of a request: the secret key it came with, so that callers who share a sandbox do not hit each other's faults. */
  key: optional(text()),
  /** Of a webhook: the event's type. */
  type: optional(text()),
  /** The first match that is hit, counted from 1, and how many in a row. */
  nth: optional(integer(1)),
  times: optional(integer(1)),
  /** Instead of a count: each match is hit with this chance in a hundred; which ones follows from the seed. */
  percent: optional(integer(0, 100)),
  seed: optional(text(100)),
  /** Whether it outlives a restart. */
  keep: optional(flag),
  latency_ms: optional(integer(0, 600_000)),
  skew_seconds: optional(integer(1, 1_000_000)),
})

export type Fault = FaultRow

/** The faults that were asked for, in the state; those not to be kept end with the process. */
export class Faults {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
    const ended = [...world.store.oldest("fault")].filter(([, fault]) => fault.keep !== true)
    if (ended.length > 0)
      world.store.write(() => {
        for (const [id] of ended) world.store.remove("fault", id)
      })
  }

  add(spec: ReturnType<typeof readFault>): Fault {
    return this.#world.store.write(() => {
      const id = this.#world.newId("fault_")
      return this.#world.store.put("fault", id, { ...spec, id, seen: 0, fired: [] })
    })
  }

  list(): readonly Fault[] {
    return [...this.#world.store.oldest("fault")].map(([, fault]) => fault)
  }

  /** Ends one fault, or all. */
  clear(id?: string): void {
    const { store } = this.#world
    if (id !== undefined && store.get("fault", id) === undefined) throw noSuch("fault", id)
    const ended = id === undefined ? this.list().map((fault) => fault.id) : [id]
    store.write(() => {
      for (const each of ended) store.remove("fault", each)
    })
  }

  /** The faults of these kinds that hit this occurrence; each match is counted, each hit is noted. */
  hits(kinds: readonly Fault["kind"][], what: string, matches: (fault: Fault) => boolean): Fault[] {
    const matching = this.list().filter((fault) => kinds.includes(fault.kind) && matches(fault))
    if (matching.length === 0) return []
    const { store } = this.#world
    return store.write(() => {
      const hit: Fault[] = []
      for (const fault of matching) {
        const seen = fault.seen + 1
        const fires = this.#fires(fault, seen)
        const fired = fires ? [...fault.fired, { at: new Date().toISOString(), what }] : fault.fired
        const counted = store.put("fault", fault.id, { ...fault, seen, fired })
        if (fires) hit.push(counted)
      }
      return hit
    })
  }

  #fires(fault: Fault, seen: number): boolean {
    const first = fault.nth ?? 1
    const times = fault.times ?? (fault.percent === undefined ? 1 : Number.POSITIVE_INFINITY)
    if (seen < first) return false
    if (fault.percent === undefined) return seen < first + times
    return fault.fired.length < times && this.#draw(fault, seen) < fault.percent
  }

  /** 0 to 99, the same for the same seed and the same count. */
  #draw(fault: Fault, seen: number): number {
    const seed = fault.seed ?? this.#world.settings.seed
    return createHash("sha256").update(`${seed}:${fault.kind}:${seen}`).digest().readUInt32BE(0) % 100
  }
}

/** `*` stands for one part of a path. */
export function pathMatches(pattern: string | undefined, path: string): boolean {
  if (pattern === undefined) return true
  const wanted = pattern.split("/")
  const parts = path.split("/")
  return wanted.length === parts.length && wanted.every((part, i) => part === "*" || part === parts[i])
}
