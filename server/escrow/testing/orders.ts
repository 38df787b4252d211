import type { UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Currency } from "#contracts/money.ts"
import type { PurchaseRule } from "#contracts/procurement.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { setProcurement } from "../../parties/commands.ts"
import { confirmTrade } from "../../trades/commands.ts"
import type { Chance } from "./chance.ts"
import type { Lane } from "./lane.ts"
import type { Seen } from "./look.ts"
import type { Told } from "./told.ts"

/**
 * How the buying party buys: who asks for a purchase, who may approve it, and what it may cost in a year. Every second
 * lane's buyer has rules of its own; all have members of each kind.
 */

export type Members = Record<"administrator" | "approver" | "otherApprover" | "requester", UserActor>

export function membersOf(administrator: UserActor, newId: () => Id<"user">): Members {
  const member = (memberRole: UserActor["memberRole"]): UserActor => ({
    ...administrator,
    user: newId(),
    memberRole,
  })
  return {
    administrator,
    approver: member("approver"),
    otherApprover: member("approver"),
    requester: member("requester"),
  }
}

const rulesOf: Partial<Record<Currency, Omit<PurchaseRule, "currency">>> = {
  CNY: { alone: "5005", administratorAbove: null, yearly: "50000" },
  USD: { alone: null, administratorAbove: "99999", yearly: null },
  EUR: { alone: "50000", administratorAbove: "90000", yearly: "260000" },
  HKD: { alone: "40001", administratorAbove: null, yearly: "80002" },
  JPY: { alone: "777", administratorAbove: "776", yearly: "2330" },
  KWD: { alone: "12000", administratorAbove: null, yearly: "40000" },
}

/** The administrator sets the party's rules; `yearly`: by how much the budgets are multiplied. */
export async function setRules(lane: Lane, yearly: bigint): Promise<void> {
  const procurement = Object.entries(rulesOf).map(([currency, rule]) => ({
    ...rule,
    currency: currency as Currency,
    yearly: rule.yearly === null ? null : String(BigInt(rule.yearly) * yearly),
  }))
  await lane.give(
    (services, commandId) => setProcurement(services, lane.buyer, { commandId, procurement }),
    () => {
      lane.rules = procurement
    },
  )
}

export const hasRules = ({ number }: Lane): boolean => number % 4 < 2

/** Who of the party asks for a purchase, and under which number of its own. */
export const drawOrder = ({ members }: Lane, chance: Chance): { by: UserActor; order: string | null } => ({
  by: chance.one([members.requester, members.requester, members.approver, members.administrator]),
  order: chance.percent(60) ? `PO-${chance.below(10_000)}` : null,
})

/** One of the party's members approves a purchase; most may. */
export async function approve(lane: Lane, told: Told, agreementHash: string, chance: Chance): Promise<void> {
  const { members } = lane
  const by = chance.one([
    members.administrator,
    members.administrator,
    members.approver,
    members.otherApprover,
    members.requester,
  ])
  const rule = lane.rules.find(({ currency }) => currency === told.price.currency)
  const before = rule ? await spentWith(lane, told) : 0n
  let exceeded = false
  await lane.give(
    async (services, commandId) => {
      const answer = await confirmTrade(services, by, { commandId, trade: told.trade, agreementHash })
      exceeded = isRefusal(answer) && answer.refused === "budget_exceeded"
      return answer
    },
    async () => {
      lane.orders.push(told)
      if (by.memberRole === "requester") lane.surprises.push(`a requester has approved ${told.trade}`)
      if (!rule || rule !== currentRule(lane, told)) return
      const { alone, administratorAbove, yearly } = rule
      const price = BigInt(told.price.minor)
      if (alone !== null && price > BigInt(alone) && by.user === told.requestedBy)
        lane.surprises.push(`one person alone has asked for ${told.trade} and approved it`)
      if (
        administratorAbove !== null &&
        price > BigInt(administratorAbove) &&
        by.memberRole !== "administrator"
      )
        lane.surprises.push(`${told.trade} was approved by no administrator`)
      const spent = await spentIn(lane, told)
      if (yearly !== null && spent > BigInt(yearly))
        lane.surprises.push(`with ${told.trade} ${spent} were spent in a year, of ${yearly}`)
    },
  )
  if (!exceeded || !rule || rule !== currentRule(lane, told)) return
  const after = await spentWith(lane, told)
  const most = BigInt(rule.yearly ?? "0")
  // What another step spent or gave back meanwhile may have decided it.
  if (before === after && after <= most)
    lane.surprises.push(`${told.trade} was refused though with it ${after} of ${most} were spent`)
}

const currentRule = (lane: Lane, { price }: Told) =>
  lane.rules.find(({ currency }) => currency === price.currency)

const spentWith = async (lane: Lane, told: Told): Promise<bigint> =>
  (await spentIn(lane, told)) + BigInt(told.price.minor)

/** What the party has approved in this year in a trade's currency, less what of it went back, in the model's own words. */
async function spentIn(lane: Lane, { price: { currency } }: Told): Promise<bigint> {
  const { market } = lane
  const year = market.services.writer.now().slice(0, 4)
  const ours = [...new Set(lane.orders)].filter((told) => told.price.currency === currency)
  const spent = await Promise.all(
    ours.map(async (told) => {
      const seen = await market.look(told.trade)
      const approved = seen?.trade.confirmations.find(({ side }) => side === "buyer")?.at
      return seen && approved?.startsWith(year) ? left(told, seen) : 0n
    }),
  )
  return spent.reduce((sum, one) => sum + one, 0n)
}

function left({ price, parting, gave }: Told, { trade, chargebacks }: Seen): bigint {
  const whole = BigInt(price.minor)
  if (/^(cancelled|expired|refunded)$/.test(trade.state)) return 0n
  // Resolved by a deadline and by nobody: all is on its way back, until it has come.
  if (trade.state === "resolved" && parting === null) return 0n
  const ofTrade = gave.filter(({ payment }) => payment === trade.payment)
  const lost = chargebacks.filter(({ state, payment }) => state === "lost" && payment === trade.payment)
  const back =
    BigInt(parting?.refund.minor ?? "0") +
    ofTrade.reduce((sum, { minor }) => sum + minor, 0n) +
    lost.reduce((sum, { amount }) => sum + BigInt(amount.minor), 0n)
  return back < whole ? whole - back : 0n
}

/** What a trade keeps of its order is what was said when it was asked for. */
export const wrongsOfOrder = ({ order, requestedBy }: Told, { trade }: Seen): string[] =>
  (trade.purchaseOrder ?? null) === order && trade.requestedBy === requestedBy
    ? []
    : [
        `${trade.id} has the order ${trade.purchaseOrder} of ${trade.requestedBy}, not ${order} of ${requestedBy}`,
      ]
