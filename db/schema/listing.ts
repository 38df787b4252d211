import { bigint, index, integer, pgTable, text } from "drizzle-orm/pg-core"
import type { Id } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import { certified, member } from "./certified.ts"

export const listings = pgTable(
  "listings",
  {
    ...certified<Listing>(),
    state: member("state"),
    seller: member("seller"),
    registration: member("registration"),
  },
  (table) => [index().on(table.seller), index().on(table.state)],
)

/** Free seats of plans that have a number of them: the one hot counter, taken by guarded decrements. */
export const seats = pgTable("seats", {
  plan: text().$type<Id<"plan">>().primaryKey(),
  free: integer().notNull(),
})

/** What the public search reads; written when a listing is published or withdrawn, rebuilt at will. */
export const searchEntries = pgTable(
  "search_entries",
  {
    listing: text().$type<Id<"listing">>().primaryKey(),
    tokens: text().array().notNull(),
    domain: text().notNull(),
    formats: text().array().notNull(),
    uses: text().array().notNull(),
    currency: text().notNull(),
    /** Of the cheapest plan. */
    priceMinor: bigint({ mode: "bigint" }).notNull(),
    publishedAt: text().notNull(),
  },
  (table) => [
    index().using("gin", table.tokens),
    index().using("gin", table.uses),
    index().on(table.domain),
    index().on(table.publishedAt, table.listing),
  ],
)
