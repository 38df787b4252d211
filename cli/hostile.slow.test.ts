import { spawnSync } from "node:child_process"
import { mkdir, mkdtemp, open, rm, symlink, truncate, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { crc32, deflateRawSync } from "node:zlib"
import { zipSync } from "fflate"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { fromUtf8, toHex, utf8 } from "#contracts/bytes.ts"
import { signCheckpoint } from "#contracts/ledger/checkpoint.ts"
import {
  agreementFile,
  formatManifest,
  type Manifest,
  parseManifest,
  signManifest,
} from "#contracts/ledger/export.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { type Files, makeBundle, rootOf, signFiles } from "#contracts/ledger/testing/bundle.ts"
import { market } from "#contracts/ledger/testing/market.ts"
import { makeSigner, sealLog, sha256 } from "#contracts/ledger/testing/seal.ts"
import {
  endKept,
  type Observed,
  type Program,
  programs,
  runKept,
  runObserved,
} from "./testing/observed-run.ts"

/**
 * Bundles made to harm whoever verifies them: each gets a named failure and exit 1, within bounded memory, and is
 * never waited for.
 */
// A program that hangs is killed before, and told of.
vi.setConfig({ testTimeout: 120_000 })

/** As small as a bundle with a full tile can be, for most runs read all of it before they come to what is wrong. */
const origin = "quanheng/test/0a1b2c3d"
const signer = makeSigner(origin)
const log = sealLog(origin, market(256))
const agreement = utf8("# 数据许可合同 Data licence\n")
const agreementPath = agreementFile(toHex(sha256(agreement)))
const whole = makeBundle(log, signer)
whole.set(agreementPath, agreement)
whole.set("README.txt", utf8("README.txt of a test\n"))
signFiles(whole, log, signer)
const textOf = (path: string, from: Files = whole): string => fromUtf8(bytesOf(path, from))

function bytesOf(path: string, from: Files = whole): Uint8Array {
  const bytes = from.get(path)
  if (bytes === undefined) throw new Error(`the bundle has no ${path}`)
  return bytes
}

const gigabyte = 1024 ** 3
const mostMb = 320
let home = ""
let made = 0

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "quanheng-hostile-"))
})
afterAll(async () => {
  endKept()
  await rm(home, { recursive: true, force: true })
})

async function writeFolder(files: Files): Promise<string> {
  const folder = join(home, String(++made))
  await mkdir(folder)
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  return folder
}

async function writeZip(bytes: Uint8Array): Promise<string> {
  const file = join(home, `${++made}.zip`)
  await writeFile(file, bytes)
  return file
}

const zipOf = (files: Files, level: 0 | 1 = 1): Uint8Array => zipSync(Object.fromEntries(files), { level })

/** A manifest that somebody changed at will and signed with the log's own key. */
function withManifest(change: (manifest: Manifest) => Manifest, from: Files = whole): Files {
  const manifest = parseManifest(textOf("manifest.json", from))
  if (isMalformed(manifest)) throw new Error(manifest.malformed)
  return withManifestText(formatManifest(change(manifest)), from)
}

const withManifestText = (text: string, from: Files = whole): Files =>
  new Map(from)
    .set("manifest.json", utf8(text))
    .set("manifest.note", utf8(signManifest(text, signer.key, signer.sign, sha256)))

const codesOf = ({ stdout }: Observed): string[] =>
  [...stdout.matchAll(/ \[([a-z_]+)\]$/gm)].map(([, code]) => code as string)

/**
 * The programs in turns, and each ninth run as a process of its own, started as a reader starts it: a start takes longer
 * than most runs. By `npm run test:large` both each time, and each as a process of its own.
 */
let turn = 0
function runsOfNow(): [Program, typeof runKept][] {
  const all = Object.keys(programs) as Program[]
  if (process.env.QUANHENG_LARGE) return all.map((program) => [program, runObserved])
  const program = all[turn % all.length] as Program
  return [[program, turn++ % 9 === 0 ? runObserved : runKept]]
}

