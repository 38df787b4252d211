import type { Sql } from "postgres"
import type { Chargeback } from "#contracts/chargeback.ts"
import type { Debt } from "#contracts/debt.ts"
import type { Id } from "#contracts/ids.ts"
import type { Payment } from "#contracts/payment.ts"
import type { Refund } from "#contracts/refund.ts"
import type { Trade } from "#contracts/trade.ts"
import { grouped } from "../../grouped.ts"

/** A trade with all that has come of it, as the market has it. */
export type Seen = {
  trade: Trade
  payments: Payment[]
  refunds: Refund[]
  debts: Debt[]
  chargebacks: Chargeback[]
  /** Itself, its listing or one of its parties. */
  frozen: boolean
}

type Row = { noun: "payments" | "refunds" | "debts" | "chargebacks"; trade: string; row: never }

/** Looks at many trades by one query: most of what a sequence costs is the way to the database and back. */
export function makeLook(sql: Sql): (trade: Id<"trade">) => Promise<Seen | null> {
  return grouped(async (trades: Id<"trade">[]) => {
    const found = await sql<{ row: Trade; frozen: boolean; rows: Row[] | null }[]>`
      select t.row, coalesce(t.row->>'frozenBy', l.row->>'frozenBy', b.row->>'frozenBy', s.row->>'frozenBy') is not null
        as frozen, (select json_agg(o order by o.id) from (
          select 'payments' as noun, id::text, row from payments where trade = t.id
          union all select 'refunds', id::text, row from refunds where trade = t.id
          union all select 'debts', id::text, row from debts where trade = t.id
          union all select 'chargebacks', id::text, row from chargebacks where trade = t.id) o) as rows
      from trades t join listings l on l.id = t.listing join parties b on b.id = t.buyer join parties s on s.id = t.seller
      where t.id = any(${trades}::text[])`
    return new Map(
      found.map(({ row, frozen, rows }) => {
        const of = <Noun extends Row["noun"]>(noun: Noun): Seen[Noun] =>
          (rows ?? []).filter((one) => one.noun === noun).map((one) => one.row)
        const [payments, refunds] = [of("payments"), of("refunds")]
        return [
          row.id,
          { trade: row, frozen, payments, refunds, debts: of("debts"), chargebacks: of("chargebacks") },
        ]
      }),
    )
  })
}
