import { integer, object, oneOf, optional, required, text, type Values } from "../http/readers.ts"

/**
 * What can be made to go wrong. On requests: `rate_limit` (429, nothing done), `error_before` (500, nothing
 * done, not kept), `error_after` (done, then 500, kept under the idempotency key), `reset_after` (done, then the
 * connection is reset), `truncate` (done, half of the body, then the connection is closed), `latency` (waits
 * first). On webhooks: `delay`, `duplicate`, `drop`, `wrong_secret`, `stale` and `future`.
 */
export const requestFaults = [
  "rate_limit",
  "error_before",
  "error_after",
  "reset_after",
  "truncate",
  "latency",
] as const
export const webhookFaults = ["delay", "duplicate", "drop", "wrong_secret", "stale", "future"] as const
export type RequestFault = (typeof requestFaults)[number]
export type WebhookFault = (typeof webhookFaults)[number]

const faultShape = {
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
  latency_ms: optional(integer(0, 600_000)),
  skew_seconds: optional(integer(1, 1_000_000)),
}
export const readFault = object(faultShape)

export type Fault = Values<typeof faultShape> & {
  id: string
  seen: number
  fired: { at: string; what: string }[]
}

/** The faults that were asked for. They live in memory only: a restarted sandbox has none. */
export class Faults {
  readonly #faults: Fault[] = []
  #count = 0

  add(spec: Values<typeof faultShape>): Fault {
    this.#count++
    const fault: Fault = { ...spec, id: `fault_${this.#count}`, seen: 0, fired: [] }
    this.#faults.push(fault)
    return fault
  }

  list(): readonly Fault[] {
    return this.#faults
  }

  clear(): void {
    this.#faults.length = 0
  }

  /** The faults of these kinds that hit this occurrence; each match is counted, each hit is noted. */
  hits(kinds: readonly Fault["kind"][], what: string, matches: (fault: Fault) => boolean): Fault[] {
    const hit: Fault[] = []
    for (const fault of this.#faults) {
      if (!kinds.includes(fault.kind) || !matches(fault)) continue
      fault.seen++
      const first = fault.nth ?? 1
      if (fault.seen < first || fault.seen >= first + (fault.times ?? 1)) continue
      fault.fired.push({ at: new Date().toISOString(), what })
      hit.push(fault)
    }
    return hit
  }
}

/** `*` stands for one part of a path. */
export function pathMatches(pattern: string | undefined, path: string): boolean {
  if (pattern === undefined) return true
  const wanted = pattern.split("/")
  const parts = path.split("/")
  return wanted.length === parts.length && wanted.every((part, i) => part === "*" || part === parts[i])
}
