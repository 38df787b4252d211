import { type Chargeback, type ChargebackStep, chargebackTransitions } from "#contracts/chargeback.ts"
import { journalHash } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { FactBody, FactSecret, FactType, Json } from "#contracts/ledger/fact.ts"
import { compareMoney, isZero, type Money, minus, plus, zero } from "#contracts/money.ts"
import type { Payment, PaymentStep } from "#contracts/payment.ts"
import type { Refund } from "#contracts/refund.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import { type MadeDebt, openDebt } from "../debts/rules.ts"
import { type Decision, decide, type FactActor, factOfTrade, type PendingFact } from "../decision.ts"
import { lostJournal, openedJournal, wonJournal } from "../escrow/chargeback-book.ts"
import { advance as advancePayment, paymentFact } from "../payments/rules.ts"
import { advance as advanceTrade, type Scene, stepFrom, systemActor, tradeFact } from "../trades/scene.ts"
import { revokeGrant } from "../trades/settlement-rules.ts"
import { splitLoss } from "./loss-rules.ts"
import { takeRefunds } from "./refund-rules.ts"

/**
 * A payment that the buyer's bank takes back. What the provider says has happened is booked whatever the trade or
 * supervision says; what stops is what goes out: while a chargeback is open no leg of the payment is sent.
 */
export type Contest = {
  id: Id<"chargeback">
  nonce: string
  amount: Money
  fee: Money
  reason: string
  reference: string
  dueBy: Time | null
}

const actor = systemActor("chargebacks")

/** The bank has taken the money. */
export function openChargeback(
  { payment }: { payment: Payment },
  contest: Contest,
  now: Time,
): Decision | Refusal {
  if (payment.chargeback) return refuse("chargeback_open", "payment", { chargeback: payment.chargeback })
  if (contest.amount.currency !== payment.amount.currency || contest.fee.currency !== payment.amount.currency)
    return refuse("payment_mismatch", "currency")
  if (isZero(contest.amount) || compareMoney(contest.amount, payment.amount) > 0)
    return refuse("payment_mismatch", "amount", {
      expected: payment.amount.minor,
      got: contest.amount.minor,
    })
  const contested = advancePayment(payment, "contest", now, { chargeback: contest.id })
  if (isRefusal(contested)) return contested
  const { trade, buyer, seller } = payment
  const opened: Chargeback = {
    ...contest,
    version: 1,
    state: "opened",
    payment: payment.id,
    trade,
    buyer,
    seller,
    feeReturned: null,
    evidenceHash: null,
    openedAt: now,
    updatedAt: now,
  }
  const journal = openedJournal(opened, now)
  const { amount, fee, reason } = contest
  const body = { payment: payment.id, reason, journalHash: journalHash(journal) }
  return decide({
    changes: [
      { noun: "chargeback", row: opened },
      { noun: "payment", row: contested },
    ],
    facts: [
      chargebackFact("chargeback.opened@1", opened, actor, body, { amount, fee }),
      paymentFact("payment.contested@1", contested, actor, { chargeback: opened.id }, {}),
    ],
    journals: [journal],
    result: { chargeback: opened.id, state: opened.state },
  })
}

/** The bank has the market's answer. */
export function answerChargeback(
  chargeback: Chargeback,
  evidenceHash: string | null,
  by: FactActor,
  now: Time,
): Decision | Refusal {
  const answered = advance(chargeback, "answer", now, { evidenceHash })
  if (isRefusal(answered)) return answered
  return decide({
    changes: [{ noun: "chargeback", row: answered }],
    facts: [chargebackFact("chargeback.answered@1", answered, by, {}, { evidenceHash })],
    result: { chargeback: answered.id, state: answered.state },
  })
}

/** The market does not contest it. Kept with who said so before the provider is told, for it cannot be taken back. */
export function concedeChargeback(chargeback: Chargeback, by: FactActor, now: Time): Decision | Refusal {
  const conceded = advance(chargeback, "concede", now, {})
  if (isRefusal(conceded)) return conceded
  return decide({
    changes: [{ noun: "chargeback", row: conceded }],
    facts: [chargebackFact("chargeback.conceded@1", conceded, by, {}, {})],
    result: { chargeback: conceded.id, state: conceded.state },
  })
}

/** The bank gave the money back: what waited goes on. */
export function winChargeback(
  { payment, scene }: { payment: Payment; scene: Pick<Scene, "trade"> },
  chargeback: Chargeback,
  feeReturned: Money,
  now: Time,
): Decision | Refusal {
  if (compareMoney(feeReturned, chargeback.fee) > 0) return refuse("payment_mismatch", "fee")
  const won = advance(chargeback, "win", now, { feeReturned })
  if (isRefusal(won)) return won
  const cleared = advancePayment(payment, "clear", now, { chargeback: null })
  if (isRefusal(cleared)) return cleared
  const journal = wonJournal(won, feeReturned, now)
  const { amount } = won
  const body = { journalHash: journalHash(journal) }
  return decide({
    changes: [
      { noun: "chargeback", row: won },
      { noun: "payment", row: cleared },
    ],
    facts: [
      chargebackFact("chargeback.won@1", won, actor, body, { amount, feeReturned }),
      paymentFact("payment.cleared@1", cleared, actor, { chargeback: won.id }, {}),
    ],
    journals: [journal],
    jobs: [
      { task: "partPayment", payload: { payment: payment.id } },
      ...(scene.trade.state === "funded"
        ? [{ task: "deliver" as const, payload: { trade: payment.trade } }]
        : []),
    ],
    result: { chargeback: won.id, state: won.state },
  })
}

