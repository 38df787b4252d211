import { describe, expect, test } from "vitest"
import { concat, utf8 } from "../bytes.ts"
import { bundleFiles } from "./export.ts"
import type { Report } from "./report.ts"
import { type Files, makeBundle, signFiles } from "./testing/bundle.ts"
import { found, origin, signer, verify } from "./testing/fixture.ts"
import { market } from "./testing/market.ts"
import { sealLog } from "./testing/seal.ts"
import { bytesOf } from "./testing/tamper/case.ts"

/** What is no text, or no more than a part of a file; cli/hostile.slow.test.ts has what harms a program. */
const small = sealLog(origin, market(13))
const files = makeBundle(small, signer)

/** At more places of each file by `npm run test:large`. */
const isLarge = process.env.QUANHENG_LARGE !== undefined

test("each file cut off anywhere, or empty", async () => {
  for (const [path, bytes] of files)
    for (const length of new Set([
      0,
      bytes.length >> 1,
      bytes.length - 1,
      ...(isLarge ? [1, 2, bytes.length >> 2, bytes.length - 2] : []),
    ])) {
      if (length < 0 || length >= bytes.length) continue
      const report = await verify(new Map(files).set(path, bytes.slice(0, length)))
      expect(report.verdict, `${path} ${length}`).toBe("broken")
    }
})

const texts = [
  bundleFiles.checkpoint,
  bundleFiles.key,
  bundleFiles.records,
  bundleFiles.recordsTable,
  bundleFiles.disclosures,
  bundleFiles.book,
  bundleFiles.trialBalance,
] as const

const again = (changed: Files): Files => {
  signFiles(changed, small, signer)
  return changed
}

const placesIn = ({ length }: Uint8Array): number[] => [
  0,
  length >> 1,
  length,
  ...(isLarge ? [5, length - 1] : []),
]

/** The reader's key is not brought where log.vkey is changed, so that it is read. */
const verdictOf = (path: string, changed: Files): Promise<Report> =>
  path === bundleFiles.key ? verify(changed, undefined, []) : verify(changed)

describe.each<[string, number[]]>([
  ["NUL", [0]],
  ["an overlong slash", [0xc0, 0xaf]],
  ["an overlong NUL", [0xe0, 0x80, 0x80]],
  ["half of a surrogate pair", [0xed, 0xa0, 0x80]],
  ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80]],
  ["half of a character", [0xe7, 0x94]],
])("bytes that no text has: %s", (_, put) => {
  test.each(texts)("in %s, signed again", async (path) => {
    const bytes = bytesOf(path, files)
    for (const at of placesIn(bytes)) {
      const changed = concat(bytes.slice(0, at), Uint8Array.from(put), bytes.slice(at))
      const report = await verdictOf(path, again(new Map(files).set(path, changed)))
      expect(report.verdict, `${at}: ${found(report)}`).toBe("broken")
    }
  })

  test.each([bundleFiles.manifest, bundleFiles.manifestNote])("in %s", async (path) => {
    const bytes = bytesOf(path, files)
    for (const at of placesIn(bytes)) {
      const changed = concat(bytes.slice(0, at), Uint8Array.from(put), bytes.slice(at))
      expect((await verify(new Map(files).set(path, changed))).verdict, String(at)).toBe("broken")
    }
  })
})

test("a byte order mark before any text, signed again", async () => {
  for (const path of texts) {
    const changed = again(new Map(files).set(path, concat(utf8("\ufeff"), bytesOf(path, files))))
    expect((await verdictOf(path, changed)).verdict, path).toBe("broken")
  }
})

test("a detail or a name out of a bundle does not fill the report", async () => {
  const long = "x".repeat(1_000_000)
  const manifest = utf8(`{\n "${long}": 1\n}\n`)
  for (const changed of [
    new Map(files).set(long, utf8("x")),
    new Map(files).set(bundleFiles.manifest, manifest),
    again(new Map(files).set(bundleFiles.disclosures, utf8(`{"${long}":1}\n`))),
    again(new Map(files).set(bundleFiles.book, utf8(`${long}\n`))),
  ]) {
    const report = await verify(changed)
    expect(report.verdict).toBe("broken")
    expect(JSON.stringify(report).length).toBeLessThan(200_000)
  }
})
