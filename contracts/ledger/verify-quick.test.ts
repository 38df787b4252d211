import fc from "fast-check"
import { afterEach, describe, expect, test, vi } from "vitest"
import { fromUtf8, toHex, utf8 } from "../bytes.ts"
import { decodeLeaf, encodeBody, leafHash } from "./encoding.ts"
import { bundleFiles, recordColumns, recordRow } from "./export.ts"
import { type FactType, factTypes } from "./fact.ts"
import { problemOfBody } from "./fact-body.ts"
import { KeyTable } from "./key-table.ts"
import type { Report } from "./report.ts"
import { findBodyScan, scannedTypes } from "./scan-body.ts"
import { LeafScan } from "./scan-leaf.ts"
import { afterRowOf, mostRowBytes, writeRowOf } from "./scan-row.ts"
import { type Files, makeBundle, signFiles } from "./testing/bundle.ts"
import { found, log, origin, pristine, signer, size, verify } from "./testing/fixture.ts"
import { chainLeaves, sealLog, sha256, type TestFact } from "./testing/seal.ts"
import { QuickPass } from "./verify-quick.ts"

afterEach(() => void vi.restoreAllMocks())

const scan = new LeafScan(origin)

/** Eight times as often by `npm run test:large`. */
const thoroughly = process.env.QUANHENG_LARGE ? 8 : 1

/** The bytes in the middle of others, as a line lies in its file. */
function scanned(bytes: Uint8Array): boolean {
  const around = new Uint8Array(bytes.length + 20).fill(0x0a)
  around.set(bytes, 7)
  return scan.scan(around, 7, 7 + bytes.length)
}

const hash = "c".repeat(64)
const id = (prefix: string, n: number): string => `${prefix}_${String(n).padStart(26, "0")}`

/** Facts of things that have no steps, beside the trades of the market. */
const grants = Array.from({ length: 300 }, (_, i): TestFact => {
  const values = { version: 1, trade: id("trd", i), versionHash: hash, expires: "2026-02-28T00:00:00.000Z" }
  return { type: "grant.issued@1", threads: [id("gra", i), id("trd", i)], values, role: "seller" }
})
const grantLog = sealLog(origin, grants)
const leaves = [...log.leaves, ...grantLog.leaves]

/** Changes of one place that keep or break form: whatever a byte can become, and pieces put in or left out. */
const mutation = fc.oneof(
  fc.record({
    at: fc.nat(),
    put: fc.constantFrom(...'"\\{}[],:019aAzZ_-+ \n\u0000\u007fTN'),
    cut: fc.nat(2),
  }),
  fc.record({
    at: fc.nat(),
    put: fc.constantFrom(
      "",
      "null",
      "true",
      "-1",
      "-0",
      "1.0",
      "1e3",
      "01",
      "9007199254740993",
      "999999999999999",
      "\\u0041",
      "é",
      "\\ud800",
      "甲",
      ',"v":1',
      '"a":1,',
      '"commit":"',
      "2026-02-30T00:00:00.000Z",
      "T24:00",
    ),
    cut: fc.nat(4),
  }),
)
type Mutation = { at: number; put: string; cut: number }

function mutate(bytes: Uint8Array, { at, put, cut }: Mutation): Uint8Array {
  const place = at % (bytes.length + 1)
  const middle = utf8(put)
  const made = new Uint8Array(place + middle.length + Math.max(0, bytes.length - place - cut))
  made.set(bytes.subarray(0, place))
  made.set(middle, place)
  made.set(bytes.subarray(place + cut), place + middle.length)
  return made
}

/** Digits and letters of another number, time or word are where both ways have most to agree on. */
function alter(bytes: Uint8Array, at: number, to: number): Uint8Array {
  const places = [...bytes.keys()].filter((i) => /[0-9a-zA-Z]/.test(String.fromCharCode(bytes[i] as number)))
  const copy = bytes.slice()
  copy[places[at % places.length] as number] = to
  return copy
}

