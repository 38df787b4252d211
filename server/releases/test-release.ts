import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { gunzipSync } from "node:zlib"
import { drizzle } from "drizzle-orm/postgres-js"
import { migrate } from "drizzle-orm/postgres-js/migrator"
import { Logger, runMigrations } from "graphile-worker"
import type { Sql } from "postgres"
import { afterAll } from "vitest"
import type { PartyRole, UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { hourMs, type Time, toMs } from "#contracts/time.ts"
import { type Client, makeClient } from "#db/client.ts"
import { migrateDatabase } from "#db/migrate.ts"
import { makeClockMovable, moveClock } from "#db/test-clock.ts"
import { freshDatabase } from "#db/test-database.ts"
import { testMarket } from "../test-market.ts"

/**
 * What a release before left behind, byte for byte: the rows of every table, the writer's function of that
 * time, and the data folder. Nothing writes them again: what a later release reads of them is what it reads of markets
 * that were filled then.
 */
type Release = {
  /** The last migration that it knew: its file's name without `.sql`. */
  migration: string
  /** Of a test market's, and of nothing else. */
  masterKey: string
  /** When its last row was written. */
  at: Time
  people: Record<PartyRole & ("seller" | "buyer" | "operator" | "regulator"), UserActor>
  /** By the state that each is in. */
  trades: Record<string, Id<"trade">>
  /** Of the data folder, in base64. */
  files: Record<string, string>
  /** Makes the function that wrote. */
  writer: string
  sequences: Record<string, string>
  /** In an order in which no trigger changes what stands already; cells as PostgreSQL writes them as text. */
  tables: { table: string; columns: string[]; rows: (string | null)[][] }[]
}

const migrations = new URL("../../db/migrations", import.meta.url).pathname

/**
 * A market of a release before, in its own database: filled as that release left it, then brought to this release as a
 * start does, and opened with its own keys an hour later. `lost` answers what has changed of what was there.
 */
export async function upgradedMarket(name: string) {
  const release = JSON.parse(gunzipSync(readFileSync(new URL(name, import.meta.url))).toString()) as Release
  const home = mkdtempSync(join(tmpdir(), "quanheng-release-"))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  for (const [path, bytes] of Object.entries(release.files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), Buffer.from(bytes, "base64"), { mode: 0o600 })
  }
  const urls = await freshDatabase()
  const old = makeClient(urls.ownerUrl, { connections: 1, name: "test-release" })
  await emptyDatabase(old.sql)
  await migrateUpTo(old.sql, release.migration, home)
  await runMigrations({ connectionString: urls.ownerUrl, logger: new Logger(() => () => {}), maxPoolSize: 1 })
  await fill(old.sql, release)
  await old.close()
  const upgrade = () =>
    migrateDatabase({ ownerUrl: urls.ownerUrl, servingRole: new URL(urls.servingUrl).username })
  await upgrade()
  await makeClockMovable(urls.ownerUrl)
  const serving = makeClient(urls.servingUrl, { name: "test" })
  const owner = makeClient(urls.ownerUrl, { connections: 2, name: "test-owner" })
  afterAll(() => Promise.all([serving.close(), owner.close()]))
  await moveClock(owner.sql, toMs(release.at) + hourMs - (await moveClock(owner.sql, 0)))
  const database = { ...urls, ...serving, owner }
  const market = await testMarket({
    from: { database, home, masterKey: Buffer.from(release.masterKey, "base64") },
  })
  return { ...market, release, upgrade, lost: () => lostRows(owner, release) }
}

/** Tests begin with a copy of this release's database: all of it goes. */
async function emptyDatabase(sql: Sql): Promise<void> {
  await sql.unsafe(`
    drop schema public cascade; drop schema drizzle cascade; drop schema graphile_worker cascade;
    create schema public`)
}

/** Our migrations as they were when this one was the last. */
async function migrateUpTo(sql: Sql, last: string, home: string): Promise<void> {
  const folder = join(home, "migrations")
  cpSync(migrations, folder, { recursive: true })
  const journal = join(folder, "meta/_journal.json")
  const { entries, ...rest } = JSON.parse(readFileSync(journal, "utf8")) as { entries: { tag: string }[] }
  const upTo = entries.slice(0, entries.findIndex(({ tag }) => tag === last) + 1)
  if (upTo.length === 0) throw new Error(`no migration is called ${last}`)
  writeFileSync(journal, JSON.stringify({ ...rest, entries: upTo }))
  await migrate(drizzle(sql, { casing: "snake_case" }), { migrationsFolder: folder })
  rmSync(folder, { recursive: true })
}

async function fill(sql: Sql, { writer, sequences, tables }: Release): Promise<void> {
  await sql.unsafe(writer)
  for (const { table, columns, rows } of tables) {
    const types = await typesOf(sql, table)
    // Some migrations leave a first row; what may only be added to has none.
    if ((await sql.unsafe(`select from ${table} limit 1`)).length > 0)
      await sql.unsafe(`delete from ${table}`)
    const cells = columns.map((column, i) => `(r->>${i})::${types.get(column)}`)
    await sql.unsafe(
      `insert into ${table} (${namesOf(columns)}) overriding system value
        select ${cells.join(", ")} from json_array_elements($1::text::json) as r`,
      [JSON.stringify(rows)],
    )
  }
  for (const [name, last] of Object.entries(sequences)) await sql`select setval(${name}, ${last}::bigint)`
}

const namesOf = (columns: string[]): string => columns.map((column) => `"${column}"`).join(", ")

async function typesOf(sql: Sql, table: string): Promise<Map<string, string>> {
  const found = await sql<{ name: string; type: string }[]>`
    select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0`
  return new Map(found.map(({ name, type }) => [name, type]))
}

/** Rows of the release that are not there any more as they were, each with its table. */
async function lostRows({ sql }: Client, { tables }: Release): Promise<string[]> {
  const lost: string[] = []
  for (const { table, columns, rows } of tables) {
    const cells = columns.map((column) => `"${column}"::text`)
    const kept = new Set(
      await sql.begin(async (snapshot) => {
        // In which times of the fixture are written.
        await snapshot.unsafe("set local timezone to 'UTC'")
        const found = await snapshot.unsafe(`select ${cells.join(", ")} from ${table}`).values()
        return found.map((row) => JSON.stringify(row))
      }),
    )
    for (const row of rows.map((one) => JSON.stringify(one)))
      if (!kept.has(row)) lost.push(`${table}: ${row.slice(0, 300)}`)
  }
  return lost
}
