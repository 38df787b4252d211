import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isCurrency } from "#contracts/money.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { dayMs, hourMs, toMs } from "#contracts/time.ts"
import type { TopUp } from "#contracts/top-up.ts"
import { loadBalance } from "../balances/store.ts"
import { goRound } from "../jobs/round.ts"
import type { CheckoutFact } from "../payments/provider.ts"
import { loadIntentsOf } from "../payments/store.ts"
import type { Services } from "../services.ts"
import { systemActor } from "../trades/scene.ts"
import { failTopUp, receiveTopUp } from "./rules.ts"
import { loadTopUp, loadWaitingTopUps } from "./store.ts"

const actor = systemActor("topUps")

/** The provider's session of a top-up, once it is known. */
export async function sessionOfTopUp(
  services: Pick<Services, "sql">,
  id: Id<"topUp">,
): Promise<string | null> {
  const intents = await loadIntentsOf(services.sql, id)
  return intents.find(({ kind }) => kind === "checkout")?.reference ?? null
}

/** A session of a top-up as the provider shows it now, applied: webhook, redirect and sweep all come here. */
export async function applyTopUpFact(
  services: Services,
  id: Id<"topUp">,
  fact: CheckoutFact,
): Promise<Json | Refusal> {
  const topUp = await loadTopUp(services.sql, id)
  if (!topUp) return refuse("not_found", "topUp")
  // A page whose making gave no answer was shown to nobody: that it ended says nothing of the top-up.
  if ((await sessionOfTopUp(services, id)) !== fact.session)
    return fact.kind === "captured" ? refuse("payment_mismatch", "session") : { state: fact.kind }
  if (fact.kind === "expired") return giveUp(services, topUp, "expired")
  if (fact.kind === "failed") return giveUp(services, topUp, fact.reason)
  if (fact.kind !== "captured") return { state: fact.kind }
  const { minor, currency } = fact.amount
  if (!isCurrency(currency)) return refuse("payment_mismatch", "currency")
  // A second charge for the same top-up: the first is booked, and this one is for somebody to look at.
  if (topUp.charge !== null && topUp.charge !== fact.charge) return refuse("payment_mismatch", "charge")
  const captured = { amount: { minor, currency }, charge: fact.charge }
  return services.writer.run(
    { giver: "system", id: `captured:${id}`, action: "topUp.captured", input: { id, charge: fact.charge } },
    async (now) => {
      const found = await loadTopUp(services.sql, id)
      if (!found) return refuse("not_found", "topUp")
      return { found, balance: await loadBalance(services.sql, found.party, found.amount.currency, now) }
    },
    ({ found, balance }, now) => receiveTopUp(found, balance, captured, actor, now),
  )
}

/** One that ended already, as by the party itself while its page was still open, is left as it is. */
async function giveUp({ sql, writer }: Services, { id }: TopUp, reason: string): Promise<Json | Refusal> {
  const answer = await writer.run(
    { giver: "system", id: `failed:${id}`, action: "topUp.fail", input: { id } },
    async () => (await loadTopUp(sql, id)) ?? refuse("not_found", "topUp"),
    (found, now) => failTopUp(found, reason, actor, now),
  )
  if (!isRefusal(answer) || answer.refused !== "top_up_state") return answer
  return { topUp: id, state: answer.detail?.state ?? "ended" }
}

/** Pages live for a day at most; a bank transfer may take its time. */
const patienceMs = { card: 25 * hourMs, bank: 30 * dayMs }

/**
 * Looks after top-ups that nobody told us about, and gives up those for which no money came; what comes later is
 * credited all the same. `apply` fetches a session and applies it.
 */
export function sweepTopUps(
  services: Services,
  apply: (services: Services, session: string) => Promise<unknown>,
  limit = 100,
): Promise<number> {
  const { sql, writer } = services
  return goRound(
    sql,
    "top-ups",
    limit,
    async (after, most) => (await loadWaitingTopUps(sql, after, most)).map(({ row }) => row),
    async (topUp) => {
      const session = topUp.rail === "card" ? await sessionOfTopUp(services, topUp.id) : null
      if (session !== null) await apply(services, session)
      else if (toMs(writer.now()) - toMs(topUp.startedAt) > patienceMs[topUp.rail])
        await giveUp(services, topUp, "expired")
    },
  )
}
