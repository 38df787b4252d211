import { describe, expect, it } from "vitest"
import { cleanFileName, type VersionManifest, versionHash } from "./dataset.ts"

const manifest: VersionManifest = {
  v: 1,
  files: [
    {
      name: "区划.csv",
      sha256: "00".repeat(32),
      bytes: 7,
      reading: { format: "csv", encoding: "gb18030", delimiter: ",", header: true },
    },
  ],
  rows: 1,
  columns: [{ name: "代码", type: "text" }],
}

describe("a version's hash", () => {
  it("is the SHA-256 of the canonical JSON (checked with sha256sum)", () => {
    expect(versionHash(manifest)).toBe("78d800c0896719cfbeb15077b14581d7e6e4c3d5760d523ca39953b6e471c860")
  })

  it.each<[string, (m: VersionManifest) => VersionManifest]>([
    ["file name", (m) => ({ ...m, files: m.files.map((file) => ({ ...file, name: "b.csv" })) })],
    ["file hash", (m) => ({ ...m, files: m.files.map((file) => ({ ...file, sha256: "01".repeat(32) })) })],
    ["rows", (m) => ({ ...m, rows: 2 })],
    ["column type", (m) => ({ ...m, columns: [{ name: "代码", type: "integer" }] })],
  ])("changes with the %s", (_what, change) => {
    expect(versionHash(change(manifest))).not.toBe(versionHash(manifest))
  })

  it("is not given to a manifest out of form", () => {
    expect(() => versionHash({ ...manifest, rows: 0.5 })).toThrow()
    expect(() => versionHash({ ...manifest, columns: [] })).toThrow()
  })
})

describe("a file name", () => {
  it.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\data\\天气 2024.csv", "天气 2024.csv"],
    ["a\u0000\u202eb\n.csv", "ab.csv"],
    ["   ", "data"],
    ["..", "data"],
    ["x/", "data"],
  ])("%j is shown as %j", (given, shown) => {
    expect(cleanFileName(given)).toBe(shown)
  })
})
