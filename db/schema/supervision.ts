import { index, pgTable } from "drizzle-orm/pg-core"
import type { LogKeyRow } from "#contracts/ledger/rotation.ts"
import type { ThreadIndex } from "#contracts/ledger/thread-map.ts"
import type { ExportRecord, Freeze, Opening } from "#contracts/supervision.ts"
import { certified, member } from "./certified.ts"

export const freezes = pgTable(
  "freezes",
  { ...certified<Freeze>(), state: member("state"), target: member("target"), expires: member("expires") },
  (table) => [index().on(table.target), index().on(table.state, table.expires)],
)

export const exports = pgTable("exports", certified<ExportRecord>())

/** What the newest map of all threads says: one row, a version for each `index.sealed`. */
export const threadIndexes = pgTable("thread_indexes", certified<ThreadIndex>())

/** What the newest change of the log's key says: one row, a version for each `key.rotated`. */
export const logKeys = pgTable("log_keys", certified<LogKeyRow>())

export const openings = pgTable("openings", certified<Opening>())
