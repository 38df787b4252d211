import { execFile, execFileSync } from "node:child_process"
import { resolve } from "node:path"

/** For tests: docs/verify.py, where this machine has a Python that can run it. The product needs none. */
export const verifier = resolve("docs/verify.py")

/** The command, or null where there is no Python 3.9 or later. */
export const python: string | null = findPython()

/** The name of a group of tests that says so where it cannot be run. */
export const withPython = (name: string): string =>
  python === null ? `${name}: NOT RUN, there is no python3 (3.9 or later) on this machine` : name

function findPython(): string | null {
  try {
    const check = "import sys; sys.exit(0 if sys.version_info >= (3, 9) else 1)"
    execFileSync("python3", ["-c", check], { stdio: "ignore" })
    return "python3"
  } catch {
    return null
  }
}

export type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs verify.py as a reader would. */
export const verifyPy = (...args: string[]): Promise<Outcome> => runPython([verifier, ...args])

/**
 * Runs it many times in one process, for a start takes longer than most runs; answers each run's exit code and standard
 * output. Throws when a run threw or wrote to standard error, as none may.
 */
export async function verifyManyByPy(
  runs: readonly (readonly string[])[],
): Promise<[code: number, stdout: string][]> {
  const program = resolve("cli/testing/verify_many.py")
  const { code, stdout, stderr } = await runPython([program, verifier], JSON.stringify(runs))
  if (code !== 0 || stderr !== "") throw new Error(`docs/verify.py ended with ${code}: ${stderr}`)
  return JSON.parse(stdout)
}

/** Isolated (-I): nothing of the place where the test runs is read, and no cache is written beside the program. */
export function runPython(args: readonly string[], input = ""): Promise<Outcome> {
  return new Promise((answer) => {
    const options = { env: { ...process.env, LANG: "C", LC_ALL: "C" }, maxBuffer: 256 * 1024 * 1024 }
    const child = execFile(python ?? "python3", ["-I", "-B", ...args], options, (error, stdout, stderr) => {
      answer({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
    child.stdin?.end(input)
  })
}
