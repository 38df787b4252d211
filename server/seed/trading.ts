import { setTimeout as delay } from "node:timers/promises"
import type { Id } from "#contracts/ids.ts"
import type { Rail } from "#contracts/payment.ts"
import type { WantedUse } from "#contracts/rights.ts"
import type { TradeState } from "#contracts/trade.ts"
import { answerOf, type Visitor } from "./visitor.ts"

/** The steps of a trade as its buyer takes them; the seeding and `npm run demo` share them. */
const pollMs = 150
const patienceMs = 60_000

export type Purchase = { listing: Id<"listing">; plan: Id<"plan">; use: WantedUse; locale: "zh" | "en" }

export async function propose(
  { ask }: Visitor,
  commandId: Id<"command">,
  purchase: Purchase,
): Promise<Id<"trade">> {
  const made = await answerOf(ask.trades.propose.mutate({ commandId, ...purchase }))
  return (made as { trade: Id<"trade"> }).trade
}

/** Confirms the agreement that the page shows, by its hash. */
export async function confirm({ ask }: Visitor, commandId: Id<"command">, trade: Id<"trade">): Promise<void> {
  const { trade: row } = await answerOf(ask.trades.page.query({ trade }))
  await ask.trades.confirm.mutate({ commandId, trade, agreementHash: row.agreementHash })
}

/** Starts the payment; for a card the answer is the address of the provider's page. */
export async function pay(
  { ask }: Visitor,
  commandId: Id<"command">,
  trade: Id<"trade">,
  rail: Rail,
): Promise<{ payment: Id<"payment">; page: string | null }> {
  const told = await answerOf(ask.trades.pay.mutate({ commandId, trade, rail }))
  return { payment: told.payment as Id<"payment">, page: told.kind === "page" ? told.url : null }
}

/**
 * Fills in the provider's own page with a test card, as a person does, and goes back where the page sends. Throws
 * when the card was not taken.
 */
export async function payOnPage({ fetch: visit }: Visitor, page: string): Promise<void> {
  const year = new Date().getFullYear() + 4
  const card = { number: "4242 4242 4242 4242", expiry: `12/${year % 100}`, cvc: "123", name: "", email: "" }
  const answer = await fetch(page, { method: "POST", body: new URLSearchParams(card), redirect: "manual" })
  const back = answer.headers.get("location")
  if (answer.status !== 303 || back === null)
    throw new Error(`the payment page did not take the card (${answer.status})`)
  const { pathname, search } = new URL(back)
  const returned = await visit(pathname + search)
  if (returned.status !== 303) throw new Error(`the market did not take the buyer back (${returned.status})`)
}

export async function stateOf({ ask }: Visitor, trade: Id<"trade">): Promise<TradeState> {
  return (await answerOf(ask.trades.page.query({ trade }))).trade.state
}

/** Waits until the trade is in one of the states; the market does the step itself. */
export async function untilState(
  visitor: Visitor,
  trade: Id<"trade">,
  ...wanted: TradeState[]
): Promise<TradeState> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const state = await stateOf(visitor, trade)
    if (wanted.includes(state)) return state
    if (waitedMs > patienceMs)
      throw new Error(`the trade ${trade} is still "${state}" after ${patienceMs / 1000} s`)
    await delay(pollMs)
  }
}

export type Fetched = { name: string; bytes: Uint8Array; sha256: string }

/** Downloads each file of the delivery with the buyer's session; `sha256` is what the market promises of it. */
export async function fetchDelivery({ ask, fetch }: Visitor, trade: Id<"trade">): Promise<Fetched[]> {
  const delivery = await answerOf(ask.delivery.ofTrade.query({ trade }))
  const fetched: Fetched[] = []
  for (const { name, path, sha256 } of delivery?.files ?? []) {
    if (path === null) throw new Error(`${name} is not for this party to fetch`)
    const answer = await fetch(path)
    if (!answer.ok) throw new Error(`${name} could not be fetched (${answer.status})`)
    fetched.push({ name, sha256, bytes: new Uint8Array(await answer.arrayBuffer()) })
  }
  return fetched
}