/** It is said to be not intact, for this reason. */
async function expectRefused(path: string, code: string, allowedMb = mostMb): Promise<void> {
  for (const [program, run] of runsOfNow()) {
    const observed = await run(program, [path, "--vkey", formatVerifierKey(signer.key), "--lang", "en"])
    expect
      .soft({ program, code: observed.code, stderr: observed.stderr })
      .toEqual({ program, code: 1, stderr: "" })
    expect.soft(codesOf(observed), observed.stdout.slice(0, 2000)).toContain(code)
    expect.soft(observed.stdout).not.toMatch(/[^\P{C}\n]/u)
    expect.soft(observed.stdout.length).toBeLessThan(200_000)
    if (observed.mostMb !== null) expect.soft(observed.mostMb, program).toBeLessThan(allowedMb)
  }
}

describe("what is given as a bundle and is none", () => {
  test("an empty folder", async () => expectRefused(await writeFolder(new Map()), "file_missing"))

  test.each([
    ["an empty file", new Uint8Array(0)],
    ["a text", utf8("this is no zip\n")],
    ["zeros", new Uint8Array(100_000)],
    ["a zip cut off", zipOf(whole).slice(0, 20_000)],
    ["a zip without its last byte", zipOf(whole).slice(0, -1)],
    ["a zip's end alone", zipOf(whole).slice(-22)],
  ])("%s", async (_, bytes) => expectRefused(await writeZip(bytes), "bundle_unreadable"))

  test("a certificate of five gigabytes", async () => {
    const file = await writeZip(utf8("{"))
    await truncate(file, 5 * gigabyte)
    await expectRefused(file, "certificate_malformed")
  })

  test("a certificate that is not UTF-8", async () =>
    expectRefused(await writeZip(Uint8Array.of(0x7b, 0xc0, 0x80)), "certificate_malformed"))

  test("a certificate of JSON 100,000 levels deep", async () =>
    expectRefused(
      await writeZip(utf8(`{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`)),
      "certificate_malformed",
    ))

  test.each(["/dev/zero", "/dev/null"])("the device %s", (path) => expectRefused(path, "bundle_unreadable"))

  test("a pipe that nobody writes to", async () => {
    const path = join(home, "pipe")
    spawnSync("mkfifo", [path])
    await expectRefused(path, "bundle_unreadable")
  })
})

describe("a gigantic file that the manifest calls small", () => {
  test.each([
    "checkpoint",
    "manifest.json",
    "manifest.note",
    "tile/0/000",
    "records.jsonl",
    "records.csv",
    "book.csv",
  ])("%s", async (path) => {
    const folder = await writeFolder(whole)
    await truncate(join(folder, path), 5 * gigabyte)
    await expectRefused(folder, "file_too_large")
  })

  test.each(["disclosures.jsonl", "README.txt", agreementPath])("%s", async (path) => {
    const folder = await writeFolder(whole)
    await truncate(join(folder, path), 5 * gigabyte)
    await expectRefused(folder, "file_changed")
  })
})

describe("a gigantic line, of a size that the manifest tells", () => {
  test.each(["records.jsonl", "records.csv", "disclosures.jsonl", "book.csv"])("%s", async (path) => {
    const files = withManifest((manifest) => ({
      ...manifest,
      files: manifest.files.map((file) => (file.path === path ? { ...file, bytes: gigabyte } : file)),
    }))
    const folder = await writeFolder(files)
    const handle = await open(join(folder, path), "w")
    await handle.truncate(gigabyte)
    await handle.close()
    await expectRefused(folder, "file_too_large")
  })
})

