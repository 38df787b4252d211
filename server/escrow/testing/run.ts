import { isRefusal } from "#contracts/refusal.ts"
import { dayMs, hourMs, minuteMs } from "#contracts/time.ts"
import { reconcile } from "../../settlements/run.ts"
import { auditBook } from "../audit.ts"
import { lift } from "./acts.ts"
import { emptyPockets, hasPockets } from "./balance-acts.ts"
import { decideAtBank } from "./bank-acts.ts"
import { chanceFrom } from "./chance.ts"
import { digestOf, wrongsOfBook } from "./checks-book.ts"
import { wrongsOfLane } from "./checks-lane.ts"
import { decide, payBackByBank, repayByBank, settleDebt } from "./claim-acts.ts"
import { Crash } from "./crash.ts"
import type { Lane } from "./lane.ts"
import type { ModelMarket } from "./market.ts"
import { add, lookAtProvider } from "./provider-side.ts"
import { drawJump, drawStep, type Sequence } from "./steps.ts"
import { payOutBank, takeStep } from "./take.ts"
import { decideOnTopUp, hasOpenTopUps, settleOwn } from "./top-up-acts.ts"

/** As many sequences as there are lanes; between rounds the same time passes for all. */
export function drawSequences(seed: number, lanes: number, rounds: number): Sequence[] {
  const chance = chanceFrom(seed)
  const jumps = Array.from({ length: rounds }, () => drawJump(chance.below(2 ** 31)))
  return Array.from({ length: lanes }, () => ({
    jumps,
    steps: Array.from({ length: rounds }, () => drawStep(chance.below(2 ** 31))),
  }))
}

export class Runner {
  readonly market: ModelMarket
  readonly lanes: readonly Lane[]
  /** What truly lies at the bank, by currency. */
  readonly #bank = new Map<string, bigint>()
  /** Once something went wrong, what was wrong before a run is not told of it again. */
  #dirty = false
  #known: ReadonlySet<string> = new Set()
  took = 0
  died = 0
  /** How often each fault hit. */
  readonly fired = new Map<string, number>()

  constructor(market: ModelMarket, lanes: readonly Lane[]) {
    this.market = market
    this.lanes = lanes
  }

