import { execFile, spawnSync } from "node:child_process"
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { parseManifest } from "#contracts/ledger/export.ts"
import { carryOutExport, exportFolder } from "#server/ledger/export/job.ts"
import { insertRun } from "#server/ledger/export/run-store.ts"
import { readLog } from "#server/ledger/log-store.ts"
import { openTestLog } from "#server/ledger/test-log.ts"
import { holdPayment, newId, testServices, userOf } from "#server/ledger/test-records.ts"
import { buildVerifiers, verifiersFolder } from "../scripts/verifiers.ts"

const log = await openTestLog()
const services = await testServices(log)
const regulator = userOf("regulator")
const vkey = path.join(log.home, "reader.vkey")
let good = ""

beforeAll(async () => {
  for (let i = 0; i < 3; i++) await holdPayment(services, userOf("buyer"))
  await log.add(40)
  const sequencer = log.sequencer()
  await sequencer.sealOnce()
  await sequencer.stop()
  await writeFile(vkey, `${(await readLog(log.sql))?.vkey}\n`)
  const id = newId("export")
  const order = { from: null, to: null, reason: "inspection", role: "regulator", form: "folder" } as const
  await insertRun(log.sql, id, { ...order, party: regulator.party, user: regulator.user })
  await carryOutExport(services, id)
  good = exportFolder(log.home, id)
})
afterAll(() => rm(log.home, { recursive: true, force: true }))

type Outcome = { code: number; stdout: string }

/** As a reader runs it who has only the bundle: another folder, an empty environment. */
const program = (script: string, ...args: string[]): Promise<Outcome> =>
  run({} as NodeJS.ProcessEnv, script, ...args)

const run = (env: NodeJS.ProcessEnv, script: string, ...args: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const options = { cwd: "/", env, maxBuffer: 64 * 1024 * 1024 }
    execFile(process.execPath, [script, ...args], options, (error, stdout) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout }),
    )
  })

/** What the command line and the bundle's own verify.mjs say of a folder; they must say the same. */
async function verdict(folder: string) {
  const [own, command] = await Promise.all([
    program(path.join(good, "verify.mjs"), folder, "--vkey", vkey, "--json"),
    run(process.env, path.resolve("cli/quanheng.ts"), "verify", folder, "--vkey", vkey, "--json"),
  ])
  expect(own).toEqual(command)
  const report = JSON.parse(own.stdout)
  const records: (number | undefined)[] = report.failures.map(({ record }: { record?: number }) => record)
  return { code: own.code, verdict: report.verdict, records }
}

