import type { Balance } from "#contracts/balance.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isCurrency, isZero, type Money, minus, zero } from "#contracts/money.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import type { TopUp } from "#contracts/top-up.ts"
import { raiseOnce } from "../alerts/store.ts"
import { loadBalance } from "../balances/store.ts"
import type { Decision } from "../decision.ts"
import type { ProviderAmount } from "../payments/provider.ts"
import type { DisputeFact } from "../payments/provider-disputes.ts"
import { takeRandom } from "../random.ts"
import type { Services } from "../services.ts"
import { clearTopUp, contestTopUp, loseTopUp } from "./contest-rules.ts"
import { loadTopUp } from "./store.ts"

/**
 * A dispute of a top-up as the provider shows it now, applied: opened, then won or lost, each once. It is answered at
 * the provider; the operator is told of it, and of what a balance did not suffice for.
 */
export async function applyTopUpDispute(
  services: Services,
  id: Id<"topUp">,
  fact: DisputeFact,
): Promise<Json | Refusal> {
  if (fact.withdrawn === null) return { state: fact.status }
  const opened = await open(services, id, fact, fact.withdrawn)
  if (isRefusal(opened)) return opened
  await tellContested(services, opened)
  if (opened.contested?.state !== "open" || (fact.status !== "won" && fact.status !== "lost"))
    return { topUp: id, state: opened.contested?.state ?? "open" }
  if (fact.status === "lost") return lose(services, opened, fact.dispute)
  if (fact.reinstated === null) return refuse("chargeback_waits", "reinstated")
  const [amount, fee] = [ours(fact.reinstated.amount), ours(fact.reinstated.fee)]
  const { contested } = opened
  if (amount?.currency !== contested.amount.currency || amount.minor !== contested.amount.minor)
    return refuse("payment_mismatch", "reinstated")
  return write(services, opened, fact.dispute, "cleared", (topUp, balance, now) =>
    clearTopUp(topUp, balance, fee ?? zero(amount.currency), now),
  )
}

async function open(
  services: Services,
  id: Id<"topUp">,
  { dispute, charge, reason }: DisputeFact,
  withdrawn: NonNullable<DisputeFact["withdrawn"]>,
): Promise<TopUp | Refusal> {
  const found = await loadTopUp(services.sql, id)
  // It may be told of before the top-up that it is about.
  if (!found || found.charge === null) return refuse("not_found", "topUp")
  if (found.charge !== charge) return refuse("payment_mismatch", "charge")
  if (found.contested?.reference === dispute) return found
  const [amount, fee] = [ours(withdrawn.amount), ours(withdrawn.fee)]
  if (!amount || !fee) return refuse("payment_mismatch", "currency")
  const answer = await write(services, found, dispute, "contested", (topUp, balance, now) =>
    contestTopUp(topUp, balance, { reference: dispute, amount, fee, reason }, now),
  )
  if (isRefusal(answer)) return answer
  return (await loadTopUp(services.sql, id)) ?? refuse("not_found", "topUp")
}

/** Whoever finds it contested tells the operator, and of what the balance did not suffice for once it is lost. */
async function tellContested({ sql }: Services, { id, party, contested }: TopUp): Promise<void> {
  if (!contested) return
  const { reference, amount, reserved, state } = contested
  const about = { topUp: id, party }
  await raiseOnce(sql, {
    kind: "event",
    subject: reference,
    code: "top_up_contested",
    detail: { ...about, amount },
  })
  const missing = minus(amount, reserved)
  if (state !== "lost" || isZero(missing)) return
  await raiseOnce(sql, {
    kind: "event",
    subject: `${reference} lost`,
    code: "top_up_lost",
    detail: { ...about, missing },
  })
}

async function lose(services: Services, topUp: TopUp, dispute: string): Promise<Json | Refusal> {
  const made = { id: services.newId("debt"), nonce: takeRandom(16).toString("hex") }
  const answer = await write(services, topUp, dispute, "lost", (found, balance, now) =>
    loseTopUp(found, balance, made, now),
  )
  const { contested } = topUp
  if (contested && !isRefusal(answer))
    await tellContested(services, { ...topUp, contested: { ...contested, state: "lost" } })
  return answer
}

/** A charge may be disputed more than once: each dispute has an answer of its own. */
const write = (
  { sql, writer }: Services,
  { id, party, amount }: TopUp,
  dispute: string,
  what: "contested" | "cleared" | "lost",
  rule: (topUp: TopUp, balance: Balance, now: Time) => Decision | Refusal,
): Promise<Json | Refusal> =>
  writer.run(
    { giver: "system", id: `${what}:${id}:${dispute}`, action: `topUp.${what}`, input: { id, dispute } },
    async (now) => {
      const topUp = await loadTopUp(sql, id)
      if (!topUp) return refuse("not_found", "topUp")
      return { topUp, balance: await loadBalance(sql, party, amount.currency, now) }
    },
    ({ topUp, balance }, now) => rule(topUp, balance, now),
  )

const ours = ({ minor, currency }: ProviderAmount): Money | null =>
  isCurrency(currency) ? { minor, currency } : null
