import type { Refusal } from "#contracts/refusal.ts"
import { raiseAlert } from "../alerts/store.ts"
import type { Services } from "../services.ts"

/** Anybody may call the provider's door: however often, it costs one write in this time. */
const writeEveryMs = 1_000

const seen = new Map<string, { untold: number; toldAt: number }>()

/**
 * A call at the provider's door that was refused: told in the log and counted in one alert for each reason, so that a
 * wrong secret is seen by somebody. What was sent is not kept, for nobody knows who sent it.
 */
export async function noteRefusedCall({ sql }: Services, { refused, at = "" }: Refusal): Promise<void> {
  const subject = at === "" ? refused : `${refused}/${at}`
  const now = performance.now()
  const reason = seen.get(subject) ?? { untold: 0, toldAt: Number.NEGATIVE_INFINITY }
  seen.set(subject, reason)
  reason.untold++
  if (now - reason.toldAt < writeEveryMs) return
  const count = reason.untold
  reason.untold = 0
  reason.toldAt = now
  console.warn(`${count} calls at the provider's door were refused: ${subject}`)
  await raiseAlert(sql, { kind: "webhook", subject, code: refused, detail: { at }, count })
}
