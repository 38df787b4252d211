import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Sql } from "postgres"
import { connect } from "./connect.ts"
import { startCluster } from "./embedded/cluster.ts"
import { superuser } from "./embedded/data-folder.ts"
import { migrateDatabase } from "./migrate.ts"
import { createDatabase, createRoles, trustJson } from "./roles.ts"

/** The two addresses of one database: the role that owns and migrates it, and the one the product uses. */
export type DatabaseUrls = { ownerUrl: string; servingUrl: string }

/** A PostgreSQL for tests and benches: thrown away at the end, and not careful with the disk. */
export type TestServer = {
  /** A new, migrated and empty database; about 50 ms. */
  freshDatabase(): Promise<DatabaseUrls>
  /** `pg_stat_activity` and the like; tests of the product use the serving role. */
  superuserUrl: string
  /** Ends the server, with every connection, and removes its files. */
  stop(): Promise<void>
}

const ownerRole = "quanheng_owner"
const servingRole = "quanheng_serving"
const template = "quanheng_template"
const prefix = "quanheng-test-"

/** Starts the server (about 1.5 s) with a migrated template that every fresh database is a copy of. */
export async function startTestServer(options: { durable?: boolean } = {}): Promise<TestServer> {
  removeAbandoned()
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  const password = randomBytes(12).toString("hex")
  const cluster = await startCluster({
    folder: join(folder, "postgres"),
    socketFolder: makeFolder(join(folder, "run")),
    logFile: join(folder, "postgres.log"),
    superuserPassword: password,
    durable: options.durable ?? false,
  })
  const superuserUrl = cluster.url("postgres", superuser, password)
  const sql = connect(superuserUrl, { connections: 2, name: "test-server" })
  if (options.durable) await growLog(sql)
  await createRoles(sql, { role: ownerRole, password }, { role: servingRole, password })
  await createDatabase(sql, { name: template, owner: ownerRole })
  const inTemplate = connect(cluster.url(template, superuser, password), {
    connections: 1,
    name: "test-server",
  })
  await trustJson(inTemplate)
  await inTemplate.end({ timeout: 1 })
  await migrateDatabase({ ownerUrl: cluster.url(template, ownerRole, password), servingRole })
  let count = 0
  return {
    superuserUrl,
    async freshDatabase() {
      const name = `test_${++count}`
      // Its files copied, not written anew through the log, which takes twice the work.
      await sql.unsafe(`create database ${name} owner ${ownerRole} template ${template} strategy file_copy`)
      return {
        ownerUrl: cluster.url(name, ownerRole, password),
        servingUrl: cluster.url(name, servingRole, password),
      }
    },
    async stop() {
      await sql.end({ timeout: 1 })
      // Nobody misses what it holds: there is no last checkpoint.
      cluster.process.kill("SIGQUIT")
      await cluster.exited
      // The gigabytes of many tests are removed while others go on; a bench has the disk to itself.
      if (options.durable) rmSync(folder, { recursive: true, force: true })
      else spawn("rm", ["-rf", folder], { detached: true, stdio: "ignore" }).unref()
    },
  }
}

/**
 * The write-ahead log's files of a market that has run for some days: they were made once and are used again and
 * again (db/embedded/cluster.ts), which a bench of its first minute would not show. The slot keeps checkpoints from
 * taking the first ones again before the last ones are made.
 */
async function growLog(superuser: Sql): Promise<void> {
  await superuser`select pg_create_physical_replication_slot('grow', true)`
  const [row] = await superuser<{ files: bigint }[]>`
    select pg_size_bytes(current_setting('min_wal_size')) / pg_size_bytes(current_setting('wal_segment_size')) as files`
  for (let file = 0; file < Number(row?.files); file++)
    await superuser`select pg_switch_wal() from pg_logical_emit_message(false, 'grow', 'on')`
  await superuser`select pg_drop_replication_slot('grow')`
  await superuser`checkpoint`
}

function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true })
  return path
}

/** Folders of test runs that were killed; their PostgreSQL died with them. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1])
    if (pid > 0 && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}
