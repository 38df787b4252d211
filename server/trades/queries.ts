import type { Actor, UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { approvalRefusal } from "#contracts/procurement.ts"
import { waitsForSeller } from "#contracts/refund.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Side, Trade } from "#contracts/trade.ts"
import { permit } from "../access/permit.ts"
import { availableOf } from "../balances/queries.ts"
import { loadShownChargebacks } from "../chargebacks/postings.ts"
import { loadDebtsOf } from "../debts/store.ts"
import { readOwnValues } from "../ledger/disclosures.ts"
import { readPlace, type Waiting, writePlace } from "../queue.ts"
import { returnable } from "../refunds/rules.ts"
import { loadRefundsOf } from "../refunds/store.ts"
import type { Services } from "../services.ts"
import { canInvoice } from "./invoice-rules.ts"
import { loadSpending } from "./procurement-store.ts"
import {
  countDisputes,
  loadAgreement,
  loadBilling,
  loadDisputes,
  loadPolicy,
  loadRecords,
  loadTradeCard,
  loadTradeCards,
  stoppedClock,
  type TradeCard,
  type TradeRecord,
} from "./store.ts"

const pageSize = 30

/** Which side of a trade a party is, or null. Operators and regulators are no side. */
const sideOf = (trade: { buyer: string; seller: string }, user: UserActor): Side | null =>
  trade.buyer === user.party ? "buyer" : trade.seller === user.party ? "seller" : null

/** What the seller owes to others is kept back from them, and no business of the buyer's. */
function cardFor(side: Side | null, card: TradeCard): TradeCard {
  const { payment } = card
  if (side !== "buyer" || !payment?.release?.netted) return card
  const { netted: _, ...release } = payment.release
  return { ...card, payment: { ...payment, release } }
}

const recordsFor = (side: Side | null, records: TradeRecord[]): TradeRecord[] =>
  side === "buyer" ? records.filter(({ type }) => !/^(payment\.netted@|debt\.)/.test(type)) : records

/** Everything a trade's page shows to one of its parties, or to the operator. */
export async function tradePage(services: Services, actor: Actor, id: Id<"trade">) {
  const user = permit(actor, "trade.read")
  if (isRefusal(user)) return user
  const card = await loadTradeCard(services.sql, id)
  if (!card) return refuse("not_found", "trade")
  const side = sideOf(card.trade, user)
  if (!side && !user.roles.includes("operator")) return refuse("not_found", "trade")
  const [agreement, records, policy, approval, billing, chargebacks] = await Promise.all([
    loadAgreement(services.sql, card.trade.agreementHash),
    loadRecords(services.sql, id),
    loadPolicy(services.sql, card.trade.listing),
    side === "buyer" && card.trade.state === "proposed" ? approvalOf(services, card.trade, user) : null,
    // What an invoice is made out to is nobody's business before there is something to invoice.
    canInvoice(card) ? loadBilling(services.sql, card.trade.buyer) : null,
    card.trade.payment ? loadShownChargebacks(services.sql, id, side) : [],
  ])
  const { bankAccount, fundsHolder } = services.config
  const [refunds, debts] = await Promise.all([loadRefundsOf(services.sql, id), loadDebtsOf(services.sql, id)])
  const pays = side === "buyer" && card.trade.state === "agreed"
  const givesBack = side === "seller" || (side === null && user.roles.includes("operator"))
  const check = await deliveryCheck(services, user, records)
  return {
    ...cardFor(side, card),
    side,
    agreement,
    records: recordsFor(side, records),
    check,
    refunds: side === null ? refunds : refunds.map(({ to: _, byBank: __, ...shown }) => shown),
    // What a seller owes the buyer does not read.
    waiting: givesBack
      ? refunds
          .filter((one) =>
            waitsForSeller(
              one,
              debts.find(({ id }) => id === one.debt),
            ),
          )
          .map(({ id }) => id)
      : [],
    returnable: givesBack && card.payment ? returnable(card.payment) : null,
    // What the buyer may pay with at once.
    prepaid: pays ? await availableOf(services, user.party, card.trade.price.currency) : null,
    policy,
    billing,
    approval,
    chargebacks,
    bankAccount,
    fundsHolder,
    now: services.writer.now(),
  }
}

/** Why the buyer's own rules do not let this member confirm the trade, or null. */
async function approvalOf(
  { sql, writer }: Pick<Services, "sql" | "writer">,
  trade: Trade,
  user: UserActor,
): Promise<Refusal | null> {
  const { price, requestedBy = null } = trade
  const spending = await loadSpending(sql, trade, writer.now())
  return spending && approvalRefusal({ price, requestedBy }, spending, user)
}

/** What the delivery's record says; the hashes only to whom it was opened. Null before there was a delivery. */
export type ShownCheck = Pick<TradeRecord, "at" | "index"> & {
  result: "same" | "different"
  hashes: { versionHash: string; measuredHash: string } | null
}

async function deliveryCheck(
  services: Pick<Services, "sql" | "keys" | "writer">,
  user: UserActor,
  records: readonly TradeRecord[],
): Promise<ShownCheck | null> {
  const record = records.findLast(({ type }) => type.startsWith("trade.delivered@"))
  if (!record) return null
  const opened = await readOwnValues(services, user, [record])
  const values = new Map(opened.map(({ path, value }) => [path, value]))
  const of = (name: string) => values.get(`/body/${name}`) ?? record.body[name]
  const [versionHash, measuredHash] = [of("versionHash"), of("measuredHash")]
  const hashes =
    typeof versionHash === "string" && typeof measuredHash === "string" ? { versionHash, measuredHash } : null
  const result = record.body.check === "same" ? "same" : "different"
  return { at: record.at, index: record.index, result, hashes }
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
    trades: shown.map((card) => {
      const side = sideOf(card.trade, user)
      return { ...cardFor(side, card), side }
    }),
    next,
    now: services.writer.now(),
  }
}

/**
 * The operator's queue of disputes: the nearest deadline first, those that a freeze has stopped last; `next` reads on.
 */
export async function disputeQueue(services: Services, actor: Actor, { after }: { after: string | null }) {
  const user = permit(actor, "operations.read")
  if (isRefusal(user)) return user
  const place = readPlace(after)
  if (isRefusal(place)) return place
  const found = await loadDisputes(services.sql, place, pageSize + 1)
  const disputes = found.slice(0, pageSize)
  const last = found.length > pageSize ? disputes.at(-1)?.trade : undefined
  const next = last ? writePlace({ at: last.deadline ?? stoppedClock, id: last.id }) : null
  return { disputes, next, now: services.writer.now() }
}

/** How many disputes wait to be resolved. */
export const waitingDisputes = ({ sql }: Pick<Services, "sql">): Promise<Waiting> => countDisputes(sql)
