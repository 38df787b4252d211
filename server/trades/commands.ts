import { z } from "zod"
import type { Action, Actor, UserActor } from "#contracts/actor.ts"
import { type Id, isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { locales } from "#contracts/localized-text.ts"
import { money } from "#contracts/money.ts"
import { rails } from "#contracts/payment.ts"
import { approvalRefusal } from "#contracts/procurement.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { line, wantedUse } from "#contracts/rights.ts"
import type { Time } from "#contracts/time.ts"
import type { Side, TradeOrigin } from "#contracts/trade.ts"
import { permit } from "../access/permit.ts"
import { loadBalance, loadOwedSum } from "../balances/store.ts"
import type { Decision } from "../decision.ts"
import { loadParty } from "../parties/store.ts"
import type { NewPayment } from "../payments/rules.ts"
import { takeRandom } from "../random.ts"
import type { Services } from "../services.ts"
import { noteInvoice } from "./invoice-rules.ts"
import { payFromBalance } from "./prepay-rules.ts"
import { loadSpending, nextTicket } from "./procurement-store.ts"
import { prepareProposal } from "./proposal.ts"
import { cancel, confirm, propose, startFunding } from "./rules.ts"
import type { Scene } from "./scene.ts"
import { accept, dispute, resolve } from "./settlement-rules.ts"
import { loadScene } from "./store.ts"

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })

const onTrade = { commandId: idOf("command"), trade: idOf("trade") }
const reason = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_.-]{0,63}$/)

export const proposeInput = z.strictObject({
  commandId: idOf("command"),
  listing: idOf("listing"),
  plan: idOf("plan"),
  use: wantedUse,
  locale: z.enum(locales),
  purchaseOrder: line(40).optional(),
})
export const confirmInput = z.strictObject({ ...onTrade, agreementHash: z.string().regex(/^[0-9a-f]{64}$/) })
export const cancelInput = z.strictObject({ ...onTrade, reason })
export const payInput = z.strictObject({ ...onTrade, rail: z.enum(rails) })
export const acceptInput = z.strictObject(onTrade)
export const invoiceInput = z.strictObject({ ...onTrade, number: line(40) })
export const disputeInput = z.strictObject({ ...onTrade, reason, statement: line(2_000) })
export const resolveInput = z.strictObject({ ...onTrade, release: money, refund: money, note: line(2_000) })

/** Proposes a trade on the rights the buyer declares; the agreement's text is made here and named by its hash. */
export async function proposeTrade(
  services: Services,
  actor: Actor,
  input: z.infer<typeof proposeInput>,
): Promise<Json | Refusal> {
  const user = permit(actor, "trade.propose")
  if (isRefusal(user)) return user
  const { commandId: _, purchaseOrder = null, ...chosen } = input
  const origin: TradeOrigin = { kind: "listing" }
  const choice = { ...chosen, trade: services.newId("trade"), buyer: user.party, origin, purchaseOrder }
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "trade.propose", input },
    (now) => prepareProposal(services, choice, now),
    (proposal, now) => propose(proposal, user.user, now),
  )
}

/** Which side of the trade the actor's party is; another party's trade does not exist for it. */
const sideOf = ({ trade }: Scene, user: UserActor): Side | null =>
  trade.buyer === user.party ? "buyer" : trade.seller === user.party ? "seller" : null

type OnTrade = { commandId: string; trade: Id<"trade"> }

/** A step of one side of a trade: permission, load, ownership, decide, commit. */
async function step<Input extends OnTrade>(
  services: Services,
  actor: Actor,
  action: Action,
  sides: readonly Side[],
  input: Input,
  decide: (
    scene: Scene,
    by: { side: Side; user: Id<"user">; party: Id<"party"> },
    now: Time,
  ) => Decision | Refusal,
): Promise<Json | Refusal> {
  const user = permit(actor, action)
  if (isRefusal(user)) return user
  return services.writer.run(
    { giver: user.party, id: input.commandId, action, input },
    async () => (await loadScene(services.sql, input.trade)) ?? refuse("not_found"),
    (scene, now) => {
      const side = sideOf(scene, user)
      if (!side || !sides.includes(side)) return refuse("not_found")
      return decide(scene, { side, user: user.user, party: user.party }, now)
    },
  )
}

