import type { Sql } from "postgres"
import type { Chargeback } from "#contracts/chargeback.ts"
import type { Id } from "#contracts/ids.ts"
import type { Currency, Money } from "#contracts/money.ts"
import type { Time } from "#contracts/time.ts"
import type { Side } from "#contracts/trade.ts"
import { loadChargebacksOf } from "./store.ts"

/** A journal as pages show it: where its money went, debits first as they were booked. */
export type ShownJournal = {
  type: string
  id: string
  at: Time
  postings: { account: string; side: "debit" | "credit"; amount: Money }[]
}

/** The journals of a trade, oldest first. */
export async function loadPostingsOf(sql: Sql, trade: Id<"trade">): Promise<ShownJournal[]> {
  const rows = await sql<
    { type: string; id: string; at: Time; account: string; currency: Currency; amount: string }[]
  >`select source_type as type, source_id as id, occurred_at as at, account, currency, amount::text as amount
    from postings where trade = ${trade} order by occurred_at, source_type, source_id, leg`
  const journals: ShownJournal[] = []
  for (const { type, id, at, account, currency, amount } of rows) {
    const last = journals.at(-1)
    const journal = last?.type === type && last.id === id ? last : { type, id, at, postings: [] }
    if (journal !== last) journals.push(journal)
    const isDebit = !amount.startsWith("-")
    journal.postings.push({
      account,
      side: isDebit ? "debit" : "credit",
      amount: { minor: isDebit ? amount : amount.slice(1), currency },
    })
  }
  return journals
}

const ofSeller = ({ account }: { account: string }) => account.startsWith("seller_")

/**
 * The chargebacks of a trade, each with its journals. What the seller bears of one, or then owes, is told to the seller
 * and the operator (no side), not to the buyer.
 */
export async function loadShownChargebacks(
  sql: Sql,
  trade: Id<"trade">,
  side: Side | null,
): Promise<{ chargeback: Chargeback; journals: ShownJournal[] }[]> {
  const chargebacks = await loadChargebacksOf(sql, trade)
  if (chargebacks.length === 0) return []
  const journals = await loadPostingsOf(sql, trade)
  return chargebacks.map((chargeback) => ({
    chargeback,
    journals: journals
      .filter(({ id }) => id === chargeback.id)
      .map((journal) =>
        side === "buyer"
          ? { ...journal, postings: journal.postings.filter((posting) => !ofSeller(posting)) }
          : journal,
      ),
  }))
}
