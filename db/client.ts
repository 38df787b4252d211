import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js"
import type { Sql } from "postgres"
import { type ClientOptions, connect } from "./connect.ts"

export type Database = PostgresJsDatabase

/**
 * One pool, seen twice: `sql` for hand-written statements, `db` for drizzle's. Drizzle turns off the driver's
 * own conversions for both: dates and times come as text, and a JSON parameter is passed as JSON text.
 * An `int8` column comes as a bigint through both, never as a rounded number.
 */
export type Client = { sql: Sql; db: Database; close(): Promise<void> }

/** A pool of its own, which the caller closes. Throws TypeError for an address that is no URL. */
export function makeClient(url: string, options: ClientOptions = {}): Client {
  const sql = connect(url, options)
  const db = drizzle(sql, { casing: "snake_case" })
  return { sql, db, close: () => sql.end({ timeout: 5 }) }
}

const shared = globalThis as typeof globalThis & { quanhengClients?: Map<string, Client> }

/**
 * The process's one pool for this address. It lives on globalThis, for a bundler loads this module once for
 * each of its bundles and every copy would open connections of its own.
 */
export function sharedClient(url: string, options: ClientOptions = {}): Client {
  shared.quanhengClients ??= new Map()
  const known = shared.quanhengClients.get(url)
  if (known) return known
  const client = makeClient(url, options)
  shared.quanhengClients.set(url, client)
  return client
}
