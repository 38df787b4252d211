import type { Debt } from "#contracts/debt.ts"
import { compareMoney, isZero, type Money, minus, plus, zero } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { type Decision, decide, type FactActor } from "../decision.ts"
import { advance, isLast, legAmount, type PaymentPart, part, paymentFact } from "../payments/rules.ts"
import { loadIntents, loadPayment, lockLegs } from "../payments/store.ts"
import type { Services } from "../services.ts"
import { afterLeg } from "../trades/funding-rules.ts"
import { type Scene, systemActor } from "../trades/scene.ts"
import { loadScene } from "../trades/store.ts"
import { type DebtPart, lowerDebt } from "./rules.ts"
import { loadOwed } from "./store.ts"

/**
 * Keeps back from a release what its seller owes (MONEY §3.8), oldest debts first, once for each release and before
 * there is any call for it. Where nothing is left the leg is done without one.
 */
export function netRelease(scene: Scene, payment: Payment, debts: Debt[], now: Time): Decision | Refusal {
  const leg = payment.release
  if (payment.state !== "parting" || leg?.state !== "pending" || leg.netted)
    return refuse("payment_state", "net", { state: payment.state })
  const actor = systemActor("netting")
  const whole = legAmount(payment, "release")
  let kept = zero(whole.currency)
  const parts: DebtPart[] = []
  for (const debt of debts) {
    const amount = smaller(minus(whole, kept), debt.left)
    if (isZero(amount)) break
    const lowered = lowerDebt(debt, amount, { way: "netted", payment: payment.id }, actor, now)
    if (isRefusal(lowered)) return lowered
    parts.push(lowered)
    kept = plus(kept, amount)
  }
  if (isZero(kept)) return refuse("debt_state", "net")
  const netted = keepBack(payment, kept, compareMoney(kept, whole) === 0, actor, now)
  if (isRefusal(netted)) return netted
  const decision = afterLeg(scene, netted, actor, now)
  if (isRefusal(decision)) return decision
  return decide({
    ...decision,
    changes: [...decision.changes, ...parts.flatMap(({ changes }) => changes)],
    facts: [...decision.facts, ...parts.flatMap(({ facts }) => facts)],
    journals: [...decision.journals, ...parts.flatMap(({ journals }) => journals)],
    result: { netted: kept },
  })
}

const smaller = (a: Money, b: Money): Money => (compareMoney(a, b) < 0 ? a : b)

function keepBack(
  payment: Payment,
  kept: Money,
  whole: boolean,
  actor: FactActor,
  now: Time,
): (PaymentPart & { closed: boolean }) | Refusal {
  const leg = payment.release
  if (leg === null) return refuse("payment_state", "net", { state: payment.state })
  const closed = whole && isLast(payment, "release")
  const release = { ...leg, netted: kept, ...(whole ? { state: "done" as const } : {}) }
  const next = advance(payment, closed ? "close" : "net", now, { release })
  if (isRefusal(next)) return next
  return { ...part(next, paymentFact("payment.netted@1", next, actor, {}, { amount: kept }), []), closed }
}

/** The same for a payment as it is now. Nothing is kept back once there is a call that may have moved the money. */
export async function keepBackDebts(services: Services, payment: Payment): Promise<void> {
  const { currency } = payment.amount
  if (payment.release?.netted || (await loadOwed(services.sql, payment.seller, currency)).length === 0) return
  await lockLegs(services.sql, payment.id, async (sql) => {
    const intents = await loadIntents(sql, payment.id, "release")
    if (intents.some(({ state }) => state !== "failed")) return
    await services.writer.run(
      { giver: "system", id: `net:${payment.id}`, action: "payment.net", input: { id: payment.id } },
      async () => {
        const [fresh, debts] = await Promise.all([
          loadPayment(sql, payment.id),
          loadOwed(sql, payment.seller, currency),
        ])
        const scene = await loadScene(sql, payment.trade)
        return fresh && scene ? { scene, payment: fresh, debts } : refuse("not_found", "payment")
      },
      (found, now) => netRelease(found.scene, found.payment, found.debts, now),
    )
  })
}