describe("the verifiers in a bundle", () => {
  test("are those that these sources make, whoever makes them", async () => {
    for (const [name, content] of Object.entries(await buildVerifiers())) {
      expect(await readFile(path.join(verifiersFolder, name), "utf8"), name).toBe(content)
      expect(content, `${name} tells where it was made`).not.toContain(process.cwd())
    }
  })

  test("are named in its manifest, like every file of it", async () => {
    const manifest = parseManifest(await readFile(path.join(good, "manifest.json"), "utf8"))
    const names = "files" in manifest ? manifest.files.map((file) => file.path) : []
    expect(names).toEqual(expect.arrayContaining(["verify.html", "verify.mjs", "README.txt", "log.vkey"]))
  })

  test("import nothing but Node's own modules and open no connection", async () => {
    const code = await readFile(path.join(good, "verify.mjs"), "utf8")
    const imports = [...code.matchAll(/^import [^"]*"([^"]+)"/gm)].map(([, name]) => name)
    expect(imports.length).toBeGreaterThan(3)
    for (const name of imports)
      expect(name).toMatch(/^node:(crypto|fs(\/promises)?|os|path|stream|url|util|v8|worker_threads|zlib)$/)
    const html = await readFile(path.join(good, "verify.html"), "utf8")
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/\b(?:src|href)="(?!data:)/)
    for (const text of [code, html])
      expect(text).not.toMatch(/\bfetch\(|XMLHttpRequest|WebSocket|EventSource/)
  })

  test("say 0 with the reader's key and 3 without, in sentences", async () => {
    expect(await verdict(good)).toEqual({ code: 0, verdict: "intact", records: [] })
    const alone = await program(path.join(good, "verify.mjs"), good)
    expect(alone.code).toBe(3)
    expect(alone.stdout).toContain("Intact, but not authenticated")
    const usage = await program(path.join(good, "verify.mjs"), "--help")
    expect(usage.stdout).toContain("Usage: node verify.mjs PATH")
  })
})

/** The commands of README.txt, run as they stand there. */
const asTold = (folder: string): Promise<{ output: string; code: number }> =>
  new Promise((resolve) => {
    const commands = readmeText.split("\n").filter((line) => line.startsWith("    "))
    const plain = commands
      .map((line) => line.slice(4))
      .filter((line) => !/^(node|python3) verify\./.test(line))
    // A heredoc's last line; what follows is the same again in Chinese.
    const script = `set -eo pipefail\n${plain.slice(0, plain.indexOf("END") + 1).join("\n")}\n`
    execFile("bash", ["-c", script], { cwd: folder }, (error, stdout, stderr) =>
      resolve({ output: stdout + stderr, code: error === null ? 0 : 1 }),
    )
  })
let readmeText = ""
const hasPython = spawnSync("python3", ["--version"]).status === 0

describe.skipIf(!hasPython)("with nothing but sha256sum and python, as README.txt tells", () => {
  test("a good bundle holds, to the root in its checkpoint", async () => {
    readmeText = await readFile(path.join(good, "README.txt"), "utf8")
    const { output, code } = await asTold(good)
    expect(output).toBe("all files fit\nthe chain holds\nthe root is the signed one\n")
    expect(code).toBe(0)
  })

  test("its verify.py says the same", () => {
    const key = path.join(good, "log.vkey")
    const { status, stdout } = spawnSync("python3", ["verify.py", ".", "--vkey", key], { cwd: good })
    expect([status, String(stdout)]).toEqual([0, expect.stringContaining("52 records")])
  })

  test("a changed one does not", async () => {
    const folder = path.join(log.home, "python")
    await cp(good, folder, { recursive: true })
    const file = path.join(folder, "records.jsonl")
    await writeFile(file, (await readFile(file, "utf8")).replace('"v":1', '"v":2'))
    expect((await asTold(folder)).code).toBe(1)
  })
})

describe("a real export of which something was changed fails, and the record is named", () => {
  const changes: [string, (lines: string[]) => string[], number][] = [
    ["flipped byte", (lines) => lines.with(7, (lines[7] as string).replace('"index":7', '"index":6')), 7],
    ["dropped record", (lines) => lines.toSpliced(9, 1), 9],
    ["swapped pair", (lines) => lines.with(11, lines[12] as string).with(12, lines[11] as string), 11],
    ["record added within", (lines) => lines.toSpliced(13, 0, lines[13] as string), 13],
    ["record added at the end", (lines) => [...lines, lines.at(-1) as string], 51],
    ["last record dropped", (lines) => lines.slice(0, -1), 51],
  ]
  test.each(changes)("a %s", async (name, change, record) => {
    const folder = path.join(log.home, name.replaceAll(" ", "-"))
    await cp(good, folder, { recursive: true })
    const file = path.join(folder, "records.jsonl")
    const lines = (await readFile(file, "utf8")).trimEnd().split("\n")
    expect(lines.length).toBe(52)
    await writeFile(file, `${change(lines).join("\n")}\n`)
    const found = await verdict(folder)
    expect(found).toMatchObject({ code: 1, verdict: "broken" })
    expect(found.records).toContain(record)
    expect(found.records.find((one) => one !== undefined)).toBe(record)
  })

  // Each costs a process: every third file, or all by `npm run test:large`. The library takes all of them each time.
  test("any file of it with one bit turned over", async () => {
    const names = (await readdir(good, { recursive: true })).toSorted()
    for (const name of names.filter((_, i) => process.env.QUANHENG_LARGE || i % 3 === 0)) {
      const bytes = await readFile(path.join(good, name)).catch(() => null)
      if (bytes === null || bytes.length === 0) continue
      const folder = path.join(log.home, "one-bit")
      await rm(folder, { recursive: true, force: true })
      await mkdir(folder)
      await cp(good, folder, { recursive: true })
      const at = bytes.length >> 1
      await writeFile(path.join(folder, name), bytes.with(at, (bytes[at] as number) ^ 1))
      const own = await program(path.join(good, "verify.mjs"), folder, "--vkey", vkey, "--json")
      expect(own.code, name).toBe(1)
    }
  }, 60_000)
})
