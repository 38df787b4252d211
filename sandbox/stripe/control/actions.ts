import { refused } from "../http/errors.ts"
import type { Tree } from "../http/form.ts"
import { currencyCode, flag, integer, object, oneOf, optional, required, text } from "../http/readers.ts"
import { changeTransfers } from "../objects/accounts-v1.ts"
import { record } from "../objects/balance.ts"
import { type PayoutFailure, payoutFailures } from "../objects/banks.ts"
import { findCard } from "../objects/cards.ts"
import { disputeReasons } from "../objects/dispute-shape.ts"
import { findDispute, loseDispute, openDispute, winDispute } from "../objects/disputes.ts"
import { alipayOutcomes, type PaymentMethod } from "../objects/methods.ts"
import { answerApproval, finishSettlement, paySession } from "../objects/pay.ts"
import { findCharge } from "../objects/payments.ts"
import { failPayout } from "../objects/payouts.ts"
import { failRefund } from "../objects/refunds.ts"
import { expireSession, findSession } from "../objects/sessions.ts"
import type { World } from "../state/world.ts"

type Body = Map<string, Tree>
export type Action = (world: World, id: string, body: Body) => object

const readClock = object({
  advance_seconds: optional(integer(0, 400 * 86_400)),
  frozen: optional(flag),
})
const readPay = object({ card: optional(text(30)), alipay: optional(oneOf(...alipayOutcomes)) })
const readTopup = object({ amount: required(integer(1)), currency: required(currencyCode) })
const readDispute = object({ reason: optional(oneOf(...disputeReasons)), amount: optional(integer(1)) })
const readWin = object({ return_fee: optional(flag) })
const readFail = object({ code: optional(oneOf(...(Object.keys(payoutFailures) as PayoutFailure[]))) })

/**
 * What tests, demos and the dashboard's buttons do that no caller of Stripe can: `<noun>/<id>/<verb>`. Each runs
 * inside one transaction.
 */
export const actions: Readonly<Record<string, Action>> = {
  clock: (world, _id, body) => moveClock(world, body),
  topup: (world, _id, body) => topUp(world, readTopup(body, "")),
  "sessions pay": (world, id, body) => {
    const { card, alipay } = readPay(body, "")
    const method: PaymentMethod =
      alipay === undefined ? cardOf(card ?? "4242424242424242") : { type: "alipay", outcome: alipay }
    return paySession(world, findSession(world, id), { method, name: null, email: null })
  },
  "sessions approve": (world, id) => answerApproval(world, findSession(world, id), true),
  "sessions refuse": (world, id) => answerApproval(world, findSession(world, id), false),
  "sessions settle": (world, id) => finishSettlement(world, findSession(world, id), true),
  "sessions fail": (world, id) => finishSettlement(world, findSession(world, id), false),
  "sessions expire": (world, id) => expireSession(world, findSession(world, id)),
  "charges dispute": (world, id, body) => openDispute(world, findCharge(world, id), readDispute(body, "")),
  "disputes win": (world, id, body) =>
    winDispute(world, findDispute(world, id), readWin(body, "").return_fee ?? false),
  "disputes lose": (world, id) => loseDispute(world, findDispute(world, id)),
  "refunds fail": (world, id) => failRefund(world, id),
  "payouts fail": (world, id, body) => failPayout(world, id, readFail(body, "").code ?? "account_closed"),
  "accounts activate": (world, id) => changeTransfers(world, id, "active"),
  "accounts restrict": (world, id) => changeTransfers(world, id, "restricted"),
  "accounts reject": (world, id) => changeTransfers(world, id, "rejected"),
}

/** The platform's own money at the provider: an available balance transaction that no charge brought. */
export function topUp(world: World, { amount, currency }: { amount: number; currency: string }): object {
  return record(world, {
    owner: null,
    type: "topup",
    amount,
    fee: 0,
    currency,
    source: world.newId("tu_1"),
    availableOn: world.now(),
  })
}

export const showClock = (world: World) => ({ now: world.now(), frozen: world.settings.frozenAt !== null })

function moveClock(world: World, body: Body): object {
  const { advance_seconds, frozen } = readClock(body, "")
  if (frozen === true) world.freeze()
  if (frozen === false) world.unfreeze()
  if (advance_seconds !== undefined) world.advance(advance_seconds)
  return showClock(world)
}

function cardOf(number: string): PaymentMethod {
  const card = findCard(number)
  if (card === null) throw refused("Not one of the sandbox's test cards.", "incorrect_number", "card")
  const shown = { brand: card.brand, last4: number.slice(-4), expiryMonth: 12, expiryYear: 2050 }
  return { type: "card", card, shown }
}
