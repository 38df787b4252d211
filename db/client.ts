import { setTimeout as delay } from "node:timers/promises"
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js"
import postgres, { type Sql } from "postgres"
import { makeSocket } from "./socket.ts"

export type Database = PostgresJsDatabase

/**
 * One pool, seen twice: `sql` for hand-written statements, `db` for drizzle's. Drizzle turns off the driver's
 * own conversions for both: dates and times come as text, and a JSON parameter is passed as JSON text.
 * An `int8` column comes as a bigint through both, never as a rounded number.
 */
export type Client = { sql: Sql; db: Database; close(): Promise<void> }

export type ClientOptions = {
  /** Largest number of connections; 10 when not given. */
  connections?: number
  /** Shown in pg_stat_activity. */
  name?: string
  /**
   * False where no array is read or written: then a new connection does not first ask for the array types, which
   * postgres.js leaves as an unheeded promise when the connection breaks meanwhile.
   */
  arrays?: false
  /** Server settings of each session, as `jit: "off"`. */
  settings?: Readonly<Record<string, string>>
  /** Called whenever a connection has closed: what answers next may be another server, or an older state of this one. */
  onClose?: () => void
}

/**
 * A postgres.js pool for a `postgres://` address. A Unix socket is written as libpq writes it, with the folder
 * percent-encoded in the place of the host (`postgres://user:password@%2Frun%2Fmarket:5432/quanheng`): `pg`,
 * psql and pgbench read that themselves, postgres.js has to be told.
 */
export function connect(url: string, options: ClientOptions = {}): Sql {
  const host = decodeURIComponent(new URL(url).hostname)
  const pool = postgres(url, {
    ...(host.startsWith("/") ? { host } : {}),
    max: options.connections ?? 10,
    types: { bigint: postgres.BigInt },
    connection: { ...options.settings, application_name: options.name ?? "quanheng" },
    onnotice: () => {},
    fetch_types: options.arrays ?? true,
    // postgres.js has these options and its types do not.
    ...({ socket: makeSocket, onclose: options.onClose } as object),
  })
  return pool as unknown as Sql
}

/** Waits for a database that is just starting; throws its answer when it has none after the time. */
export async function untilAnswers(sql: Sql, limitMs = 30_000): Promise<void> {
  for (const end = Date.now() + limitMs; ; await delay(100)) {
    try {
      await sql`select 1`
      return
    } catch (error) {
      if (Date.now() > end) throw error
    }
  }
}

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
