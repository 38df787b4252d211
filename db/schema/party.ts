import { index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core"
import type { MemberRole } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Party } from "#contracts/party.ts"
import { certified, member } from "./certified.ts"
import { bytea, timestamps } from "./columns.ts"

export const parties = pgTable(
  "parties",
  { ...certified<Party>(), state: member(), identifier: member() },
  (table) => [uniqueIndex().on(table.identifier), index().on(table.state)],
)

export const members = pgTable(
  "members",
  {
    party: text().$type<Id<"party">>().notNull(),
    user: text().$type<Id<"user">>().notNull(),
    role: text().$type<MemberRole>().notNull(),
    ...timestamps,
  },
  (table) => [primaryKey({ columns: [table.party, table.user] }), index().on(table.user)],
)

/** A party's own secrets, wrapped by the master key. */
export const partyKeys = pgTable("party_keys", {
  party: text().$type<Id<"party">>().primaryKey(),
  /** Blinds the party's thread keys. */
  blinding: bytea().notNull(),
  /** Has its part, with a value key (server/commit/value-keys.ts), in encrypting what the party keeps confidential. */
  data: bytea().notNull(),
  ...timestamps,
})
