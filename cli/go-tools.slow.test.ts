import { execFile, execFileSync } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { makeBundle } from "#contracts/ledger/testing/bundle.ts"
import { log, signer } from "#contracts/ledger/testing/fixture.ts"
import { whole } from "#contracts/ledger/testing/tamper/case.ts"

/**
 * Bundles as tools see them that know nothing of Quanheng: Go's signed notes and tiles, and transparency-dev's
 * proofs, in docs/others/go. Runs where Go and those modules are at hand; neither the product nor its tests need them.
 */
const source = resolve("docs/others/go")
const missing = whatIsMissing()
const name = missing === null ? "tools in Go" : `tools in Go: NOT RUN, ${missing}`

function whatIsMissing(): string | null {
  try {
    execFileSync("go", ["version"], { stdio: "ignore" })
  } catch {
    return "there is no Go on this machine"
  }
  try {
    execFileSync("go", ["mod", "download"], { cwd: source, stdio: "ignore", timeout: 90_000 })
    return null
  } catch {
    return "its modules golang.org/x/mod and transparency-dev/merkle cannot be had here"
  }
}

type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string }
const run = (program: string, args: string[], cwd?: string): Promise<Outcome> =>
  new Promise((answer) => {
    execFile(program, args, { cwd, env: process.env }, (error, stdout, stderr) =>
      answer({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })

describe.skipIf(missing !== null)(name, () => {
  let home = ""
  const check = (...args: string[]): Promise<Outcome> => run(join(home, "check"), args)

  async function write(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<[string, string]> {
    for (const [path, bytes] of files) {
      await mkdir(dirname(join(home, folder, path)), { recursive: true })
      await writeFile(join(home, folder, path), bytes)
    }
    await writeFile(join(home, "log.vkey"), `${formatVerifierKey(signer.key)}\n`)
    return [join(home, folder), join(home, "log.vkey")]
  }

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "quanheng-go-"))
    expect(await run("go", ["build", "-o", join(home, "check"), "."], source)).toMatchObject({
      code: 0,
      stderr: "",
    })
  }, 240_000)
  afterAll(() => rm(home, { recursive: true, force: true }))

  test("accept the bundle of the repository as it is", async () => {
    const { code, stdout, stderr } = await check(resolve("docs/bundle"), resolve("docs/bundle.vkey"))
    expect([code, stderr]).toEqual([0, ""])
    expect(stdout).toMatch(/^accepted: \d+ records and their inclusion/)
  })

  test("accept one of several tiles on two levels, with a proof from an earlier checkpoint", async () => {
    const { code, stdout, stderr } = await check(...(await write("whole", whole)))
    expect([code, stderr]).toEqual([0, ""])
    expect(stdout).toContain(
      "accepted: 530 records and their inclusion, consistency from 530 sizes, 1 kept proofs",
    )
  })

  test.each([
    "checkpoint",
    "manifest.note",
    "records.jsonl",
    "tile/0/001",
    "tile/1/000.p/2",
    "tile/entries/002.p/18",
  ])("refuse a flipped bit in %s", async (path) => {
    const files = makeBundle(log, signer)
    const bytes = files.get(path) as Uint8Array
    const at = bytes.length >> 1
    files.set(path, bytes.with(at, (bytes[at] as number) ^ 1))
    const { code, stderr } = await check(...(await write(`flipped-${path.replaceAll("/", "-")}`, files)))
    expect(code).toBe(1)
    expect(stderr).not.toContain("panic")
  })

  test("agree with the vectors of the Merkle tree", async () => {
    const { code, stdout, stderr } = await check("-vectors", resolve("contracts/ledger/vectors"))
    expect([code, stderr]).toEqual([0, ""])
    expect(stdout).toMatch(/^\d+ checks hold\n$/)
  })
})
