import { integer, json, text } from "drizzle-orm/pg-core"

/**
 * The columns of a certified noun: its whole state as one JSON row of the contract's type, with id and version
 * beside it. Only server/commit writes these tables, and always the whole row; so the row is JSON as it came
 * (`json`: taking it apart for `jsonb` costs as much as all else of a write).
 */
export const certified = <Row>() => ({
  id: text().primaryKey(),
  version: integer().notNull(),
  row: json().$type<Row>().notNull(),
})

/**
 * A member of the row that queries filter by, in a column of the same name: the writer copies it out of the row
 * with every write (db/nouns.ts), null where the row has none.
 */
export const member = () => text()
