import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { readdirSync, readFileSync, readlinkSync } from "node:fs"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { root } from "../start/settings.ts"

/** What may be killed: a process by itself, or the start script, with which everything dies. */
export const targets = ["web", "worker", "sequencer", "sandbox", "postgres", "backend", "start"] as const
export type Target = (typeof targets)[number]

const marks: Record<Exclude<Target, "start" | "postgres" | "backend">, RegExp> = {
  web: /node .*(server\/web|doors-web)\.ts/,
  worker: /node .*server\/worker\.ts/,
  sequencer: /node .*server\/sequencer\.ts/,
  sandbox: /node .*sandbox\/stripe\/main\.ts/,
}

/** A market in processes of its own, as `npm start` runs it, that can be killed and started again. */
export class Processes {
  readonly home: string
  readonly port: number
  #start: ChildProcess | null = null
  #output = ""

  constructor(home: string, port: number) {
    this.home = home
    this.port = port
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get output(): string {
    return this.#output
  }

  /** `whole`: scripts/start.mjs with every page; else the same without pages, which is up sooner. */
  start(whole = false): void {
    const script = whole
      ? `${root}/scripts/start.mjs`
      : fileURLToPath(new URL("doors-market.ts", import.meta.url))
    const child = spawn(process.execPath, ["--import", `${root}/scripts/start/quick-resolve.mjs`, script], {
      env: {
        ...process.env,
        QUANHENG_HOME: this.home,
        PORT: String(this.port),
        DATABASE_URL: "",
        STRIPE_SECRET_KEY: "",
        NODE_ENV: "production",
      },
      stdio: ["ignore", "pipe", "pipe"],
    })
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text: Buffer) => {
        this.#output += text.toString()
      })
    this.#start = child
  }

  async untilReady(limitMs = 90_000): Promise<void> {
    for (const end = Date.now() + limitMs; Date.now() < end; await delay(50)) {
      this.mustRun()
      const answer = await fetch(`${this.origin}/readyz`, { signal: AbortSignal.timeout(3000) }).catch(
        () => null,
      )
      if (answer?.ok) return
    }
    throw new Error(`the market was not ready after ${limitMs / 1000} s:\n${this.#output}`)
  }

  /** The start script ends only when it is told to or killed; what it starts is its own affair. */
  mustRun(): void {
    const code = this.#start?.exitCode ?? null
    if (code !== null) throw new Error(`the start script ended by itself with ${code}`)
  }

  /** Kills at once and without a word. False when there was nobody to kill just then. */
  async kill(target: Target, random: () => number): Promise<boolean> {
    if (target === "start") {
      const child = this.#start
      if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return false
      const ended = once(child, "exit")
      child.kill("SIGKILL")
      await ended
      await this.untilGone()
      return true
    }
    const found = this.#pids(target)
    const pid = found[Math.floor(random() * found.length)]
    if (pid === undefined) return false
    return kill(pid)
  }

  /** All that belongs to the market has ended, as it must by itself when the start script was killed. */
  async untilGone(limitMs = 60_000): Promise<void> {
    for (const end = Date.now() + limitMs; Date.now() < end; await delay(25))
      if (this.#all().length === 0) return
    const left = this.#all().map(({ command }) => command)
    throw new Error(
      `processes are left ${limitMs / 1000} s after the start script was killed: ${left.join(" | ")}`,
    )
  }

  async stop(): Promise<void> {
    const child = this.#start
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, "exit")
    child.kill("SIGTERM")
    await ended
  }

  /** For the end of a test that failed. */
  abandon(): void {
    this.#start?.kill("SIGKILL")
    for (const { pid } of this.#all()) kill(pid)
  }

  #pids(target: Exclude<Target, "start">): number[] {
    const all = this.#all()
    if (target === "postgres") return all.filter(({ command }) => isPostmaster(command)).map(({ pid }) => pid)
    if (target === "backend")
      return all.filter(({ command }) => /^postgres: quanheng_/.test(command)).map(({ pid }) => pid)
    return all.filter(({ command }) => marks[target].test(command)).map(({ pid }) => pid)
  }

  /** By the home in their environment, or their working folder in it. */
  #all(): { pid: number; command: string }[] {
    return readdirSync("/proc")
      .map(Number)
      .filter((pid) => pid > 0 && pid !== process.pid && pid !== this.#start?.pid)
      .flatMap((pid) => {
        try {
          const mine =
            readFileSync(`/proc/${pid}/environ`, "utf8").includes(`QUANHENG_HOME=${this.home}\0`) ||
            readlinkSync(`/proc/${pid}/cwd`).startsWith(`${this.home}/`)
          const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()
          return mine && command !== "" && !command.includes("cli/quanheng.ts") ? [{ pid, command }] : []
        } catch {
          return []
        }
      })
  }
}

const isPostmaster = (command: string): boolean => /(^|\/)postgres -D /.test(command)

/** False when it had ended already. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL")
  } catch {
    return false
  }
}
