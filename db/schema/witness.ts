import { bigint, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core"
import type { WitnessTrouble } from "#contracts/ledger/witness-trouble.ts"
import { timestamps } from "./columns.ts"

const position = () => bigint({ mode: "number" })
const moment = () => timestamp({ withTimezone: true, precision: 3, mode: "date" })

/** What witnesses signed of our checkpoints: one whole signature line each, checked before it was stored. Append-only. */
export const cosignatures = pgTable(
  "cosignatures",
  { size: position().notNull(), keyId: text().notNull(), line: text().notNull(), ...timestamps },
  (table) => [primaryKey({ columns: [table.size, table.keyId] })],
)

/** Checkpoints whose round of witnesses has ended: what is served, of the largest size. Append-only. */
export const publications = pgTable("publications", { size: position().primaryKey(), ...timestamps })

/** The witnesses that the worker asks, as it is configured now, and how that goes. */
export const witnesses = pgTable("witnesses", {
  keyId: text().primaryKey(),
  vkey: text().notNull(),
  url: text().notNull(),
  /** Its place in the configuration. */
  place: position().notNull(),
  trouble: jsonb().$type<WitnessTrouble>(),
  troubleSince: moment(),
})
