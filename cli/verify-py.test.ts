import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { zipSync } from "fflate"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { utf8 } from "#contracts/bytes.ts"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { type Files, makeBundle, signFiles } from "#contracts/ledger/testing/bundle.ts"
import { origin, signer } from "#contracts/ledger/testing/fixture.ts"
import { market } from "#contracts/ledger/testing/market.ts"
import { sealLog } from "#contracts/ledger/testing/seal.ts"
import { python, verifyManyByPy, verifyPy, withPython } from "./testing/python.ts"

/** docs/verify.py as a reader runs it. */
const kept = resolve("docs/bundle")
const vkey = resolve("docs/bundle.vkey")
const home = mkdtempSync(join(tmpdir(), "quanheng-verify-py-"))
afterAll(() => rmSync(home, { recursive: true }))

const log = sealLog(origin, market(14))
const whole = makeBundle(log, signer)
const key = formatVerifierKey(signer.key)

function write(name: string, files: Files): string {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(home, name, path)), { recursive: true })
    writeFileSync(join(home, name, path), bytes)
  }
  return join(home, name)
}

function writeBytes(name: string, bytes: Uint8Array): string {
  writeFileSync(join(home, name), bytes)
  return join(home, name)
}

describe.skipIf(python === null)(withPython("docs/verify.py"), () => {
  test("finds the bundle of the repository intact, by the kept key: 0, and says what it leaves alone", async () => {
    const { code, stdout, stderr } = await verifyPy(kept, "--vkey", vkey, "--since", join(kept, "checkpoint"))
    expect([code, stderr]).toEqual([0, ""])
    expect(stdout).toMatch(/^Intact and signed by your key: \d+ records/)
    expect(stdout).toContain("continues the checkpoint that you kept")
    expect(stdout).toContain("Not checked here: the meaning of the records")
  })

  test("without a key: 3, in Chinese when asked", async () => {
    const { code, stdout } = await verifyPy(kept, "--lang", "zh")
    expect(code).toBe(3)
    expect(stdout).toContain("未经认证")
    expect(stdout).toContain("不核验记录的含义")
  })

  test("a flipped byte in a copy: 1, and the record and the file are named", async () => {
    const copy = join(home, "copy")
    cpSync(kept, copy, { recursive: true })
    const file = join(copy, "records.jsonl")
    const lines = readFileSync(file, "utf8").split("\n")
    writeFileSync(file, lines.with(40, (lines[40] ?? "").replace('"v":1', '"v":2')).join("\n"))
    const { code, stdout } = await verifyPy(copy, "--vkey", vkey)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^ {2}x record 40: .* \[not_in_tree\]$/m)
    expect(stdout).toMatch(/^ {2}x file records\.jsonl: .* \[file_changed\]$/m)
  })

  test("names what the records tell of erasures, as the command does", async () => {
    const facts = market(14).toSpliced(6, 0, {
      type: "data.erased@1",
      threads: ["era_00000000000000000000000001"],
      values: { version: 1, kind: "field", reason: "x", basis: "y", places: ["3#/actor", "4#/body/amount"] },
    })
    const path = write("erased", makeBundle(sealLog(origin, facts), signer))
    const { stdout } = await verifyPy(path, "--vkey", key, "--json")
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "intact",
      erased: { values: 2, accounts: 0, records: [6] },
    })
    const [en, zh] = await Promise.all(
      ["en", "zh"].map((language) => verifyPy(path, "--vkey", key, "--lang", language)),
    )
    expect(en?.stdout).toContain("Erased: 2 confidential values and 0 accounts, as told in records 6;")
    expect(zh?.stdout).toContain("已删除：2 个保密值、0 个个人账户，见记录 6；")
  })

  test("a certificate that is too long, or not UTF-8, is none: 1", async () => {
    for (const bytes of [Buffer.from("{ \xff", "latin1"), Buffer.from(`{${" ".repeat(4_000_000)}}`)]) {
      const { code, stdout, stderr } = await verifyPy(writeBytes("none.json", bytes), "--vkey", key)
      expect([code, stderr]).toEqual([1, ""])
      expect(stdout).toContain("[certificate_malformed]")
    }
  })

  test("all test vectors hold", async () => {
    const { code, stdout, stderr } = await verifyPy("--vectors", resolve("contracts/ledger/vectors"))
    expect([code, stderr]).toEqual([0, ""])
    expect(stdout).toMatch(/^(\d+) of \1 checks hold\n$/)
  })

  test("a vector that is wrong is told: 1", async () => {
    const changed = join(home, "vectors")
    cpSync(resolve("contracts/ledger/vectors"), changed, { recursive: true })
    const file = join(changed, "leaf.json")
    writeFileSync(file, readFileSync(file, "utf8").replace(/"hash": "../, '"hash": "zz'))
    const { code, stdout } = await verifyPy("--vectors", changed)
    expect(code).toBe(1)
    expect(stdout).toContain("x leaf hash: as sealed: ")
  })

  test("what cannot be carried out is said in a line: 2", async () => {
    const noZip = writeBytes("no.zip", utf8("this is no zip"))
    for (const args of [
      [],
      ["/nowhere"],
      [noZip],
      [kept, "--vkey", join(kept, "checkpoint")],
      [kept, "--vkey", "/nowhere"],
      [kept, "--since", "/nowhere"],
      [kept, "--frobnicate"],
      ["--vectors", "/nowhere"],
    ]) {
      const { code, stderr } = await verifyPy(...args)
      expect(code, args.join(" ")).toBe(2)
      expect(stderr).toMatch(/verify\.py: /)
      expect(stderr).not.toContain("Traceback")
    }
  })
})

