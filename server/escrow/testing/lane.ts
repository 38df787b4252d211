import type { UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Currency, Money } from "#contracts/money.ts"
import type { PurchaseRule } from "#contracts/procurement.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { fromForm } from "#contracts/rights/form.ts"
import { openForm } from "#contracts/rights/rights.test-data.ts"
import { tradeTransitions } from "#contracts/trade.ts"
import { isFinal } from "#contracts/transition.ts"
import { editRow } from "#db/test-rows.ts"
import { type Tasks, tasks } from "../../jobs/tasks.ts"
import { balanceRail } from "../../payments/balance-rail.ts"
import { makeBankRail } from "../../payments/bank-rail.ts"
import { makeCardRail } from "../../payments/card-rail.ts"
import { receiveWebhook } from "../../payments/inbox.ts"
import { makeStripeProvider } from "../../payments/stripe.ts"
import type { Services } from "../../services.ts"
import { deliver } from "../../trades/settlement-rules.ts"
import { loadScene } from "../../trades/store.ts"
import type { Chance } from "./chance.ts"
import { Crash, Mortal } from "./crash.ts"
import { type Fair, fairOf } from "./fair.ts"
import type { Job } from "./jobs.ts"
import type { Seen } from "./look.ts"
import type { ModelMarket } from "./market.ts"
import { type Members, membersOf } from "./orders.ts"
import { type Delivered, sign } from "./pool.ts"
import { add } from "./provider-side.ts"
import { feeAsked, reversed, termsOfLane } from "./terms.ts"
import type { Told, ToldTopUp } from "./told.ts"

export type Offer = { listing: Id<"listing">; plan: Id<"plan">; currency: Currency; fair: Fair }

/** What may be delivered to other countries. */
const abroad = fromForm({ ...openForm, abroad: "anywhere" })

/** What a job may say when it wants to be tried again. */
const patient =
  /waits: |has not closed the payment page|does not answer yet|too_busy|too busy|was refused: |try again/i

/** A person's command, and what the world knows once it was answered with anything but a refusal. */
type Given = {
  act: (services: Services, commandId: Id<"command">) => Promise<unknown>
  note: (answer: never) => unknown
  id: Id<"command">
}

/** One seller and one buyer with their trades, and the processes that serve them, which may die. */
export class Lane {
  readonly mortal = new Mortal()
  readonly services: Services
  readonly key: string
  told: Told[] = []
  /** By card; those by bank are paid at once. */
  topUps: ToldTopUp[] = []
  freezes: Id<"freeze">[] = []
  /** Of the platform's own money, that this lane has asked for. */
  payouts: Id<"payout">[] = []
  /** Withdrawals that were truly paid. */
  takenOut: Id<"withdrawal">[] = []
  /** What truly came to the bank for each party's balance, less what left it out of that, by currency. */
  atBankForBalances = new Map<Id<"party">, Map<string, bigint>>()
  last: Given | null = null
  readonly #noted = new Set<string>()
  /** Errors that no job and no command should end with. */
  surprises: string[] = []

  readonly market: ModelMarket
  readonly number: number
  readonly seller: UserActor
  readonly buyer: UserActor
  readonly operator: UserActor
  /** Another person of the same operator. */
  readonly secondOperator: UserActor
  readonly members: Members
  /** The buyer's own rules of approval; they and what it approved outlast a sequence, as a year does. */
  rules: readonly PurchaseRule[] = []
  readonly orders: Told[] = []
  readonly offers: readonly Offer[]
  readonly payee: string

  private constructor(
    market: ModelMarket,
    number: number,
    people: { seller: UserActor; buyer: UserActor; operator: UserActor; payee: string },
    offers: readonly Offer[],
  ) {
    this.market = market
    this.number = number
    this.seller = people.seller
    this.buyer = people.buyer
    this.operator = people.operator
    this.secondOperator = { ...people.operator, user: market.services.newId("user") }
    this.members = membersOf(people.buyer, () => market.services.newId("user"))
    this.payee = people.payee
    this.offers = offers
    const { services, harness, webhookSecret } = market
    this.key = `sk_test_lane${number}`
    const provider = this.mortal.provider(
      makeStripeProvider({
        secretKey: this.key,
        webhookSecret,
        apiBase: harness.sandbox.origin,
        production: false,
        timeoutMs: 5_000,
        retries: 0,
      }),
    )
    const { sql, writer } = services
    this.services = {
      ...services,
      provider,
      writer: this.mortal.writer(writer),
      rails: {
        card: makeCardRail(sql, provider, () => writer.now()),
        bank: makeBankRail("6222 0000"),
        balance: balanceRail,
      },
    }
  }

