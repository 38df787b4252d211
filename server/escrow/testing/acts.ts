import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { heldLeft, type Rail } from "#contracts/payment.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { addMs, hourMs } from "#contracts/time.ts"
import { applySession } from "../../payments/apply.ts"
import { confirmPayout, confirmReceipt, payInstruction, payTrade } from "../../payments/commands.ts"
import { legAmount } from "../../payments/rules.ts"
import { imposeFreeze, liftFreeze } from "../../supervision/commands.ts"
import {
  acceptTrade,
  cancelTrade,
  confirmTrade,
  disputeTrade,
  proposeTrade,
  resolveTrade,
} from "../../trades/commands.ts"
import { settleFreeTrade } from "../../trades/deadlines.ts"
import { type Chance, chanceFrom } from "./chance.ts"
import type { Lane, Offer } from "./lane.ts"
import { approve, drawOrder, hasRules, setRules } from "./orders.ts"
import { type Leg, newTold, type Told } from "./told.ts"

/** Single acts of people and of the world outside, each noting what it knows to be so. */

/** A purchase is asked for; sometimes two of the same at once, which two members then approve at the same time. */
export async function propose(lane: Lane, chance: Chance): Promise<Told | null> {
  if (hasRules(lane) && (lane.rules.length === 0 || chance.percent(6)))
    await setRules(lane, chance.one([1n, 2n]))
  const offer = chance.one(lane.offers)
  const told = await proposeOne(lane, offer, chance)
  const other = told && chance.percent(12) ? await proposeOne(lane, offer, chance) : null
  if (told && other) await Promise.all([told, other].map((one) => approveNow(lane, one, chance)))
  return told
}

async function proposeOne(lane: Lane, offer: Offer, chance: Chance): Promise<Told | null> {
  const { listing, plan, fair, currency } = offer
  const use = { actions: ["use"] as ["use"] }
  const { by, order } = drawOrder(lane, chance)
  const asked = { listing, plan, use, ...(order === null ? {} : { purchaseOrder: order }) }
  let told: Told | null = null
  await lane.give(
    (services, commandId) => proposeTrade(services, by, { commandId, locale: "en", ...asked }),
    ({ trade }: { trade: Id<"trade"> }) => {
      const price = { minor: String(fair.total), currency }
      told = newTold({ trade, price, fair, order, requestedBy: by.user })
      lane.told.push(told)
      lane.market.jobs.own(trade, lane.number)
    },
  )
  return told
}

async function approveNow(lane: Lane, told: Told, chance: Chance): Promise<void> {
  const own = chanceFrom(chance.below(2 ** 31))
  const { trade } = await lane.look(told)
  await approve(lane, told, trade.agreementHash, own)
}

export async function confirm(lane: Lane, told: Told, agreementHash: string, chance: Chance) {
  const { trade } = told
  for (const by of chance.shuffled([lane.buyer, lane.seller]))
    await (by === lane.buyer
      ? approve(lane, told, agreementHash, chance)
      : lane.give((services, commandId) => confirmTrade(services, by, { commandId, trade, agreementHash })))
}

export async function pay(lane: Lane, told: Told, rail: Rail): Promise<void> {
  const { trade } = told
  await lane.give(
    (services, commandId) => payTrade(services, lane.buyer, { commandId, trade, rail }, "en"),
    (answer) => notePage(told, answer),
  )
}

/** The buyer asks again for the page of a payment that was started. */
export async function askPage(lane: Lane, told: Told, payment: Id<"payment">): Promise<void> {
  notePage(told, await lane.again(() => payInstruction(lane.services, lane.buyer, payment, "en")))
}

function notePage(told: Told, answer: unknown): void {
  if (isRefusal(answer)) return
  const { kind, url, payment } = answer as { kind: string; url?: string; payment: Id<"payment"> }
  const session = kind === "page" ? /cs_\w+/.exec(url ?? "")?.[0] : undefined
  if (session && !told.pages.some((page) => page.session === session)) told.pages.push({ session, payment })
}

/**
 * The payer at a page: a card that has enough, one whose bank asks, one that is declined, or a wallet whose money
 * comes later or not at all. What came of it is seen at the provider.
 */
export async function payPage(lane: Lane, told: Told, chance: Chance, declined = false): Promise<void> {
  if (told.pages.length > 0) await payAt(lane, chance.one(told.pages).session, chance, declined)
}

export async function payAt(lane: Lane, session: string, chance: Chance, declined = false): Promise<void> {
  const method = declined ? { card: "4000000000000002" } : chance.one(methods)
  await lane.control(`sessions/${session}/pay`, method)
  if ("card" in method && method.card === asking)
    await lane.control(`sessions/${session}/${chance.percent(75) ? "approve" : "refuse"}`)
}

