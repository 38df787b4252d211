import { bigint, index, integer, pgTable, text } from "drizzle-orm/pg-core"
import type { Id } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import { certified, member } from "./certified.ts"

export const listings = pgTable(
  "listings",
  {
    ...certified<Listing>(),
    state: member(),
    seller: member(),
    registration: member(),
    product: member(),
  },
  (table) => [index().on(table.seller), index().on(table.state), index().on(table.product)],
)

/**
 * One row: how often any party or listing has changed (counted by triggers). What was read of them at a count is as
 * it was while the count is the same, and need be looked at no more. Read often and changed seldom.
 */
export const moves = pgTable("moves", {
  one: integer().primaryKey(),
  count: bigint({ mode: "bigint" }).notNull(),
})

/** Free seats of plans that have a number of them: the one hot counter, taken by guarded decrements. */
export const seats = pgTable("seats", {
  plan: text().$type<Id<"plan">>().primaryKey(),
  free: integer().notNull(),
})

/**
 * What the public search reads: written by a job when a listing is published or withdrawn, rebuilt at will. It
 * says what a listing is, never whether it is for sale: the search asks the listing itself.
 */
export const searchEntries = pgTable(
  "search_entries",
  {
    listing: text().$type<Id<"listing">>().primaryKey(),
    /** Of title, description, columns, seller and domain, in both languages. */
    tokens: text().array().notNull(),
    titleTokens: text().array().notNull(),
    domain: text().notNull(),
    formats: text().array().notNull(),
    uses: text().array().notNull(),
    /** Of the cheapest plan, as its price and its band. */
    currency: text().notNull(),
    priceMinor: bigint({ mode: "bigint" }).notNull(),
    band: text().notNull(),
    publishedAt: text().notNull(),
  },
  (table) => [
    index().using("gin", table.tokens),
    index().using("gin", table.uses),
    index().on(table.domain),
    index().on(table.publishedAt, table.listing),
  ],
)
