import { execFile, execFileSync } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { utf8 } from "#contracts/bytes.ts"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { cosign, cosignerKey } from "#contracts/ledger/cosignature.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { formatNote, formatVerifierKey } from "#contracts/ledger/note.ts"
import { type Files, makeBundle } from "#contracts/ledger/testing/bundle.ts"
import { log, signer } from "#contracts/ledger/testing/fixture.ts"
import { market } from "#contracts/ledger/testing/market.ts"
import { makeTurnedBundle, turned } from "#contracts/ledger/testing/rotated.ts"
import { makeSigner, sealLog, sha256, type TestSigner } from "#contracts/ledger/testing/seal.ts"
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
      "accepted: 270 records and their inclusion, consistency from 270 sizes, 1 kept proofs",
    )
  })

  test.each([
    "checkpoint",
    "manifest.note",
    "records.jsonl",
    "tile/0/000",
    "tile/1/000.p/1",
    "tile/entries/001.p/14",
  ])("refuse a flipped bit in %s", async (path) => {
    const files = makeBundle(log, signer)
    const bytes = files.get(path) as Uint8Array
    const at = bytes.length >> 1
    files.set(path, bytes.with(at, (bytes[at] as number) ^ 1))
    const { code, stderr } = await check(...(await write(`flipped-${path.replaceAll("/", "-")}`, files)))
    expect(code).toBe(1)
    expect(stderr).not.toContain("panic")
  })

  describe("after a change of the log's key", () => {
    const next = makeSigner(log.origin)
    const facts = market(30)
    /** The change is the last record: both keys sign the head over it. With more after it, the new key alone. */
    const bundleOf = async (at: number, change: (files: Files) => void = () => {}) => {
      const turns = [{ at, from: signer, to: next }]
      const changed = sealLog(log.origin, turned(facts, turns))
      const signers = at === facts.length ? { signers: [next, signer] } : {}
      return makeTurnedBundle(changed, turns, { ...signers, change })
    }
    async function checkWith(by: TestSigner, folder: string, files: Files): Promise<Outcome> {
      const [path] = await write(folder, files)
      await writeFile(join(home, `${folder}.vkey`), `${formatVerifierKey(by.key)}\n`)
      return check(path, join(home, `${folder}.vkey`))
    }

    test("accept a head that both keys signed, and that a witness has cosigned", async () => {
      const cosigned = await bundleOf(facts.length, (files) => {
        const head = readCheckpoint(files.get("checkpoint") as Uint8Array)
        if (isMalformed(head)) throw new Error(head.malformed)
        const witness = makeSigner("witness.example")
        const key = cosignerKey("witness.example", witness.key.publicKey, sha256)
        const line = cosign(head.note.text, 1_700_000_000, key, witness.sign)
        const signatures = [...head.note.signatures, line]
        files.set("checkpoint", utf8(formatNote({ ...head.note, signatures })))
      })
      for (const [folder, files] of [
        ["both", await bundleOf(facts.length)],
        ["cosigned", cosigned],
      ] as const) {
        const { code, stdout, stderr } = await checkWith(next, folder, files)
        expect([code, stderr]).toEqual([0, ""])
        expect(stdout).toMatch(/^accepted: 31 records/)
        // By the key of before the head is signed as well; what comes after it, as the manifest, no longer is.
        const before = await checkWith(signer, folder, files)
        expect([before.code, before.stderr]).toEqual([1, expect.stringMatching(/^manifest\.note: /)])
      }
    })

    test("accept the new key alone on what comes after", async () => {
      const files = await bundleOf(20)
      expect(await checkWith(next, "after", files)).toMatchObject({ code: 0, stderr: "" })
      const before = await checkWith(signer, "after", files)
      expect([before.code, before.stderr]).toEqual([1, expect.stringMatching(/^checkpoint: /)])
    })
  })

  test("agree with the vectors of the Merkle tree", async () => {
    const { code, stdout, stderr } = await check("-vectors", resolve("contracts/ledger/vectors"))
    expect([code, stderr]).toEqual([0, ""])
    expect(stdout).toMatch(/^\d+ checks hold\n$/)
  })
})
