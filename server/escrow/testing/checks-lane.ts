import type { Payment } from "#contracts/payment.ts"
import { type Trade, tradeTransitions } from "#contracts/trade.ts"
import { isFinal } from "#contracts/transition.ts"
import { type Parted, wrongsOfCharges } from "./checks-charges.ts"
import { type Used, wrongsOfTopUps } from "./checks-top-ups.ts"
import { partsOf } from "./fair.ts"
import type { Lane } from "./lane.ts"
import type { Seen } from "./look.ts"
import { wrongsOfOrder } from "./orders.ts"
import { add, type ProviderSide } from "./provider-side.ts"
import type { Told } from "./told.ts"

/**
 * Whether everybody has what is theirs: what was decided, reckoned in the model's own words, against what has truly
 * moved at the provider and the banks (told.ts).
 */

/** What has come of one payment: `back` and `sent` have moved; `wanted` somebody decided, `lost` a bank did. */
type Reckoned = {
  payment: Payment
  came: bigint
  back: bigint
  sent: bigint
  wanted: bigint
  lost: bigint
  claims: number
}

export async function wrongsOfLane(lane: Lane, provider: ProviderSide): Promise<string[]> {
  const all = await Promise.all(lane.told.map(async (told) => ({ told, seen: await lane.look(told) })))
  const wrongs: string[] = []
  const sellers = new SellersSums()
  const credits = await creditsOf(lane)
  const used: Used[] = []
  const parted: Parted[] = []
  for (const { told, seen } of all) {
    wrongs.push(...wrongsOfTrade(seen), ...wrongsOfOrder(told, seen))
    const credit = credits.get(told.trade) ?? { buyer: 0n, seller: 0n }
    const reckoned = seen.payments.map((payment) => reckon(told, seen.trade, payment, provider, credit.buyer))
    for (const one of reckoned) {
      wrongs.push(...wrongsOfPayment(told, seen, one))
      sellers.add(told, one)
      parted.push({ told, left: leftOf(one), claims: one.claims })
      if (one.payment.rail === "balance") used.push({ payment: one.payment, minor: one.came - one.wanted })
    }
    sellers.settle(told, credit.seller)
  }
  return [
    ...wrongs,
    ...sellers.wrongs(),
    ...(await wrongsOfTopUps(lane, provider, used)),
    ...(await wrongsOfCharges(lane, parted)),
    ...(await platformsLoss(lane, all, provider)),
    ...(await stillPayable(lane)),
    ...lane.surprises.map((said) => `nobody expected: ${said}`),
    ...(await jobsLeft(lane)),
  ]
}

/** Nothing is under way any more. */
function wrongsOfTrade({ trade, refunds, debts, chargebacks }: Seen): string[] {
  const wrongs: string[] = []
  if (!isFinal(tradeTransitions, trade.state)) wrongs.push(`${trade.id} did not end: it is ${trade.state}`)
  for (const { id, state } of [...refunds, ...debts, ...chargebacks])
    if (!/^(repaid|dropped|chargedBack|paid|writtenOff|won|lost)$/.test(state))
      wrongs.push(`${id} of ${trade.id} came to rest as ${state}`)
  return wrongs
}

type Credits = { buyer: bigint; seller: bigint }

/** What the balances of a lane's parties have of each trade, signed: that it is all that left by bank the bank tells. */
async function creditsOf({ market, told, buyer, seller }: Lane): Promise<Map<string, Credits>> {
  const account = (by: { party: string }) => `buyer_credit:${by.party}`
  const rows = await market.services.sql<{ trade: string; buyer: string; seller: string }[]>`
    select trade, coalesce(-sum(amount) filter (where account = ${account(buyer)}), 0)::text as buyer,
      coalesce(-sum(amount) filter (where account = ${account(seller)}), 0)::text as seller from postings
    where trade = any(${told.map(({ trade }) => trade)}::text[]) and account like 'buyer_credit:%' group by trade`
  return new Map(
    rows.map(({ trade, ...of }) => [trade, { buyer: BigInt(of.buyer), seller: BigInt(of.seller) }]),
  )
}

function reckon(
  told: Told,
  trade: Trade,
  payment: Payment,
  provider: ProviderSide,
  credit: bigint,
): Reckoned {
  const { id, rail, charge } = payment
  const sum = (amounts: readonly bigint[]) => amounts.reduce((all, amount) => all + amount, 0n)
  const of = (moved: ProviderSide["charges"]) =>
    sum(moved.filter((one) => one.payment === id).map(({ amount }) => amount))
  const byBank = (...legs: string[]) =>
    sum(told.paidOut.filter((one) => one.payment === id && legs.includes(one.leg)).map(({ minor }) => minor))
  const lost = provider.lost.get(charge ?? "") ?? 0n
  const given = told.gave.filter((one) => one.payment === id)
  const claims = given.length + (lost > 0n ? 1 : 0)
  const rest = { payment, lost, claims }
  if (rail === "bank") {
    const came = BigInt(told.came.get(id)?.minor ?? "0")
    const [back, sent] = [byBank("refund", "claim"), byBank("release")]
    return { ...rest, came, back, sent, wanted: came === 0n ? 0n : wantedBack(told, trade, payment) }
  }
  // What the seller has of it is told with all that their balance has of the trade.
  if (rail === "balance") {
    const came = BigInt(told.price.minor)
    return { ...rest, came, back: came + credit, sent: 0n, wanted: wantedBack(told, trade, payment) }
  }
  const came = of(provider.charges)
  const [back, sent] = [of(provider.refunds) + byBank("refund", "claim") + lost, of(provider.transfers)]
  return { ...rest, came, back, sent, wanted: came === 0n ? 0n : wantedBack(told, trade, payment) }
}

