import { sql } from "drizzle-orm"
import { bigint, index, integer, json, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core"
import type { AsideReason, BankDirection, BankFile, MatchKind } from "#contracts/bank-file.ts"
import type { Id } from "#contracts/ids.ts"
import { certified } from "./certified.ts"
import { timestamps } from "./columns.ts"

/** The bank's statements that were imported. */
export const bankFiles = pgTable("bank_files", certified<BankFile>())

/**
 * The lines of the platform's bank account, each once (`key`: server/bank-files/line-keys.ts). A line counts once its
 * file is among the bank's files: those of an import that came to its end in between are kept with the next one.
 * Append-only.
 */
export const bankLines = pgTable(
  "bank_lines",
  {
    id: text().$type<Id<"bankLine">>().primaryKey(),
    file: text().$type<Id<"bankFile">>().notNull(),
    account: text().notNull(),
    key: text().notNull(),
    row: integer().notNull(),
    date: text().notNull(),
    direction: text().$type<BankDirection>().notNull(),
    amount: bigint({ mode: "bigint" }).notNull(),
    currency: text().notNull(),
    /** The bank's own, plain; null where it gave none. */
    reference: text(),
    number: text().notNull(),
    counterparty: text().notNull(),
    counterAccount: text().notNull(),
    text: text().notNull(),
    ...timestamps,
  },
  (table) => [
    uniqueIndex().on(table.account, table.key),
    index().on(table.file, table.row),
    index().on(table.account, table.reference).where(sql`reference is not null`),
    index().on(table.number),
  ],
)

/** What a file came to, written with its lines; the writer tells of it right after, or with the next import. */
export const bankImports = pgTable("bank_imports", {
  file: text().$type<Id<"bankFile">>().primaryKey(),
  row: json().$type<BankFile>().notNull(),
  ...timestamps,
})

/** What a person did with a line that confirms nothing here: the last step counts. Append-only. */
export const bankLineSteps = pgTable(
  "bank_line_steps",
  {
    line: text().$type<Id<"bankLine">>().notNull(),
    n: integer().notNull(),
    step: text().$type<"setAside" | "takenBack">().notNull(),
    reason: text().$type<AsideReason>(),
    note: text(),
    user: text().$type<Id<"user">>().notNull(),
    command: text().$type<Id<"command">>().notNull(),
    ...timestamps,
  },
  (table) => [primaryKey({ columns: [table.line, table.n] }), uniqueIndex().on(table.command)],
)

/**
 * What each number of the bank's has confirmed. That it confirms only one thing is kept by its ticket among the seats,
 * in the commit itself; this tells what it was. Append-only.
 */
export const bankUses = pgTable(
  "bank_uses",
  {
    /** In capitals. */
    number: text().primaryKey(),
    kind: text().$type<MatchKind>().notNull(),
    thing: text().notNull(),
    attempt: integer().notNull().default(1),
    /** The line by which it was confirmed; null where somebody typed the number. */
    line: text().$type<Id<"bankLine">>(),
    /** Null for what was confirmed before this was kept. */
    user: text().$type<Id<"user">>(),
    ...timestamps,
  },
  (table) => [index().on(table.kind, table.thing), uniqueIndex().on(table.line)],
)
