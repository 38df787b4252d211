import type { UserActor } from "#contracts/actor.ts"
import type { Debt } from "#contracts/debt.ts"
import type { Id } from "#contracts/ids.ts"
import { currencies, type Money } from "#contracts/money.ts"
import { legRail } from "#contracts/payment.ts"
import type { Refund } from "#contracts/refund.ts"
import { repayDebt, writeOff } from "../../debts/commands.ts"
import { returnPayout } from "../../payments/commands.ts"
import { askRefundLegByBank, decideRefundLegByBank } from "../../payments/leg-by-bank.ts"
import {
  askRefundByBank,
  confirmGivingBack,
  confirmRefund,
  decideRefundByBank,
  giveMoneyBack,
  returnRefund,
} from "../../refunds/commands.ts"
import { returnable } from "../../refunds/rules.ts"
import type { Chance } from "./chance.ts"
import type { Lane } from "./lane.ts"
import type { Leg, Told, ToldOwing } from "./told.ts"

/** Acts about money that goes back to a buyer, and about what sellers then owe. */

/** An amount that a rail can move: mostly a part, often all, once in a while more than there is. */
export function drawPart(chance: Chance, { minor, currency }: Money): Money {
  const step = currencies[currency].step
  const whole = Number(minor)
  const drawn = chance.one([
    step,
    whole,
    whole,
    whole + step,
    chance.below(whole + 1),
    chance.below(whole + 1),
  ])
  return { minor: String(drawn - (drawn % step)), currency }
}

/** The same where the form takes no nothing. */
export function drawSome(chance: Chance, most: Money): Money {
  const drawn = drawPart(chance, most)
  return drawn.minor === "0" ? most : drawn
}

/** The seller, or an operator, gives money back, before or after the release. */
export async function giveBack(lane: Lane, told: Told, chance: Chance): Promise<void> {
  const { trade, payments } = await lane.look(told)
  const payment = payments.find(({ id }) => id === trade.payment)
  if (!payment) return
  const most = returnable(payment)?.most ?? told.price
  const by = chance.percent(60) ? lane.seller : lane.operator
  const input = {
    trade: told.trade,
    amount: drawPart(chance, most),
    reason: "agreed",
    note: "as was agreed",
  } as const
  await lane.give(
    (services, commandId) => giveMoneyBack(services, by, { commandId, ...input }),
    ({ refund, state }: { refund?: Id<"refund">; state: string }) => {
      if (refund === undefined) return noteConceded(told)
      if (state === "decided") return noteGiven(lane, told, refund, BigInt(input.amount.minor))
    },
  )
}

/** All that was held goes back: by the trade's own end, and no refund stands beside it. */
function noteConceded(told: Told): void {
  const given = told.gave.filter(({ held }) => held).reduce((sum, { minor }) => sum + minor, 0n)
  const { currency } = told.price
  told.parting = {
    release: { minor: "0", currency },
    refund: { minor: String(BigInt(told.price.minor) - given), currency },
  }
}

async function noteGiven(lane: Lane, told: Told, id: Id<"refund">, minor: bigint): Promise<void> {
  const refund = (await lane.look(told)).refunds.find((one) => one.id === id)
  if (!refund) lane.surprises.push(`${id} was decided and is not there`)
  else if (told.gave.every((one) => one.refund !== id))
    told.gave.push({ refund: id, payment: refund.payment, minor, held: refund.source === "held" })
}

/** The operator's second person confirms a refund or drops it; sometimes the first tries to. */
export async function decide(
  lane: Lane,
  told: Told,
  chance: Chance,
  confirm = chance.percent(75),
): Promise<void> {
  const asked = (await lane.look(told)).refunds.filter(({ state }) => state === "asked")
  if (asked.length === 0) return
  const { id: refund, version, amount } = chance.one(asked)
  const by = chance.percent(15) ? lane.operator : lane.secondOperator
  await lane.give(
    (services, commandId) => confirmGivingBack(services, by, { commandId, refund, version, confirm }),
    () => {
      if (!confirm) return
      if (by === lane.operator) lane.surprises.push(`one person alone has had ${refund} paid`)
      return noteGiven(lane, told, refund, BigInt(amount.minor))
    },
  )
}