  static async open(market: ModelMarket, number: number, operator: UserActor): Promise<Lane> {
    const terms = termsOfLane(number)
    const { countries } = terms
    const [seller, buyer] = [
      await market.party("seller", { country: countries.seller }),
      await market.party("buyer", { country: countries.buyer }),
    ]
    await editRow(market.owner.sql, "party", seller.party, "class", terms.class)
    await editRow(market.owner.sql, "party", buyer.party, "bankAccount", "6222 2222")
    const offers = await Promise.all(
      terms.plans.map(async ({ price, more, tax, cap }) => {
        const { listing, plan } = await market.listing(seller, {
          price,
          ...more,
          ...(tax ? { tax } : {}),
          ...(cap === undefined ? {} : { feeCap: cap }),
          ...(countries.seller === countries.buyer ? {} : { policy: abroad }),
        })
        const fee = feeAsked(terms.class, price, cap ?? null)
        const fair = fairOf({ listed: price, tax: tax ?? null, reversed: reversed(countries), fee })
        return { listing, plan, currency: price.currency, fair }
      }),
    )
    const [row] = await market.services.sql<{ payee: string }[]>`
      select row->>'payee' as payee from parties where id = ${seller.party}`
    for (const id of [seller.party, buyer.party, ...offers.map(({ listing }) => listing)])
      market.jobs.own(id, number)
    return new Lane(market, number, { seller, buyer, operator, payee: row?.payee ?? "" }, offers)
  }

  begin(): void {
    this.told = []
    this.topUps = []
    this.payouts = []
    this.takenOut = []
    this.atBankForBalances = new Map()
    this.last = null
    this.surprises = []
    this.mortal.disarm()
    this.market.jobs.drop(this.number)
  }

  /**
   * A person's command. When the process dies the person's browser asks again under the same id, of a process that
   * took its place.
   */
  async give(act: Given["act"], note: Given["note"] = () => undefined): Promise<void> {
    this.last = { act, note, id: this.market.services.newId("command") }
    await this.ask(this.last)
  }

