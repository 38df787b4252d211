import { sql } from "drizzle-orm"
import { bigint, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core"

/**
 * The book: one row a posting, debit positive and credit negative, append-only. A statement-level trigger
 * refuses a statement that leaves a journal unbalanced. No foreign keys (STACK: they cost 40 %); the audit checks.
 */
export const postings = pgTable(
  "postings",
  {
    sourceType: text().notNull(),
    sourceId: text().notNull(),
    leg: integer().notNull(),
    account: text().notNull(),
    currency: text().notNull(),
    amount: bigint({ mode: "bigint" }).notNull(),
    trade: text(),
    occurredAt: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceType, table.sourceId, table.leg] }),
    index().on(table.trade),
    // A party's movements are listed; of other accounts nobody asks for one owner's, and an index of all would cost.
    index("postings_balance_index")
      .on(table.account, table.occurredAt)
      .where(sql`account like 'buyer_credit:%'`),
  ],
)
