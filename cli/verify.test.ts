import { execFile } from "node:child_process"
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { zipSync } from "fflate"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { formatCertificate } from "#contracts/ledger/certificate-form.ts"
import { inclusionProof } from "#contracts/ledger/merkle.ts"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { checkpointOf, type Files, makeBundle } from "#contracts/ledger/testing/bundle.ts"
import { market } from "#contracts/ledger/testing/market.ts"
import { makeSigner, sealLog, sha256 } from "#contracts/ledger/testing/seal.ts"
import { tileHashReader, tilePath } from "#contracts/ledger/tiles.ts"

const origin = "quanheng/test/0a1b2c3d"
const signer = makeSigner(origin)
const log = sealLog(origin, market(300))
const files = makeBundle(log, signer)
let folder = ""

async function writeFiles(name: string, content: Files): Promise<string> {
  for (const [path, bytes] of content) {
    const file = join(folder, name, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, bytes)
  }
  return join(folder, name)
}

type Outcome = { code: number; stdout: string; stderr: string }

const quanheng = (...args: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const options = { env: { ...process.env, LANG: "C", LC_ALL: "C" } }
    execFile(process.execPath, ["cli/quanheng.ts", ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "quanheng-verify-"))
  await writeFiles("good", files)
  await writeFiles(
    "bad",
    new Map(files).set("records.jsonl", (files.get("records.jsonl") as Uint8Array).with(5000, 0x20)),
  )
  await writeFile(join(folder, "good.zip"), zipSync(Object.fromEntries(files)))
  await writeFile(join(folder, "log.vkey"), `${formatVerifierKey(signer.key)}\n`)
  await writeFile(join(folder, "kept"), checkpointOf(log, signer, 100))
  const read = tileHashReader(300, async (tile) => files.get(tilePath(tile)) as Uint8Array, sha256)
  const proof = await inclusionProof(7, 300, read, sha256)
  const certificate = {
    extra: log.leaves[7] as Uint8Array,
    index: 7,
    proof,
    checkpoint: checkpointOf(log, signer),
  }
  await writeFile(join(folder, "7.tlog-proof"), formatCertificate(certificate))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe("quanheng verify", () => {
  test("a folder with the reader's key and kept checkpoint: 0", async () => {
    const { code, stdout } = await quanheng(
      "verify",
      join(folder, "good"),
      "--vkey",
      join(folder, "log.vkey"),
      "--since",
      join(folder, "kept"),
    )
    expect(code).toBe(0)
    expect(stdout).toContain("Intact and signed by your key: 300 records")
    expect(stdout).toContain("continues the checkpoint that you kept, of 100")
  })

  test("a zip without a key: 3, in Chinese when asked", async () => {
    const { code, stdout } = await quanheng("verify", join(folder, "good.zip"), "--lang", "zh")
    expect(code).toBe(3)
    expect(stdout).toContain("未经认证")
  })

  test("a changed byte: 1, naming the record, as JSON too", async () => {
    const path = join(folder, "bad")
    const vkey = formatVerifierKey(signer.key)
    const [told, json] = await Promise.all([
      quanheng("verify", path, "--vkey", vkey),
      quanheng("verify", path, "--vkey", vkey, "--json"),
    ])
    expect([told.code, json.code]).toEqual([1, 1])
    expect(told.stdout).toMatch(/✗ record \d+: .* \[not_in_tree\]/)
    const report = JSON.parse(json.stdout)
    expect(report).toMatchObject({ verdict: "broken", failureCount: report.failures.length })
    expect(report.failures[0]).toMatchObject({ code: "not_in_tree", record: expect.any(Number) })
  })

  test("a certificate: 0 with the key, 3 without", async () => {
    const path = join(folder, "7.tlog-proof")
    const [known, unknown] = await Promise.all([
      quanheng("verify", path, "--vkey", join(folder, "log.vkey")),
      quanheng("verify", path, "--json"),
    ])
    expect([known.code, unknown.code]).toEqual([0, 3])
    expect(known.stdout).toContain("The record is in the log")
    expect(JSON.parse(unknown.stdout)).toMatchObject({ verdict: "unauthenticated", index: 7 })
  })

  test("a symbolic link in place of a file is not followed", async () => {
    const path = await writeFiles("linked", files)
    await rm(join(path, "records.csv"))
    await symlink("/etc/passwd", join(path, "records.csv"))
    const { code, stdout } = await quanheng("verify", path)
    expect(code).toBe(1)
    expect(stdout).toContain("file records.csv: The file is missing")
  })

  test("what cannot be carried out is said in a line, never as a stack: 2", async () => {
    for (const args of [
      ["verify"],
      ["verify", "/nowhere"],
      ["verify", join(folder, "good"), "--vkey", join(folder, "kept")],
      ["verify", join(folder, "good"), "--frobnicate"],
      ["fly"],
    ]) {
      const { code, stderr } = await quanheng(...args)
      expect(code, args.join(" ")).toBe(2)
      expect(stderr).toMatch(/^quanheng/)
      expect(stderr).not.toMatch(/\n\s+at /)
    }
  })
})