/** Whatever is scanned must be a leaf that fits its type, and be read as it is. */
function expectAgreement(bytes: Uint8Array): boolean {
  if (!scanned(bytes)) return false
  const decoded = decodeLeaf(bytes)
  if (!("leaf" in decoded)) throw new Error(`scanned, but no leaf: ${fromUtf8(bytes)}`)
  const { leaf } = decoded
  const text = (from: number, to: number) => fromUtf8(scan.bytes.subarray(from, to))
  expect(problemOfBody(leaf.type as FactType, leaf.body)).toBeNull()
  expect(scan.bodyScan?.type).toBe(leaf.type)
  expect(scan.index).toBe(leaf.index)
  expect(scan.version).toBe(leaf.body.version)
  expect(text(scan.at, scan.at + 24)).toBe(leaf.at)
  expect(text(scan.occurredAt, scan.occurredAt + 24)).toBe(leaf.occurredAt)
  expect(text(scan.prev, scan.prev + 64)).toBe(leaf.prev)
  expect(text(scan.body, scan.bodyEnd)).toBe(encodeBody(leaf.body))
  expect(text(scan.role, scan.roleEnd)).toBe("job" in leaf.actor ? leaf.actor.job : leaf.actor.role)
  const threads = Array.from({ length: scan.threads }, (_, i) => {
    const before = scan.prevIndex[i] as number
    const key = text(scan.key[i] as number, scan.keyEnd[i] as number)
    return [key, scan.n[i], before < 0 ? null : before]
  })
  expect(threads).toEqual(leaf.threads)
  const hashed = leafHash(bytes, sha256)
  const row = utf8(`${recordRow(leaf, toHex(hashed))}\n`)
  expect(afterRowOf(row, 0, scan, hashed)).toBe(row.length - 1)
  const written = new Uint8Array(mostRowBytes(bytes.length))
  expect(fromUtf8(written.subarray(0, writeRowOf(written, 0, scan, utf8(toHex(hashed)), 0)))).toBe(
    fromUtf8(row),
  )
  for (let i = 0; i < row.length; i += 7) {
    const changed = row.slice()
    changed[i] = (changed[i] as number) ^ 1
    expect(afterRowOf(changed, 0, scan, hashed)).toBe(-1)
  }
  return true
}

describe("the scan of a leaf", () => {
  test("knows the records of a market", () => {
    expect(grantLog.leaves.every(expectAgreement)).toBe(true)
    expect(log.leaves.filter(expectAgreement).length).toBe(
      log.decoded.filter(({ type, body }) => problemOfBody(type as FactType, body) === null).length,
    )
  })

  test("knows every type but the rare ones", () => {
    const left = (Object.keys(factTypes) as FactType[]).filter((type) => !scannedTypes().includes(type))
    // These have a member that is not always there, or a list of things: they are rare, and read the slow way.
    const ofDebts = Object.keys(factTypes).filter((type) => type.startsWith("debt."))
    const rare = ["data.erased@1", ...ofDebts, "key.rotated@1", "withdrawal.paid@1"]
    expect(left.toSorted()).toEqual(rare.toSorted())
    for (const type of scannedTypes()) expect(findBodyScan(utf8(type), 0, type.length)?.type).toBe(type)
    expect(findBodyScan(utf8("trade.beamed@1"), 0, 14)).toBeNull()
  })

  test("is never kinder than the slow way", () => {
    let agreed = 0
    const changes = fc.oneof(
      mutation.map((made) => (bytes: Uint8Array) => mutate(bytes, made)),
      fc.tuple(fc.nat(), fc.constantFrom(...utf8("0129afgzAZT_"))).map(
        ([at, to]) =>
          (bytes: Uint8Array) =>
            alter(bytes, at, to),
      ),
    )
    fc.assert(
      fc.property(fc.constantFrom(...leaves), changes, (leaf, change) => {
        if (expectAgreement(change(leaf))) agreed += 1
      }),
      { numRuns: 600 * thoroughly },
    )
    expect(agreed).toBeGreaterThan(36 * thoroughly)
  })

  test("leaves an origin that JSON must escape to the slow way", () => {
    const odd = sealLog('a"b', grants.slice(0, 1)).leaves[0] as Uint8Array
    expect(new LeafScan('a"b').scan(odd, 0, odd.length)).toBe(false)
    const forged = utf8(fromUtf8(odd).replace('a\\"b', 'a"b'))
    expect(new LeafScan('a"b').scan(forged, 0, forged.length)).toBe(false)
  })
})

test("a key table finds every key again, also after it grew and was cleared", () => {
  const keys = new KeyTable(sha256(utf8("seed")))
  const names = Array.from({ length: 5000 }, (_, i) => id("trd", i * 7))
  for (const round of [1, 2]) {
    expect(names.map((name) => keys.idOfText(name))).toEqual(names.map((_, i) => i))
    names.forEach((name, i) => {
      expect(keys.idOfText(name)).toBe(i)
      expect(keys.n[i]).toBe(0)
      keys.n[i] = round
    })
    expect(keys.textOf(4321)).toBe(names[4321])
    expect(keys.n.length).toBe(keys.version.length)
    keys.clear()
  }
})

