import type { Actor } from "#contracts/actor.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import type { Services } from "../services.ts"
import { loadAvailable, loadPayouts } from "./store.ts"

/** The platform's payouts, newest first, and what can be paid out as far as the book knows. */
export async function payoutList({ sql, writer }: Services, actor: Actor) {
  const user = permit(actor, "payment.read")
  if (isRefusal(user)) return user
  const [payouts, available] = await Promise.all([loadPayouts(sql, 50), loadAvailable(sql)])
  return { payouts, available, now: writer.now() }
}
