import type { Actor } from "#contracts/actor.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { addMs, hourMs } from "#contracts/time.ts"
import { permitFinance } from "../finance/queries.ts"
import type { Services } from "../services.ts"
import { loadMissing } from "../settlements/line-store.ts"
import { loadCorrections, loadSuspense, loadTaxPayable } from "./store.ts"

const shown = 50

/** What lies in suspense, journals that no line shows, what is owed as tax, and what was said of such. */
export async function correctionList({ sql, writer }: Pick<Services, "sql" | "writer">, actor: Actor) {
  const may = permitFinance(actor)
  if (isRefusal(may)) return may
  const now = writer.now()
  const [corrections, lines, journals, payable] = await Promise.all([
    loadCorrections(sql, shown),
    loadSuspense(sql, shown),
    loadMissing(sql, addMs(now, -hourMs)),
    loadTaxPayable(sql),
  ])
  return { corrections, lines, journals, payable, now }
}