/** Its bank asks the payer to approve. */
const asking = "4000002500003155"
const methods = [
  { card: "4242424242424242" },
  { card: "4242424242424242" },
  { card: "4000000000000077" },
  { card: "4000000000000077" },
  { card: asking },
  { alipay: "succeeds_later" },
  { alipay: "fails_later" },
]

/** The operator sees a transfer with the payment's reference on the bank's statement. */
export async function receive(
  lane: Lane,
  told: Told,
  payment: Id<"payment">,
  amount: Money = told.price,
  note: () => void = () => undefined,
): Promise<void> {
  const bankNumber = `BR-${payment.slice(-8)}`
  await lane.give(
    (services, commandId) =>
      confirmReceipt(services, lane.operator, { commandId, payment, amount, bankNumber }),
    () => {
      told.came.set(payment, amount)
      note()
    },
  )
}

/** The operator pays out what the payment's page says, and confirms it. */
export async function payOut(lane: Lane, told: Told, payment: Id<"payment">, leg: Leg): Promise<void> {
  const row = (await lane.look(told)).payments.find(({ id }) => id === payment)
  if (!row?.[leg]) return
  const amount = legAmount(row, leg)
  const { attempt = 1 } = row[leg]
  const bankNumber = `BP-${payment.slice(-8)}-${leg}-${attempt}`
  await lane.give(
    (services, commandId) =>
      confirmPayout(services, lane.operator, { commandId, payment, leg, attempt, amount, bankNumber }),
    () => told.paidOut.push({ payment, leg, minor: BigInt(amount.minor) }),
  )
}

/** What the trade's end parts: what is held and was not given back before. */
async function heldOf(lane: Lane, told: Told): Promise<number> {
  const { trade, payments } = await lane.look(told)
  const payment = payments.find(({ id }) => id === trade.payment)
  return Number(payment ? heldLeft(payment).minor : told.price.minor)
}

export async function accept(lane: Lane, told: Told): Promise<void> {
  const { trade, price } = told
  await lane.give(
    (services, commandId) => acceptTrade(services, lane.buyer, { commandId, trade }),
    () => {
      told.parting = { release: price, refund: { ...price, minor: "0" } }
    },
  )
}

export async function dispute(lane: Lane, { trade }: Told): Promise<void> {
  const said = { reason: "incomplete", statement: "half of it is missing" }
  await lane.give((services, commandId) => disputeTrade(services, lane.buyer, { commandId, trade, ...said }))
}

export async function resolve(lane: Lane, told: Told, chance: Chance): Promise<void> {
  const { trade, price } = told
  const whole = await heldOf(lane, told)
  const step = price.currency === "KWD" ? 10 : 1
  const drawn = chance.one([
    0,
    whole,
    step,
    Math.max(0, whole - step),
    chance.below(whole + 1),
    chance.below(whole + 1),
  ])
  const released = drawn - (drawn % step)
  const release = { ...price, minor: String(released) }
  const refund = { ...price, minor: String(whole - released) }
  const note = "as it was found"
  await lane.give(
    (services, commandId) =>
      resolveTrade(services, lane.operator, { commandId, trade, release, refund, note }),
    () => {
      told.parting = { release, refund }
    },
  )
}

export async function cancel(lane: Lane, { trade }: Told, chance: Chance): Promise<void> {
  const by = chance.percent(80) ? lane.buyer : lane.seller
  await lane.give((services, commandId) =>
    cancelTrade(services, by, { commandId, trade, reason: "changedMind" }),
  )
}

/** Supervision stops a trade, or all that concerns its listing or one of its parties. */
export async function freeze(lane: Lane, told: Told, chance: Chance): Promise<void> {
  const { trade } = await lane.look(told)
  const [scope, target] = chance.one([
    ["trade", trade.id],
    ["trade", trade.id],
    ["listing", trade.listing],
    ["party", lane.seller.party],
    ["party", lane.buyer.party],
  ] as const)
  const order = { scope, target, reason: "courtOrder", document: "2026-17", note: "to be looked at" } as const
  const expires = addMs(lane.services.writer.now(), chance.one([1, 30, 24 * 20]) * hourMs)
  await lane.give(
    (services, commandId) => imposeFreeze(services, lane.market.regulator, { commandId, ...order, expires }),
    ({ freeze }: { freeze: Id<"freeze"> }) => lane.freezes.push(freeze),
  )
}

export async function lift(lane: Lane): Promise<void> {
  for (const freeze of lane.freezes.splice(0))
    await lane.give((services, commandId) =>
      liftFreeze(services, lane.market.regulator, { commandId, freeze, document: "2026-18" }),
    )
}

/** The buyer comes back from a page. */
export async function comeBack(lane: Lane, told: Told, chance: Chance): Promise<void> {
  if (told.pages.length > 0)
    await lane.tryOnce(() => applySession(lane.services, chance.one(told.pages).session))
}

export const settleFree = (lane: Lane, { trade }: Told) =>
  lane.tryOnce(() => settleFreeTrade(lane.services, trade))
