import { type SQL, sql } from "drizzle-orm"
import { integer, jsonb, text } from "drizzle-orm/pg-core"

/**
 * The columns of a certified noun: its whole state as one JSON row of the contract's type, with id and version
 * beside it. What queries filter by is generated from the row, so that nothing is written twice.
 * Only server/commit writes these tables.
 */
export const certified = <Row>() => ({
  id: text().primaryKey(),
  version: integer().notNull(),
  row: jsonb().$type<Row>().notNull(),
})

/** A text column that PostgreSQL reads out of the row: `member("state")` or `member("origin", "request")`. */
export const member = (...path: string[]) => text().generatedAlwaysAs(rowText(path))

function rowText(path: string[]): SQL {
  const steps = path.map((name) => `'${name}'`)
  const last = steps.pop()
  return sql.raw(`(${["row", ...steps].join("->")}->>${last})`)
}
