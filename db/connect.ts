import { setTimeout as delay } from "node:timers/promises"
import postgres, { type Sql } from "postgres"
import { makeSocket } from "./socket.ts"

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

/** One connection of its own, for what belongs to a session: its locks. */
export type Session = {
  readonly sql: Sql
  /** True once the connection has closed: what the session held is gone, and `sql` answers with errors. */
  readonly ended: boolean
  close(): Promise<void>
}

/**
 * A session beside a pool, to the same database; arrays do not pass through it. It is not a connection reserved from
 * the pool: one that has closed goes on as another, without the session's locks (postgres.js 3.4.9).
 */
export function openSession(pool: Sql): Session {
  let ended = false
  // Another connection would have no locks, and may meet a server that has lost something meanwhile: never open one.
  const onclose = () => {
    ended = true
    void sql.end({ timeout: 0 })
  }
  // As postgres.js makes its own connection to listen. It asks for no array types (see `arrays`): a session is what breaks
  // when others take over, and an unheeded promise ends the process.
  const own = { ...pool.options, max: 1, idle_timeout: null, max_lifetime: null, fetch_types: false, onclose }
  const sql = postgres(own as unknown as postgres.Options<Record<string, never>>) as unknown as Sql
  return {
    sql,
    get ended() {
      return ended
    },
    close: () => sql.end({ timeout: 1 }),
  }
}
