import { z } from "zod"
import type { Actor } from "#contracts/actor.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { line } from "#contracts/rights.ts"
import { permit } from "../access/permit.ts"
import { closeAlert } from "../alerts/store.ts"
import type { Services } from "../services.ts"
import { reconcile } from "../settlements/run.ts"
import { runAudit } from "./audit-run.ts"

export const closeAlertInput = z.strictObject({ alert: z.int().min(1), note: line(500) })

/** Compares the books now and audits ours. Either may be done at any time, and changes nothing that is right. */
export async function checkBooks(
  services: Services,
  actor: Actor,
): Promise<{ lines: number; findings: number } | Refusal> {
  const user = permit(actor, "finance.check")
  if (isRefusal(user)) return user
  const answer = await reconcile(services)
  if (isRefusal(answer)) return answer
  return { lines: answer.lines, findings: await runAudit(services) }
}

/**
 * Somebody has looked at it, and says what came of it. It moves nothing: what is wrong still is found again by the
 * next comparison or audit.
 */
export async function closeFinding(
  { sql }: Services,
  actor: Actor,
  { alert, note }: z.infer<typeof closeAlertInput>,
): Promise<{ closed: number } | Refusal> {
  const user = permit(actor, "finance.check")
  if (isRefusal(user)) return user
  return (await closeAlert(sql, alert, user.user, note)) ? { closed: alert } : refuse("not_found", "alert")
}
