import { describe, expect, test } from "vitest"
import { fromUtf8, utf8 } from "../bytes.ts"
import { bundleFiles, formatManifest, type Manifest, parseManifest } from "./export.ts"
import { isMalformed } from "./malformed.ts"
import { found, pristine, size, verify } from "./testing/fixture.ts"
import { formatKeptProof, parseKeptProof } from "./verify-consistency.ts"

/** Formats of the bundle that the vectors do not hold: what is read prints to the same text again. */
describe("a manifest", () => {
  const text = fromUtf8(pristine.get(bundleFiles.manifest) as Uint8Array)
  const manifest = parseManifest(text)
  if (isMalformed(manifest)) throw new Error(manifest.malformed)

  test.each([
    ["a lone surrogate in its reason", text.replace('"why": "', '"why": "\\ud800')],
    ["an escape that is not needed", text.replace('"why": "a', '"why": "\\u0061')],
    ["a member twice", text.replace(' "size"', ' "size": 270,\n "size"')],
    ["members in another order", text.replace(/( "log": .*\n)( "size": .*\n)/, "$2$1")],
    ["a size as a float", text.replace('"size": 270', '"size": 270.0')],
    ["a size of 2^53", text.replace('"size": 270', '"size": 9007199254740992')],
    ["a byte after its end", `${text}\n`],
    ["no final newline", text.trimEnd()],
    ["carriage returns", text.replaceAll("\n", "\r\n")],
    ["a file twice", formatManifest({ ...manifest, files: manifest.files.flatMap((file) => [file, file]) })],
    ["files in another order", formatManifest({ ...manifest, files: manifest.files.toReversed() })],
    ["a digest in upper case", text.replace(/"sha256": "([0-9a-f]+)"/, (all) => all.toUpperCase())],
    ["a day that there is not", text.replace("2026-02-01T", "2026-02-30T")],
    ["a range beyond the log", formatManifest({ ...manifest, range: { from: 0, to: size + 1 } })],
    ["a range that ends before it begins", formatManifest({ ...manifest, range: { from: 2, to: 1 } })],
    ["a reason of 2,001 characters", formatManifest({ ...manifest, why: "x".repeat(2001) })],
    ["a file of a hidden name", text.replace('"path": "book.csv"', '"path": ".book"')],
    ["deep JSON", "[".repeat(200_000)],
  ])("with %s is refused", (_, changed) => {
    if (changed === text) throw new Error("nothing was changed")
    expect(parseManifest(changed)).toHaveProperty("malformed")
  })

  test("of no file at all, and of the longest reason, is read", () => {
    const least: Manifest = { ...manifest, files: [], why: "😀".repeat(1000) }
    expect(parseManifest(formatManifest(least))).toEqual(least)
  })
})

describe("a kept proof", () => {
  const proof = { size: 300, hashes: [new Uint8Array(32), new Uint8Array(32).fill(7)], checkpoint: "c\n" }
  const text = formatKeptProof(proof)

  test("is read as it was printed", () => {
    expect(parseKeptProof(text)).toEqual(proof)
    expect(parseKeptProof("old 0\n\nc\n")).toEqual({ size: 0, hashes: [], checkpoint: "c\n" })
  })
  test.each([
    ["a hash of 31 bytes", formatKeptProof({ ...proof, hashes: [new Uint8Array(31)] })],
    ["a hash of 33 bytes", formatKeptProof({ ...proof, hashes: [new Uint8Array(33)] })],
    ["127 hashes", formatKeptProof({ ...proof, hashes: new Array(127).fill(new Uint8Array(32)) })],
    ["a size of 2^53", text.replace("old 300", "old 9007199254740993")],
    ["a leading zero", text.replace("old 300", "old 0300")],
    ["a carriage return", text.replace("\n", "\r\n")],
    ["no size", text.replace("old 300\n", "")],
    ["no empty line", text.replace("\n\n", "\n")],
    ["nothing", ""],
  ])("with %s is refused", (_, changed) => {
    expect(parseKeptProof(changed)).toHaveProperty("malformed")
  })
})

test("a bundle that tells of an absurd number of records is not walked through to their end", async () => {
  const files = new Map(pristine)
  const absurd = 2 ** 50
  const manifest = parseManifest(fromUtf8(files.get(bundleFiles.manifest) as Uint8Array))
  if (isMalformed(manifest)) throw new Error(manifest.malformed)
  const claimed = manifest.files.map((file) =>
    file.path === bundleFiles.records ? { ...file, bytes: Number.MAX_SAFE_INTEGER } : file,
  )
  const text = formatManifest({
    ...manifest,
    size: absurd,
    range: { from: 0, to: absurd / 1024 },
    files: claimed,
  })
  files.set(bundleFiles.manifest, utf8(text))
  const head = fromUtf8(files.get(bundleFiles.checkpoint) as Uint8Array).replace("\n270\n", `\n${absurd}\n`)
  files.set(bundleFiles.checkpoint, utf8(head))
  const report = await verify(files)
  expect(report.verdict).toBe("broken")
  expect(found(report)).toContain("record_missing 270")
})
