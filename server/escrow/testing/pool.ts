import { createHmac } from "node:crypto"

/** An event as its webhook brought it. */
export type Delivered = { id: string; body: Buffer; trades: readonly string[]; times: number }

/** Webhooks that have left the provider, by the trade they are about; each may be brought never, once or often. */
export class Pool {
  readonly #byTrade = new Map<string, Delivered[]>()
  /** Events that name no trade: accounts, balances, payouts. */
  readonly others: Delivered[] = []
  readonly #known = new Map<string, readonly string[]>()

  take(body: Buffer): void {
    const text = body.toString("utf8")
    const { id } = JSON.parse(text) as { id: string }
    if (this.#known.has(id)) return
    const trades = [...new Set(text.match(/\btrd_[0-9a-z]{26}\b/g) ?? [])]
    this.#known.set(id, trades)
    const event = { id, body, trades, times: 0 }
    if (trades.length === 0) this.others.push(event)
    for (const trade of trades) this.#byTrade.set(trade, [...this.of(trade), event])
  }

  tradesOf(event: string): readonly string[] {
    return this.#known.get(event) ?? []
  }

  of(trade: string): readonly Delivered[] {
    return this.#byTrade.get(trade) ?? []
  }
}

/** The signature header of a body sent at a time. */
export const sign = (body: Buffer, atSeconds: number, secret: string): string =>
  `t=${atSeconds},v1=${createHmac("sha256", secret).update(`${atSeconds}.`).update(body).digest("hex")}`