/** The operator transfers a refund by bank. */
export async function repayByBank(lane: Lane, told: Told, chance: Chance): Promise<void> {
  const open = (await lane.look(told)).refunds.filter(
    ({ rail, state }) => rail === "bank" && state === "decided",
  )
  if (open.length > 0) await confirmByBank(lane, told, chance.one(open))
}

async function confirmByBank(
  lane: Lane,
  told: Told,
  { id: refund, payment, amount, attempt }: Refund,
): Promise<void> {
  const bankNumber = `BF-${refund.slice(-8)}-${attempt}`
  await lane.give(
    (services, commandId) =>
      confirmRefund(services, lane.operator, { commandId, refund, amount, bankNumber }),
    () => told.paidOut.push({ payment, leg: "claim", minor: BigInt(amount.minor) }),
  )
}

/**
 * What the provider refuses to pay back the operator's people have paid by bank: one asks, and a second confirms it or
 * drops it; sometimes the first tries to. What is not refused for good they ask for in vain.
 */
export async function payBackByBank(
  lane: Lane,
  told: Told,
  chance: Chance,
  confirm = chance.percent(80),
): Promise<void> {
  const { payments, refunds } = await lane.look(told)
  const open: OfByBank[] = [
    ...payments.flatMap((payment): OfByBank[] =>
      payment.refund?.state === "pending" && legRail(payment, "refund") === "card"
        ? [{ kind: "leg", id: payment.id, version: payment.version, asked: Boolean(payment.refund.byBank) }]
        : [],
    ),
    ...refunds.flatMap(({ id, version, rail, state, byBank }): OfByBank[] =>
      state === "decided" && rail === "card" ? [{ kind: "claim", id, version, asked: Boolean(byBank) }] : [],
    ),
  ]
  if (open.length === 0) return
  const one = chance.one(open)
  if (!one.asked) return askByBank(lane, one)
  const by = chance.percent(15) ? lane.operator : lane.secondOperator
  await confirmAsked(lane, one, by, confirm)
}

type OfByBank = { version: number; asked: boolean } & (
  | { kind: "leg"; id: Id<"payment"> }
  | { kind: "claim"; id: Id<"refund"> }
)

const askByBank = (lane: Lane, one: OfByBank): Promise<void> =>
  lane.give((services, commandId) => {
    const said = { commandId, version: one.version, to: "Bank, Buyer, 6222", note: "the card is closed" }
    return one.kind === "leg"
      ? askRefundLegByBank(services, lane.operator, { ...said, payment: one.id })
      : askRefundByBank(services, lane.operator, { ...said, refund: one.id })
  })

const confirmAsked = (lane: Lane, one: OfByBank, by: UserActor, confirm: boolean): Promise<void> =>
  lane.give(
    (services, commandId) => {
      const said = { commandId, version: one.version, confirm }
      return one.kind === "leg"
        ? decideRefundLegByBank(services, by, { ...said, payment: one.id })
        : decideRefundByBank(services, by, { ...said, refund: one.id })
    },
    () => {
      if (confirm && by === lane.operator)
        lane.surprises.push(`one person alone has had ${one.id} paid by bank`)
    },
  )

