import type { Actor, UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { ConfirmTopUp, OnTopUp, StartTopUp } from "#contracts/top-up.ts"
import { sideActor } from "../balances/rules.ts"
import { loadBalance } from "../balances/store.ts"
import { loadParty } from "../parties/store.ts"
import { bankTicket, noteBankUse, takeTicket, userOf } from "../payments/bank-numbers.ts"
import { takeRandom } from "../random.ts"
import { runCommand } from "../run-command.ts"
import type { Services } from "../services.ts"
import { confirmTopUp, failTopUp, startTopUp } from "./rules.ts"
import { countOpenTopUps, loadTopUp } from "./store.ts"

/** A party announces money for its balance; by card the page comes from `topUpInstruction`. */
export function topUp(services: Services, actor: Actor, input: StartTopUp): Promise<Json | Refusal> {
  const { sql, newId } = services
  const made = { id: newId("topUp"), nonce: takeRandom(16).toString("hex") }
  return runCommand(
    services,
    actor,
    { may: "balance.topUp", action: "topUp.start", input },
    async (user) => {
      const [party, open] = await Promise.all([loadParty(sql, user.party), countOpenTopUps(sql, user.party)])
      return party ? { party, open } : refuse("not_found", "party")
    },
    ({ party, open }, user, now) =>
      startTopUp(party, input, { ...made, user: user.user }, open, sideActor(user), now),
  )
}

/** The party no longer wants it. Money that comes all the same is credited. */
export const cancelTopUp = (services: Services, actor: Actor, input: OnTopUp): Promise<Json | Refusal> =>
  runCommand(
    services,
    actor,
    { may: "balance.topUp", action: "topUp.cancel", input },
    (user) => loadOwn(services, input.topUp, user),
    (found, user, now) => failTopUp(found, "cancelled", sideActor(user), now),
  )

async function loadOwn({ sql }: Services, id: Id<"topUp">, user: UserActor) {
  const found = await loadTopUp(sql, id)
  return found?.party === user.party ? found : refuse("not_found", "topUp")
}

/** The operator has seen the party's bank transfer on the platform's account. */
export function confirmTopUpReceipt(
  services: Services,
  actor: Actor,
  input: ConfirmTopUp,
  line: Id<"bankLine"> | null = null,
): Promise<Json | Refusal> {
  const { topUp: thing, bankNumber: number } = input
  const confirmed = runCommand(
    services,
    actor,
    { may: "payment.confirmBank", action: "topUp.confirm", input },
    async () => {
      const found = await loadTopUp(services.sql, thing)
      if (!found) return refuse("not_found", "topUp")
      const { party, amount } = found
      const now = services.writer.now()
      const balance = await loadBalance(services.sql, party, amount.currency, now)
      return { found, balance, ticket: await bankTicket(services.sql, number) }
    },
    ({ found, balance, ticket }, user, now) =>
      takeTicket(confirmTopUp(found, balance, { amount: input.amount, charge: number }, user, now), ticket),
  )
  return noteBankUse(
    services.sql,
    { number, kind: "topUp", thing, attempt: 1, line, user: userOf(actor) },
    confirmed,
  )
}
