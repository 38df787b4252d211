import type { Id } from "#contracts/ids.ts"
import { isZero } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import type { Trade } from "#contracts/trade.ts"
import { type Decision, decide } from "../decision.ts"
import { advance, type Scene, tradeFact, userActor } from "./scene.ts"

/** Only the tax system issues a 数电票; here its number is noted, and that it has the form of one. */
const electronic = /^\d{20}$/
const elsewhere = /^[\p{L}\p{N}][\p{L}\p{N} ./_-]{0,39}$/u

const isInvoiceNumber = (number: string, country: string): boolean =>
  (country === "CN" ? electronic : elsewhere).test(number)

const paid = ["held", "parting", "closed"] as const
/** So many invoices may be noted of a trade, each with a record of its own. */
export const mostInvoices = 10

const endedUnpaid = ["cancelled", "expired"] as const

/**
 * Whether there is something to invoice: the buyer has paid, and not for a trade that had ended before, whose late
 * payment only goes back.
 */
export const canInvoice = ({ trade, payment }: Paid): boolean =>
  !isZero(trade.price) &&
  paid.some((state) => state === payment?.state) &&
  !endedUnpaid.some((state) => state === trade.state)

type Paid = { trade: Pick<Trade, "price" | "state">; payment: Pick<Payment, "state"> | null }

/**
 * The seller notes which tax invoice it issued for a trade that was paid; again for another one that took its place.
 * No step of the trade: state and deadline stay.
 */
export function noteInvoice(
  { trade, payment }: Pick<Scene, "trade" | "payment">,
  by: { user: Id<"user">; party: Id<"party"> },
  { number, country }: { number: string; country: string },
  now: Time,
): Decision | Refusal {
  if (!canInvoice({ trade, payment })) return refuse("trade_not_funded", "invoice", { state: trade.state })
  if (!isInvoiceNumber(number, country)) return refuse("invoice_number_invalid", "number")
  const { deadline, deadlineLeftMs, invoice: last } = trade
  if (last?.number === number) return decide({ changes: [], facts: [], result: { state: trade.state } })
  const times = last ? (last.times ?? 1) + 1 : 1
  if (times > mostInvoices) return refuse("too_many_invoices", "number", { most: mostInvoices })
  const invoice = { number, at: now, times }
  const next = advance(trade, trade.state, now, { invoice, deadline, deadlineLeftMs })
  const fact = tradeFact(
    "trade.invoiced@1",
    next,
    userActor("seller", by.party, by.user),
    {},
    { invoice: number },
  )
  return decide({ changes: [{ noun: "trade", row: next }], facts: [fact], result: { state: next.state } })
}
