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
import type { Chargeback } from "#contracts/chargeback.ts"
import type { Debt } from "#contracts/debt.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Payment } from "#contracts/payment.ts"
import type { Payout } from "#contracts/payout.ts"
import type { Refund } from "#contracts/refund.ts"
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

/** Refunds beside the parting of a trade. */
export const refunds = pgTable(
  "refunds",
  { ...certified<Refund>(), state: member(), trade: member(), payment: member(), rail: member() },
  (table) => [index().on(table.trade), index().on(table.payment), index().on(table.state, table.id)],
)

/** What sellers have to give back. */
export const debts = pgTable(
  "debts",
  { ...certified<Debt>(), state: member(), seller: member(), trade: member(), payment: member() },
  (table) => [
    index().on(table.trade),
    index().on(table.seller, table.state),
    index().on(table.state, table.id),
  ],
)

/** Payments that buyers' banks took back. */
export const chargebacks = pgTable(
  "chargebacks",
  { ...certified<Chargeback>(), state: member(), trade: member(), reference: member() },
  (table) => [index().on(table.trade), index().on(table.state, table.id), uniqueIndex().on(table.reference)],
)

/** The platform's own payouts, from the provider to its bank. */
export const payouts = pgTable(
  "payouts",
  { ...certified<Payout>(), state: member(), reference: member() },
  (table) => [index().on(table.state, table.id), index().on(table.reference)],
)

export type IntentKind =
  | "checkout"
  | "release"
  | "refund"
  | "giveBack"
  | "reversal"
  | "evidence"
  | "concession"
  | "payout"

/**
 * A call that moves money, written before it is made (MONEY §3.1): the business key, the exact parameters and
 * what is known of the outcome. `unknown` is a state of its own, cleared only by looking up.
 */
export const intents = pgTable(
  "intents",
  {
    key: text().primaryKey(),
    /** Null for what concerns no payment: the platform's own payouts, and top-ups of balances. */
    payment: text().$type<Id<"payment">>(),
    /** The refund, debt, chargeback, payout or top-up that it is for; null for what is the payment's own. */
    subject: text().$type<Id<"refund"> | Id<"debt"> | Id<"chargeback"> | Id<"payout"> | Id<"topUp">>(),
    kind: text().$type<IntentKind>().notNull(),
    parameters: jsonb().$type<Json>().notNull(),
    parametersHash: text().notNull(),
    state: text().$type<"ready" | "unknown" | "done" | "failed">().notNull(),
    /** The provider's object, or the operator's bank number. */
    reference: text(),
    failure: text(),
    attempts: integer().notNull().default(0),
    sentAt: timestamp({ withTimezone: true, precision: 3, mode: "date" }),
    /** Its last sending; null where it was sent only before this was kept. */
    lastSentAt: timestamp({ withTimezone: true, precision: 3, mode: "date" }),
    ...timestamps,
  },
  (table) => [index().on(table.payment), index().on(table.subject)],
)

/** Webhooks, kept once per event; applied by a job that fetches the object again. */
export const inbox = pgTable(
  "inbox",
  {
    provider: text().notNull(),
    event: text().notNull(),
    type: text().notNull(),
    /** Of the object: what server/payments/appliers.ts finds the function by. */
    kind: text().notNull().default("other"),
    object: text().notNull(),
    payload: jsonb().$type<Json>().notNull(),
    attempts: integer().notNull().default(0),
    /** What the last attempt was refused with. */
    refusal: text(),
    /** When it was dealt with: applied, put aside, or refused for good. */
    appliedAt: timestamp({ withTimezone: true, precision: 3, mode: "date" }),
    ...timestamps,
  },
  (table) => [uniqueIndex().on(table.provider, table.event), index().on(table.appliedAt)],
)

/** How far a list of the provider's has been read; it is read again from some time before that. */
export const providerCursors = pgTable(
  "provider_cursors",
  { provider: text().notNull(), list: text().notNull(), at: text().notNull() },
  (table) => [primaryKey({ columns: [table.provider, table.list] })],
)

/**
 * What somebody has to look at: something outside that was refused, or that the book and the provider tell
 * differently. One open row for each subject, however often it is found; never settled by itself but where the
 * cause has gone.
 */
export const alerts = pgTable(
  "alerts",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text().notNull(),
    subject: text().notNull(),
    code: text().notNull(),
    detail: jsonb().$type<Json>().notNull(),
    count: integer().notNull().default(1),
    lastAt: timestamp({ withTimezone: true, precision: 3, mode: "date" }).notNull().defaultNow(),
    closedAt: timestamp({ withTimezone: true, precision: 3, mode: "date" }),
    /** The user who closed it; null where the cause has gone. */
    closedBy: text(),
    note: text(),
    ...timestamps,
  },
  (table) => [uniqueIndex().on(table.kind, table.subject).where(sql`closed_at is null`)],
)
