import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

type Identity = { uid?: number; gid?: number }

/**
 * How to run PostgreSQL, which refuses to be root, so that it dies with this process even when that is killed:
 * `commandOf` gives what to spawn instead of the program itself.
 */
export type Account = {
  name: "this user" | "user namespace" | "other user"
  /** Whom the data folder must belong to; null when that is the user who runs us. */
  owner: { uid: number; gid: number } | null
  commandOf(program: string, args: string[]): { command: string; args: string[]; options: Identity }
}

const leash = fileURLToPath(new URL("./leash.mjs", import.meta.url))

/**
 * The accounts worth trying, best first. For root: a user namespace in which root's files belong to an ordinary
 * uid (works below a 0700 home, the data stays root's), then a real change of user.
 */
export function findAccounts(): Account[] {
  if (process.getuid?.() !== 0) return [thisUser()]
  const ordinary = ordinaryUser()
  if (ordinary === null) return []
  return [userNamespace(ordinary), otherUser(ordinary)].filter((account) => works(account))
}

/** True where a program can be told to die with its parent (Linux with util-linux). */
export const hasSetpriv = memoize(
  () => spawnSync("setpriv", ["--pdeathsig", "QUIT", "true"], { stdio: "ignore" }).status === 0,
)

/**
 * SIGQUIT is PostgreSQL's immediate shutdown, which the next start recovers from as from a crash. Its fast one writes
 * everything first, but never ends where it comes while PostgreSQL 18 recovers from the crash of one of its processes.
 */
function leashed(program: string, args: string[]): [string, string[]] {
  if (hasSetpriv()) return ["setpriv", ["--pdeathsig", "QUIT", program, ...args]]
  return [process.execPath, [leash, "SIGQUIT", program, ...args]]
}

function thisUser(): Account {
  return {
    name: "this user",
    owner: null,
    commandOf(program, args) {
      const [command, rest] = leashed(program, args)
      return { command, args: rest, options: {} }
    },
  }
}

function userNamespace({ uid, gid }: { uid: number; gid: number }): Account {
  return {
    name: "user namespace",
    owner: null,
    commandOf(program, args) {
      // The signal at the parent's death must be asked for inside: changing the namespace forgets it.
      const [command, rest] = leashed(program, args)
      const map = ["--user", `--map-user=${uid}`, `--map-group=${gid}`]
      return { command: "unshare", args: [...map, command, ...rest], options: {} }
    },
  }
}

function otherUser(owner: { uid: number; gid: number }): Account {
  return {
    name: "other user",
    owner,
    commandOf(program, args) {
      const [command, rest] = leashed(program, args)
      if (!hasSetpriv()) return { command, args: rest, options: owner }
      // Two calls: within one, setpriv asks for the signal first and the change of user then forgets it.
      const identity = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups"]
      return { command: "setpriv", args: [...identity, command, ...rest], options: {} }
    },
  }
}

/** An account of the system that is not root; initdb wants the uid to have a name. */
function ordinaryUser(): { uid: number; gid: number } | null {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n")
  const users = lines.map((line) => line.split(":")).filter((fields) => Number(fields[2]) > 0)
  const chosen = users.find((fields) => fields[0] === "postgres") ?? users.find((f) => f[0] !== "nobody")
  return chosen ? { uid: Number(chosen[2]), gid: Number(chosen[3]) } : null
}

function works(account: Account): boolean {
  const { command, args, options } = account.commandOf("/bin/sh", ["-c", "exit 0"])
  return spawnSync(command, args, { ...options, stdio: "ignore" }).status === 0
}

function memoize<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
