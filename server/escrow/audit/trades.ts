import type { TransactionSql } from "postgres"
import { type Finding, finding } from "./accounts.ts"

/**
 * Per trade and currency: captured = held + refunded + refund_payable + (released gross − clawed back gross) + lost.
 * Captured is what the payments' rows say; the rest is read from the book, each journal by the accounts it touches.
 */
export async function tradeSums(sql: TransactionSql): Promise<Finding[]> {
  const rows = await sql<Record<"trade" | "currency" | (typeof parts)[number], string>[]>`
    with journals as (
      select trade, currency,
        ${kind(sql, "held")} as held, ${kind(sql, "refund_payable")} as payable,
        ${kind(sql, "seller_payable")} + ${kind(sql, "platform_fee")} + ${kind(sql, "tax_payable")} as earned,
        ${kind(sql, "seller_receivable")} as receivable, ${kind(sql, "dispute_withdrawn")} as withdrawn,
        ${kind(sql, "chargeback_loss")} as own_loss,
        ${kind(sql, "provider_pending")} + ${kind(sql, "provider_available")} + ${kind(sql, "bank")}
          + ${kind(sql, "buyer_credit")} as cash
      from postings where trade is not null group by trade, currency, source_type, source_id),
    sums as (
      select trade, currency, -sum(held) as held, -sum(payable) as payable,
        -- Money that went back to the buyer, also into their balance, less what came back of it.
        coalesce(sum(payable) filter (where cash <> 0 and payable <> 0), 0) as refunded,
        -- Out of held funds to the seller, the platform and the tax; what a bank returned is no release.
        coalesce(-sum(earned) filter (where held > 0), 0) as released,
        -- Taken back of that, for a refund after release or a chargeback that was lost.
        coalesce(sum(earned + receivable) filter (where held = 0 and cash = 0 and (payable < 0 or withdrawn < 0)), 0)
          as clawed,
        -- What the platform bears itself is no part of what came in: the buyer has got that twice, until a refund that
        -- came back makes up for it.
        coalesce(-sum(withdrawn + own_loss) filter (where (withdrawn < 0 or own_loss < 0) and cash = 0), 0) as lost
      from journals group by trade, currency),
    captured as (
      select trade, row->'amount'->>'currency' as currency, sum((row->'amount'->>'minor')::bigint) as captured
      from payments where state in ('held', 'parting', 'closed') group by 1, 2)
    select trade, currency, coalesce(captured, 0)::text as captured, coalesce(held, 0)::text as held,
      coalesce(refunded, 0)::text as refunded, coalesce(payable, 0)::text as payable,
      coalesce(released, 0)::text as released, coalesce(clawed, 0)::text as clawed, coalesce(lost, 0)::text as lost
    from captured full join sums using (trade, currency)
    where coalesce(captured, 0) is distinct from
      coalesce(held, 0) + coalesce(refunded, 0) + coalesce(payable, 0) + coalesce(released, 0) - coalesce(clawed, 0) + coalesce(lost, 0)`
  return rows.map(({ trade, ...detail }) => finding("trade", trade, detail))
}

const parts = ["captured", "held", "refunded", "payable", "released", "clawed", "lost"] as const

/** What a journal moves on accounts of a kind; debits are positive. */
const kind = (sql: TransactionSql, name: string) =>
  sql`coalesce(sum(amount) filter (where split_part(account, ':', 1) = ${name}), 0)`
