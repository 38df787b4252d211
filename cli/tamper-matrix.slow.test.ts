import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { zipSync } from "fflate"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { failure } from "#contracts/ledger/failure.ts"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { exitCodes } from "#contracts/ledger/report.ts"
import type { Finding, Given } from "#contracts/ledger/testing/tamper/case.ts"
import { tamperCases as allCases } from "#contracts/ledger/testing/tamper/matrix.ts"
import { verifiersFolder } from "../scripts/verifiers.ts"
import { openPageWorker } from "./testing/page-worker.ts"

/** The library takes every row in each run (contracts/ledger/tamper.slow.test.ts); programs every fifteenth, or all by `npm run test:large`. */
const tamperCases = process.env.QUANHENG_LARGE
  ? allCases
  : allCases.filter(({ finds }, i) => i % 15 === 0 || finds[0] === "file_missing manifest.json")

/** Every row of the tamper matrix through the programs themselves, as a reader has them. */
type Outcome = { code: number; stdout: string; stderr: string }
type Run = { program: string; args: string[] }

const command = resolve("cli/quanheng.ts")
const single = join(verifiersFolder, "verify.mjs")
let home = ""
let commandRuns: Outcome[] = []
let singleRuns: Outcome[] = []

async function runMany(name: string, runs: readonly Run[]): Promise<Outcome[]> {
  const answer = join(home, name)
  const child = spawn(process.execPath, [resolve("cli/testing/run-many.mjs")], {
    stdio: ["pipe", "inherit", "inherit"],
    env: { ...process.env, LANG: "C", LC_ALL: "C", ANSWER_FILE: answer, NODE_DISABLE_COMPILE_CACHE: "1" },
  })
  child.stdin.end(JSON.stringify(runs))
  await once(child, "close")
  return JSON.parse(await readFile(answer, "utf8"))
}

/** Writes what a row's reader has in hand; answers its path as a folder, and as a zip (a certificate is both). */
async function write({ files, certificate }: Given, name: string): Promise<[folder: string, zip: string]> {
  const path = join(home, name)
  if (certificate !== undefined) {
    await writeFile(`${path}.tlog-proof`, certificate)
    return [`${path}.tlog-proof`, `${path}.tlog-proof`]
  }
  await writeFile(`${path}.zip`, zipSync(Object.fromEntries(files), { level: 0 }))
  for (const [file, bytes] of files) {
    await mkdir(dirname(join(path, file)), { recursive: true })
    await writeFile(join(path, file), bytes)
  }
  return [path, `${path}.zip`]
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "quanheng-tamper-"))
  const [ofCommand, ofSingle]: [Run[], Run[]] = [[], []]
  for (const [i, { make }] of tamperCases.entries()) {
    const made = make()
    const [folder, zip] = await write(made, String(i))
    const options = made.keys.flatMap((key) => ["--vkey", formatVerifierKey(key)])
    if (made.since !== undefined) {
      await writeFile(join(home, `${i}.kept`), made.since)
      options.push("--since", join(home, `${i}.kept`))
    }
    if (made.policy !== undefined) {
      await writeFile(join(home, `${i}.policy`), made.policy)
      options.push("--policy", join(home, `${i}.policy`))
    }
    ofCommand.push({ program: command, args: ["verify", folder, "--lang", "en", ...options] })
    ofSingle.push({ program: single, args: [zip, "--json", ...options] })
  }
  ;[commandRuns, singleRuns] = await Promise.all([runMany("command", ofCommand), runMany("single", ofSingle)])
}, 300_000)
afterAll(() => rm(home, { recursive: true, force: true }))

/** "code record file", as far as each is named. */
function partsOf(finding: Finding) {
  const [code, ...others] = finding.split(" ") as [Parameters<typeof failure>[0], ...string[]]
  const record = /^\d+$/.test(others[0] ?? "") ? Number(others.shift()) : undefined
  return { code, record, file: others[0] }
}

/** A failure's line as people read it, what stands for its detail left open. */
function lineOf(finding: Finding): RegExp {
  const { code, record, file } = partsOf(finding)
  const places = [
    ...(record === undefined ? [] : [`record ${record}`]),
    ...(file === undefined ? [] : [`file ${file}`]),
  ]
  // A row may leave the file out; the line names it all the same.
  const where = `${places.map(literally).join(", ")}(?:, file [^ ]+|file [^ ]+)?(?:: )?`
  const sentence = literally(failure(code, { detail: "\u0001" }).en).replace("\u0001", ".*")
  return new RegExp(`^  ✗ ${where}${sentence} \\[${code}\\]$`, "m")
}

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")

describe("quanheng verify, of a folder", () => {
  test.each(tamperCases.map((one, i) => ({ ...one, i })))("$file: $edit", ({ i, verdict, finds }) => {
    const { code, stdout, stderr } = commandRuns[i] as Outcome
    expect([code, stderr]).toEqual([exitCodes[verdict], ""])
    for (const find of finds) expect(stdout).toMatch(lineOf(find))
  })
})

describe("verify.mjs, of a zip", () => {
  test.each(tamperCases.map((one, i) => ({ ...one, i })))("$file: $edit", ({ i, verdict, finds }) => {
    const { code, stdout, stderr } = singleRuns[i] as Outcome
    expect([code, stderr]).toEqual([exitCodes[verdict], ""])
    const report = JSON.parse(stdout)
    expect(report.verdict).toBe(verdict)
    for (const find of finds) expect(report.failures).toContainEqual(expect.objectContaining(named(find)))
  })
})

function named(finding: Finding) {
  const { code, record, file } = partsOf(finding)
  return { code, ...(record === undefined ? {} : { record }), ...(file === undefined ? {} : { file }) }
}

describe("the browser's worker, of chosen files", async () => {
  const ask = await openPageWorker()

  test.each(tamperCases)("$file: $edit", async ({ make, verdict, finds }) => {
    const { files, certificate, keys, since, policy } = make()
    const chosen =
      certificate === undefined
        ? [...files].map(([path, bytes]) => ({
            path: `export-7/${path}`,
            file: new Blob([bytes as BlobPart]),
          }))
        : [{ path: "7.tlog-proof", file: new Blob([certificate]) }]
    const key = policy ?? keys.map(formatVerifierKey).join()
    const outcome = await ask({ files: chosen, key, kept: since ?? "", keptHeads: [], tamper: null })
    // The page tells of a kept checkpoint that is none, and of files that are no bundle, before it verifies anything.
    if (finds[0] === "since_malformed")
      return expect(outcome).toMatchObject({ kind: "unusable", what: "kept" })
    if (finds[0] === "file_missing manifest.json")
      return expect(outcome).toMatchObject({ kind: "unusable", what: "neither" })
    if (outcome.kind === "unusable") throw new Error(outcome.what)
    const failures = outcome.kind === "bundle" ? outcome.report.failures : outcome.failures
    expect(outcome.kind === "bundle" ? outcome.report.verdict : "broken").toBe(verdict)
    for (const find of finds) expect(failures).toContainEqual(expect.objectContaining(named(find)))
  })
})
