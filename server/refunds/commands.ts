import { randomBytes } from "node:crypto"
import { type Actor, isOwnMatter, type UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import {
  type ConfirmRefund,
  type DecideRefund,
  type GiveBack,
  type RefundByBank,
  type ReturnRefund,
  waitsForSeller,
} from "#contracts/refund.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { permit } from "../access/permit.ts"
import { tellRefusedStep } from "../alerts/refused.ts"
import { withdrawAlert } from "../alerts/store.ts"
import { loadDebt } from "../debts/store.ts"
import type { Decision } from "../decision.ts"
import {
  bankTicket,
  changedAmount,
  noteBankUse,
  otherAmount,
  type ReturnLine,
  returnNumber,
  type SeenLine,
  takeTicket,
} from "../payments/bank-numbers.ts"
import { isRefused } from "../payments/card-calls.ts"
import { loadIntentsOf, lockLegs } from "../payments/store.ts"
import type { Services } from "../services.ts"
import { frozenRefusal, guardsOf, userActor } from "../trades/scene.ts"
import { loadScene } from "../trades/store.ts"
import { askBank, decideBank } from "./bank-rules.ts"
import { refundRepaid, refundReturned } from "./repaid-rules.ts"
import { decideRefund, type Giver, giveBack, type Made } from "./rules.ts"
import { countRefundsOf, loadRefund } from "./store.ts"

const newMade = ({ newId }: Pick<Services, "newId">): Made => ({
  refund: newId("refund"),
  debt: newId("debt"),
  nonces: [randomBytes(16).toString("hex"), randomBytes(16).toString("hex")],
})

/** As whom somebody gives back: a seller for their own sale, else as the operator. */
const giverOf = ({ roles, party, parties, user }: UserActor, seller: Id<"party">): Giver => ({
  role: party === seller || !roles.includes("operator") ? "seller" : "operator",
  party,
  ...(parties ? { parties } : {}),
  user,
})

/** A seller, or an operator for a trade of others, gives money of a trade back to its buyer. */
export async function giveMoneyBack(
  services: Services,
  actor: Actor,
  input: GiveBack,
): Promise<Json | Refusal> {
  const user = permit(actor, "trade.giveBack")
  if (isRefusal(user)) return user
  const made = newMade(services)
  const answer = await services.writer.run(
    { giver: user.party, id: input.commandId, action: "trade.giveBack", input },
    async () => {
      const scene = await loadScene(services.sql, input.trade)
      const earlier = scene?.payment ? await countRefundsOf(services.sql, scene.payment.id) : 0
      return scene ? { scene, earlier } : refuse("not_found", "trade")
    },
    ({ scene, earlier }, now) =>
      giveBack(scene, input, made, giverOf(user, scene.trade.seller), now, earlier),
  )
  if (isRefusal(answer) && answer.refused === "refund_too_large" && user.roles.includes("operator"))
    await tellRefusedStep(services.sql, input.trade, answer, user.user)
  return answer
}

/** The second person of the operator's confirms a refund after release, or drops it. */
export async function confirmGivingBack(
  services: Services,
  actor: Actor,
  input: DecideRefund,
): Promise<Json | Refusal> {
  const user = permit(actor, "refund.decide")
  if (isRefusal(user)) return user
  const made = newMade(services)
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "refund.decide", input },
    () => load(services, input.refund, input.version),
    ({ refund, scene }, now) =>
      decideRefund(
        scene,
        refund,
        input.confirm,
        made,
        { ...giverOf(user, refund.seller), role: "operator" },
        now,
      ),
  )
}

/** Somebody of the operator's asks to pay by bank what the provider refuses. */
export function askRefundByBank(services: Services, actor: Actor, input: RefundByBank) {
  const { to, note } = input
  return byBank(services, actor, input, "refund.askBank", (found, by, now) =>
    askBank(found, { to, note }, by, now),
  )
}

/** The second person confirms it, or drops it. */
export async function decideRefundByBank(services: Services, actor: Actor, input: DecideRefund) {
  const decided = await byBank(services, actor, input, "refund.decideBank", (found, by, now) =>
    decideBank(found, input.confirm, by, now),
  )
  if (input.confirm && !isRefusal(decided)) await withdrawAlert(services.sql, "call", input.refund)
  return decided
}

type ByBank = Parameters<typeof decideBank>[0]