  /** Runs the sequences side by side, lets everything come to rest, and answers what is wrong. */
  async run(
    sequences: readonly Sequence[],
    lanes: readonly Lane[] = this.lanes.slice(0, sequences.length),
  ): Promise<{ wrongs: string[]; lanes: readonly Lane[] }> {
    const { market } = this
    for (const lane of lanes) lane.begin()
    if (this.#dirty) this.#known = new Set(await this.#wrongs(lanes, market.nowSeconds()))
    const since = market.nowSeconds() - 5
    const rounds = Math.max(...sequences.map(({ steps }) => steps.length))
    for (let from = 0; from < rounds; ) {
      const jumps = sequences[0]?.jumps ?? []
      const next = jumps.findIndex((jump, round) => round >= from && jump > 0)
      const until = next < 0 ? rounds : next + 1
      await Promise.all(lanes.map((lane, i) => this.#walk(lane, sequences[i], from, until)))
      from = until
      if (next < 0) continue
      await market.jump((jumps[next] ?? 0) * minuteMs)
      await market.sweep()
    }
    await this.#rest(lanes)
    const wrongs = (await this.#wrongs(lanes, since)).filter((said) => !this.#known.has(said))
    this.#dirty ||= wrongs.length > 0
    return { wrongs, lanes }
  }

  /** A lane's steps between two jumps of the clock, at its own pace. */
  async #walk(lane: Lane, sequence: Sequence | undefined, from: number, until: number): Promise<void> {
    for (let round = from; round < until; round++) await this.#step(lane, sequence, round)
  }

  async #step(lane: Lane, sequence: Sequence | undefined, round: number): Promise<void> {
    const step = sequence?.steps[round]
    if (!step) return
    this.took++
    try {
      await takeStep(lane, step)
    } catch (error) {
      if (error instanceof Crash) return
      lane.surprises.push(`${step.kind}:${step.seed} threw ${error instanceof Error ? error.stack : error}`)
    }
  }

  /** Nothing goes wrong any more, and nobody does anything but the operator with what only a person can pay out. */
  async #rest(lanes: readonly Lane[]): Promise<void> {
    const { market } = this
    const { data } = (await market.harness.control("GET", "faults")) as {
      data: { kind: string; fired: [] }[]
    }
    for (const { kind, fired } of data) this.fired.set(kind, (this.fired.get(kind) ?? 0) + fired.length)
    await market.harness.control("DELETE", "faults")
    for (const lane of lanes) {
      this.died += lane.mortal.died
      lane.mortal.died = 0
      lane.mortal.disarm()
      await lane.control(`accounts/${lane.payee}/activate`)
    }
    const waits = [0, hourMs, 26 * hourMs, 4 * dayMs, 8 * dayMs, 21 * dayMs, 31 * dayMs, 2 * dayMs, 2 * dayMs]
    let heard = false
    for (const wait of waits) {
      if (wait > 0) await market.jump(wait)
      // Of what only an event tells, as that a refund came back, a sweep hears at last.
      await market.sweep(wait >= dayMs)
      const rest = await Promise.all(lanes.map(isAtRest))
      if (heard && rest.every(Boolean)) break
      for (let again = 0; again < 2; again++)
        await Promise.all(
          lanes.map((lane, i) => ((heard || again > 0) && rest[i]) || this.#tidyUp(lane, wait + again)),
        )
      heard ||= wait >= dayMs
    }
    await Promise.all(
      lanes.map(async (lane) => {
        await this.#tidyUp(lane, 1)
        await lift(lane)
        // What the end of a freeze gives the worker to do.
        await lane.work(chanceFrom(lane.number))
      }),
    )
  }

  async #tidyUp(lane: Lane, wait: number): Promise<void> {
    const chance = chanceFrom(lane.number + wait)
    // Every third webhook never comes at all: the sweep has to see to it.
    for (const [i, event] of lane.eventsOfTopUps().entries())
      if (event.times === 0 && i % 3 > 0) await lane.bring(event)
    for (const told of lane.topUps) await decideOnTopUp(lane, told, chance)
    for (const told of lane.told) {
      for (const [i, event] of lane.eventsOf(told).entries())
        if (event.times === 0 && i % 3 > 0) await lane.bring(event)
      if (told.disputes.length > 0) await decideAtBank(lane, told, chance)
    }
    await lane.work(chance)
    for (const told of lane.told) {
      const { payments, refunds, debts } = await lane.look(told)
      if (payments.some(({ state }) => state === "parting")) {
        // Asked for, and confirmed.
        for (let i = 0; i < 2; i++) await payBackByBank(lane, told, chance, true)
        await payOutBank(lane, told)
      }
      // One that is asked for more than is left has to be dropped, which is drawn now and then.
      for (const { state } of refunds) if (state === "asked") await decide(lane, told, chance)
      if (debts.some(({ state }) => state === "owed")) await settleDebt(lane, told, chance, true)
      if (refunds.some(({ state }) => state === "asked" || state === "decided")) {
        for (let i = 0; i < 2; i++) await payBackByBank(lane, told, chance, true)
        await repayByBank(lane, told, chance)
      }
    }
    if (lane.topUps.length > 0) for (let i = 0; i < 2; i++) await settleOwn(lane, chance, true)
    await emptyPockets(lane)
  }

  async #wrongs(lanes: readonly Lane[], since: number): Promise<string[]> {
    const { market } = this
    const { sql } = market.services
    // A database of tests knows nothing of its tables by itself (db/embedded/cluster.ts), and these are searched whole.
    await market.owner.sql`analyze postings, provider_lines, line_steps`
    for (let run = 0; run < 2; run++) {
      const answer = await reconcile(market.services, { patience: 0 })
      if (isRefusal(answer)) return [`the book cannot be reconciled: ${answer.refused}`]
    }
    const provider = await lookAtProvider(market, since)
    const ofLanes = await Promise.all(
      lanes.map(async (lane) => {
        this.#countBank(lane)
        return (await wrongsOfLane(lane, provider)).map((said) => `lane ${lane.number}: ${said}`)
      }),
    )
    const trades = lanes.flatMap(({ told }) => told.map(({ trade }) => trade))
    const bank = new Map(this.#bank)
    for (const [currency, amount] of provider.paidOut) add(bank, currency, amount)
    const ofBook = await wrongsOfBook(sql, trades, {
      provider_pending: provider.pending,
      provider_available: provider.available,
      bank,
      dispute_withdrawn: provider.withdrawn,
    })
    const audited = await auditBook(sql)
    const ofAudit = audited.map(
      ({ rule, subject, detail }) => `${rule} of ${subject}: ${JSON.stringify(detail)}`,
    )
    return [...ofLanes.flat(), ...ofBook, ...ofAudit, ...(await this.#replayed(lanes, trades))]
  }

  #countBank({ told, topUps, atBankForBalances }: Lane): void {
    for (const sums of atBankForBalances.values())
      for (const [currency, amount] of sums) add(this.#bank, currency, amount)
    for (const { amount, repaid } of topUps) add(this.#bank, amount.currency, repaid)
    for (const one of told) {
      const { currency } = one.price
      const cards = new Set(one.pages.map(({ payment }) => payment))
      for (const [payment, amount] of one.came)
        if (!cards.has(payment)) add(this.#bank, amount.currency, BigInt(amount.minor))
      for (const { minor } of one.paidOut) add(this.#bank, currency, -minor)
      add(this.#bank, currency, one.repaid)
    }
  }

  /** Every webhook comes once more, in another order, and some twice: nothing may change. */
  async #replayed(lanes: readonly Lane[], trades: readonly string[]): Promise<string[]> {
    const { sql } = this.market.services
    const before = await digestOf(sql, trades)
    await sql`update inbox set applied_at = null where applied_at is not null`
    await Promise.all(
      lanes.map(async (lane) => {
        const chance = chanceFrom(lane.number + 7)
        const events = [...lane.told.flatMap((told) => lane.eventsOf(told)), ...lane.eventsOfTopUps()]
        for (const event of chance.shuffled([...events, ...events.slice(0, 3)])) await lane.bring(event)
        await lane.work(chance)
      }),
    )
    return (await digestOf(sql, trades)) === before
      ? []
      : ["the same events once more changed the book or a state"]
  }
}

async function isAtRest(lane: Lane): Promise<boolean> {
  for (const { payments, refunds, debts, chargebacks } of await Promise.all(
    lane.told.map((told) => lane.look(told)),
  )) {
    for (const { rail, state } of payments)
      if (!(state === "closed" || state === "failed" || (rail === "bank" && state === "started")))
        return false
    for (const { state } of [...refunds, ...debts, ...chargebacks])
      if (/^(asked|decided|reversing|owed|opened|answered|conceded)$/.test(state)) return false
  }
  return lane.told.every(({ over }) => over) && !(await hasOpenTopUps(lane)) && !(await hasPockets(lane))
}