/**
 * The bank keeps the money. Refunds that were not sent, what is held and what was not sent yet pay for it; what the
 * seller has been paid they owe.
 * With all of the payment gone its trade ends.
 */
export function loseChargeback(
  scene: Scene,
  payment: Payment,
  chargeback: Chargeback,
  refunds: readonly Refund[],
  made: MadeDebt,
  now: Time,
): Decision | Refusal {
  const lost = advance(chargeback, "lose", now, {})
  if (isRefusal(lost)) return lost
  const { amount } = lost
  const back = takeRefunds(refunds, lost, actor, now)
  if (isRefusal(back)) return back
  const rest = minus(amount, back.taken)
  const { loss, left } = splitLoss(payment, rest)
  const next = advancePayment(payment, stepOfLoss({ ...payment, ...left }), now, {
    ...left,
    chargeback: null,
  })
  if (isRefusal(next)) return next
  const journal = lostJournal(lost, { ...loss, refund: plus(loss.refund, back.taken) }, now)
  const none = zero(amount.currency)
  const told = {
    lost: rest,
    release: next.release?.amount ?? none,
    fee: next.fee ?? none,
    refund: next.refund?.amount ?? none,
  }
  const debt = isZero(loss.owed)
    ? null
    : openDebt(next, { ...made, cause: "chargeback", causeId: lost.id, amount: loss.owed }, actor, now)
  const end = endOfTrade(scene, next, lost, now)
  return decide({
    changes: [
      { noun: "chargeback", row: lost },
      { noun: "payment", row: next },
      ...back.changes,
      ...(debt?.changes ?? []),
      ...(end?.changes ?? []),
    ],
    facts: [
      chargebackFact("chargeback.lost@1", lost, actor, { journalHash: journalHash(journal) }, { amount }),
      paymentFact("payment.chargedBack@1", next, actor, { chargeback: lost.id }, told),
      ...back.facts,
      ...(debt?.facts ?? []),
      ...(end?.facts ?? []),
    ],
    journals: [journal],
    seats: end?.seats ?? [],
    jobs: [
      { task: "partPayment", payload: { payment: payment.id } },
      ...(debt ? [{ task: "carryDebt" as const, payload: { debt: debt.debt.id } }] : []),
    ],
    result: { chargeback: lost.id, state: lost.state, debt: debt?.debt.id ?? null },
  })
}

/** Whether anything is left that has still to move. */
function stepOfLoss(left: Payment): PaymentStep {
  if (left.state === "held")
    return left.givenBack && compareMoney(left.givenBack, left.amount) < 0 ? "loseSome" : "lose"
  const waits = left.release?.state === "pending" || left.refund?.state === "pending"
  return waits ? "loseSome" : "lose"
}

/** With the last of its payment gone, a trade that has not ended does: charged back, or settled by what was paid. */
function endOfTrade(
  { trade, grant }: Scene,
  payment: Payment,
  chargeback: Chargeback,
  now: Time,
): Pick<Decision, "changes" | "facts" | "seats"> | null {
  if (payment.state !== "closed" || trade.payment !== payment.id) return null
  if (payment.release?.state === "done") {
    const state = stepFrom(trade, "settle")
    if (isRefusal(state)) return null
    const row = advanceTrade(trade, state, now)
    const fact = tradeFact("trade.settled@1", row, actor, { payment: payment.id }, {})
    return { changes: [{ noun: "trade", row }], facts: [fact], seats: [] }
  }
  const state = stepFrom(trade, "chargeBack")
  if (isRefusal(state)) return null
  const row = advanceTrade(trade, state, now, { seatHeld: false })
  const body = { payment: payment.id, chargeback: chargeback.id }
  const revoked = revokeGrant(grant, "chargeback", actor, now)
  return {
    changes: [{ noun: "trade", row }, ...(revoked?.changes ?? [])],
    facts: [tradeFact("trade.chargedBack@1", row, actor, body, {}), ...(revoked?.facts ?? [])],
    seats: trade.seatHeld ? [{ plan: trade.plan, take: -1 }] : [],
  }
}

function advance(
  chargeback: Chargeback,
  step: ChargebackStep,
  now: Time,
  changes: Partial<Chargeback>,
): Chargeback | Refusal {
  const state = nextState(chargebackTransitions, chargeback.state, step)
  if (!state) return refuse("chargeback_state", step, { state: chargeback.state })
  return { ...chargeback, ...changes, state, version: chargeback.version + 1, updatedAt: now }
}

function chargebackFact<T extends Extract<FactType, `chargeback.${string}`>>(
  type: T,
  chargeback: Chargeback,
  by: FactActor,
  body: Omit<FactBody<T>, "version" | "trade">,
  secret: Record<FactSecret<T>, Json>,
): PendingFact {
  return factOfTrade(
    type,
    {
      noun: "chargeback",
      row: chargeback,
      actor: by,
      owner: by.role === "system" ? chargeback.seller : by.party,
      readers: [chargeback.buyer, chargeback.seller],
    },
    body,
    secret,
  )
}
