import type { UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { addMs, dayMs } from "#contracts/time.ts"
import type { Trade } from "#contracts/trade.ts"
import { applyPaymentCaptured } from "../payments/apply.ts"
import { testMarket } from "../test-market.ts"
import { confirmTrade, proposeTrade, startTradePayment } from "../trades/commands.ts"
import { deliver } from "../trades/settlement-rules.ts"
import { loadScene } from "../trades/store.ts"
import { imposeFreeze, liftFreeze } from "./commands.ts"

/** A market with a regulator, and makers of trades at the steps that a freeze can meet. */
export async function testDesk() {
  const market = await testMarket()
  const { services } = market
  const { sql, newId } = services
  const [seller, buyer, regulator, operator] = await Promise.all([
    market.party("seller"),
    market.party("buyer"),
    market.party("regulator"),
    market.party("operator"),
  ])

  async function tradeOf(id: Id<"trade">): Promise<Trade> {
    const scene = await loadScene(sql, id)
    if (!scene) throw new Error("no such trade")
    return scene.trade
  }

  function orFail<T>(answer: T): Exclude<T, { refused: string }> {
    if (isRefusal(answer)) throw new Error(`${answer.refused} ${answer.at ?? ""}`)
    return answer as Exclude<T, { refused: string }>
  }

  /** Both sides have confirmed; the price is 199.00 yuan. */
  async function agreed(by: { seller?: UserActor; buyer?: UserActor } = {}): Promise<Id<"trade">> {
    const from = by.buyer ?? buyer
    const made = await market.listing(by.seller ?? seller, { price: { minor: "19900", currency: "CNY" } })
    const choice = { listing: made.listing, plan: made.plan, use: { actions: ["use"] as ["use"] } }
    const proposed = orFail(
      await proposeTrade(services, from, { commandId: newId("command"), ...choice, locale: "en" }),
    )
    const { trade } = proposed as { trade: Id<"trade"> }
    const { agreementHash } = await tradeOf(trade)
    orFail(await confirmTrade(services, from, { commandId: newId("command"), trade, agreementHash }))
    return trade
  }

  /** The bank transfer of a payment has come: what a provider or the operator tells from outside. */
  const captured = (payment: Id<"payment">) =>
    applyPaymentCaptured(services, payment, {
      amount: { minor: "19900", currency: "CNY" },
      charge: `bank-${payment}`,
      providerFee: null,
    })

  async function funding(by: { seller?: UserActor; buyer?: UserActor } = {}) {
    const trade = await agreed(by)
    const started = orFail(
      await startTradePayment(services, by.buyer ?? buyer, {
        commandId: newId("command"),
        trade,
        rail: "bank",
      }),
    )
    return { trade, payment: (started as { payment: Id<"payment"> }).payment }
  }

  /** Delivered, with a check that found the same bytes; server/delivery tests the check itself. */
  async function delivered(by: { seller?: UserActor; buyer?: UserActor } = {}) {
    const { trade, payment } = await funding(by)
    orFail(await captured(payment))
    const hash = "b".repeat(64)
    const load = async () => (await loadScene(sql, trade)) ?? refuse("not_found")
    orFail(
      await services.writer.run(
        { giver: "system", id: `deliver:${trade}`, action: "trade.deliver", input: { trade } },
        load,
        (scene, now) => {
          const check = { versionHash: hash, measuredHash: hash, result: "same", at: now } as const
          return deliver(scene, newId("grant"), check, now)
        },
      ),
    )
    return { trade, payment }
  }

  async function freeze(
    scope: "trade" | "listing" | "party",
    target: string,
    days = 30,
  ): Promise<Id<"freeze">> {
    const order = {
      commandId: newId("command"),
      scope,
      target,
      reason: "fraud" as const,
      document: "监〔2026〕7号",
      note: "first look",
      expires: addMs(services.writer.now(), days * dayMs),
    }
    return (orFail(await imposeFreeze(services, regulator, order)) as { freeze: Id<"freeze"> }).freeze
  }

  const lift = (freeze: Id<"freeze">) =>
    liftFreeze(services, regulator, { commandId: newId("command"), freeze, document: "监〔2026〕8号" })

  return {
    ...market,
    seller,
    buyer,
    regulator,
    operator,
    tradeOf,
    orFail,
    agreed,
    captured,
    funding,
    delivered,
    freeze,
    lift,
  }
}
