import type { Debt } from "#contracts/debt.ts"
import type { Id } from "#contracts/ids.ts"
import { type Refund, waitsForSeller } from "#contracts/refund.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { raiseAlert } from "../alerts/store.ts"
import { loadBalance } from "../balances/store.ts"
import { lowerDebt, oweDebt, takeDebtBack } from "../debts/rules.ts"
import { loadDebt, loadReversing } from "../debts/store.ts"
import { type Decision, decide } from "../decision.ts"
import { goRound } from "../jobs/round.ts"
import { hearMade } from "../payments/card-calls.ts"
import { loadAsked, loadIntentsOf, loadPayment, lockLegs, markDone, markReturned } from "../payments/store.ts"
import type { Services } from "../services.ts"
import { frozenRefusal, systemActor } from "../trades/scene.ts"
import { loadScene } from "../trades/store.ts"
import { repayToBalance } from "./balance-rules.ts"
import { offsetRefund } from "./offset-rules.ts"
import { refundRepaid, refundReturned } from "./repaid-rules.ts"
import { loadBorne, loadOpenRefunds, loadRefund } from "./store.ts"

/**
 * Carries out what refunds and debts still owe. Each may be called any number of times and at once: the intents keep
 * the provider from being asked twice, and the rows from being written twice.
 */

/**
 * Sends a refund that was decided. What the seller was paid is taken back first: as long as it is not known whether
 * that was possible, nothing goes to the buyer; where it was not, a seller's own refund waits until they have paid.
 * A freeze or a chargeback stops it, as all that leaves; what became of a call that was made is looked up.
 */
export async function carryOutRefund(services: Services, id: Id<"refund">): Promise<void> {
  const { sql } = services
  const refund = await loadRefund(sql, id)
  if (refund?.state !== "decided") return
  const [payment, scene] = await Promise.all([loadPayment(sql, refund.payment), loadScene(sql, refund.trade)])
  if (!payment || !scene) return
  const rail = services.rails[refund.rail]
  if (refund.attempt > 1 && !payment.chargeback && (await offsetByLoss(services, refund))) return
  if (payment.chargeback || frozenRefusal(scene)) {
    if (refund.debt) await carryOutDebt(services, refund.debt)
    const known = await rail.look?.refund(refund, payment)
    if (known?.kind === "done") await noteRepaid(services, id, refund.attempt, known.reference)
    return
  }
  const debt = refund.debt && (await carryOutDebt(services, refund.debt))
  if (debt === "reversing" || waitsForSeller(refund, debt === null ? null : { state: debt })) return
  if (refund.rail === "balance") {
    await repayFromHere(services, refund)
    return
  }
  const outcome = await rail.giveBack(refund, payment)
  if (outcome.kind === "done") await noteRepaid(services, id, refund.attempt, outcome.reference)
}

/** A refund into the buyer's balance. */
const repayFromHere = (services: Services, { id, attempt, buyer, amount }: Refund) =>
  services.writer.run(
    { giver: "system", id: `repaid:${id}:${attempt}`, action: "refund.repaid", input: { id } },
    async (now) => {
      const refund = await loadRefund(services.sql, id)
      const scene = refund && (await loadScene(services.sql, refund.trade))
      if (!refund || !scene) return refuse("not_found", "refund")
      return { refund, scene, balance: await loadBalance(services.sql, buyer, amount.currency, now) }
    },
    ({ refund, scene, balance }, now) => repayToBalance(scene, refund, balance, systemActor("refunds"), now),
  )

/** Answers whether it changed the refund; what is left of it is carried out by its own job. */
async function offsetByLoss(services: Services, { id, payment, attempt }: Refund): Promise<boolean> {
  return lockLegs(services.sql, payment, async (locked) => {
    const refund = await loadRefund(locked, id)
    const borne = refund && (await loadBorne(locked, refund))
    if (refund?.state !== "decided" || !borne) return false
    const open = (await loadIntentsOf(locked, id)).some(({ state }) => state !== "failed")
    if (open) return false
    const answer = await services.writer.run(
      { giver: "system", id: `offset:${id}:${attempt}`, action: "refund.offset", input: { id } },
      async () => (await loadRefund(services.sql, id)) ?? refuse("not_found", "refund"),
      (found, now) => offsetRefund(found, borne, systemActor("refunds"), now),
    )
    return !isRefusal(answer)
  })
}

/** A refund with how much the call was for that made the provider's object. */
async function loadSent({ sql }: Services, id: Id<"refund">, reference: string) {
  const refund = await loadRefund(sql, id)
  if (!refund) return refuse("not_found", "refund")
  return { refund, sent: await loadAsked(sql, refund.payment, reference) }
}

export const noteRepaid = (services: Services, id: Id<"refund">, attempt: number, reference: string) =>
  services.writer.run(
    { giver: "system", id: `repaid:${id}:${attempt}`, action: "refund.repaid", input: { id, reference } },
    () => loadSent(services, id, reference),
    ({ refund, sent }, now) => refundRepaid(refund, reference, systemActor("refunds"), now, sent),
  )

