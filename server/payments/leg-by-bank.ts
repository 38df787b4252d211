import type { Actor, UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { type DecideLegByBank, type LegByBank, legRail } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { permit } from "../access/permit.ts"
import { raiseAlert, withdrawAlert } from "../alerts/store.ts"
import type { Decision } from "../decision.ts"
import type { Services } from "../services.ts"
import { applyLegDone } from "../trades/funding-rules.ts"
import { systemActor } from "../trades/scene.ts"
import { loadPaid, loadSent } from "./apply.ts"
import { hearMade, isRefused } from "./card-calls.ts"
import { type Asked, askLegByBank, decideLegByBank } from "./leg-bank-rules.ts"
import { loadIntents, loadPayment, lockLegs, markDone } from "./store.ts"

/** Somebody of the operator's asks to pay by bank the refund leg that the provider refuses. */
export function askRefundLegByBank(services: Services, actor: Actor, input: LegByBank) {
  const { to, note } = input
  return byBank(services, actor, input, "payment.askBank", (found, by, now) =>
    askLegByBank(found, { to, note }, by, now),
  )
}

/** The second person confirms it, or drops it. */
export async function decideRefundLegByBank(services: Services, actor: Actor, input: DecideLegByBank) {
  const decided = await byBank(services, actor, input, "payment.decideBank", (found, by, now) =>
    decideLegByBank(found, input.confirm, by, now),
  )
  if (input.confirm && !isRefusal(decided)) await withdrawAlert(services.sql, "call", input.payment)
  return decided
}

/** Under the lock of the payment's calls: none begins between the look at them and the decision. */
async function byBank(
  services: Services,
  actor: Actor,
  input: LegByBank | DecideLegByBank,
  action: string,
  rule: (found: Asked, by: UserActor, now: Time) => Decision | Refusal,
): Promise<Json | Refusal> {
  const user = permit(actor, "refund.decide")
  if (isRefusal(user)) return user
  return lockLegs(services.sql, input.payment, (locked) =>
    services.writer.run(
      { giver: user.party, id: input.commandId, action, input },
      async () => {
        const found = await loadPaid(services, input.payment)
        if (isRefusal(found)) return found
        if (found.payment.version !== input.version) return refuse("stale_version", "version")
        return { ...found, refused: isRefused(await loadIntents(locked, input.payment, "refund")) }
      },
      (found, now) => rule(found, user, now),
    ),
  )
}

/**
 * The provider tells of a refund leg, by its key, that it was made after all. Two people may have had it paid by bank
 * since: where the bank has not been told yet, it is booked as what it is and leaves the queue; else the buyer has it
 * twice. The operator hears of both. Answers whether it was so; where it was not, it is for `carryOut` to book.
 */
export async function hearLateLeg(
  services: Services,
  id: Id<"payment">,
  key: string,
  made: string,
): Promise<boolean> {
  const { sql, writer } = services
  const payment = await loadPayment(sql, id)
  const isOurs = (await loadIntents(sql, id, "refund")).some((intent) => intent.key === key)
  if (payment?.rail !== "card" || !isOurs) return false
  if (legRail(payment, "refund") === "card") {
    if (payment.refund?.state === "pending") await hearMade(sql, id, key, made)
    return false
  }
  await markDone(sql, key, made)
  const tell = (code: string) =>
    raiseAlert(sql, { kind: "call", subject: id, code, detail: { what: "refund", payment: id } })
  // Before it is booked: a crash in between tells it twice, not never.
  await tell("paid_by_card")
  const booked = await writer.run(
    { giver: "system", id: `late:${key}`, action: "payment.refund", input: { id, made } },
    () => loadSent(services, id, made),
    (found, now) => {
      const { refund } = found.payment
      if (refund === null) return refuse("payment_state", "refund", { state: found.payment.state })
      const { rail: _, to: __, ...leg } = refund
      const byCard = { ...found.payment, refund: leg }
      return applyLegDone(found.scene, byCard, "refund", made, systemActor("payments"), now, found.sent)
    },
  )
  if (isRefusal(booked)) await tell("paid_twice")
  return true
}
