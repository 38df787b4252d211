import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import {
  clearStalePostmaster,
  type Installation,
  initialise,
  ownData,
  prepareInstallation,
} from "./data-folder.ts"
import { PlainFailure } from "./plain-failure.ts"

export type ClusterOptions = {
  /** The data folder's parent, made when missing; `data` lies in it. */
  folder: string
  /** Where the Unix socket lies: short, for a socket's whole path may have about 100 bytes. */
  socketFolder: string
  logFile: string
  superuserPassword: string
  /** False only for data that nobody will miss: no sync to disk at all. */
  durable: boolean
}

/** A running PostgreSQL of ours. `exited` settles when it ends, by us or by itself. */
export type Cluster = {
  process: ChildProcess
  installation: Installation
  exited: Promise<void>
  /** A `postgres://` address over the Unix socket (form: db/client.ts `connect`). */
  url(database: string, role: string, password: string): string
  stop(): Promise<void>
}

/** Part of the socket's name only; nothing listens on TCP. */
const port = 5432
const startLimitMs = 60_000
const stopLimitMs = 20_000

/**
 * A file of the write-ahead log that is used again costs nothing; one that is made is written full and synced
 * first, and everybody's commits wait for that (30 to 50 ms). So what the log once grew to is kept.
 */
const durableSettings = [
  "shared_buffers=256MB",
  "max_wal_size=1GB",
  "min_wal_size=1GB",
  "log_min_messages=warning",
]
/** A database of a test lives for seconds: planning a statement anew for its values takes longer than it can win. */
const careless = [
  "fsync=off",
  "full_page_writes=off",
  "synchronous_commit=off",
  "shared_buffers=64MB",
  "plan_cache_mode=force_generic_plan",
  // Nobody reads the counts of a database that lives for a minute, its processes' titles, or its log.
  "autovacuum=off",
  "track_counts=off",
  "update_process_title=off",
  "io_method=sync",
  "wal_level=minimal",
  "max_wal_senders=0",
]

/**
 * glibc's allocator gives memory back to the system after each transaction and asks for it again in the next,
 * which was a sixth of the time of a small commit; a few megabytes a process are kept instead (mallopt(3)).
 */
const allocator = { MALLOC_TRIM_THRESHOLD_: String(32 << 20), MALLOC_TOP_PAD_: String(1 << 20) }

/**
 * Starts PostgreSQL in the folder, after making the database files when there are none, and waits until it
 * takes connections. What a crash left behind is cleared away. Throws PlainFailure when it cannot be started.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const data = join(options.folder, "data")
  const installation = prepareInstallation(options.folder, data)
  await clearStalePostmaster(data)
  ownData(installation, data)
  makeSocketFolder(options.socketFolder, installation)
  clearStaleSocket(options.socketFolder)
  if (!existsSync(join(data, "PG_VERSION")))
    initialise(installation, data, options.superuserPassword, options.durable)
  const { server, exited } = await launchWhenFree(installation, data, options)
  return {
    process: server,
    installation,
    exited,
    url: (database, role, password) =>
      `postgres://${role}:${encodeURIComponent(password)}@${encodeURIComponent(options.socketFolder)}:${port}/${database}`,
    stop: () => stop(server),
  }
}

/**
 * After a kill of the main process alone its others still hold the shared memory for a moment, and a new one
 * refuses to start until they are gone. One that was killed while it started has not refused: it is started again,
 * as it is when it is killed later.
 */
async function launchWhenFree(installation: Installation, data: string, options: ClusterOptions) {
  for (let attempt = 1; ; attempt++) {
    const server = launch(installation, data, options)
    // From its very beginning: one that has ended by the time it is seen to be ready tells nobody a second time.
    const exited = new Promise<void>((resolve) => server.once("close", () => resolve()))
    const failure = await untilReady(server, data)
    if (failure === null) return { server, exited }
    await stop(server)
    const reason = failure === "" ? lastWords(options.logFile) : failure
    const wasKilled = server.signalCode !== null && failure === ""
    if (!(wasKilled || reason.includes("still in use")) || attempt === 20)
      throw new PlainFailure(`PostgreSQL did not start: ${reason} Its log is ${options.logFile}.`)
    await delay(250)
  }
}

function launch(installation: Installation, data: string, options: ClusterOptions): ChildProcess {
  const settings = [
    "listen_addresses=",
    `unix_socket_directories=${options.socketFolder}`,
    "unix_socket_permissions=0700",
    "max_connections=200",
    // No disk here turns: with the default of 4 a table that was small when it was counted is read whole for one row.
    "random_page_cost=1.1",
    "jit=off",
    ...(options.durable ? durableSettings : careless),
  ].flatMap((setting) => ["-c", setting])
  const { account, binaries } = installation
  const program = join(binaries.folder, "postgres")
  const { command, args, options: identity } = account.commandOf(program, ["-D", data, ...settings])
  mkdirSync(dirname(options.logFile), { recursive: true })
  const log = openSync(options.logFile, "a", 0o600)
  // Detached, so that Ctrl-C in a terminal reaches only the supervisor, which stops things in their order.
  const env = { ...process.env, ...allocator }
  return spawn(command, args, { ...identity, env, detached: true, stdio: ["pipe", log, log], cwd: "/" })
}

function makeSocketFolder(folder: string, { account }: Installation): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  if (account.owner) chownSync(folder, account.owner.uid, account.owner.gid)
}

/**
 * The socket's own lock file names a process as well. Nobody else's socket lies in this folder, and nothing runs on the
 * data, so whatever has that number now is not its owner: another program, or what nobody has waited for (in a
 * container without an init that stays for ever), which PostgreSQL takes for itself and refuses to start.
 */
function clearStaleSocket(folder: string): void {
  for (const name of [`.s.PGSQL.${port}.lock`, `.s.PGSQL.${port}`])
    rmSync(join(folder, name), { force: true })
}

/**
 * Null when it takes connections, else why not, or "" when only its log can tell. The eighth line of
 * postmaster.pid says `ready` once connections are taken; pg_ctl looks there as well.
 */
async function untilReady(server: ChildProcess, data: string): Promise<string | null> {
  const file = join(data, "postmaster.pid")
  let failure = ""
  server.once("error", (error) => {
    failure = `${error.message}.`
  })
  for (let waitedMs = 0; waitedMs < startLimitMs; waitedMs += 20) {
    if (existsSync(file) && readFileSync(file, "utf8").split("\n")[7]?.trim() === "ready") return null
    if (failure !== "" || hasEnded(server)) return failure
    await delay(20)
  }
  return `it was not ready after ${startLimitMs / 1000} seconds.`
}

const hasEnded = (server: ChildProcess) =>
  server.pid === undefined || server.exitCode !== null || server.signalCode !== null

/** The last line of the log that says why, as a sentence. */
function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, "utf8").split("\n")
  const telling = lines.findLast((line) => /FATAL|PANIC|ERROR|could not|No space left/.test(line))
  const text = telling?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, "") ?? "it gave no reason"
  return text.endsWith(".") ? text : `${text}.`
}

/** Fast shutdown first; what has not ended by then is ended without ceremony, and recovers at the next start. */
async function stop(server: ChildProcess): Promise<void> {
  if (hasEnded(server)) return
  const exited = once(server, "exit")
  server.kill("SIGINT")
  const late = setTimeout(() => server.kill("SIGQUIT"), stopLimitMs)
  await exited
  clearTimeout(late)
}
