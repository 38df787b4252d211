import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, openSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { hasSetpriv } from "#db/embedded/account.ts"
import { say } from "./say.ts"
import { root } from "./settings.ts"

/** A Node program of ours and the environment that it gets on top of ours. */
export type Program = {
  name: string
  file: string
  arguments?: string[]
  environment: Readonly<Record<string, string>>
}

const preloads = ["stop-with-parent.mjs", "quick-resolve.mjs"].flatMap((file) => [
  "--import",
  fileURLToPath(new URL(file, import.meta.url)),
])
const stopLimitMs = 8000
const longestPauseMs = 30_000
const provenAfterMs = 60_000

/** What must not reach a child: the owner's address; everything that a child needs, its program names. */
const withheld = ["DATABASE_OWNER_URL"]

/** Room for what lives as long as a batch or a page: with Node's default of 16 MB a tenth of a busy process's time goes into copying it. */
const collector = ["--max-semi-space-size=64"]

/**
 * Starts a program so that it dies with us, whatever happens to us. Detached, so that a Ctrl-C in the terminal
 * reaches only us and things stop in their order.
 */
export function spawnProgram(program: Program, output: number | "inherit" | "pipe"): ChildProcess {
  const node = [process.execPath, ...collector, ...preloads, program.file, ...(program.arguments ?? [])]
  const [command = "", ...args] = hasSetpriv() ? ["setpriv", "--pdeathsig", "TERM", ...node] : node
  const environment: NodeJS.ProcessEnv = { ...process.env, ...program.environment }
  for (const name of withheld) delete environment[name]
  const errors = output === "pipe" ? "inherit" : output
  return spawn(command, args, {
    cwd: root,
    env: environment,
    detached: true,
    stdio: ["pipe", output, errors],
  })
}

/** A program that is started again whenever it ends, after a pause that doubles while it keeps failing. */
export class Child {
  readonly program: Program
  readonly logFile: string
  /** How often it has ended by itself since it last ran for a minute. */
  failures = 0
  #process: ChildProcess | null = null
  #timer: NodeJS.Timeout | null = null
  #stopping = false

  constructor(program: Program, logFile: string) {
    this.program = program
    this.logFile = logFile
  }

  start(): void {
    const log = openSync(this.logFile, "a", 0o600)
    const child = spawnProgram(this.program, log)
    closeSync(log)
    const began = Date.now()
    this.#process = child
    child.once("error", () => {})
    child.once("close", (code, signal) => this.#ended(child, signal ?? `code ${code}`, Date.now() - began))
  }

  #ended(child: ChildProcess, how: string, ranMs: number): void {
    killGroup(child)
    this.#process = null
    if (this.#stopping) return
    this.failures = ranMs > provenAfterMs ? 1 : this.failures + 1
    const pauseMs = Math.min(longestPauseMs, 250 * 2 ** this.failures)
    say(
      `The ${this.program.name} ended (${how}) and is started again in ${pauseMs / 1000} s: ${this.logFile}`,
    )
    this.#timer = setTimeout(() => this.start(), pauseMs)
  }

  /** Asks it to end and makes it after some seconds; also what it has started itself. */
  async stop(): Promise<void> {
    this.#stopping = true
    if (this.#timer) clearTimeout(this.#timer)
    const child = this.#process
    if (child) await endProcess(child)
  }

  kill(): void {
    this.#stopping = true
    if (this.#process) killGroup(this.#process)
  }

  /** The end of its log without the frames of stacks, which would push out what happened. */
  lastLines(): string {
    const lines = readFileSync(this.logFile, "utf8").trimEnd().split("\n")
    return lines
      .filter((line) => !line.startsWith("    at "))
      .slice(-12)
      .join("\n")
  }
}

export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, "exit")
  child.kill("SIGTERM")
  const late = setTimeout(() => killGroup(child), stopLimitMs)
  await ended
  clearTimeout(late)
  killGroup(child)
}

/** Each child leads a process group of its own, with the processes that it has started. */
function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL")
  } catch {
    // The whole group has ended already, which is what was wanted.
  }
}