/** A side confirms the agreement. What the buyer's own rules of approval say is asked where the buyer confirms. */
export async function confirmTrade(services: Services, actor: Actor, input: z.infer<typeof confirmInput>) {
  const user = permit(actor, "trade.confirm")
  if (isRefusal(user)) return user
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "trade.confirm", input },
    async (now) => {
      const scene = await loadScene(services.sql, input.trade)
      const side = scene && sideOf(scene, user)
      if (!scene || !side) return refuse("not_found")
      const spending = side === "buyer" ? await loadSpending(services.sql, scene.trade, now) : null
      const ticket = spending && (await nextTicket(services.sql, scene.trade, spending.confirmed, now))
      return { scene, side, spending, ticket }
    },
    ({ scene, side, spending, ticket }, now) => {
      const { price, requestedBy = null } = scene.trade
      const refused = spending && approvalRefusal({ price, requestedBy }, spending, user)
      if (refused) return refused
      const decision = confirm(scene, { side, user: user.user, party: user.party }, input.agreementHash, now)
      if (isRefusal(decision) || ticket === null) return decision
      return { ...decision, seats: [...decision.seats, ticket] }
    },
  )
}

export const cancelTrade = (services: Services, actor: Actor, input: z.infer<typeof cancelInput>) =>
  step(services, actor, "trade.cancel", ["buyer", "seller"], input, (scene, by, now) =>
    cancel(scene, by, input.reason, now),
  )

/**
 * Starts a payment; what the buyer does next (a page, a bank transfer) is the rail's answer in server/payments. Out of
 * the buyer's balance it is paid at once.
 */
export async function startTradePayment(services: Services, actor: Actor, input: z.infer<typeof payInput>) {
  const payment = { id: services.newId("payment"), nonce: takeRandom(16).toString("hex") }
  const { rail } = input
  if (rail === "balance") return prepayTrade(services, actor, input, payment)
  return step(services, actor, "trade.pay", ["buyer"], input, (scene, by, now) =>
    startFunding(scene, payment, rail, by, now),
  )
}

async function prepayTrade(
  services: Services,
  actor: Actor,
  input: z.infer<typeof payInput>,
  payment: NewPayment,
): Promise<Json | Refusal> {
  const user = permit(actor, "trade.pay")
  if (isRefusal(user)) return user
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "trade.pay", input },
    async (now) => {
      const scene = await loadScene(services.sql, input.trade)
      if (scene?.trade.buyer !== user.party) return refuse("not_found")
      const { currency } = scene.trade.price
      const balance = await loadBalance(services.sql, user.party, currency, now)
      return { scene, balance, owed: await loadOwedSum(services.sql, user.party, currency) }
    },
    ({ scene, ...purse }, now) => payFromBalance(scene, payment, purse, user, now),
  )
}

export const acceptTrade = (services: Services, actor: Actor, input: z.infer<typeof acceptInput>) =>
  step(services, actor, "trade.accept", ["buyer"], input, (scene, by, now) => accept(scene, by, now))

/** The seller notes the number of the tax invoice that it issued elsewhere. */
export async function invoiceTrade(services: Services, actor: Actor, input: z.infer<typeof invoiceInput>) {
  const user = permit(actor, "trade.invoice")
  if (isRefusal(user)) return user
  const seller = await loadParty(services.sql, user.party)
  return step(services, actor, "trade.invoice", ["seller"], input, (scene, by, now) =>
    noteInvoice(scene, by, { number: input.number, country: seller?.country ?? "" }, now),
  )
}

export const disputeTrade = (services: Services, actor: Actor, input: z.infer<typeof disputeInput>) =>
  step(services, actor, "trade.dispute", ["buyer"], input, (scene, by, now) =>
    dispute(scene, input.reason, input.statement, by, now),
  )

/** The operator is no side of the trade: any disputed trade may be resolved. */
export async function resolveTrade(
  services: Services,
  actor: Actor,
  input: z.infer<typeof resolveInput>,
): Promise<Json | Refusal> {
  const user = permit(actor, "trade.resolve")
  if (isRefusal(user)) return user
  const { release, refund, note } = input
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "trade.resolve", input },
    async () => (await loadScene(services.sql, input.trade)) ?? refuse("not_found"),
    (scene, now) => resolve(scene, { release, refund, note }, user, now),
  )
}
