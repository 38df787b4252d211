import { execFile } from "node:child_process"
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

export async function runObserved(program: Program, args: readonly string[]): Promise<Observed> {
  const folder = await mkdtemp(join(tmpdir(), "quanheng-observed-"))
  const file = join(folder, "mb")
  const outcome = await new Promise<Omit<Observed, "mostMb">>((done) => {
    const env = { ...process.env, LANG: "C", LC_ALL: "C", OBSERVED_FILE: file }
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
