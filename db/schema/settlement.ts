import { sql } from "drizzle-orm"
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core"
import type { Correction } from "#contracts/correction.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Settlement } from "#contracts/settlement.ts"
import { certified, member } from "./certified.ts"
import { timestamps } from "./columns.ts"

/** What each comparison with the provider's book has booked. */
export const settlements = pgTable("settlements", certified<Settlement>())

/** What people have booked by hand: lines in suspense that turned out to be something, and tax that was paid. */
export const corrections = pgTable(
  "corrections",
  { ...certified<Correction>(), state: member(), reference: member() },
  (table) => [index().on(table.state, table.id), index().on(table.reference)],
)

const minor = () => bigint({ mode: "bigint" }).notNull()

/** The provider's own book, line by line, as it told it first. Append-only. */
export const providerLines = pgTable(
  "provider_lines",
  {
    provider: text().notNull(),
    entry: text().notNull(),
    /** In our words (server/payments/provider.ts), and in the provider's. */
    kind: text().notNull(),
    type: text().notNull(),
    source: text(),
    /** The business key and the payment that its source carries; the key as `release:<id>:<attempt>`. */
    key: text(),
    payment: text(),
    amount: minor(),
    fee: minor(),
    net: minor(),
    currency: text().notNull(),
    at: text().notNull(),
    availableAt: text().notNull(),
    ...timestamps,
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.entry] }),
    index().on(table.createdAt),
    index().on(table.availableAt),
  ],
)

/**
 * What became of each line, each at most once. `matched`: it is this journal, and what the journal does not say (the
 * fee) is booked. `own`: it is the platform's own. `suspended`: nothing explains it. `settled`: it is available.
 * `cleared`: a suspended one has turned out to be a journal's after all, and `unsettled`: what of it the journal says to
 * be available was booked twice then. `amount` is debited to `account` out of `provider_pending`, or
 * into it where it is negative. A step counts once its settlement is there. Append-only.
 */
export const lineSteps = pgTable(
  "line_steps",
  {
    provider: text().notNull(),
    entry: text().notNull(),
    step: text().$type<"matched" | "own" | "suspended" | "settled" | "cleared" | "unsettled">().notNull(),
    settlement: text().notNull(),
    account: text().notNull(),
    currency: text().notNull(),
    amount: minor(),
    sourceType: text(),
    sourceId: text(),
    ...timestamps,
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.entry, table.step] }),
    index().on(table.settlement),
    uniqueIndex().on(table.sourceType, table.sourceId).where(sql`step = 'matched'`),
    index().on(table.provider, table.entry).where(sql`step = 'suspended'`),
  ],
)

/** Each comparison with the provider's book, also where it had nothing to book. */
export const settlementRuns = pgTable(
  "settlement_runs",
  {
    /** The settlement's id, where there is one. */
    id: text().primaryKey(),
    provider: text().notNull(),
    /** `begun` until what it found is booked. */
    state: text().$type<"begun" | "booked" | "nothing">().notNull(),
    /** New lines, and what became of lines in this run. */
    lines: integer().notNull().default(0),
    matched: integer().notNull().default(0),
    suspended: integer().notNull().default(0),
    settled: integer().notNull().default(0),
    /** Journals that no line shows, though it should by now. */
    missing: integer().notNull().default(0),
    /** Of each currency: what the provider says it has, and what its lines and the book come to. */
    balances: jsonb().$type<Json>(),
    endedAt: timestamp({ withTimezone: true, precision: 3, mode: "date" }),
    ...timestamps,
  },
  (table) => [index().on(table.createdAt)],
)