/** What the buyer was to get back: what was decided, or what the trade's end says; all of stray money. */
function wantedBack(told: Told, trade: Trade, payment: Payment): bigint {
  const whole = BigInt(told.price.minor)
  if (trade.payment !== payment.id || trade.state === "cancelled" || trade.state === "expired") return whole
  let [given, held] = [0n, 0n]
  for (const one of told.gave) {
    given += one.minor
    if (one.held) held += one.minor
  }
  if (told.parting) return given + BigInt(told.parting.refund.minor)
  return trade.state === "settled" ? given : given + whole - held
}

function wrongsOfPayment(told: Told, { trade }: Seen, one: Reckoned): string[] {
  const { payment, came, back, wanted, lost } = one
  const { id, rail, state } = payment
  const wrongs: string[] = []
  const say = (what: string) =>
    wrongs.push(`${id} of ${trade.id} (${trade.state}, ${rail}, ${state}): ${what}`)
  if (came !== 0n && came !== told.fair.total) say(`${came} came in for ${told.fair.total}`)
  // What a bank takes it may take of what was on its way back already, or beside it.
  const least = lost > wanted ? lost : wanted
  if (back < least || back > wanted + lost || (lost === 0n && back !== wanted))
    say(
      `the buyer has ${back} back, to whom ${wanted} were due${lost > 0n ? `, and ${lost} went by their bank` : ""}`,
    )
  const rest = came > 0n ? state === "closed" : state === "failed" || (rail === "bank" && state === "started")
  if (!rest) say("did not come to rest")
  if (payment.chargeback) say(`still says that ${payment.chargeback} is open`)
  return wrongs
}

/** What of a payment has not gone back. */
const leftOf = ({ came, back }: Reckoned): bigint => (came > back ? came - back : 0n)

/**
 * What the seller of a lane has in all, in each currency: a debt of one payment is kept back of another. Each claim
 * after the first split may round by one step.
 */
class SellersSums {
  readonly #due = new Map<string, bigint>()
  readonly #has = new Map<string, bigint>()
  readonly #slack = new Map<string, bigint>()

  add({ fair, price: { currency } }: Told, one: Reckoned): void {
    const { sent, claims } = one
    const left = leftOf(one)
    add(this.#due, currency, left > 0n ? partsOf(left, fair).seller : 0n)
    add(this.#has, currency, sent)
    add(this.#slack, currency, BigInt(claims) * fair.step)
  }

  settle({ repaid, writtenOff, price: { currency } }: Told, credit: bigint): void {
    add(this.#has, currency, credit - repaid)
    add(this.#due, currency, writtenOff)
  }

  wrongs(): string[] {
    return [...this.#due].flatMap(([currency, due]) => {
      const [has, slack] = [this.#has.get(currency) ?? 0n, this.#slack.get(currency) ?? 0n]
      const off = has > due ? has - due : due - has
      return off <= slack ? [] : [`the seller has ${has} ${currency} in all, to whom ${due} are due`]
    })
  }
}

/** What the platform bears is what was given up, and what buyers have got twice. */
async function platformsLoss(
  lane: Lane,
  all: readonly { told: Told; seen: Seen }[],
  provider: ProviderSide,
): Promise<string[]> {
  const trades = all.map(({ told }) => told.trade)
  const booked = await lane.market.services.sql<{ trade: string; bad: string; lost: string }[]>`
    select trade, coalesce(sum(amount) filter (where account = 'bad_debt'), 0)::text as bad,
      coalesce(sum(amount) filter (where account = 'chargeback_loss'), 0)::text as lost from postings
    where trade = any(${trades}::text[]) and account in ('bad_debt', 'chargeback_loss') group by trade`
  return all.flatMap(({ told, seen }) => {
    const twice = seen.payments
      .filter(({ rail }) => rail !== "balance")
      .map((payment) => reckon(told, seen.trade, payment, provider, 0n))
      .reduce((sum, { came, back }) => sum + (back > came ? back - came : 0n), 0n)
    const { bad = "0", lost = "0" } = booked.find(({ trade }) => trade === told.trade) ?? {}
    const wrongs: string[] = []
    if (BigInt(bad) !== told.writtenOff)
      wrongs.push(`${told.trade}: ${bad} are booked as given up, not ${told.writtenOff}`)
    if (BigInt(lost) !== twice) wrongs.push(`${told.trade}: ${lost} are booked as lost, not ${twice}`)
    return wrongs
  })
}

async function stillPayable({ market, seller, buyer }: Lane): Promise<string[]> {
  const rows = await market.services.sql<{ account: string; currency: string; sum: string }[]>`
    select account, currency, sum(amount)::text as sum from postings
    where account in (${`seller_payable:${seller.party}`}, ${`seller_receivable:${seller.party}`},
      ${`seller_receivable:${buyer.party}`},
      ${`buyer_credit:${seller.party}`}, ${`buyer_credit:${buyer.party}`})
    group by 1, 2 having sum(amount) <> 0`
  return rows.map(({ account, currency, sum }) => `${account} ends with ${sum} ${currency}`)
}

/** No job is left that wants to be tried again for ever. */
async function jobsLeft({ market, number }: Lane): Promise<string[]> {
  const left = await market.jobs.take(number)
  return left.map(
    ({ task, payload, said }) => `the job ${task} ${JSON.stringify(payload)} is never done: ${said}`,
  )
}
