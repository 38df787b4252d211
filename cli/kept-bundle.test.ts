import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, expect, test } from "vitest"

/**
 * The bundle that is kept in the repository: an export of a demo market. The line of the README verifies it before
 * anything is installed, and what is written today reads what was exported then.
 */
const root = fileURLToPath(new URL("..", import.meta.url))
const kept = join(root, "docs/bundle")
const vkey = join(root, "docs/bundle.vkey")
const spoiled = mkdtempSync(join(tmpdir(), "quanheng-kept-"))
afterAll(() => rmSync(spoiled, { recursive: true }))

/** The host's own Node where there is one: the reader has installed nothing of ours. */
const hostNode =
  (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .map((folder) => join(folder, "node"))
    .find((file) => existsSync(file)) ?? process.execPath

function verify(program: string[], bundle: string): { code: number; output: string } {
  try {
    const [command = "", ...args] = [...program, bundle, "--vkey", vkey, "--lang", "en"]
    return {
      code: 0,
      output: execFileSync(command, args, { cwd: tmpdir(), encoding: "utf8", stdio: "pipe" }),
    }
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string }
    return { code: status, output: stdout }
  }
}

const byItself = [hostNode, join(kept, "verify.mjs")]
const byUs = [process.execPath, join(root, "cli/quanheng.ts"), "verify"]

test.each([
  ["the bundle's own verifier on the host's Node", byItself],
  ["quanheng verify", byUs],
])("%s finds it intact and signed by the kept key", (_, program) => {
  const { code, output } = verify(program, kept)
  expect(output).toMatch(/^Intact and signed by your key: \d+ records/)
  expect(code).toBe(0)
})

test("a flipped byte in a copy is found by both, and the record is named", () => {
  cpSync(kept, spoiled, { recursive: true })
  const file = join(spoiled, "records.jsonl")
  const lines = readFileSync(file, "utf8").split("\n")
  writeFileSync(file, lines.with(40, (lines[40] ?? "").replace('"v":1', '"v":2')).join("\n"))
  for (const program of [byItself, byUs]) {
    const { code, output } = verify(program, spoiled)
    expect(code).toBe(1)
    expect(output).toMatch(/record 40\b/i)
  }
})

test("it holds at least one settled trade and is small", () => {
  const manifest = JSON.parse(readFileSync(join(kept, "manifest.json"), "utf8"))
  expect(readFileSync(join(kept, "records.jsonl"), "utf8")).toContain('"trade.settled@1"')
  const bytes = manifest.files.reduce((sum: number, one: { bytes?: number }) => sum + (one.bytes ?? 0), 0)
  expect(bytes).toBeLessThan(2_000_000)
})
