import { sql } from "drizzle-orm"
import { index, pgTable, text } from "drizzle-orm/pg-core"
import type { Grant } from "#contracts/delivery.ts"
import type { Id } from "#contracts/ids.ts"
import type { Trade } from "#contracts/trade.ts"
import { certified, member } from "./certified.ts"
import { timestamps } from "./columns.ts"

export const trades = pgTable(
  "trades",
  {
    ...certified<Trade>(),
    state: member("state"),
    buyer: member("buyer"),
    seller: member("seller"),
    listing: member("listing"),
    /** Null while frozen, so that the sweep passes it over. */
    deadline: member("deadline"),
  },
  (table) => [
    index().on(table.buyer, table.id),
    index().on(table.seller, table.id),
    index().on(table.listing),
    index().on(table.deadline).where(sql`deadline is not null`),
  ],
)

/** The text of an agreement, named by the SHA-256 of its UTF-8 bytes. Never changes. */
export const agreements = pgTable("agreements", {
  hash: text().primaryKey(),
  trade: text().$type<Id<"trade">>().notNull(),
  locale: text().notNull(),
  text: text().notNull(),
  ...timestamps,
})

export const grants = pgTable(
  "grants",
  { ...certified<Grant>(), trade: member("trade"), buyer: member("buyer") },
  (table) => [index().on(table.trade)],
)
