import { type ChildProcess, execFile, fork } from "node:child_process"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { verifiersFolder } from "../../scripts/verifiers.ts"

export type Observed = {
  /** Null: it was still running after the time that it was given, and was killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** The most memory that it held, in MB; null where the system does not tell. */
  readonly mostMb: number | null
}

/** The programs that verify, as a reader starts them. */
export const programs = {
  "quanheng verify": [resolve("cli/quanheng.ts"), "verify"],
  "verify.mjs": [join(verifiersFolder, "verify.mjs")],
} as const

export type Program = keyof typeof programs

const patienceMs = 40_000

const environment = { ...process.env, LANG: "C", LC_ALL: "C" }

/** As a process of its own. */
export async function runObserved(program: Program, args: readonly string[]): Promise<Observed> {
  const folder = await mkdtemp(join(tmpdir(), "quanheng-observed-"))
  const file = join(folder, "mb")
  const outcome = await new Promise<Omit<Observed, "mostMb">>((done) => {
    const env = { ...environment, OBSERVED_FILE: file }
    const all = ["--import", resolve("cli/testing/observe.mjs"), ...programs[program], ...args]
    const options = { env, timeout: patienceMs, killSignal: "SIGKILL", maxBuffer: 64 * 1024 * 1024 } as const
    execFile(process.execPath, all, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : null
      done({ code, stdout, stderr })
    })
  })
  const mb = await readFile(file, "utf8").catch(() => "NaN")
  await rm(folder, { recursive: true, force: true })
  return { ...outcome, mostMb: Number.isNaN(Number(mb)) ? null : Number(mb) }
}

let kept: ChildProcess | null = null
/** A process that still holds more than this after a run makes room for a fresh one: the next run's memory is its own. */
const freshMb = 220

/** In a process that has run others before: the same, but for the half second that a start takes. */
export function runKept(program: Program, args: readonly string[]): Promise<Observed> {
  kept ??= fork(resolve("cli/testing/run-kept.mjs"), {
    // Each run has an address of its own, for which nothing is kept.
    env: { ...environment, NODE_DISABLE_COMPILE_CACHE: "1" },
    execArgv: ["--expose-gc"],
  })
  const child = kept
  const [file, ...first] = programs[program]
  return new Promise((done) => {
    const end = ({ stillMb, ...observed }: Observed & { stillMb: number }) => {
      clearTimeout(late)
      child.off("message", end).off("exit", died)
      if (stillMb > freshMb) endKept()
      done(observed)
    }
    const died = () =>
      end({ code: null, stdout: "", stderr: "", mostMb: null, stillMb: Number.POSITIVE_INFINITY })
    const late = setTimeout(() => child.kill("SIGKILL"), patienceMs)
    child.on("message", end).on("exit", died)
    child.send({ program: file, args: [...first, ...args] })
  })
}

export function endKept(): void {
  kept?.kill()
  kept = null
}
