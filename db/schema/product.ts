import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core"
import type { Id } from "#contracts/ids.ts"
import type { Draft } from "#contracts/product.ts"
import type { Refusal } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { timestamps } from "./columns.ts"

/** What the rights gate said when the seller last submitted, until the draft's rights change. */
export type GateAnswer = { at: Time; refusals: Refusal[] }

/** Sellers' working copies of their data products. No certified noun: server/products writes it. */
export const products = pgTable(
  "products",
  {
    id: text().$type<Id<"product">>().primaryKey(),
    party: text().$type<Id<"party">>().notNull(),
    /** Raised by each save; a save names the version it saw. */
    version: integer().notNull(),
    draft: jsonb().$type<Draft>().notNull(),
    /** The command that made this version, so that the same save sent twice is one. */
    savedBy: text().notNull(),
    gate: jsonb().$type<GateAnswer>(),
    ...timestamps,
  },
  (table) => [index().on(table.party, table.id)],
)
