import { index, pgTable } from "drizzle-orm/pg-core"
import type { Round } from "#contracts/match.ts"
import type { Request } from "#contracts/request.ts"
import { certified, member } from "./certified.ts"

export const requests = pgTable(
  "requests",
  { ...certified<Request>(), state: member(), buyer: member(), deadline: member() },
  (table) => [index().on(table.buyer), index().on(table.state, table.deadline)],
)

export const rounds = pgTable("rounds", { ...certified<Round>(), request: member() }, (table) => [
  index().on(table.request),
])
