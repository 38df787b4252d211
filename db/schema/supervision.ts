import { index, pgTable } from "drizzle-orm/pg-core"
import type { ExportRecord, Freeze, Opening } from "#contracts/supervision.ts"
import { certified, member } from "./certified.ts"

export const freezes = pgTable(
  "freezes",
  { ...certified<Freeze>(), state: member("state"), target: member("target"), expires: member("expires") },
  (table) => [index().on(table.target), index().on(table.state, table.expires)],
)

export const exports = pgTable("exports", certified<ExportRecord>())

export const openings = pgTable("openings", certified<Opening>())
