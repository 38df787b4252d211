import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { drizzle } from "drizzle-orm/postgres-js"
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator"
import { Logger, runMigrations } from "graphile-worker"
import { commitFunctionText } from "./commit-function.ts"
import { knownJobMigration } from "./commit-jobs.ts"
import { connect } from "./connect.ts"
import { grantServing } from "./roles.ts"

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url))

/** Two starts at the same time migrate one after the other: any number, as long as it stays the same. */
const migrationLock = 7_231_553_094

/** graphile-worker tells of each migration; nobody needs to read that, and what fails is thrown anyway. */
const silent = new Logger(() => () => {})

/**
 * Brings a database to this release: our migrations, graphile-worker's, the writer's function, the serving role's rights.
 * `ownerUrl` is the role that owns the tables; `servingRole` is null where one role does both. Safe to repeat.
 */
export async function migrateDatabase(options: {
  ownerUrl: string
  servingRole: string | null
}): Promise<void> {
  const sql = connect(options.ownerUrl, { connections: 1, name: "quanheng-migrate" })
  try {
    await sql`select pg_advisory_lock(${String(migrationLock)}::bigint)`
    if (existsSync(`${migrationsFolder}/meta/_journal.json`))
      await applyMigrations(drizzle(sql, { casing: "snake_case" }), { migrationsFolder })
    await runMigrations({ connectionString: options.ownerUrl, logger: silent, maxPoolSize: 1 })
    const [jobs] = await sql<
      { newest: number }[]
    >`select max(id)::int as newest from graphile_worker.migrations`
    await sql.unsafe(commitFunctionText(jobs?.newest === knownJobMigration))
    if (options.servingRole !== null) await grantServing(sql, options.servingRole)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
