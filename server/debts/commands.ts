import { type Actor, isOwnMatter } from "#contracts/actor.ts"
import type { Debt, PayDebt, RepayDebt, WriteOff } from "#contracts/debt.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { sideActor } from "../balances/rules.ts"
import { loadBalance } from "../balances/store.ts"
import { type Decision, decide } from "../decision.ts"
import { loadParty } from "../parties/store.ts"
import { bankTicket, noteBankUse, type SeenLine, takeTicket } from "../payments/bank-numbers.ts"
import { runCommand } from "../run-command.ts"
import type { Services } from "../services.ts"
import { userActor } from "../trades/scene.ts"
import { type DebtPart, lowerDebt, payDebt, takeDebt, writeOffDebt } from "./rules.ts"
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
export async function repayDebt(
  services: Services,
  actor: Actor,
  input: RepayDebt,
  line: SeenLine = null,
): Promise<Json | Refusal> {
  const user = permit(actor, "payment.confirmBank")
  if (isRefusal(user)) return user
  const { debt: thing, bankNumber: number } = input
  const confirmed = services.writer.run(
    { giver: user.party, id: input.commandId, action: "debt.repay", input },
    async () => {
      const ticket = await bankTicket(services.sql, number)
      const debt = await load(services, thing)()
      return isRefusal(debt) ? debt : { debt, ticket }
    },
    ({ debt, ticket }, now) => {
      if (isOwnMatter(user, debt.seller, debt.buyer)) return refuse("own_matter", "debt")
      if (debt.version !== input.version) return refuse("debt_state", "version", { state: debt.state })
      const by = userActor("operator", user.party, user.user)
      const how = { way: "repaid", reference: number } as const
      return takeTicket(asDecision(lowerDebt(debt, input.amount, how, by, now)), ticket)
    },
  )
  const use = { number, kind: "debt", thing, attempt: input.version, line, user: user.user } as const
  return noteBankUse(services.sql, use, confirmed)
}

/** Somebody of the party that owes it pays it out of the party's balance; of others' debts it knows nothing. */
export const payDebtFromBalance = (
  services: Services,
  actor: Actor,
  input: PayDebt,
): Promise<Json | Refusal> =>
  runCommand(
    services,
    actor,
    { may: "balance.withdraw", action: "debt.pay", input },
    async (user) => {
      const debt = await load(services, input.debt)()
      if (isRefusal(debt) || debt.seller !== user.party) return refuse("not_found", "debt")
      return debt.version === input.version
        ? withBalance(services, debt)
        : refuse("debt_state", "version", { state: debt.state })
    },
    ({ debt, party, balance }, user, now) => payDebt(debt, party, balance, sideActor(user), now),
  )

/** Asks to take a debt out of the party's balance, or as the second person does it. */
export const takeDebtFromBalance = (
  services: Services,
  actor: Actor,
  input: WriteOff,
): Promise<Json | Refusal> =>
  runCommand(
    services,
    actor,
    { may: "debt.decide", action: "debt.take", input },
    async () => {
      const debt = await load(services, input.debt)()
      if (isRefusal(debt)) return debt
      return debt.version === input.version
        ? withBalance(services, debt)
        : refuse("debt_state", "version", { state: debt.state })
    },
    ({ debt, party, balance }, user, now) => takeDebt(debt, party, balance, input.note, user, now),
  )

async function withBalance({ sql, writer }: Services, debt: Debt) {
  const [party, balance] = await Promise.all([
    loadParty(sql, debt.seller),
    loadBalance(sql, debt.seller, debt.left.currency, writer.now()),
  ])
  return party ? { debt, party, balance } : refuse("not_found", "party")
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
