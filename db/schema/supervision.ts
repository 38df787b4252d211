import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import type { Erasure, Hold } from "#contracts/erasure.ts"
import type { LogKeyRow } from "#contracts/ledger/rotation.ts"
import type { ThreadIndex } from "#contracts/ledger/thread-map.ts"
import type { ExportRecord, Freeze, Opening } from "#contracts/supervision.ts"
import { certified, member } from "./certified.ts"
import { bytea, timestamps } from "./columns.ts"

export const freezes = pgTable(
  "freezes",
  { ...certified<Freeze>(), state: member(), target: member(), expires: member() },
  (table) => [index().on(table.target), index().on(table.state, table.expires)],
)

export const exports = pgTable("exports", certified<ExportRecord>())

/** What the newest map of all threads says: one row, a version for each `index.sealed`. */
export const threadIndexes = pgTable("thread_indexes", certified<ThreadIndex>())

/** What the newest change of the log's key says: one row, a version for each `key.rotated`. */
export const logKeys = pgTable("log_keys", certified<LogKeyRow>())

export const openings = pgTable("openings", certified<Opening>())

/** Requests to erase, and what became of each. */
export const erasures = pgTable(
  "erasures",
  { ...certified<Erasure>(), state: member(), subject: member() },
  (table) => [index().on(table.state, table.id), index().on(table.subject)],
)

/** Legal holds, one for each target. */
export const holds = pgTable(
  "holds",
  { ...certified<Hold>(), state: member(), target: member() },
  (table) => [index().on(table.target)],
)

/** Addresses of value keys (server/commit/value-keys.ts) that an erasure has still to destroy. */
export const doomedKeys = pgTable(
  "doomed_keys",
  { erasure: text().notNull(), address: bytea().notNull(), ...timestamps },
  (table) => [primaryKey({ columns: [table.erasure, table.address] })],
)