describe("a zip that inflates", () => {
  const inflated = 300 * 1024 * 1024
  let bomb: { deflated: Uint8Array; crc: number }
  beforeAll(() => {
    const zeros = new Uint8Array(inflated)
    bomb = { deflated: deflateRawSync(zeros, { level: 1 }), crc: crc32(zeros) }
  })

  /** The zip of these files, with 300 megabytes of zeros as README.txt: stored as they are deflated, and then called so. */
  function zipWithBomb(files: Files): Uint8Array {
    const zip = zipSync(Object.fromEntries([...files, ["README.txt", bomb.deflated]]), { level: 0 })
    const view = new DataView(zip.buffer, zip.byteOffset)
    const entry = findEntry(zip, "README.txt")
    const local = view.getUint32(entry + 42, true)
    for (const at of [entry + 10, local + 8]) {
      view.setUint16(at, 8, true)
      view.setUint32(at + 6, bomb.crc, true)
      view.setUint32(at + 14, inflated, true)
    }
    return zip
  }

  test("to more than the manifest tells", async () => {
    await expectRefused(await writeZip(zipWithBomb(whole)), "file_changed")
  })

  test("to more than its directory tells", async () => {
    const zip = zipWithBomb(whole)
    const at = findEntry(zip, "README.txt")
    new DataView(zip.buffer, zip.byteOffset).setUint32(at + 24, bytesOf("README.txt").length, true)
    await expectRefused(await writeZip(zip), "bundle_unreadable")
  })

  test("to the same bytes a thousand times over", async () => {
    const agreements = Array.from({ length: 1000 }, (_, i) => `agreements/${String(i).padStart(64, "0")}`)
    const files = withManifest((manifest) => ({
      ...manifest,
      files: [
        ...manifest.files,
        ...agreements.map((path) => ({ path, sha256: path.slice(11), bytes: inflated })),
      ].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    }))
    for (const path of agreements) files.set(path, new Uint8Array(0))
    const zip = zipWithBomb(files)
    const view = new DataView(zip.buffer, zip.byteOffset)
    const from = findEntry(zip, "README.txt")
    for (const path of agreements) {
      const at = findEntry(zip, path)
      for (const field of [10, 20, 24, 42])
        view.setUint32(at + field, view.getUint32(from + field, true), true)
      view.setUint16(at + 10, 8, true)
    }
    await expectRefused(await writeZip(zip), "bundle_unreadable")
  })
})

/** Where a name's entry begins in the zip's directory. */
function findEntry(zip: Uint8Array, name: string): number {
  const at = Buffer.from(zip.buffer, zip.byteOffset, zip.length).lastIndexOf(name) - 46
  if (at < 0 || zip[at] !== 0x50 || zip[at + 2] !== 0x01) throw new Error(`no entry ${name}`)
  return at
}

describe("names", () => {
  test.each([
    "../../evil",
    "/etc/evil",
    "a\\b",
    "C:evil",
    "a\u0000b",
    "~",
    "a/../b",
    "a//b",
    "é",
    "x".repeat(300),
    "\u202egpj",
  ])("%j in a zip", async (name) =>
    expectRefused(await writeZip(zipOf(new Map(whole).set(name, utf8("x")), 0)), "file_name_unsafe"),
  )

  test.each([
    "../../etc/passwd",
    "/etc/passwd",
    "a\\b",
    "a/../../b",
    ".ssh/id",
    "a\u0000b",
    "records.csv/",
    "",
  ])("%j in the signed manifest", async (name) => {
    const files = withManifest((manifest) => ({
      ...manifest,
      files: [...manifest.files, { path: name, sha256: "0".repeat(64), bytes: 1 }].toSorted((a, b) =>
        a.path < b.path ? -1 : 1,
      ),
    }))
    await expectRefused(await writeFolder(files), "manifest_malformed")
  })

  test.each(["/etc/passwd", "/dev/zero"])("a link to %s in place of a file", async (target) => {
    const folder = await writeFolder(whole)
    await rm(join(folder, "README.txt"))
    await symlink(target, join(folder, "README.txt"))
    await expectRefused(folder, "file_missing")
  })

  test("a link in place of a folder", async () => {
    const [folder, other] = [await writeFolder(whole), await writeFolder(whole)]
    await rm(join(folder, "tile"), { recursive: true })
    await symlink(join(other, "tile"), join(folder, "tile"))
    await expectRefused(folder, "file_missing")
  })

  test("a link in a circle", async () => {
    const folder = await writeFolder(whole)
    await symlink(folder, join(folder, "again"))
    await expectRefused(folder, "file_unlisted")
  })

  test("a folder 400 levels deep", async () => {
    const folder = await writeFolder(whole)
    await mkdir(join(folder, ...Array.from({ length: 400 }, () => "d")), { recursive: true })
    await writeFile(join(folder, ...Array.from({ length: 400 }, () => "d"), "f"), "x")
    await expectRefused(folder, "file_name_unsafe")
  })

  test.each(["checkpoint", "manifest.json", "records.jsonl", "tile/0/000", "README.txt"])(
    "a folder, a pipe in place of %s",
    async (path) => {
      const [one, two] = [await writeFolder(whole), await writeFolder(whole)]
      await rm(join(one, path))
      await mkdir(join(one, path))
      await expectRefused(one, "file_missing")
      await rm(join(two, path))
      spawnSync("mkfifo", [join(two, path)])
      await expectRefused(two, "file_missing")
    },
  )
})

