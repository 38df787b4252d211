import { index, pgTable } from "drizzle-orm/pg-core"
import type { Balance } from "#contracts/balance.ts"
import type { TopUp } from "#contracts/top-up.ts"
import type { Withdrawal } from "#contracts/withdrawal.ts"
import { certified, member } from "./certified.ts"

/** What parties have prepaid, a row for each party and currency. */
export const balances = pgTable("balances", { ...certified<Balance>(), party: member() }, (table) => [
  index().on(table.party),
])

/** Money that parties pay in to their balances. */
export const topUps = pgTable(
  "top_ups",
  { ...certified<TopUp>(), state: member(), party: member(), rail: member(), reference: member() },
  (table) => [index().on(table.party), index().on(table.state, table.id), index().on(table.reference)],
)

/** Money that parties take out of their balances. */
export const withdrawals = pgTable(
  "withdrawals",
  { ...certified<Withdrawal>(), state: member(), party: member(), reference: member() },
  (table) => [index().on(table.party), index().on(table.state, table.id), index().on(table.reference)],
)
