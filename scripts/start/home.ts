import { randomBytes } from "node:crypto"
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { PlainFailure } from "#db/embedded/plain-failure.ts"

const largestLogBytes = 10 * 1024 * 1024

/** Makes the data folder, for its owner's eyes only. Throws PlainFailure when that is not possible. */
export function openHome(home: string): void {
  try {
    for (const folder of [home, join(home, "logs"), join(home, "secrets")])
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(join(home, "secrets"), 0o700)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code
    throw new PlainFailure(`The data folder ${home} cannot be made or written (${reason}).`)
  }
}

/**
 * One start at a time on a folder. The lock names the process and when it began, so that the lock of a killed
 * start is known as such even after its process number is used again. Gives back what releases it.
 */
export function lockHome(home: string): () => void {
  const file = join(home, "lock")
  const mine = `${process.pid} ${beginOf(process.pid)}\n`
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, mine)
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (takeLock(draft, file)) return () => rmSync(file, { force: true })
      const held = readLock(file)
      const [pid = "", begin = ""] = held.trim().split(" ")
      if (pid !== "" && isRunning(Number(pid), begin))
        throw new PlainFailure(
          `Another start (process ${pid}) is using ${home}. Stop it first, or set QUANHENG_HOME to another folder.`,
        )
      removeStaleLock(file, held)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  throw new PlainFailure(`Several starts want ${home} at the same moment. Start one of them again.`)
}

/** A link either appears complete or fails because the name is taken. */
function takeLock(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false
    throw error
  }
}

/** Another start may have removed the same stale lock and taken its own since: what is not stale is put back. */
function removeStaleLock(file: string, stale: string): void {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
    if (readLock(aside) !== stale) linkSync(aside, file)
  } catch {
    // The lock went away or came back meanwhile; the next attempt looks again.
  }
  rmSync(aside, { force: true })
}

const readLock = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "")

function isRunning(pid: number, begin: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false
  }
  return beginOf(pid) === begin
}

/** When a process began, in the kernel's ticks; "0" where that cannot be known, "" for a zombie. */
function beginOf(pid: number): string {
  if (process.platform !== "linux") return "0"
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8")
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ")
    return fields[0] === "Z" ? "" : (fields[19] ?? "")
  } catch {
    return ""
  }
}

/** A secret that is made once and kept in the home with mode 0600: 64 hex digits after the prefix. */
export function keepSecret(home: string, name: string, prefix = ""): string {
  const file = join(home, "secrets", name)
  if (!existsSync(file)) {
    const draft = `${file}.new`
    writeFileSync(draft, `${prefix}${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flush: true })
    renameSync(draft, file)
  }
  const text = readFileSync(file, "utf8").trim()
  if (!text.startsWith(prefix) || text.length !== prefix.length + 64)
    throw new PlainFailure(`The secret in ${file} is damaged. Put back the file from your backup.`)
  return text
}

/** The log of one process; what grew too large is put aside once. */
export function logFileOf(home: string, name: string): string {
  const file = join(home, "logs", `${name}.log`)
  if (existsSync(file) && statSync(file).size > largestLogBytes) renameSync(file, `${file}.1`)
  return file
}