describe("manifests", () => {
  test("of a million lines, signed (of 200,000 where not by `npm run test:large`)", async () => {
    const count = process.env.QUANHENG_LARGE ? 200_000 : 40_000
    const files = withManifest((manifest) => ({
      ...manifest,
      files: [
        ...manifest.files,
        ...Array.from({ length: count }, (_, i) => ({
          path: `z/${String(i).padStart(6, "0")}`,
          sha256: "0".repeat(64),
          bytes: 1,
        })),
      ],
    }))
    await expectRefused(await writeFolder(files), "file_missing", 600)
  })

  test("of a million lines, not signed", async () => {
    const files = new Map(whole).set("manifest.json", utf8("{\n".repeat(1_000_000)))
    await expectRefused(await writeFolder(files), "manifest_malformed")
  })

  test("of 250 megabytes", async () => {
    const files = new Map(whole).set("manifest.json", utf8(`[${"[],".repeat(250_000_000 / 3)}[]]`))
    await expectRefused(await writeFolder(files), "file_too_large")
  })

  test("of JSON 100,000 levels deep", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`
    const text = textOf("manifest.json")
    await expectRefused(await writeFolder(withManifestText(deep)), "manifest_malformed")
    await expectRefused(
      await writeFolder(withManifestText(text.replace('"filter": null', `"filter": ${deep}`))),
      "manifest_malformed",
    )
  })

  test("with a name of __proto__, a member twice, a name of a megabyte", async () => {
    const text = textOf("manifest.json")
    for (const put of ['"__proto__": {"a": 1}', '"why": "x"', `"${"x".repeat(1_000_000)}": 1`]) {
      const changed = text.replace('"filter": null', `"filter": null,\n ${put}`)
      await expectRefused(await writeFolder(withManifestText(changed)), "manifest_malformed")
    }
  })

  test("of a log of 2^53 - 1 records that is said to be all there", async () => {
    const size = Number.MAX_SAFE_INTEGER
    const files = new Map(whole).set("checkpoint", utf8(checkpointAt(size)))
    for (const [range, code] of [
      [{ from: 0, to: Math.floor(size / 200) }, "record_missing"],
      [{ from: size - 1000, to: size }, "file_missing"],
    ] as const) {
      const signed = withManifest(
        (manifest) => ({
          ...manifest,
          size,
          range,
          files: manifest.files.map((file) =>
            file.path === "records.jsonl" ? { ...file, bytes: size } : file,
          ),
        }),
        files,
      )
      await expectRefused(await writeFolder(signed), code)
    }
  })
})

/** A signed head of the log's root with another size. */
function checkpointAt(size: number): string {
  const { key, sign } = signer
  return signCheckpoint({ origin, size, root: rootOf(log.hashes) }, key, sign)
}