/** With its manifest made again, so that only what was put there is wrong. */
const signed = (change: (files: Files) => void): Files => {
  const files = new Map(whole)
  change(files)
  signFiles(files, log, signer)
  return files
}

const deep = "[".repeat(1_000_000)
const plain = Object.fromEntries(whole)
const zip = zipSync(plain, { level: 6 })
const manyFiles = (): Files => {
  const manifest = Buffer.from(whole.get("manifest.json") as Uint8Array).toString()
  const more = Array.from(
    { length: 40_000 },
    (_, i) =>
      `\n  {\n   "path": "a${String(i).padStart(6, "0")}",\n   "sha256": "${"0".repeat(64)}",\n   "bytes": 1\n  },`,
  )
  return new Map(whole).set("manifest.json", utf8(manifest.replace("[", () => `[${more.join("")}`)))
}
const linked = (): string => {
  const path = write("linked", whole)
  rmSync(join(path, "records.csv"))
  symlinkSync("/etc/passwd", join(path, "records.csv"))
  return path
}

describe.skipIf(python === null)(withPython("docs/verify.py on what is hostile"), () => {
  const hostile: readonly (readonly [name: string, make: () => string, code: string])[] = [
    ["a zip whose end is cut off", () => writeBytes("cut.zip", zip.slice(0, -40)), "bundle_unreadable"],
    [
      "a zip of which half is there",
      () => writeBytes("half.zip", zip.slice(0, zip.length / 2)),
      "bundle_unreadable",
    ],
    [
      "a zip damaged inside",
      () =>
        writeBytes(
          "spoiled.zip",
          zip.map((byte, i) => (i > 200 && i < 900 ? byte ^ 0x55 : byte)),
        ),
      "bundle_unreadable",
    ],
    [
      "a zip with a name that leaves it",
      () => writeBytes("out.zip", zipSync({ ...plain, "../../evil": utf8("x") })),
      "file_name_unsafe",
    ],
    [
      "a zip with an absolute name",
      () => writeBytes("root.zip", zipSync({ ...plain, "/etc/evil": utf8("x") })),
      "file_name_unsafe",
    ],
    [
      "a zip whose file inflates to a thousand times its size",
      () =>
        writeBytes(
          "bomb.zip",
          zipSync({ ...plain, "records.csv": new Uint8Array(50_000_000) }, { level: 9 }),
        ),
      "file_too_large",
    ],
    [
      "a manifest that names a path outside",
      () =>
        write(
          "outside",
          new Map(whole).set(
            "manifest.json",
            utf8(
              Buffer.from(whole.get("manifest.json") as Uint8Array)
                .toString()
                .replace("records.csv", "../../etc/passwd"),
            ),
          ),
        ),
      "manifest_malformed",
    ],
    ["a manifest of 40,000 files that are not there", () => write("many", manyFiles()), "file_missing"],
    [
      "a manifest of deep JSON",
      () => write("deep-manifest", new Map(whole).set("manifest.json", utf8(deep))),
      "manifest_malformed",
    ],
    [
      "a manifest of one string of megabytes",
      () =>
        write(
          "long-manifest",
          new Map(whole).set(
            "manifest.json",
            utf8(`{\n "format": "quanheng-export@1",\n "log": "${"x".repeat(20_000_000)}"`),
          ),
        ),
      "manifest_malformed",
    ],
    [
      "a record of deep JSON",
      () =>
        write(
          "deep-record",
          signed((files) => files.set("records.jsonl", utf8(`${deep.slice(0, 30_000)}\n`))),
        ),
      "record_malformed",
    ],
    [
      "an opened value of deep JSON",
      () =>
        write(
          "deep-opening",
          signed((files) => files.set("disclosures.jsonl", utf8(`${deep}\n`))),
        ),
      "disclosure_malformed",
    ],
    [
      "an opened value of deep JSON inside of a string's end",
      () =>
        write(
          "deep-string",
          signed((files) => files.set("disclosures.jsonl", utf8(`"\\\\"${deep}\n`))),
        ),
      "disclosure_malformed",
    ],
    [
      "an opened value of a number of a million digits",
      () =>
        write(
          "digits",
          signed((files) => files.set("disclosures.jsonl", utf8(`${"9".repeat(1_000_000)}\n`))),
        ),
      "disclosure_malformed",
    ],
    [
      "a line without an end",
      () =>
        write(
          "endless",
          signed((files) => files.set("records.jsonl", new Uint8Array(5_000_000).fill(0x78))),
        ),
      "file_too_large",
    ],
    [
      "a checkpoint of megabytes",
      () => write("long-head", new Map(whole).set("checkpoint", new Uint8Array(3_000_000).fill(0x0a))),
      "file_too_large",
    ],
    ["a file that is a link to another place", linked, "file_missing"],
    ["an empty folder", () => write("empty", new Map([["sub/x", utf8("")]])), "file_missing"],
  ]
  let answers: readonly (readonly [code: number, stdout: string])[] = []
  beforeAll(async () => {
    answers = await verifyManyByPy(hostile.map(([, make]) => [make(), "--vkey", key, "--json"]))
  }, 120_000)

  test.each(hostile.map(([name, , expected], i) => ({ name, expected, i })))(
    "$name: a named verdict and 1",
    ({ expected, i }) => {
      const [code, stdout = ""] = answers[i] ?? []
      expect(code).toBe(1)
      const { verdict, failures } = JSON.parse(stdout)
      expect(verdict).toBe("broken")
      expect(failures.map((failure: { code: string }) => failure.code)).toContain(expected)
    },
  )
})
