import { boolean, index, integer, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core"
import type { Id } from "#contracts/ids.ts"

const moment = () => timestamp({ withTimezone: true, precision: 3, mode: "date" })
const lives = { createdAt: moment().notNull(), updatedAt: moment().notNull() }

/** People. The names of the columns of the first four tables are better-auth's; it writes them. */
export const users = pgTable(
  "users",
  {
    id: text().$type<Id<"user">>().primaryKey(),
    name: text().notNull(),
    /** Lower case. */
    email: text().notNull(),
    emailVerified: boolean().notNull().default(false),
    image: text(),
    ...lives,
  },
  (table) => [uniqueIndex().on(table.email)],
)

/** A row is a signed-in browser; deleting it signs that browser out. The cookie is the token, signed. */
export const sessions = pgTable(
  "sessions",
  {
    id: text().$type<Id<"session">>().primaryKey(),
    userId: text()
      .$type<Id<"user">>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    token: text().notNull(),
    expiresAt: moment().notNull(),
    ipAddress: text(),
    userAgent: text(),
    ...lives,
  },
  (table) => [uniqueIndex().on(table.token), index().on(table.userId)],
)

/** How a person proves who they are: now only a password, as its scrypt hash. */
export const credentials = pgTable(
  "credentials",
  {
    id: text().$type<Id<"credential">>().primaryKey(),
    userId: text()
      .$type<Id<"user">>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    providerId: text().notNull(),
    accountId: text().notNull(),
    password: text(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: moment(),
    refreshTokenExpiresAt: moment(),
    scope: text(),
    ...lives,
  },
  (table) => [uniqueIndex().on(table.providerId, table.accountId), index().on(table.userId)],
)

/** One-time codes of better-auth; none are made until the market can send mail. */
export const verifications = pgTable(
  "verifications",
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: moment().notNull(),
    ...lives,
  },
  (table) => [index().on(table.identifier)],
)

/** Attempts to sign in that have not succeeded, by account and by address, counted within a window of time. */
export const signInAttempts = pgTable(
  "sign_in_attempts",
  { key: text().primaryKey(), count: integer().notNull(), startedAt: moment().notNull().defaultNow() },
  (table) => [index().on(table.startedAt)],
)
