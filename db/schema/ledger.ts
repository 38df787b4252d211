import { sql } from "drizzle-orm"
import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core"
import type { Id } from "#contracts/ids.ts"
import type { Refusal } from "#contracts/refusal.ts"
import type { ExportOrder } from "#contracts/supervision.ts"
import { bytea, timestamps } from "./columns.ts"

const position = () => bigint({ mode: "number" })

/** The log's identity, chosen once at first start, and the key that all can check its signatures with. */
export const log = pgTable("log", { origin: text().primaryKey(), vkey: text().notNull(), ...timestamps })

/**
 * Facts on their way into the log, written with the changes they tell of: a line for each, of its subject, its version
 * and its JSON with the members type, occurredAt, actor, body, and `threads` as sorted final keys; the
 * sequencer adds the rest. Many in a row of about a page, for a row costs more than a fact; whoever only looks reads the
 * view `pending_facts`, which has them one by one.
 */
export const pendingBatches = pgTable("pending_batches", {
  id: bigserial({ mode: "bigint" }).primaryKey(),
  facts: text().notNull(),
})

/** The log itself: the final bytes of each leaf. Append-only; nothing is ever rendered again. */
export const sealedFacts = pgTable(
  "sealed_facts",
  {
    index: position().primaryKey(),
    subject: text().notNull(),
    version: integer().notNull(),
    hash: bytea().notNull(),
    leaf: bytea().notNull(),
    ...timestamps,
  },
  (table) => [uniqueIndex().on(table.subject, table.version), index().using("hash", table.hash)],
)

/** Where each record of a thread lies, so that a thread is read without reading the log. */
export const threadEntries = pgTable(
  "thread_entries",
  { key: text().notNull(), n: integer().notNull(), index: position().notNull() },
  (table) => [primaryKey({ columns: [table.key, table.n] })],
)

/** Growing and full hash tiles; the hashes of a partial tile are a prefix of the same tile grown. */
export const tiles = pgTable(
  "tiles",
  { level: integer().notNull(), index: position().notNull(), hashes: bytea().notNull() },
  (table) => [primaryKey({ columns: [table.level, table.index] })],
)

/** Signed heads, in order of size. Append-only. The third line of a note is its root, by which it is found. */
export const checkpoints = pgTable(
  "checkpoints",
  {
    size: position().primaryKey(),
    epoch: position().notNull(),
    note: text().notNull(),
    ...timestamps,
  },
  (table) => [index("checkpoints_root_index").on(sql`split_part(${table.note}, chr(10), 3)`)],
)

/** The fencing epoch of the sequencer that leads: one row, raised by whoever takes over. */
export const sequencer = pgTable("sequencer", { id: integer().primaryKey(), epoch: position().notNull() })

/**
 * The opened values of a fact's commitments, encrypted under the owner's key and a value key: JSON `[[path, salt, value], …]`.
 * Readers are the parties that may see them; regulators and operators see them by their role, and are logged.
 */
export const disclosures = pgTable(
  "disclosures",
  {
    subject: text().notNull(),
    version: integer().notNull(),
    owner: text().$type<Id<"party">>().notNull(),
    readers: text().array().notNull(),
    sealed: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.version, table.owner] })],
)

/** Exports as work: asked for here, done by the worker. What was taken home is the certified noun `exports`. */
export const exportRuns = pgTable(
  "export_runs",
  {
    id: text().$type<Id<"export">>().primaryKey(),
    party: text().$type<Id<"party">>(),
    order: jsonb().$type<ExportOrder>().notNull(),
    state: text().$type<"waiting" | "done" | "failed">().notNull(),
    /** Steps done of steps in all, for a progress bar. */
    done: position().notNull().default(0),
    total: position().notNull().default(0),
    bytes: position(),
    failure: jsonb().$type<Refusal>(),
    finishedAt: timestamp({ withTimezone: true, precision: 3, mode: "date" }),
    ...timestamps,
  },
  (table) => [index().on(table.party, table.id)],
)