/** What was paid out comes back from the account it went to: a payout by bank, or a refund by card. */
export async function comeBackFromBank(lane: Lane, told: Told, chance: Chance): Promise<void> {
  const { payments, refunds } = await lane.look(told)
  const sent = [
    ...payments.flatMap((payment) =>
      legRail(payment, "refund") === "card" && payment.refund?.reference ? [payment.refund.reference] : [],
    ),
    ...refunds.flatMap(({ rail, reference }) => (rail === "card" && reference ? [reference] : [])),
  ]
  if (sent.length > 0 && chance.percent(50))
    return void (await lane.control(`refunds/${chance.one(sent)}/fail`))
  const payouts = payments.flatMap((payment) =>
    (["release", "refund"] as const).flatMap((leg) =>
      legRail(payment, leg) === "bank" && payment[leg]?.state === "done" && payment[leg].reference
        ? [{ payment: payment.id, leg, attempt: payment[leg].attempt ?? 1 }]
        : [],
    ),
  )
  const repaid = refunds.filter(({ rail, state }) => rail === "bank" && state === "repaid")
  if (repaid.length > 0 && chance.percent(50)) return returnClaim(lane, told, chance.one(repaid))
  if (payouts.length > 0) await returnByBank(lane, told, chance.one(payouts))
}

const returnClaim = (lane: Lane, told: Told, { id, payment, amount, attempt }: Refund): Promise<void> =>
  lane.give(
    (services, commandId) => returnRefund(services, lane.operator, { commandId, refund: id, attempt }),
    () => told.paidOut.push({ payment, leg: "claim", minor: -BigInt(amount.minor) }),
  )

async function returnByBank(
  lane: Lane,
  told: Told,
  { payment, leg, attempt }: { payment: Id<"payment">; leg: Leg; attempt: number },
): Promise<void> {
  const back = { payment, leg, attempt, reason: "no such account" }
  await lane.give(
    (services, commandId) => returnPayout(services, lane.operator, { commandId, ...back }),
    () => {
      const out = told.paidOut.findLast((one) => one.payment === payment && one.leg === leg)
      if (out) told.paidOut.push({ ...out, minor: -out.minor })
      else lane.surprises.push(`${leg} of ${payment} came back and had never left`)
    },
  )
}

/** A seller repays what they owe by bank, or the operator's people give it up. */
export async function settleDebt(lane: Lane, told: Told, chance: Chance, whole = false): Promise<void> {
  const owed = (await lane.look(told)).debts.filter(({ state }) => state === "owed")
  if (owed.length === 0) return
  await settle(lane, told, chance.one(owed), chance, whole)
}

export const settle = (lane: Lane, told: ToldOwing, debt: Debt, chance: Chance, whole: boolean) =>
  chance.percent(50) ? repay(lane, told, debt, chance, whole) : giveUp(lane, told, debt, chance, whole)

async function repay(lane: Lane, told: ToldOwing, debt: Debt, chance: Chance, whole: boolean): Promise<void> {
  const { id, version, left } = debt
  const amount = whole ? left : drawPart(chance, left)
  const bankNumber = `BD-${id.slice(-8)}-${version}`
  await lane.give(
    (services, commandId) =>
      repayDebt(services, lane.operator, { commandId, debt: id, version, amount, bankNumber }),
    () => {
      told.repaid += BigInt(amount.minor)
      if (BigInt(amount.minor) > BigInt(left.minor))
        lane.surprises.push(`${amount.minor} was taken for ${left.minor} of ${id}`)
    },
  )
}

async function giveUp(
  lane: Lane,
  told: ToldOwing,
  debt: Debt,
  chance: Chance,
  whole: boolean,
): Promise<void> {
  const { id, left, writeOff: asked } = debt
  const first = asked?.user ?? (whole || chance.percent(60) ? lane.operator.user : lane.secondOperator.user)
  const people = [lane.operator, lane.secondOperator]
  const other = people.find(({ user }) => user !== first) ?? lane.secondOperator
  const same = people.find(({ user }) => user === first) ?? lane.operator
  const note = "the seller is gone"
  const ask = (by: UserActor, version: number, said: () => void) =>
    lane.give((services, commandId) => writeOff(services, by, { commandId, debt: id, version, note }), said)
  let version = asked === null ? 0 : debt.version
  if (asked === null)
    await ask(same, debt.version, () => {
      version = debt.version + 1
    })
  if (version === 0) return
  const by = !whole && chance.percent(20) ? same : other
  await ask(by, version, () => {
    if (by === same) lane.surprises.push(`one person alone has given up ${id}`)
    told.writtenOff += BigInt(left.minor)
  })
}
