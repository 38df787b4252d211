import type { Actor } from "#contracts/actor.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import type { Services } from "../services.ts"
import { loadOwn, loadPayouts } from "./store.ts"

/** The platform's payouts, newest first, and what is its own at the provider: so much can be paid out. */
export async function payoutList({ sql, writer }: Services, actor: Actor) {
  const user = permit(actor, "payment.read")
  if (isRefusal(user)) return user
  const [payouts, available] = await Promise.all([loadPayouts(sql, 50), loadOwn(sql)])
  return { payouts, available, now: writer.now() }
}
