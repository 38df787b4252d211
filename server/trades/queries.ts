import type { Actor, UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import type { Side } from "#contracts/trade.ts"
import { permit } from "../access/permit.ts"
import type { Services } from "../services.ts"
import {
  loadAgreement,
  loadBankQueue,
  loadDisputes,
  loadPolicy,
  loadRecords,
  loadTradeCard,
  loadTradeCards,
} from "./store.ts"

const pageSize = 30

/** Which side of a trade a party is, or null. Operators and regulators are no side. */
const sideOf = (trade: { buyer: string; seller: string }, user: UserActor): Side | null =>
  trade.buyer === user.party ? "buyer" : trade.seller === user.party ? "seller" : null

/** Everything a trade's page shows to one of its parties, or to the operator. */
export async function tradePage(services: Services, actor: Actor, id: Id<"trade">) {
  const user = permit(actor, "trade.read")
  if (isRefusal(user)) return user
  const card = await loadTradeCard(services.sql, id)
  if (!card) return refuse("not_found", "trade")
  const side = sideOf(card.trade, user)
  if (!side && !user.roles.includes("operator")) return refuse("not_found", "trade")
  const [agreement, records, policy] = await Promise.all([
    loadAgreement(services.sql, card.trade.agreementHash),
    loadRecords(services.sql, id),
    loadPolicy(services.sql, card.trade.listing),
  ])
  const { bankAccount, fundsHolder } = services.config
  return { ...card, side, agreement, records, policy, bankAccount, fundsHolder, now: services.writer.now() }
}

/** The party's trades, newest first; `after` is the id the last page ended with. */
export async function myTrades(
  services: Services,
  actor: Actor,
  page: { after: string | null; side: Side | null },
) {
  const user = permit(actor, "trade.read")
  if (isRefusal(user)) return user
  const cards = await loadTradeCards(services.sql, user.party, page, pageSize + 1)
  const shown = cards.slice(0, pageSize)
  const next = cards.length > pageSize ? (shown.at(-1)?.trade.id ?? null) : null
  return {
    trades: shown.map((card) => ({ ...card, side: sideOf(card.trade, user) })),
    next,
    now: services.writer.now(),
  }
}

/** The operator's queue of disputes, the nearest deadline first. */
export async function openDisputes(services: Services, actor: Actor) {
  const user = permit(actor, "trade.resolve")
  if (isRefusal(user)) return user
  return { disputes: await loadDisputes(services.sql), now: services.writer.now() }
}

/** Bank transfers that the operator is waited for: receipts to confirm, payouts to make. */
export async function openBankPayments(services: Services, actor: Actor) {
  const user = permit(actor, "payment.confirmBank")
  if (isRefusal(user)) return user
  return { payments: await loadBankQueue(services.sql), now: services.writer.now() }
}
