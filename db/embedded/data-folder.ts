import { spawnSync } from "node:child_process"
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { type Account, findAccounts } from "./account.ts"
import { type Binaries, findBinaries } from "./binaries.ts"
import { PlainFailure } from "./plain-failure.ts"

/** Binaries that fit the data, and an account that can run them on that folder. */
export type Installation = { binaries: Binaries; account: Account }

/** The role that initdb makes; only start-up and tests use it. */
export const superuser = "postgres"

const neededBytes = 300 * 1024 * 1024

/** The first installation that works on this folder. Throws PlainFailure, naming the way out, when none does. */
export function prepareInstallation(folder: string, data: string): Installation {
  const disk = statfsSync(folder)
  if (disk.bavail * disk.bsize < neededBytes)
    throw new PlainFailure(
      `The disk of ${folder} is almost full: PostgreSQL needs about 300 MB of free space.`,
    )
  const versionFile = join(data, "PG_VERSION")
  const version = existsSync(versionFile) ? Number.parseInt(readFileSync(versionFile, "utf8"), 10) : null
  const found = findBinaries()
  const binaries = found.filter(({ major }) => version === null || major === version)
  if (binaries.length === 0) {
    const cause =
      version === null
        ? "There are no PostgreSQL binaries for this machine: run npm install again, or install PostgreSQL."
        : `The data in ${data} is of PostgreSQL ${version}, and here is only ${found.map(({ major }) => major).join(", ") || "none"}.`
    throw new PlainFailure(`${cause} Or set DATABASE_URL to a database of your own.`)
  }
  const accounts = findAccounts()
  for (const choice of binaries)
    for (const account of accounts) if (fits(choice, account, folder)) return { binaries: choice, account }
  throw new PlainFailure(
    `PostgreSQL refuses to run as root, and no other way works here: user namespaces are forbidden, and an ordinary user cannot reach ${folder}. Start as an ordinary user, set QUANHENG_HOME to a folder that every user can reach, or set DATABASE_URL to a database of your own.`,
  )
}

/** Can this account run the program, and write into the folder? Tried, as nothing else is sure. */
function fits(binaries: Binaries, account: Account, folder: string): boolean {
  if (process.getuid?.() === 0) chownSync(folder, account.owner?.uid ?? 0, account.owner?.gid ?? 0)
  const probe = join(folder, ".probe")
  const script = `"$0" --version >/dev/null && : > "$1" && rm "$1"`
  const shell = ["-c", script, join(binaries.folder, "postgres"), probe]
  const { command, args, options } = account.commandOf("/bin/sh", shell)
  return spawnSync(command, args, { ...options, cwd: "/", stdio: "ignore" }).status === 0
}

/** Gives files that another way of running PostgreSQL has made here to the account of this one. */
export function ownData({ account }: Installation, data: string): void {
  const uid = account.owner?.uid ?? process.getuid?.()
  if (process.getuid?.() !== 0 || uid === undefined || !existsSync(data) || statSync(data).uid === uid) return
  spawnSync("chown", ["-R", `${uid}:${account.owner?.gid ?? process.getgid?.() ?? 0}`, data])
}

/** Makes the files beside their place and moves them there when complete, so that a crash leaves no half. */
export function initialise(
  { binaries, account }: Installation,
  data: string,
  password: string,
  durable: boolean,
): void {
  const draft = `${data}.new`
  const passwordFile = join(dirname(data), ".password")
  rmSync(draft, { recursive: true, force: true })
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  mkdirSync(draft, { mode: 0o700 })
  if (account.owner)
    for (const path of [draft, passwordFile]) chownSync(path, account.owner.uid, account.owner.gid)
  const locale =
    binaries.major >= 17
      ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
      : ["--locale=C"]
  const fixed = [`--username=${superuser}`, "--auth=scram-sha-256", "--encoding=UTF8"]
  const sync = durable ? [] : ["--no-sync"]
  const { command, args, options } = account.commandOf(join(binaries.folder, "initdb"), [
    "-D",
    draft,
    `--pwfile=${passwordFile}`,
    ...fixed,
    ...locale,
    ...sync,
  ])
  const result = spawnSync(command, args, { ...options, cwd: "/", encoding: "utf8", stdio: "pipe" })
  rmSync(passwordFile, { force: true })
  if (result.status !== 0)
    throw new PlainFailure(`PostgreSQL could not make its files: ${String(result.stderr).trim()}`)
  renameSync(draft, data)
}

/**
 * What a killed start left: its PostgreSQL ends by itself within moments, or is asked to; a postmaster.pid
 * whose process is gone or is something else by now would keep PostgreSQL from starting, and is removed.
 */
export async function clearStalePostmaster(data: string): Promise<void> {
  const file = join(data, "postmaster.pid")

  for (let waitedMs = 0; existsSync(file); waitedMs += 50) {
    const pid = Number.parseInt(readFileSync(file, "utf8"), 10)
    if (!runsHere(pid, data)) return rmSync(file, { force: true })
    if (waitedMs === 2000) process.kill(pid, "SIGINT")
    if (waitedMs === 5000) process.kill(pid, "SIGQUIT")
    if (waitedMs > 15_000)
      throw new PlainFailure(`A PostgreSQL (process ${pid}) still uses ${data}. Stop it, then start again.`)
    await delay(50)
  }
}

/** Is this process a PostgreSQL on that folder? Process numbers are soon used again, in containers above all. */
function runsHere(pid: number, data: string): boolean {
  if (!(pid > 0) || pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  if (process.platform !== "linux") return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data)
  } catch {
    return false
  }
}
