import type { Sql } from "postgres"
import type { Journal } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { Locale, LocalizedText } from "#contracts/localized-text.ts"
import type { Money } from "#contracts/money.ts"
import type { Rail } from "#contracts/payment.ts"
import { readJournalsOfTrades } from "../ledger/export/store.ts"

/** Who trades what with whom for how much, and the text that binds them. */
export type Particulars = {
  buyer: Id<"party">
  buyerName: LocalizedText
  seller: Id<"party">
  sellerName: LocalizedText
  listing: Id<"listing">
  title: LocalizedText
  price: Money
  fee: Money | null
  rail: Rail | null
  agreement: { locale: Locale; text: string } | null
}

export async function loadParticulars(sql: Sql, trade: Id<"trade">): Promise<Particulars | null> {
  const [found] = await sql<Particulars[]>`
    select t.buyer, b.row->'name' as "buyerName", t.seller, s.row->'name' as "sellerName",
      t.listing, l.row->'title' as title, t.row->'price' as price, p.row->'fee' as fee, p.row->>'rail' as rail,
      case when a.hash is null then null else jsonb_build_object('locale', a.locale, 'text', a.text) end as agreement
    from trades t
    join parties b on b.id = t.buyer join parties s on s.id = t.seller join listings l on l.id = t.listing
    left join payments p on p.id = t.payment
    left join agreements a on a.hash = t.row->>'agreementHash'
    where t.id = ${trade}`
  return found ?? null
}

/** The book's journals of a trade, in the order of time. */
export async function loadJournals(sql: Sql, trade: Id<"trade">): Promise<Journal[]> {
  const journals = await readJournalsOfTrades(sql, [trade])
  return journals.sort((a, b) => a.occurredAt.localeCompare(b.occurredAt))
}
