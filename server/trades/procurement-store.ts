import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import { makeMoney } from "#contracts/money.ts"
import type { Procurement, Spending } from "#contracts/procurement.ts"
import type { Time } from "#contracts/time.ts"
import type { Trade } from "#contracts/trade.ts"
import type { SeatChange } from "../decision.ts"

/** What the buyer's own rules say to a trade's currency, and what it committed to so far; null where it has no rule. */
export async function loadSpending(
  sql: Sql,
  { buyer, price }: Pick<Trade, "buyer" | "price">,
  now: Time,
): Promise<(Spending & { confirmed: string }) | null> {
  const [party] = await sql<{ procurement: Procurement | null }[]>`
    select row->'procurement' as procurement from parties where id = ${buyer}`
  const rule = party?.procurement?.find(({ currency }) => currency === price.currency)
  if (!rule) return null
  const { committed, confirmed } = await loadCommitted(sql, buyer, price.currency, now.slice(0, 4))
  return { rule, committed: makeMoney(BigInt(committed), price.currency), confirmed }
}

/** Trades that the party confirmed in the year: how many, and their prices less what came back of them. */
async function loadCommitted(sql: Sql, buyer: Id<"party">, currency: string, year: string) {
  const [sums] = await sql<{ committed: string; confirmed: string }[]>`
    select count(*)::text as confirmed,
      coalesce(sum((t.row->'price'->>'minor')::bigint - (case
        when t.state in ('cancelled', 'expired', 'refunded') then (t.row->'price'->>'minor')::bigint
        else coalesce((p.row->'refund'->'amount'->>'minor')::bigint, 0)
          + coalesce((p.row->'givenBack'->>'minor')::bigint, 0)
          + coalesce((p.row->'takenBack'->'amount'->>'minor')::bigint, 0) end)), 0)::text as committed
    from trades t left join payments p on p.id = t.payment
    where t.buyer = ${buyer} and t.row->'price'->>'currency' = ${currency}
      and exists (select from json_array_elements(t.row->'confirmations') c
        where c->>'side' = 'buyer' and c->>'at' like ${`${year}%`})`
  return sums ?? { committed: "0", confirmed: "0" }
}

/**
 * The ticket of the next confirmation, by how many there were: two members who confirm at once take the same one, and
 * the second is decided again, on what is committed by then.
 */
export async function nextTicket(
  sql: Sql,
  { buyer, price }: Pick<Trade, "buyer" | "price">,
  confirmed: string,
  now: Time,
): Promise<SeatChange> {
  const plan = `budget:${buyer}:${price.currency}:${now.slice(0, 4)}:${confirmed}` as const
  await sql`insert into seats (plan, free) values (${plan}, 1) on conflict do nothing`
  return { plan, take: 1 }
}
