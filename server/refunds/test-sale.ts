import type { UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Rail } from "#contracts/payment.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { applySession, carryOut } from "../payments/apply.ts"
import { sessionOf } from "../payments/card-rail.ts"
import { confirmPayout, confirmReceipt, payTrade } from "../payments/commands.ts"
import { loadPayment } from "../payments/store.ts"
import { legDue } from "../payments/testing/leg-due.ts"
import type { testMarket } from "../test-market.ts"
import { acceptTrade, confirmTrade, proposeTrade } from "../trades/commands.ts"
import { deliver } from "../trades/settlement-rules.ts"
import { loadScene } from "../trades/store.ts"

/** For tests: the answer of a command that must not refuse. */
export async function done<T = unknown>(answer: Promise<unknown>): Promise<T> {
  const got = await answer
  if (isRefusal(got)) throw new Error(`${got.refused} at ${got.at}`)
  return got as T
}

type Market = Awaited<ReturnType<typeof testMarket>>
type People = { seller: UserActor; buyer: UserActor; operator: UserActor }

export const yuan = (minor: number) => ({ minor: String(minor), currency: "CNY" as const })

/** For tests: sales of 1,000.00 in a market, as far as they are wanted. */
export function salesIn(market: Market, { seller, buyer, operator }: People) {
  const { services, harness } = market
  const { sql, newId } = services
  const command = () => newId("command")
  const sceneOf = async (trade: Id<"trade">) => {
    const scene = await loadScene(sql, trade)
    if (!scene) throw new Error("no such trade")
    return scene
  }

  /** Both sides have confirmed. */
  async function agreed(): Promise<Id<"trade">> {
    const { listing, plan } = await market.listing(seller, { price: yuan(100_000) })
    const offer = { listing, plan, use: { actions: ["use"] }, locale: "en", commandId: command() }
    const { trade } = await done<{ trade: Id<"trade"> }>(proposeTrade(services, buyer, offer as never))
    const { agreementHash } = (await sceneOf(trade)).trade
    await done(confirmTrade(services, buyer, { commandId: command(), trade, agreementHash }))
    return trade
  }

  async function held(rail: Rail = "card") {
    const trade = await agreed()
    const { payment } = await done<{ payment: Id<"payment"> }>(
      payTrade(services, buyer, { commandId: command(), trade, rail }, "en"),
    )
    if (rail === "bank") {
      const receipt = {
        commandId: command(),
        payment,
        amount: yuan(100_000),
        bankNumber: `BR-${payment.slice(-12)}`,
      }
      await done(confirmReceipt(services, operator, receipt))
      return { trade, payment }
    }
    if (rail === "balance") return { trade, payment }
    const row = await loadPayment(sql, payment)
    const session = (row && (await sessionOf(sql, row))) ?? ""
    await harness.control("POST", `sessions/${session}/pay`, {})
    await done(applySession(services, session))
    return { trade, payment }
  }

  async function delivered(rail: Rail = "card") {
    const sale = await held(rail)
    const hash = "b".repeat(64)
    await done(
      services.writer.run(
        { giver: "system", id: `deliver:${sale.trade}`, action: "trade.deliver", input: {} },
        async () => (await loadScene(sql, sale.trade)) ?? refuse("not_found"),
        (scene, now) =>
          deliver(
            scene,
            newId("grant"),
            { versionHash: hash, measuredHash: hash, result: "same", at: now },
            now,
          ),
      ),
    )
    return sale
  }

  /** Accepted, and the seller paid: 900.00 after the fee of a tenth. */
  async function settled(rail: Rail = "card") {
    const sale = await delivered(rail)
    await done(acceptTrade(services, buyer, { commandId: command(), trade: sale.trade }))
    await carryOut(services, sale.payment)
    const payout = {
      commandId: command(),
      payment: sale.payment,
      leg: "release",
      attempt: 1,
      amount: await legDue(sql, sale.payment, "release"),
      bankNumber: `BP-${sale.payment.slice(-12)}`,
    }
    if (rail === "bank") await done(confirmPayout(services, operator, payout as never))
    return sale
  }

  /** Credits positive. */
  async function balance(account: string): Promise<number> {
    const [row] = await sql<{ sum: string | null }[]>`
      select sum(amount)::text as sum from postings where account = ${account}`
    return 0 - Number(row?.sum ?? 0)
  }

  return { agreed, held, delivered, settled, sceneOf, balance, command }
}