/** Takes back what a debt is about; answers the state that it is in then. */
export async function carryOutDebt(services: Services, id: Id<"debt">): Promise<Debt["state"]> {
  const debt = await loadDebt(services.sql, id)
  if (debt?.state !== "reversing") return debt?.state ?? "paid"
  const [payment, scene] = await Promise.all([
    debt.payment && loadPayment(services.sql, debt.payment),
    debt.trade && loadScene(services.sql, debt.trade),
  ])
  if (!payment || !scene) return "reversing"
  const rail = services.rails[payment.rail]
  const outcome = await (frozenRefusal(scene) ? rail.look?.debt(debt) : rail.takeBack(debt, payment))
  const actor = systemActor("refunds")
  if (outcome?.kind === "done")
    await change(services, id, "reversed", (found, now) =>
      alone(lowerDebt(found, outcome.amount, { way: "reversed", reference: outcome.reference }, actor, now)),
    )
  if (outcome?.kind === "balance") await takeFromBalance(services, debt)
  if (outcome?.kind === "impossible")
    await change(services, id, "owed", (found, now) => alone(oweDebt(found, outcome.reason, actor, now)))
  return (await loadDebt(services.sql, id))?.state ?? "reversing"
}

/** Out of the seller's balance, as far as it suffices; the rest is owed. */
const takeFromBalance = (services: Services, { id, trade, seller, left }: Debt) =>
  services.writer.run(
    { giver: "system", id: `reversed:${id}`, action: "debt.reversed", input: { id } },
    async (now) => {
      const [debt, scene] = [
        await loadDebt(services.sql, id),
        trade && (await loadScene(services.sql, trade)),
      ]
      if (!debt || !scene) return refuse("not_found", "debt")
      return { debt, scene, balance: await loadBalance(services.sql, seller, left.currency, now) }
    },
    ({ debt, scene, balance }, now) => takeDebtBack(scene, debt, balance, systemActor("refunds"), now),
  )

const change = (
  services: Services,
  id: Id<"debt">,
  what: string,
  rule: (debt: Debt, now: string) => Decision | Refusal,
) =>
  services.writer.run(
    { giver: "system", id: `${what}:${id}`, action: `debt.${what}`, input: { id } },
    async () => (await loadDebt(services.sql, id)) ?? refuse("not_found", "debt"),
    rule,
  )

type Parts = Pick<Decision, "changes" | "facts" | "journals">

const alone = (parts: Parts | Refusal): Decision | Refusal =>
  isRefusal(parts)
    ? parts
    : decide({ changes: parts.changes, facts: parts.facts, journals: parts.journals, result: null })

/**
 * The provider says of a refund of ours (by its key) that something has become of it: one on its way is looked after,
 * and one that had been repaid may have come back. Answers false when it is none of these.
 */
export async function applyRefundNews(
  services: Services,
  key: string,
  news: "refunded" | "refund_pending" | "refund_failed",
  made: string | null = null,
): Promise<boolean> {
  const id = /^refund:(rfd_[0-9a-z]{26}):\d+$/.exec(key)?.[1] as Id<"refund"> | undefined
  const refund = id ? await loadRefund(services.sql, id) : null
  if (!id || !refund) return false
  if (refund.rail === "bank") {
    if (news === "refunded" && made !== null) await hearLate(services, refund, key, made)
    return true
  }
  if (refund.state === "decided" && news === "refunded" && made !== null)
    await hearMade(services.sql, refund.payment, key, made)
  if (refund.state === "repaid" && news === "refund_failed") {
    const intent = (await loadIntentsOf(services.sql, id)).find((one) => one.key === key)
    // What an earlier attempt says is no news: that one has been followed by another.
    if (intent?.reference === refund.reference) {
      // First, so that no later attempt takes the one that came back for its own.
      await markReturned(services.sql, key)
      await services.writer.run(
        { giver: "system", id: `returned:${id}:${refund.attempt}`, action: "refund.returned", input: { id } },
        async () => (await loadRefund(services.sql, id)) ?? refuse("not_found", "refund"),
        (found, now) => refundReturned(found, systemActor("refunds"), now),
      )
    }
  } else await carryOutRefund(services, id)
  return true
}

/**
 * A refund by card that counted as refused was made after all, and two people have had it paid by bank since. Where the
 * bank has not been told yet, it is booked as what it is and leaves the queue; else the buyer has it twice. The
 * operator hears of both.
 */
async function hearLate(services: Services, { id, payment, attempt }: Refund, key: string, made: string) {
  await markDone(services.sql, key, made)
  const tell = (code: string) =>
    raiseAlert(services.sql, { kind: "call", subject: id, code, detail: { what: "giveBack", payment } })
  // Before it is booked: a crash in between tells it twice, not never.
  await tell("paid_by_card")
  const booked = await services.writer.run(
    { giver: "system", id: `late:${id}:${attempt}`, action: "refund.repaid", input: { id, made } },
    () => loadSent(services, id, made),
    ({ refund, sent }, now) =>
      refundRepaid({ ...refund, rail: "card" }, made, systemActor("refunds"), now, sent),
  )
  if (isRefusal(booked)) await tell("paid_twice")
}

/** Looks after refunds and debts whose job failed or that wait for something outside. */
export async function sweepRefunds(services: Services, limit = 50): Promise<number> {
  const { sql } = services
  const debts = await goRound(
    sql,
    "debts",
    limit,
    (after, most) => loadReversing(sql, after, most),
    ({ id }) => carryOutDebt(services, id),
  )
  const refunds = await goRound(
    sql,
    "refunds",
    limit,
    (after, most) => loadOpenRefunds(sql, after, most),
    ({ id }) => carryOutRefund(services, id),
  )
  return refunds + debts
}