  /** Asks for a command, the first time or again. */
  async ask({ act, note, id }: Given): Promise<void> {
    const answer = await this.again(() => act(this.services, id))
    if (isRefusal(answer)) add(this.market.refusals, answer.refused, 1n)
    if (isRefusal(answer) || this.#noted.has(id)) return
    this.#noted.add(id)
    await note(answer as never)
  }

  async again<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Crash) || tries > 5) throw error
      }
    }
  }

  /** Runs to its end or to the death of its process; nobody asks again. */
  async tryOnce(work: () => Promise<unknown>): Promise<true | string> {
    try {
      await work()
      return true
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      if (!(error instanceof Crash) && !patient.test(said))
        this.surprises.push(error instanceof Error ? (error.stack ?? said) : said)
      return said
    }
  }

  /** What the market has of a trade now. */
  async look(told: Told): Promise<Seen> {
    const seen = await this.market.look(told.trade)
    if (!seen) throw new Error(`${told.trade} is gone`)
    told.over = isFinal(tradeTransitions, seen.trade.state)
    return seen
  }

  /** What the worker finds to do for these trades, in any order; nothing leaves for those that are frozen. */
  async work(chance: Chance): Promise<void> {
    const all = this.freezes.length > 0
    const stopped = this.told.filter(({ disputes }) => all || disputes.length > 0)
    const before = await Promise.all(stopped.map((told) => this.#sentSoFar(told)))
    await this.#runJobs(chance)
    const after = await Promise.all(stopped.map((told) => this.#sentSoFar(told)))
    for (const [i, told] of stopped.entries())
      if (before[i]?.some((one) => after[i]?.some((later) => wasSentMeanwhile(one, later))))
        this.surprises.push(`money of ${told.trade} was sent while it was frozen or its buyer's bank had it`)
  }

  /** Of each payment of a trade what stops it, and how often the provider was asked to send its money. */
  async #sentSoFar(told: Told): Promise<Sent[]> {
    const { frozen, payments } = await this.look(told)
    return payments.map(({ id, chargeback }) => ({
      id,
      frozen,
      chargeback: chargeback ?? null,
      times: this.mortal.sent.get(id) ?? 0,
    }))
  }

  /** A job that fails stays. */
  async #runJobs(chance: Chance): Promise<void> {
    const { jobs } = this.market
    for (const job of chance.shuffled(await jobs.take(this.number))) {
      const done = await this.tryOnce(() => this.runJob(job, chance))
      if (done !== true) jobs.keep(this.number, [{ ...job, said: done }])
    }
  }

  async runJob({ task, payload }: Job, chance: Chance): Promise<void> {
    if (task === "deliver") return this.deliver(payload.trade as Id<"trade">, chance.percent(93))
    const run = tasks[task as keyof Tasks] as (
      services: Services,
      payload: Record<string, string>,
    ) => Promise<void>
    return run(this.services, payload)
  }

  /** The delivery with a check of the bytes that found what it found: the check itself has tests of its own. */
  async deliver(trade: Id<"trade">, same: boolean): Promise<void> {
    const { writer, newId, sql } = this.services
    const grant = newId("grant")
    const versionHash = "b".repeat(64)
    const measuredHash = same ? versionHash : "c".repeat(64)
    const result = same ? "same" : "different"
    await writer.run(
      { giver: "system", id: `deliver:${trade}`, action: "trade.deliver", input: { trade } },
      async () => (await loadScene(sql, trade)) ?? refuse("not_found"),
      (scene, now) => deliver(scene, grant, { versionHash, measuredHash, result, at: now }, now),
    )
  }

  /** The bank has money of a party's balance: more by what came in, less by what left. */
  atBank(party: Id<"party">, { minor, currency }: Money, sign: 1n | -1n): void {
    const sums = this.atBankForBalances.get(party) ?? new Map<string, bigint>()
    this.atBankForBalances.set(party, sums)
    add(sums, currency, sign * BigInt(minor))
  }

  /** The webhooks that are about a trade, its disputes or the platform's own payouts. */
  eventsOf({ trade, disputes }: Told): readonly Delivered[] {
    const { pool } = this.market
    return [trade, ...disputes.map(({ charge }) => charge), ...this.payouts].flatMap((name) => pool.of(name))
  }

  /** The webhooks that are about the buyer's top-ups. */
  eventsOfTopUps(): readonly Delivered[] {
    const { pool } = this.market
    return this.topUps.flatMap(({ topUp, dispute }) => [
      ...pool.of(topUp),
      ...(dispute ? pool.of(dispute.charge) : []),
    ])
  }

  /** Brings a webhook: it is kept, and its job runs now or is left for later. */
  async bring(event: Delivered): Promise<void> {
    event.times++
    const { nowSeconds, webhookSecret } = this.market
    const answer = await receiveWebhook(
      this.services,
      event.body,
      sign(event.body, nowSeconds(), webhookSecret),
    )
    if (isRefusal(answer)) this.surprises.push(`a good webhook was refused: ${answer.at}`)
  }

  control(path: string, body: object = {}): Promise<Record<string, unknown>> {
    return this.market.harness.control("POST", path, body)
  }
}

type Sent = { id: Id<"payment">; frozen: boolean; chargeback: Id<"chargeback"> | null; times: number }

/** One that was stopped all the while, by a freeze or by one chargeback: what was lifted between the two may be sent. */
const wasSentMeanwhile = (before: Sent, after: Sent): boolean =>
  before.id === after.id &&
  before.times !== after.times &&
  ((before.frozen && after.frozen) || (before.chargeback !== null && before.chargeback === after.chargeback))
