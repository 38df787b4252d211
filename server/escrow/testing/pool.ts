import { createHmac } from "node:crypto"

/** An event as its webhook brought it. */
export type Delivered = { id: string; body: Buffer; times: number }

/** Webhooks that have left the provider, by what they are about; each may be brought never, once or often. */
export class Pool {
  readonly #byName = new Map<string, Delivered[]>()
  readonly #known = new Map<string, readonly string[]>()

  take(body: Buffer): void {
    const text = body.toString("utf8")
    const { id } = JSON.parse(text) as { id: string }
    if (this.#known.has(id)) return
    // A dispute names its charge only, and a payout itself.
    const ours = text.match(/\b(?:trd|tup)_[0-9a-z]{26}\b/g)
    const names = [...new Set(ours ?? text.match(/\b(?:pyo_[0-9a-z]{26}|ch_\w+)\b/g) ?? [])]
    this.#known.set(id, names)
    const event = { id, body, times: 0 }
    for (const name of names) this.#byName.set(name, [...this.of(name), event])
  }

  /** What an event is about. */
  namesOf(event: string): readonly string[] {
    return this.#known.get(event) ?? []
  }

  of(name: string): readonly Delivered[] {
    return this.#byName.get(name) ?? []
  }
}

/** The signature header of a body sent at a time. */
export const sign = (body: Buffer, atSeconds: number, secret: string): string =>
  `t=${atSeconds},v1=${createHmac("sha256", secret).update(`${atSeconds}.`).update(body).digest("hex")}`
