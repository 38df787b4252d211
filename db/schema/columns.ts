import { customType, timestamp } from "drizzle-orm/pg-core"

/** When a row was first written, by the database clock. Rows of one statement share it. */
export const timestamps = {
  createdAt: timestamp({ withTimezone: true, precision: 3, mode: "date" }).notNull().defaultNow(),
}

export const bytea = customType<{ data: Uint8Array }>({ dataType: () => "bytea" })
