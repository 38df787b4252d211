import type { Actor } from "#contracts/actor.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { countDebts, loadDebtCards } from "../debts/store.ts"
import type { Services } from "../services.ts"
import { countRefunds, loadRefundQueue } from "./store.ts"

/** So many are shown at once; those that wait longest come first, so that a page is worked off. */
const most = 100

/** Refunds that wait for the operator, and debts of sellers that are open. */
export async function claimQueue({ sql, writer }: Pick<Services, "sql" | "writer">, actor: Actor) {
  const user = permit(actor, "payment.read")
  if (isRefusal(user)) return user
  const [refunds, debts, waitingRefunds, waitingDebts] = await Promise.all([
    loadRefundQueue(sql, most),
    loadDebtCards(sql, null, most),
    countRefunds(sql),
    countDebts(sql),
  ])
  return {
    refunds,
    debts,
    waiting: { refunds: waitingRefunds, debts: waitingDebts },
    user: user.user,
    now: writer.now(),
  }
}

/** How many refunds and debts wait for a person. */
export async function waitingClaims({ sql }: Pick<Services, "sql">) {
  const [refunds, debts] = await Promise.all([countRefunds(sql), countDebts(sql)])
  return { refunds, debts }
}

/** What a seller has to give back, open debts first. */
export async function myDebts({ sql }: Pick<Services, "sql">, actor: Actor) {
  const user = permit(actor, "debt.read")
  if (isRefusal(user)) return user
  return { debts: await loadDebtCards(sql, user.party, most) }
}
