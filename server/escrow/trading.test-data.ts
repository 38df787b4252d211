import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import type { Rail } from "#contracts/payment.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import type { PlanTax } from "#contracts/tax.ts"
import { applySession, carryOut } from "../payments/apply.ts"
import { sessionOf } from "../payments/card-rail.ts"
import { confirmReceipt, payTrade } from "../payments/commands.ts"
import { loadPayment } from "../payments/store.ts"
import type { testMarket } from "../test-market.ts"
import { acceptTrade, confirmTrade, proposeTrade } from "../trades/commands.ts"
import { deliver } from "../trades/settlement-rules.ts"
import { loadScene } from "../trades/store.ts"

export type OpenTrade = { trade: Id<"trade">; payment: Id<"payment">; session: string }

/** Trades of a test market, one step a function, each through the commands that people use. */
export async function testTrading(market: Awaited<ReturnType<typeof testMarket>>) {
  const { services, harness } = market
  const { sql, newId } = services
  const [seller, buyer, operator] = [
    await market.party("seller"),
    await market.party("buyer"),
    await market.party("operator"),
  ]

  async function done<T>(answer: Promise<unknown>): Promise<T> {
    const got = await answer
    if (isRefusal(got)) throw new Error(`${got.refused} at ${got.at}`)
    return got as T
  }

  /** Both sides have confirmed. */
  async function agree(price: Money, tax?: PlanTax): Promise<Id<"trade">> {
    const { listing, plan } = await market.listing(seller, { price, ...(tax ? { tax } : {}) })
    const { trade } = await done<{ trade: Id<"trade"> }>(
      proposeTrade(services, buyer, {
        commandId: newId("command"),
        listing,
        plan,
        use: { actions: ["use"] },
        locale: "en",
      }),
    )
    const agreementHash = (await loadScene(sql, trade))?.trade.agreementHash ?? ""
    await done(confirmTrade(services, buyer, { commandId: newId("command"), trade, agreementHash }))
    return trade
  }

  /** Agreed, and waiting for the buyer's money. */
  async function open(price: Money, rail: Rail = "card", tax?: PlanTax): Promise<OpenTrade> {
    const trade = await agree(price, tax)
    const started = await done<{ payment: Id<"payment"> }>(
      payTrade(services, buyer, { commandId: newId("command"), trade, rail }, "en"),
    )
    const row = await loadPayment(sql, started.payment)
    const session = row && rail === "card" ? ((await sessionOf(sql, row)) ?? "") : ""
    return { trade, payment: started.payment, session }
  }

  async function fund(price: Money, rail: Rail = "card", card?: string, tax?: PlanTax): Promise<OpenTrade> {
    const opened = await open(price, rail, tax)
    if (rail === "card") {
      await harness.control("POST", `sessions/${opened.session}/pay`, card ? { card } : {})
      await done(applySession(services, opened.session))
    } else
      await done(
        confirmReceipt(services, operator, {
          commandId: newId("command"),
          payment: opened.payment,
          amount: price,
          bankNumber: `BR-${opened.payment.slice(-12)}`,
        }),
      )
    return opened
  }

  /** With a check that found the same bytes. */
  async function deliverTo({ trade }: OpenTrade): Promise<void> {
    const check = { versionHash: "b".repeat(64), measuredHash: "b".repeat(64), result: "same" } as const
    await done(
      services.writer.run(
        { giver: "system", id: `deliver:${trade}`, action: "trade.deliver", input: { trade } },
        async () => (await loadScene(sql, trade)) ?? refuse("not_found"),
        (scene, now) => deliver(scene, newId("grant"), { ...check, at: now }, now),
      ),
    )
  }

  /** Delivered and accepted; the legs are still to be carried out. */
  async function accept(opened: OpenTrade): Promise<void> {
    await deliverTo(opened)
    await done(acceptTrade(services, buyer, { commandId: newId("command"), trade: opened.trade }))
  }

  async function settle(opened: OpenTrade): Promise<void> {
    await accept(opened)
    await carryOut(services, opened.payment)
  }

  return { seller, buyer, operator, agree, open, fund, deliver: deliverTo, accept, settle }
}
