import type { Id } from "#contracts/ids.ts"
import type { Rail } from "#contracts/payment.ts"
import type { WantedUse } from "#contracts/rights.ts"
import type { DemoMember } from "./accounts.ts"
import type { SeedSecret } from "./secret.ts"
import { confirm, fetchDelivery, pay, payOnPage, propose, stateOf, untilState } from "./trading.ts"
import { answerOf } from "./visitor.ts"

/** How far a demo trade is taken, so that every page has something real to show. */
type Course = "proposed" | "funding" | "delivered" | "disputed" | "accepted" | "settled"

type DemoTrade = {
  /** Of the product's file. */
  file: string
  plan: number
  buyer: "buyer-1@demo.example" | "buyer-2@demo.example"
  /** Null: the plan is free. */
  rail: Rail | null
  course: Course
  use: WantedUse
}

const research: WantedUse = { actions: ["use", "derive"], purpose: "research" }
const analysis: WantedUse = { actions: ["use", "reproduce", "derive"], purpose: "internal-analysis" }
const news: WantedUse = { actions: ["use", "derive"], purpose: "journalism" }

export const demoTrades: readonly DemoTrade[] = [
  {
    file: "seattle-weather.csv",
    plan: 0,
    buyer: "buyer-1@demo.example",
    rail: "card",
    course: "settled",
    use: research,
  },
  {
    file: "birdstrikes.csv",
    plan: 0,
    buyer: "buyer-1@demo.example",
    rail: "card",
    course: "delivered",
    use: research,
  },
  {
    file: "flights-airport.csv",
    plan: 0,
    buyer: "buyer-2@demo.example",
    rail: "card",
    course: "funding",
    use: news,
  },
  {
    file: "budget.json",
    plan: 0,
    buyer: "buyer-2@demo.example",
    rail: "card",
    course: "disputed",
    use: news,
  },
  {
    file: "streets.csv",
    plan: 0,
    buyer: "buyer-1@demo.example",
    rail: "bank",
    course: "accepted",
    use: analysis,
  },
  {
    file: "unemployment-across-industries.json",
    plan: 0,
    buyer: "buyer-2@demo.example",
    rail: "bank",
    course: "funding",
    use: news,
  },
  {
    file: "gapminder.json",
    plan: 0,
    buyer: "buyer-2@demo.example",
    rail: null,
    course: "delivered",
    use: news,
  },
  {
    file: "us-employment.csv",
    plan: 0,
    buyer: "buyer-1@demo.example",
    rail: "card",
    course: "proposed",
    use: research,
  },
]

export type Trading = {
  secret: SeedSecret
  listings: ReadonlyMap<string, Id<"listing">>
  members: ReadonlyMap<string, DemoMember>
  operator: DemoMember
}

/** Takes one demo trade as far as its course; steps that an earlier run has taken are passed over. */
export async function trade(trading: Trading, demo: DemoTrade): Promise<Id<"trade">> {
  const { secret, listings, members } = trading
  const buyer = members.get(demo.buyer)?.visitor
  const listing = listings.get(demo.file)
  if (!buyer || !listing) throw new Error(`there is no listing or buyer for ${demo.file}`)
  const command = (what: string) => secret.command(`${what} ${demo.buyer} ${demo.file}`)
  const page = await answerOf(buyer.ask.listings.page.query({ listing }))
  const plan = page.listing.plans[demo.plan]
  if (!plan) throw new Error(`${demo.file} has no plan ${demo.plan}`)
  const purchase = { listing, plan: plan.id, use: demo.use, locale: "zh" } as const
  const id = await propose(buyer, command("propose"), purchase)
  const reached = async () => ended(demo.course, await stateOf(buyer, id))
  await confirm(buyer, command("confirm"), id)
  if (await reached()) return id
  if (demo.rail !== null && ["agreed", "funding"].includes(await stateOf(buyer, id)))
    await fund(trading, demo, id, command)
  if (await reached()) return id
  await untilState(buyer, id, "delivered", "accepted", "settled", "disputed")
  if (await reached()) return id
  await fetchDelivery(buyer, id)
  if (demo.course === "disputed") {
    const statement = "演示争议：部分科目的说明与挂牌页不一致，请交易机构核对。"
    await buyer.ask.trades.dispute.mutate({
      commandId: command("dispute"),
      trade: id,
      reason: "notAsListed",
      statement,
    })
    return id
  }
  await buyer.ask.trades.accept.mutate({ commandId: command("accept"), trade: id })
  if (demo.course === "settled") await untilState(buyer, id, "settled")
  return id
}

/** True when the trade is where its course ends, whatever brought it there. */
function ended(course: Course, state: string): boolean {
  return course === state || (course !== "disputed" && state === "settled")
}

async function fund(
  { members, operator }: Trading,
  { buyer: email, rail, course }: DemoTrade,
  trade: Id<"trade">,
  command: (what: string) => Id<"command">,
): Promise<void> {
  const buyer = members.get(email)?.visitor
  if (!buyer || rail === null) return
  const { payment, page } = await pay(buyer, command("pay"), trade, rail)
  if (course === "funding") return
  if (page !== null) return payOnPage(buyer, page)
  const { trade: row } = await answerOf(buyer.ask.trades.page.query({ trade }))
  await operator.visitor.ask.trades.confirmReceipt.mutate({
    commandId: command("receipt"),
    payment,
    amount: row.price,
    bankNumber: `DEMO-${payment.slice(-8)}`,
  })
}
