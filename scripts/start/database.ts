import { createHash } from "node:crypto"
import { existsSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import type { Sql } from "postgres"
import { connect } from "#db/connect.ts"
import { type Cluster, startCluster } from "#db/embedded/cluster.ts"
import { superuser } from "#db/embedded/data-folder.ts"
import { PlainFailure } from "#db/embedded/plain-failure.ts"
import { migrateDatabase } from "#db/migrate.ts"
import { createDatabase, createRoles, trustJson } from "#db/roles.ts"
import { keepSecret, logFileOf } from "./home.ts"
import { say } from "./say.ts"
import type { Settings } from "./settings.ts"

export type RunningDatabase = {
  /** For the processes. */
  servingUrl: string
  /** The file that says that the demo market has been seeded; null where nothing is ever seeded. */
  seedMark: string | null
  stop(): Promise<void>
}

const databaseName = "quanheng"
const ownerRole = "quanheng_owner"
const servingRole = "quanheng_serving"

/**
 * Brings up the database and migrates it: the one of DATABASE_URL, or the embedded one. Throws PlainFailure, and the
 * signal's reason when it is told to stop meanwhile.
 */
export async function startDatabase(settings: Settings, signal: AbortSignal): Promise<RunningDatabase> {
  return settings.database ? takeDatabase(settings.database) : embedDatabase(settings.home, signal)
}

async function takeDatabase(database: { url: string; ownerUrl: string }): Promise<RunningDatabase> {
  const { username } = new URL(database.url)
  const separate = database.url !== database.ownerUrl
  if (!separate)
    say("DATABASE_OWNER_URL is not set: the same role owns and serves, so only triggers guard the records.")
  try {
    await migrateDatabase({
      ownerUrl: database.ownerUrl,
      servingRole: separate ? decodeURIComponent(username) : null,
    })
  } catch (error) {
    throw new PlainFailure(
      `The database of DATABASE_URL could not be brought to this release: ${tell(error)}`,
    )
  }
  return { servingUrl: database.url, seedMark: null, stop: async () => {} }
}

/** A connection that fails on every address of a host is an AggregateError without words of its own. */
function tell(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error
  return first instanceof Error ? first.message || first.name : String(first)
}

async function embedDatabase(home: string, signal: AbortSignal): Promise<RunningDatabase> {
  const folder = join(home, "postgres")
  if (!existsSync(folder)) say("Making the database …")
  const options = {
    folder,
    socketFolder: chooseSocketFolder(home),
    logFile: logFileOf(home, "postgres"),
    superuserPassword: keepSecret(home, "postgres-superuser"),
    durable: true,
  }
  const cluster = await startCluster(options)
  const kept = keepRunning(cluster, () => startCluster(options))
  try {
    return {
      ...(await prepareSteadily(kept, home, signal)),
      seedMark: join(folder, "seeded"),
      stop: kept.stop,
    }
  } catch (error) {
    await kept.stop()
    throw error
  }
}

const mostAttempts = 5

/**
 * Prepares the database; when PostgreSQL ends meanwhile, once more with the one that takes its place. A statement
 * that was under way then may never be answered, so nobody waits for it.
 */
async function prepareSteadily(
  kept: KeptCluster,
  home: string,
  signal: AbortSignal,
): Promise<{ servingUrl: string }> {
  for (let attempt = 1; ; attempt++) {
    const cluster = kept.current()
    let ended = false
    const end = cluster.exited.then(() => {
      ended = true
      throw new Error("PostgreSQL ended while the database was being prepared.")
    })
    try {
      return await Promise.race([prepare(cluster, home), end])
    } catch (error) {
      // A broken connection is noticed a moment before the end of the process.
      await Promise.race([end.catch(() => {}), delay(1000)])
      if (!ended || attempt === mostAttempts) throw error
      while (kept.current() === cluster) await delay(100, undefined, { signal })
    }
  }
}

async function asSuperuser(
  cluster: Cluster,
  home: string,
  database: string,
  act: (sql: Sql) => Promise<void>,
): Promise<void> {
  const url = cluster.url(database, superuser, keepSecret(home, "postgres-superuser"))
  const sql = connect(url, { connections: 1, name: "quanheng-start" })
  try {
    await act(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function prepare(cluster: Cluster, home: string): Promise<{ servingUrl: string }> {
  const owner = { role: ownerRole, password: keepSecret(home, "postgres-owner") }
  const serving = { role: servingRole, password: keepSecret(home, "postgres-serving") }
  await asSuperuser(cluster, home, "postgres", async (sql) => {
    await createRoles(sql, owner, serving)
    await createDatabase(sql, { name: databaseName, owner: ownerRole })
  })
  await asSuperuser(cluster, home, databaseName, trustJson)
  const ownerUrl = cluster.url(databaseName, owner.role, owner.password)
  await migrateDatabase({ ownerUrl, servingRole })
  const servingUrl = cluster.url(databaseName, serving.role, serving.password)
  writeFileSync(join(home, "secrets", "database-url"), `${servingUrl}\n`, { mode: 0o600 })
  return { servingUrl }
}

type KeptCluster = { current(): Cluster; stop(): Promise<void> }

/** A PostgreSQL that ends by itself is started again on the same socket; the pools connect anew. */
function keepRunning(first: Cluster, again: () => Promise<Cluster>): KeptCluster {
  let current = first
  let stopping = false
  const watch = async () => {
    for (;;) {
      await current.exited
      if (stopping) return
      say("PostgreSQL ended by itself; starting it again.")
      current = await again().catch(async (error: unknown) => {
        say(error instanceof Error ? error.message : String(error))
        await delay(2000)
        return current
      })
      // Told to stop while this one was being started, nobody else knows of it.
      if (stopping) await current.stop()
    }
  }
  const watching = watch()
  return {
    current: () => current,
    async stop() {
      stopping = true
      await current.stop()
      await watching
    },
  }
}

/** In the home where its path is short enough for a socket (about 100 bytes), else beside other sockets. */
function chooseSocketFolder(home: string): string {
  const near = join(home, "run")
  if (Buffer.byteLength(near) < 80) return near
  const tag = createHash("sha256").update(home).digest("hex").slice(0, 16)
  return join(tmpdir(), `quanheng-${process.getuid?.() ?? 0}-${tag}`)
}
