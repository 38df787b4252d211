import { type ChildProcess, spawn } from "node:child_process"
import { readFile } from "node:fs/promises"
import { constants, setPriority } from "node:os"
import { fileURLToPath } from "node:url"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import { type ChildAnswer, type ChildTask, childAnswer } from "./child-protocol.ts"

export type ChildLimits = {
  /** Wall-clock time after which the process is killed. */
  timeMs: number
  /** Resident memory after which it is killed (watched where the system has /proc). */
  residentMegabytes: number
}

const program = fileURLToPath(new URL("./profile-child.ts", import.meta.url))
const maxAnswerBytes = 64 * 1024 * 1024
const watchMs = 100

/**
 * Runs one task in a process of its own, with an environment that holds nothing of ours and a low priority, and kills it over its
 * limits. Answers `profile_over_limit` then; throws when the process failed otherwise (a bug of ours), or with
 * the signal's reason when it was aborted.
 */
export async function runChild(
  task: ChildTask,
  limits: ChildLimits,
  signal?: AbortSignal,
): Promise<ChildAnswer | Refusal> {
  signal?.throwIfAborted()
  const child = spawn(process.execPath, ["--max-old-space-size=512", "--no-warnings", program], {
    cwd: task.folder,
    env: childEnvironment(),
    stdio: ["pipe", "pipe", "pipe"],
  })
  lowerPriority(child)
  let overLimit = false
  const kill = () => child.kill("SIGKILL")
  const killOver = () => {
    overLimit = true
    kill()
  }
  const timer = setTimeout(killOver, limits.timeMs)
  const watch = setInterval(() => void watchMemory(child, limits, killOver), watchMs)
  signal?.addEventListener("abort", kill, { once: true })
  try {
    // A child that ends before it has read its task is told of by its exit, not by a broken pipe.
    child.stdin.on("error", () => {})
    child.stdin.write(`${JSON.stringify(task)}\n`)
    const { code, output, complaint } = await outcome(child)
    signal?.throwIfAborted()
    if (overLimit || output === null) return refuse("profile_over_limit", "file")
    if (code !== 0) throw new Error(`the measuring process failed (${code}): ${complaint.slice(0, 2000)}`)
    return childAnswer.parse(JSON.parse(output))
  } finally {
    clearTimeout(timer)
    clearInterval(watch)
    signal?.removeEventListener("abort", kill)
    kill()
  }
}

/** Nothing of ours: no secret, no path but where Node keeps what it has compiled, which halves a start. */
function childEnvironment(): NodeJS.ProcessEnv {
  const { NODE_COMPILE_CACHE: compiled } = process.env
  // Next's types ask for NODE_ENV.
  return { NODE_ENV: "production", ...(compiled ? { NODE_COMPILE_CACHE: compiled } : {}) }
}

type Outcome = { code: number | null; output: string | null; complaint: string }

/** Output is null when it grew beyond the bound. */
function outcome(child: ChildProcess): Promise<Outcome> {
  const output: Buffer[] = []
  let size = 0
  let complaint = ""
  child.stdout?.on("data", (part: Buffer) => {
    size += part.length
    if (size <= maxAnswerBytes) output.push(part)
    else child.kill("SIGKILL")
  })
  child.stderr?.setEncoding("utf8").on("data", (part: string) => {
    if (complaint.length < 10_000) complaint += part
  })
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("close", (code) =>
      resolve({
        code,
        output: size > maxAnswerBytes ? null : Buffer.concat(output).toString("utf8"),
        complaint,
      }),
    )
  })
}

async function watchMemory(child: ChildProcess, limits: ChildLimits, killOver: () => void): Promise<void> {
  const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "")
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0)
  if (kilobytes > limits.residentMegabytes * 1024) killOver()
}

/** Measuring must not slow the market down; where the system forbids a change it goes on as it is. */
function lowerPriority(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    return
  }
}
