import { index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Payment } from "#contracts/payment.ts"
import { certified, member } from "./certified.ts"
import { timestamps } from "./columns.ts"

export const payments = pgTable(
  "payments",
  {
    ...certified<Payment>(),
    state: member(),
    trade: member(),
    rail: member(),
    reference: member(),
  },
  (table) => [index().on(table.trade), index().on(table.state), index().on(table.reference)],
)

/**
 * A call that moves money, written before it is made (MONEY §3.1): the business key, the exact parameters and
 * what is known of the outcome. `unknown` is a state of its own, cleared only by looking up.
 */
export const intents = pgTable("intents", {
  key: text().primaryKey(),
  payment: text().$type<Id<"payment">>().notNull(),
  kind: text().$type<"checkout" | "release" | "refund">().notNull(),
  parameters: jsonb().$type<Json>().notNull(),
  parametersHash: text().notNull(),
  state: text().$type<"ready" | "unknown" | "done" | "failed">().notNull(),
  /** The provider's object, or the operator's bank number. */
  reference: text(),
  failure: text(),
  attempts: integer().notNull().default(0),
  sentAt: timestamp({ withTimezone: true, precision: 3, mode: "date" }),
  ...timestamps,
})

/** Webhooks, kept once per event; applied by a job that fetches the object again. */
export const inbox = pgTable(
  "inbox",
  {
    provider: text().notNull(),
    event: text().notNull(),
    type: text().notNull(),
    object: text().notNull(),
    payload: jsonb().$type<Json>().notNull(),
    appliedAt: timestamp({ withTimezone: true, precision: 3, mode: "date" }),
    ...timestamps,
  },
  (table) => [uniqueIndex().on(table.provider, table.event), index().on(table.appliedAt)],
)
