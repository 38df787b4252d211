import { type Actor, isOwnMatter } from "#contracts/actor.ts"
import type { Debt, RepayDebt, WriteOff } from "#contracts/debt.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { type Decision, decide } from "../decision.ts"
import type { Services } from "../services.ts"
import { userActor } from "../trades/scene.ts"
import { type DebtPart, lowerDebt, writeOffDebt } from "./rules.ts"
import { loadDebt } from "./store.ts"

const asDecision = (part: DebtPart | Refusal): Decision | Refusal =>
  isRefusal(part)
    ? part
    : decide({
        changes: part.changes,
        facts: part.facts,
        journals: part.journals,
        result: { debt: part.debt.id, state: part.debt.state },
      })

const load =
  ({ sql }: Services, id: Id<"debt">) =>
  async (): Promise<Debt | Refusal> =>
    (await loadDebt(sql, id)) ?? refuse("not_found", "debt")

/** The operator has seen the seller's transfer on the platform's account. */
export async function repayDebt(services: Services, actor: Actor, input: RepayDebt): Promise<Json | Refusal> {
  const user = permit(actor, "payment.confirmBank")
  if (isRefusal(user)) return user
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "debt.repay", input },
    load(services, input.debt),
    (debt, now) => {
      if (isOwnMatter(user, debt.seller, debt.buyer)) return refuse("own_matter", "debt")
      if (debt.version !== input.version) return refuse("debt_state", "version", { state: debt.state })
      const how = { way: "repaid", reference: input.bankNumber } as const
      return asDecision(lowerDebt(debt, input.amount, how, userActor("operator", user.party, user.user), now))
    },
  )
}

/** Asks to write a debt off, or as the second person does it. */
export async function writeOff(services: Services, actor: Actor, input: WriteOff): Promise<Json | Refusal> {
  const user = permit(actor, "debt.decide")
  if (isRefusal(user)) return user
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "debt.writeOff", input },
    load(services, input.debt),
    (debt, now) =>
      debt.version === input.version
        ? asDecision(writeOffDebt(debt, input.note, user, now))
        : refuse("debt_state", "version", { state: debt.state }),
  )
}