/** The report of both ways; they must be the same. */
async function bothWays(files: Files): Promise<{ quick: Report; passed: number }> {
  const pass = vi.spyOn(QuickPass.prototype, "pass")
  const quick = await verify(files)
  const passed = pass.mock.results.filter(({ value }) => value).length
  pass.mockImplementation(() => false)
  const slow = await verify(files)
  vi.restoreAllMocks()
  expect(quick).toEqual(slow)
  return { quick, passed }
}

/** The bundle of the market without opened values and book, so that no record needs the slow way for them. */
const publicFiles = (from: ReadonlyMap<string, Uint8Array>): Files => {
  const files = new Map(from)
  for (const path of [bundleFiles.disclosures, bundleFiles.book, bundleFiles.trialBalance]) files.delete(path)
  return files
}

describe("the quick and the slow way say the same", () => {
  const grantFiles = makeBundle(grantLog, signer)

  test("of whole bundles, which go the quick way", async () => {
    const whole = await bothWays(grantFiles)
    expect(found(whole.quick)).toEqual([])
    expect(whole.passed).toBe(0)
    const open = publicFiles(grantFiles)
    signFiles(open, grantLog, signer)
    expect(await bothWays(open)).toMatchObject({ passed: grants.length - 1, quick: { verdict: "intact" } })
  })

  test("of a changed byte in any file, signed again", async () => {
    const bundles = [
      { files: publicFiles(grantFiles), of: grantLog },
      { files: publicFiles(pristine), of: log },
      { files: pristine, of: log },
    ]
    const place = fc.tuple(fc.nat(), fc.oneof(mutation, fc.record({ at: fc.nat() })))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bundles), place, async ({ files, of }, [which, change]) => {
        const paths = [bundleFiles.records, bundleFiles.records, bundleFiles.recordsTable, ...files.keys()]
        const path = paths[which % paths.length] as string
        const bytes = files.get(path) as Uint8Array
        const changed =
          "put" in change ? mutate(bytes, change) : bytes.with(change.at % bytes.length, change.at % 251)
        const copy = new Map(files).set(path, changed)
        signFiles(copy, of, signer)
        await bothWays(copy)
      }),
      { numRuns: 8 * thoroughly },
    )
  }, 120_000)

  test("of records that were changed and chained, hashed and signed again", async () => {
    const edit = fc.record({ at: fc.nat(), kind: fc.nat(5) })
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        const changed = grantLog.decoded.map((leaf, i) => {
          const kind = edits.find(({ at }) => at % grants.length === i)?.kind
          const [first, ...others] = leaf.threads
          if (first === undefined || kind === undefined) return leaf
          if (kind === 0) return { ...leaf, at: "2025-12-31T00:00:00.000Z" }
          if (kind === 1) return { ...leaf, threads: [[first[0], 2, 0] as const, ...others] }
          if (kind === 2) return { ...leaf, body: { ...leaf.body, version: 3 } }
          if (kind === 3) return { ...leaf, threads: grantLog.decoded[i - 1]?.threads ?? others }
          if (kind === 4) return { ...leaf, body: { ...leaf.body, more: 1 } }
          return { ...leaf, log: "quanheng/other/0a1b2c3d" }
        })
        const forged = chainLeaves(origin, changed, { disclosures: [], journals: [] })
        const files = publicFiles(makeBundle(forged, signer))
        signFiles(files, forged, signer)
        await bothWays(files)
      }),
      { numRuns: 6 * thoroughly },
    )
  }, 120_000)

  test("of ranges and of a table that stops early", async () => {
    for (const [from, to] of [
      [5, 20],
      [256, 260],
      [269, size],
    ] as const) {
      const files = publicFiles(makeBundle(log, signer, from, to))
      signFiles(files, log, signer, from, to)
      await bothWays(files)
    }
    const short = publicFiles(grantFiles)
    const rows = grantLog.decoded
      .slice(0, 9)
      .map((leaf) => recordRow(leaf, toHex(grantLog.hashes[leaf.index] as Uint8Array)))
    short.set(bundleFiles.recordsTable, utf8(`${[recordColumns.join(), ...rows].join("\n")}\n`))
    signFiles(short, grantLog, signer)
    expect((await bothWays(short)).quick.failureCount).toBe(grants.length - 9)
  })
})
