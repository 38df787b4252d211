import { legRail } from "#contracts/payment.ts"
import {
  accept,
  askPage,
  cancel,
  comeBack,
  confirm,
  dispute,
  freeze,
  lift,
  pay,
  payOut,
  payPage,
  propose,
  receive,
  resolve,
} from "./acts.ts"
import { payDebtHere, prepay, takeOut } from "./balance-acts.ts"
import { answer, chargeBack, decideAtBank, emptyAccount, failPayout, payOutOwn } from "./bank-acts.ts"
import { type Chance, chanceFrom } from "./chance.ts"
import { comeBackFromBank, decide, giveBack, payBackByBank, repayByBank, settleDebt } from "./claim-acts.ts"
import { crashPoints } from "./crash.ts"
import type { Lane } from "./lane.ts"
import type { Kind, Step } from "./steps.ts"
import type { Told } from "./told.ts"
import { moveTopUps } from "./top-up-acts.ts"

/** Takes one step of a sequence: all that is left to choice comes from the step's own number. */
export async function takeStep(lane: Lane, { kind, seed }: Step): Promise<void> {
  const chance = chanceFrom(seed)
  const told = await chooseTrade(lane, kind, chance)
  if (told) await steps[kind](lane, told, chance)
}

const mostOpen = 3

async function chooseTrade(lane: Lane, kind: Kind, chance: Chance): Promise<Told | null> {
  if (kind !== "forward") return lane.told.length > 0 ? chance.one(lane.told) : null
  const open = lane.told.filter(({ over }) => !over)
  if (open.length === 0 || (open.length < mostOpen && chance.percent(6))) return propose(lane, chance)
  return chance.one(open)
}

const steps: Record<Kind, (lane: Lane, told: Told, chance: Chance) => Promise<unknown>> = {
  forward,
  work: (lane, _told, chance) => lane.work(chance),
  event: async (lane, told, chance) => {
    const events = chance.percent(20) ? lane.eventsOfTopUps() : lane.eventsOf(told)
    if (events.length === 0) return
    await lane.bring(chance.one(events))
    if (chance.percent(40)) await lane.work(chance)
  },
  redirect: comeBack,
  decline: (lane, told, chance) => payPage(lane, told, chance, true),
  payStray,
  payOther: (lane, told, chance) => pay(lane, told, chance.one(["card", "bank", "balance"])),
  cancel,
  repeat: async (lane, _told, chance) => {
    const { last } = lane
    if (!last) return
    await Promise.all(Array.from({ length: 1 + chance.below(3) }, () => lane.tryOnce(() => lane.ask(last))))
  },
  rivals: async (lane, told, chance) => {
    const acts = [
      accept,
      dispute,
      cancel,
      resolve,
      freeze,
      payPage,
      forward,
      comeBack,
      giveBack,
      decideAtBank,
    ] as const
    const [one, other] = [chance.one(acts), chance.one(acts)]
    const [first, second] = [chanceFrom(chance.below(2 ** 31)), chanceFrom(chance.below(2 ** 31))]
    await Promise.all([one(lane, told, first), other(lane, told, second)])
  },
  wrongMoney,
  freeze,
  lift,
  giveBack,
  decide,
  repay: repayByBank,
  return: comeBackFromBank,
  byBank: payBackByBank,
  debt: settleDebt,
  payDebt: payDebtHere,
  takeOut,
  topUp: moveTopUps,
  chargeBack,
  bankDecides: decideAtBank,
  answer,
  payOut: payOutOwn,
  failPayout,
  empty: emptyAccount,
  payee: (lane, _told, chance) =>
    lane.control(`accounts/${lane.payee}/${chance.one(["restrict", "activate", "activate"])}`),
  fault: async (lane, _told, chance) => {
    const [method, path] = chance.one(calls)
    const kind = chance.one(["rate_limit", "error_before", "error_after", "reset_after", "truncate"])
    const times = chance.one([1, 1, 2, 3])
    await lane.control("faults", { kind, key: lane.key, method, path, nth: 1 + chance.below(2), times })
  },
  crash: async (lane, _told, chance) => lane.mortal.arm(chance.one(crashPoints), chance.below(3)),
}

/** The calls that a fault can meet; null is any. */
const calls = [
  ["POST", "/v1/checkout/sessions"],
  ["GET", "/v1/checkout/sessions/*"],
  ["POST", "/v1/checkout/sessions/*/expire"],
  ["POST", "/v1/transfers"],
  ["POST", "/v1/refunds"],
  ["GET", "/v1/refunds/*"],
  ["GET", "/v2/core/accounts/*"],
  ["POST", "/v1/transfers/*/reversals"],
  ["GET", "/v1/disputes/*"],
  ["POST", "/v1/disputes/*"],
  ["POST", "/v1/payouts"],
  [undefined, undefined],
] as const

/** Money that may come at any time, also when nobody waits for it any more. */
async function payStray(lane: Lane, told: Told, chance: Chance): Promise<unknown> {
  const open = (await lane.look(told)).payments.filter(
    ({ rail, state }) => rail === "bank" && state === "started",
  )
  const payment = open.length > 0 && chance.percent(50) ? chance.one(open) : null
  return payment ? receive(lane, told, payment.id) : payPage(lane, told, chance)
}

/** What somebody would do next who wants this trade to end. */
async function forward(lane: Lane, told: Told, chance: Chance): Promise<unknown> {
  const { trade, payments } = await lane.look(told)
  const payment = payments.find(({ id }) => id === trade.payment)
  switch (trade.state) {
    case "proposed":
      return confirm(lane, told, trade.agreementHash, chance)
    case "agreed":
      if (chance.percent(20)) return prepay(lane, told, chance)
      return pay(lane, told, chance.percent(70) ? "card" : "bank")
    case "funding":
      if (payment?.state !== "started") return lane.work(chance)
      if (payment.rail === "bank") return receive(lane, told, payment.id)
      if (told.pages.every((page) => page.payment !== payment.id)) return askPage(lane, told, payment.id)
      return payPage(lane, told, chance)
    case "delivered":
      return chance.percent(65) ? accept(lane, told) : dispute(lane, told)
    case "disputed":
      return resolve(lane, told, chance)
    case "accepted":
    case "resolved":
      await lane.work(chance)
      return payOutBank(lane, told)
    default:
      return lane.work(chance)
  }
}

/** The operator works off the queue of payouts by bank of this trade. */
export async function payOutBank(lane: Lane, told: Told): Promise<void> {
  for (const payment of (await lane.look(told)).payments) {
    if (payment.state !== "parting") continue
    for (const leg of ["release", "refund"] as const)
      if (payment[leg]?.state === "pending" && legRail(payment, leg) === "bank")
        await payOut(lane, told, payment.id, leg)
  }
}

/** A transfer of another amount or currency than asked for, which must not be booked. */
async function wrongMoney(lane: Lane, told: Told, chance: Chance): Promise<void> {
  const payment = (await lane.look(told)).payments.find(
    ({ rail, state }) => rail === "bank" && state === "started",
  )
  if (!payment) return
  const { minor, currency } = told.price
  const amount = chance.one([
    { minor: String(BigInt(minor) + 1n), currency },
    { minor: String(BigInt(minor) - 1n), currency },
    { minor, currency: currency === "CNY" ? "USD" : "CNY" },
  ] as const)
  await receive(lane, told, payment.id, amount, () =>
    lane.surprises.push(`${amount.minor} ${amount.currency} was taken for ${minor} ${currency}`),
  )
}