/** Under the lock of the payment's calls: none begins between the look at them and the decision. */
async function byBank(
  services: Services,
  actor: Actor,
  input: RefundByBank | DecideRefund,
  action: string,
  rule: (found: ByBank, by: Giver, now: Time) => Decision | Refusal,
): Promise<Json | Refusal> {
  const user = permit(actor, "refund.decide")
  if (isRefusal(user)) return user
  const refund = await loadRefund(services.sql, input.refund)
  if (!refund) return refuse("not_found", "refund")
  return lockLegs(services.sql, refund.payment, (locked) =>
    services.writer.run(
      { giver: user.party, id: input.commandId, action, input },
      async () => {
        const found = await load(services, input.refund, input.version)
        if (isRefusal(found)) return found
        return { ...found, refused: isRefused(await loadIntentsOf(locked, input.refund)) }
      },
      (found, now) => rule(found, { ...giverOf(user, found.refund.seller), role: "operator" }, now),
    ),
  )
}

async function load(services: Services, id: Id<"refund">, version: number | null) {
  const refund = await loadRefund(services.sql, id)
  const scene = refund ? await loadScene(services.sql, refund.trade) : null
  if (!refund || !scene) return refuse("not_found", "refund")
  if (version !== null && refund.version !== version)
    return refuse("refund_state", "version", { state: refund.state })
  return { refund, scene }
}

/** The operator has transferred a refund by bank. */
export async function confirmRefund(
  services: Services,
  actor: Actor,
  input: ConfirmRefund,
  line: SeenLine = null,
): Promise<Json | Refusal> {
  const user = permit(actor, "payment.confirmBank")
  if (isRefusal(user)) return user
  const { refund: thing, bankNumber: number, attempt } = input
  const confirmed = services.writer.run(
    { giver: user.party, id: input.commandId, action: "refund.confirm", input },
    async () => {
      const ticket = await bankTicket(services.sql, number)
      const found = await load(services, thing, null)
      if (isRefusal(found)) return found
      const debt = found.refund.debt && (await loadDebt(services.sql, found.refund.debt))
      return { ...found, debt, ticket }
    },
    ({ refund, scene, debt, ticket }, now) => {
      if (isOwnMatter(user, refund.buyer, refund.seller)) return refuse("own_matter", "refund")
      if (refund.rail !== "bank") return refuse("rail_not_available", "bank")
      if (attempt !== undefined && attempt !== refund.attempt)
        return refuse("stale_version", "attempt", { attempt: refund.attempt })
      if (waitsForSeller(refund, debt)) return refuse("refund_waits", "refund")
      // Only one that was to go back by card: the bank may be taking that money just now.
      const { chargeback } = scene.payment ?? {}
      if (chargeback && !input.alreadyPaid && line === null)
        return refuse("chargeback_open", "payment", { chargeback })
      const other = otherAmount(line, refund.amount) ?? changedAmount(input.amount, refund.amount)
      if (other) return other
      const frozen = input.alreadyPaid || line !== null ? null : frozenRefusal(scene)
      if (frozen) return frozen
      const by = userActor("operator", user.party, user.user)
      const repaid = refundRepaid(refund, number, by, now)
      if (isRefusal(repaid)) return repaid
      const trade = { noun: "trade", id: scene.trade.id, version: scene.trade.version } as const
      const { payment } = scene
      const paid = payment ? [{ noun: "payment", id: payment.id, version: payment.version } as const] : []
      return takeTicket({ ...repaid, guards: [...repaid.guards, ...guardsOf(scene), trade, ...paid] }, ticket)
    },
  )
  const use = { number, kind: "refund", thing, attempt: attempt ?? 1, line, user: user.user } as const
  return noteBankUse(services.sql, use, confirmed)
}

/** The bank has sent back a refund that the operator had paid: it is owed to the buyer as before. */
export async function returnRefund(
  services: Services,
  actor: Actor,
  input: ReturnRefund,
  line: ReturnLine = null,
): Promise<Json | Refusal> {
  const user = permit(actor, "payment.confirmBank")
  if (isRefusal(user)) return user
  const { refund: thing, attempt } = input
  const number = line && (await returnNumber(services.sql, line.number, "refund", thing))
  const returned = services.writer.run(
    { giver: user.party, id: input.commandId, action: "refund.noteReturned", input },
    async () => {
      const ticket = number === null ? null : await bankTicket(services.sql, number)
      const found = await load(services, thing, null)
      return isRefusal(found) ? found : { ...found, ticket }
    },
    ({ refund, ticket }, now) => {
      if (isOwnMatter(user, refund.buyer, refund.seller)) return refuse("own_matter", "refund")
      if (refund.rail !== "bank") return refuse("rail_not_available", refund.rail)
      if (refund.attempt !== attempt) return refuse("stale_version", "attempt", { attempt: refund.attempt })
      const other = otherAmount(line, refund.amount)
      if (other) return other
      const back = refundReturned(refund, userActor("operator", user.party, user.user), now)
      return ticket ? takeTicket(back, ticket) : back
    },
  )
  if (number === null) return returned
  const use = { number, kind: "refundBack", thing, attempt, line, user: user.user } as const
  return noteBankUse(services.sql, use, returned)
}
