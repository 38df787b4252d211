import type { Action, Actor, UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import type {
  AskWithdrawal,
  ConfirmWithdrawal,
  OnWithdrawal,
  RefuseWithdrawal,
  ReturnWithdrawal,
} from "#contracts/withdrawal.ts"
import { sideActor, sideOf } from "../balances/rules.ts"
import { loadBalance, loadOwedSum } from "../balances/store.ts"
import type { Decision } from "../decision.ts"
import { loadParty } from "../parties/store.ts"
import {
  type BankTicket,
  bankTicket,
  noteBankUse,
  otherAmount,
  type ReturnLine,
  returnNumber,
  type SeenLine,
  takeTicket,
  userOf,
} from "../payments/bank-numbers.ts"
import { takeRandom } from "../random.ts"
import { runCommand } from "../run-command.ts"
import type { Services } from "../services.ts"
import {
  approveWithdrawal,
  askWithdrawal,
  type Hand,
  payWithdrawal,
  refuseWithdrawal,
  returnWithdrawal,
} from "./rules.ts"
import { countOpenWithdrawals, countOtherApprovers, loadWithdrawal } from "./store.ts"

/** A person of the party asks for money out of its balance. */
export function askForWithdrawal(
  services: Services,
  actor: Actor,
  input: AskWithdrawal,
): Promise<Json | Refusal> {
  const { sql, newId, writer } = services
  const made = { id: newId("withdrawal"), nonce: takeRandom(16).toString("hex") }
  const { amount } = input
  return runCommand(
    services,
    actor,
    { may: "balance.withdraw", action: "withdrawal.ask", input },
    async (user) => {
      const [party, balance, owed, open] = await Promise.all([
        loadParty(sql, user.party),
        loadBalance(sql, user.party, amount.currency, writer.now()),
        loadOwedSum(sql, user.party, amount.currency),
        countOpenWithdrawals(sql, user.party),
      ])
      return party ? { party, balance, owed, open } : refuse("not_found", "party")
    },
    ({ party, balance, ...standing }, user, now) =>
      askWithdrawal(party, balance, amount, made, standing, sideActor(user), now),
  )
}

type Found = Exclude<Awaited<ReturnType<typeof load>>, Refusal>

async function load(services: Services, id: Id<"withdrawal">) {
  const { sql, writer } = services
  const found = await loadWithdrawal(sql, id)
  if (!found) return refuse("not_found", "withdrawal")
  const { party: owner, amount, askedBy } = found
  const [party, balance, others, owed] = await Promise.all([
    loadParty(sql, owner),
    loadBalance(sql, owner, amount.currency, writer.now()),
    countOtherApprovers(sql, owner, askedBy),
    loadOwedSum(sql, owner, amount.currency),
  ])
  // Once more, after the balance: one that another hand has paid meanwhile would not be reserved in it any more.
  const withdrawal = (await loadWithdrawal(sql, id)) ?? found
  return party ? { withdrawal, party, balance, others, owed } : refuse("not_found", "party")
}

/** A step of the party's own, or of the operator's; of another party's withdrawals the party knows nothing. */
function step(
  services: Services,
  actor: Actor,
  { may, action, input }: { may: Action; action: string; input: OnWithdrawal },
  decide: (found: Found & { ticket: BankTicket }, by: Hand, now: Time) => Decision | Refusal,
  number = "",
): Promise<Json | Refusal> {
  const isParty = may === "balance.withdraw"
  const handOf = (user: UserActor): Hand => ({
    ...user,
    role: isParty ? "party" : "operator",
    as: isParty ? sideOf(user) : "operator",
  })
  return runCommand(
    services,
    actor,
    { may, action, input },
    async (user) => {
      const ticket = await ticketOf(services, number)
      const found = await load(services, input.withdrawal)
      if (isParty && "withdrawal" in found && found.withdrawal.party !== user.party)
        return refuse("not_found", "withdrawal")
      return isRefusal(found) ? found : { ...found, ticket }
    },
    (found, user, now) => decide(found, handOf(user), now),
  )
}

/** Only what is paid by bank has a number, and so a ticket of it. */
const ticketOf = ({ sql }: Services, number: string): Promise<BankTicket> | BankTicket =>
  number === "" ? { plan: "bank:", free: false } : bankTicket(sql, number)

const approve = ({ withdrawal, party, balance, ...standing }: Found, by: Hand, now: Time) =>
  approveWithdrawal(withdrawal, party, balance, standing, by, now)

/** A second person of the party approves it. */
export const approveOwnWithdrawal = (services: Services, actor: Actor, input: OnWithdrawal) =>
  step(services, actor, { may: "balance.withdraw", action: "withdrawal.approve", input }, approve)

/** Somebody of the operator's approves it, where the party has no second person who may. */
export const approveAsOperator = (services: Services, actor: Actor, input: OnWithdrawal) =>
  step(services, actor, { may: "withdrawal.decide", action: "withdrawal.approveAsOperator", input }, approve)

/** The party takes it back before it is approved. */
export const takeBackWithdrawal = (services: Services, actor: Actor, input: RefuseWithdrawal) =>
  step(services, actor, { may: "balance.withdraw", action: "withdrawal.takeBack", input }, refuseFor(input))

/** The operator does not pay it, with a reason that the party reads. */
export const refuseAsOperator = (services: Services, actor: Actor, input: RefuseWithdrawal) =>
  step(services, actor, { may: "withdrawal.decide", action: "withdrawal.refuse", input }, refuseFor(input))

const refuseFor =
  (said: RefuseWithdrawal) =>
  ({ withdrawal, balance }: Found, by: Hand, now: Time) =>
    refuseWithdrawal(withdrawal, balance, said, by, now)

/** The operator has paid it by bank. */
export function confirmWithdrawal(
  services: Services,
  actor: Actor,
  input: ConfirmWithdrawal,
  line: SeenLine = null,
) {
  const { withdrawal: thing, bankNumber: number, alreadyPaid = false } = input
  const payment = { bankNumber: number, isFact: alreadyPaid || line !== null }
  const confirmed = step(
    services,
    actor,
    { may: "payment.confirmBank", action: "withdrawal.confirm", input },
    ({ withdrawal, balance, party, ticket }, by, now) =>
      otherAmount(line, withdrawal.amount) ??
      takeTicket(payWithdrawal(withdrawal, balance, party, payment, by, now), ticket),
    number,
  )
  const use = { number, kind: "withdrawal", thing, attempt: 1, line, user: userOf(actor) } as const
  return noteBankUse(services.sql, use, confirmed)
}

/** The bank has sent a paid one back. */
export async function noteReturnedWithdrawal(
  services: Services,
  actor: Actor,
  input: ReturnWithdrawal,
  line: ReturnLine = null,
) {
  const { withdrawal: thing, note } = input
  const number = line && (await returnNumber(services.sql, line.number, "withdrawal", thing))
  const returned = step(
    services,
    actor,
    { may: "payment.confirmBank", action: "withdrawal.returned", input },
    ({ withdrawal, balance, ticket }, by, now) => {
      const back =
        otherAmount(line, withdrawal.amount) ?? returnWithdrawal(withdrawal, balance, note, by, now)
      return line === null ? back : takeTicket(back, ticket)
    },
    number ?? undefined,
  )
  if (number === null) return returned
  const use = { number, kind: "withdrawalBack", thing, attempt: 1, line, user: userOf(actor) } as const
  return noteBankUse(services.sql, use, returned)
}
