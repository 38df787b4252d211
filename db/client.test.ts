import { once } from "node:events"
import { type AddressInfo, connect as connectSocket, createServer, type Socket } from "node:net"
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises"
import { bigint, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core"
import { runMigrations } from "graphile-worker"
import postgres from "postgres"
import { describe, expect, onTestFinished, test, vi } from "vitest"
import { connect, openSession, untilAnswers } from "./connect.ts"
import { appendOnlyTables, grantServing } from "./roles.ts"
import { makeSocket } from "./socket.ts"
import { testDatabase } from "./test-database.ts"

const database = await testDatabase()

test("an int8 beyond 2^53 comes back exactly, through both faces of the pool", async () => {
  await database.owner.sql`create table large_number (id int8 primary key, is_known bool, raw jsonb)`
  await database.owner.sql`grant all on large_number to quanheng_serving`
  await database.sql`insert into large_number values (9007199254740993, true, '{"a":1}')`
  const [row] = await database.sql`select id from large_number`
  expect(row?.id).toBe(9007199254740993n)
  const table = pgTable("large_number", { id: bigint({ mode: "bigint" }), raw: jsonb() })
  expect(await database.db.select().from(table)).toEqual([{ id: 9007199254740993n, raw: { a: 1 } }])
})

test("camelCase columns are snake_case in the database, and a timestamp is a Date", async () => {
  await database.owner.sql`create table noun (full_name text, created_at timestamptz)`
  await database.owner.sql`grant all on noun to quanheng_serving`
  const table = pgTable("noun", { fullName: text(), createdAt: timestamp({ withTimezone: true }) })
  const row = { fullName: "权衡", createdAt: new Date("2026-11-24T00:00:00.123Z") }
  await database.db.insert(table).values(row)
  expect(await database.db.select().from(table)).toEqual([row])
})

test("the serving role owns nothing and makes nothing", async () => {
  const [row] =
    await database.sql`select current_user as role, rolsuper from pg_roles where rolname = current_user`
  expect(row).toEqual({ role: "quanheng_serving", rolsuper: false })
  await expect(database.sql`create table mine (id int)`).rejects.toThrow(/permission denied/)
})

test("jobs can be queued and read by the serving role, and its worker finds nothing to migrate", async () => {
  const [job] = await database.sql`select id, (select count(*) from graphile_worker.jobs) as before
    from graphile_worker.add_job('greet', '{"name":"a"}'::json)`
  expect(job?.before).toBe(0n)
  const jobs = await database.sql`select task_identifier from graphile_worker.jobs`
  expect([...jobs]).toEqual([{ task_identifier: "greet" }])
  await runMigrations({ connectionString: database.servingUrl, maxPoolSize: 1 })
})

test("a session that has ended answers with errors, never from another connection", async () => {
  const session = openSession(database.sql)
  const [own] = await session.sql<{ pid: number }[]>`select pg_backend_pid() as pid`
  await database.sql`select pg_terminate_backend(${own?.pid ?? 0}, 5000)`
  await expect.poll(() => session.ended, { interval: 5 }).toBe(true)
  for (let i = 0; i < 3; i++) await expect(session.sql`select 1`).rejects.toThrow("CONNECTION_ENDED")
  await session.close()
})

test("what is written once is neither changed nor deleted by the serving role", async () => {
  for (const table of appendOnlyTables)
    await database.owner.sql.unsafe(`create table if not exists ${table} (id int)`)
  await database.owner.sql`create table if not exists ordinary (id int)`
  await grantServing(database.owner.sql, "quanheng_serving")
  const rightsOf = async (table: string) => {
    const rights = ["INSERT", "SELECT", "UPDATE", "DELETE", "TRUNCATE"]
    const rows = await database.owner.sql<{ name: string }[]>`
      select name from unnest(${rights}::text[]) name where has_table_privilege('quanheng_serving', ${table}, name)`
    return rows.map(({ name }) => name)
  }
  for (const table of appendOnlyTables) expect(await rightsOf(table)).toEqual(["INSERT", "SELECT"])
  expect(await rightsOf("ordinary")).toEqual(["INSERT", "SELECT", "UPDATE", "DELETE"])
})

/** Connections to the database through a proxy, which sees what is sent and can break them. */
async function openProxy() {
  const { hostname, username, password, port, pathname } = new URL(database.servingUrl)
  const open: Socket[] = []
  const sent: Buffer[] = []
  const proxy = createServer((near) => {
    const far = connectSocket(`${decodeURIComponent(hostname)}/.s.PGSQL.${port}`)
    near.on("data", (part) => sent.push(part))
    near
      .pipe(far)
      .pipe(near)
      .on("error", () => {})
    far.on("error", () => {})
    open.push(near)
  }).listen(0, "127.0.0.1")
  await once(proxy, "listening")
  const { port: tcp } = proxy.address() as AddressInfo
  return { url: `postgres://${username}:${password}@127.0.0.1:${tcp}${pathname}`, open, sent, proxy }
}

test("a session sends nothing of its own, whose failure nobody would heed", async () => {
  const { url, sent, proxy } = await openProxy()
  const pool = connect(url)
  const session = openSession(pool)
  expect(await session.sql`select 1 as one`).toEqual([{ one: 1 }])
  expect(Buffer.concat(sent).toString("latin1")).not.toContain("pg_type")
  await session.close()
  await pool.end({ timeout: 0 })
  proxy.close()
})

test("an answered query holds on to nothing that it was asked with", async () => {
  const asked = ["x".repeat(1000)]
  const query = database.sql.unsafe("select length($1::text) as length", asked, { prepare: true })
  expect(await query).toEqual([{ length: 1000 }])
  expect(query).toMatchObject({ args: null, parameters: null })
})

test("a query that is sent as its connection breaks settles, and the next one is answered", async () => {
  const { url, open, proxy } = await openProxy()
  const sql = connect(url, { connections: 1 })
  for (let i = 0; i < 3; i++) {
    await sql`select 1`
    const broken = sql`select pg_sleep(10)`.catch(() => sql`select 2 as value`)
    await delay(50)
    open.pop()?.resetAndDestroy()
    expect(await Promise.race([broken, delay(5000, "hangs")])).toEqual([{ value: 2 }])
  }
  await sql.end({ timeout: 0 })
  proxy.close()
}, 30_000)

/**
 * postgres.js 3.4.9 keeps a connection's old state when it closes (its issues 1154, 1208 and 1216); each of these
 * failed before scripts/mend-postgres.mjs.
 */
describe("a connection that breaks", () => {
  const openOne = async () => {
    const proxy = await openProxy()
    const sql = connect(proxy.url, { connections: 1, arrays: false })
    onTestFinished(async () => {
      await sql.end({ timeout: 0 })
      proxy.proxy.close()
    })
    await sql`select 1`
    return { sql, break: () => proxy.open.pop()?.resetAndDestroy() }
  }

  test("beneath a transaction's query ends the transaction, and nothing else", async () => {
    const one = await openOne()
    const transaction = one.sql.begin((sql) => sql`select pg_sleep(10)`).catch(String)
    await delay(50)
    one.break()
    expect(await Promise.race([transaction, delay(5000, "hangs")])).toMatch(/CONNECTION_CLOSED|ECONNRESET/)
    expect(await Promise.race([one.sql`select 3 as value`, delay(5000, "hangs")])).toEqual([{ value: 3 }])
  })

  test("settles what its transaction has yet to send", async () => {
    const one = await openOne()
    const fates = Promise.withResolvers<PromiseSettledResult<unknown>[]>()
    const transaction = one.sql
      .begin(async (sql) => {
        const queries = [sql`select pg_sleep(${10})`, sql`select ${2}::int`, sql`select ${3}::int`]
        fates.resolve(await Promise.allSettled(queries))
      })
      .catch(String)
    await delay(50)
    one.break()
    const told = await Promise.race([fates.promise, delay(5000, [])])
    expect(told.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"])
    expect(await transaction).toMatch(/CONNECTION_CLOSED|ECONNRESET/)
  })

  test("between a transaction's queries lets none of the later ones into another transaction", async () => {
    await database.owner.sql`create table kept (value int)`
    await database.owner.sql`grant all on kept to quanheng_serving`
    const one = await openOne()
    const [isOver, go] = [Promise.withResolvers<string>(), Promise.withResolvers<void>()]
    const first = one.sql
      .begin(async (sql) => {
        await sql`insert into kept values (1)`
        await go.promise
        isOver.resolve(await sql`insert into kept values (2)`.then(() => "written", String))
      })
      .catch(String)
    const locks = () => database.owner.sql`select from pg_locks where relation = 'kept'::regclass`
    await vi.waitUntil(async () => (await locks()).length > 0, 10_000)
    one.break()
    expect(await first).toMatch(/CONNECTION_CLOSED/)
    await one.sql.begin(async (sql) => {
      await sql`insert into kept values (3)`
      go.resolve()
      expect(await Promise.race([isOver.promise, delay(5000, "hangs")])).toMatch(/CONNECTION_CLOSED/)
      await sql`insert into kept values (4)`
    })
    expect(await database.sql`select value from kept order by value`).toEqual([{ value: 3 }, { value: 4 }])
  })

  test("with a query in hand that is not yet written answers the next one", async () => {
    const { servingUrl } = database
    const sockets: Socket[] = []
    const socket = (target: Parameters<typeof makeSocket>[0]) => {
      const made = makeSocket(target)
      sockets.push(made)
      return made
    }
    const host = decodeURIComponent(new URL(servingUrl).hostname)
    const sql = postgres(servingUrl, { host, max: 1, fetch_types: false, ...({ socket } as object) })
    onTestFinished(() => sql.end({ timeout: 0 }))
    await sql`select 1`
    // Made after this turn's writes and before its closing of handles.
    await nextTurn()
    const lost = sql`select 2 as value`.catch(String)
    sockets[0]?.destroy()
    expect(await lost).toMatch(/CONNECTION_CLOSED/)
    expect(await Promise.race([sql`select 3 as value`, delay(5000, "hangs")])).toEqual([{ value: 3 }])
  })

  test("because the server ends it fails what was under way, and not the next query too", async () => {
    const one = await openOne()
    const [{ pid } = {}] = await one.sql`select pg_backend_pid() as pid`
    const lost = one.sql`select value, pg_sleep(0.01) from generate_series(1, 5000) value`.catch(String)
    await delay(100)
    await database.sql`select pg_terminate_backend(${pid})`
    expect(await lost).toMatch(/terminating|CONNECTION_CLOSED|ECONNRESET/)
    expect(await one.sql`select 3 as value`).toEqual([{ value: 3 }])
  })
})

test("a database that is not there is waited for, and told of in the end", async () => {
  const url = new URL(database.servingUrl)
  url.port = "1"
  const sql = connect(url.href)
  await expect(untilAnswers(sql, 300)).rejects.toThrow(/ENOENT|ECONNREFUSED/)
})
