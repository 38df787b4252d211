import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { connect } from "#db/client.ts"
import { type Cluster, startCluster } from "#db/embedded/cluster.ts"
import { migrateDatabase } from "#db/migrate.ts"
import { createDatabase, createRoles } from "#db/roles.ts"

/** A fresh market database with the durability of production, for one bench; `close` leaves nothing behind. */
export type BenchDatabase = {
  /** The serving role's address: what the market's processes use. */
  readonly url: string
  readonly superuserUrl: string
  /** For pgbench and its like: the socket's folder, and the superuser's password. */
  readonly socketFolder: string
  readonly superuserPassword: string
  /** A data folder for keys and the kept head. */
  readonly home: string
  close(): Promise<void>
}

const password = "bench"

export async function openBenchDatabase(): Promise<BenchDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), "quanheng-bench-"))
  const socketFolder = path.join(folder, "s")
  const cluster = await startCluster({
    folder,
    socketFolder,
    logFile: path.join(folder, "postgres.log"),
    superuserPassword: password,
    durable: true,
  })
  const close = async (): Promise<void> => {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await prepare(cluster)
  } catch (error) {
    await close()
    throw error
  }
  return {
    url: cluster.url("quanheng", "quanheng_serving", password),
    superuserUrl: cluster.url("quanheng", "postgres", password),
    socketFolder,
    superuserPassword: password,
    home: path.join(folder, "home"),
    close,
  }
}

async function prepare(cluster: Cluster): Promise<void> {
  const owner = { role: "quanheng_owner", password }
  const superuser = connect(cluster.url("postgres", "postgres", password), { connections: 1 })
  try {
    await createRoles(superuser, owner, { role: "quanheng_serving", password })
    await createDatabase(superuser, { name: "quanheng", owner: owner.role })
    await createDatabase(superuser, { name: "reference", owner: "postgres" })
  } finally {
    await superuser.end()
  }
  await migrateDatabase({
    ownerUrl: cluster.url("quanheng", owner.role, password),
    servingRole: "quanheng_serving",
  })
}
