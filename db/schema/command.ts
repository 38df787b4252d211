import { json, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import type { Json } from "#contracts/ledger/fact.ts"
import { timestamps } from "./columns.ts"

/** What each command answered: a retry or a double click with the same id gets the first answer again. */
export const commands = pgTable(
  "commands",
  {
    /** The party that gave it, the user where there is no party yet, or `system`. */
    giver: text().notNull(),
    id: text().notNull(),
    /** SHA-256 of the action's name and input: another input under the same id is refused. */
    digest: text().notNull(),
    result: json().$type<Json>().notNull(),
    ...timestamps,
  },
  // Ids grow with time, so that new ones come to the end of the index.
  (table) => [primaryKey({ columns: [table.id, table.giver] })],
)
