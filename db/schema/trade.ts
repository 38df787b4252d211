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
    state: member(),
    buyer: member(),
    seller: member(),
    listing: member(),
    plan: member(),
    payment: member(),
    grant: member(),
    /** Null while frozen. Found by `reminders`: an index here would move the whole row with each step. */
    deadline: member(),
  },
  // None of these ever changes, so that a step changes the row in its place, which the half-filled pages are for.
  (table) => [
    index().on(table.buyer, table.id),
    index().on(table.seller, table.id),
    index().on(table.listing),
  ],
)

/**
 * When to look at a trade again: one for each deadline it ever had. The sweep takes those that are over, asks the
 * trade whether it is so, and lets them go once it is not; so nobody has to find and move one.
 */
export const reminders = pgTable(
  "reminders",
  { at: text().notNull(), trade: text().$type<Id<"trade">>().notNull() },
  (table) => [index().on(table.at)],
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
  { ...certified<Grant>(), trade: member(), buyer: member() },
  (table) => [index().on(table.trade)],
)
