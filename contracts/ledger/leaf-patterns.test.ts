import { describe, expect, test } from "vitest"
import { must } from "../assert.ts"
import { concat, toHex, utf8 } from "../bytes.ts"
import { decodeLeaf, encodeLeaf, type Leaf, leafHash } from "./encoding.ts"
import { recordRow } from "./export.ts"
import { BlockText } from "./lanes/block-text.ts"
import { HashLanes } from "./lanes/hash-lanes.ts"
import { LeafPatterns } from "./leaf-patterns.ts"
import { LeafScan } from "./scan-leaf.ts"
import { log, origin } from "./testing/fixture.ts"
import { randomOf } from "./testing/fuzz/random.ts"
import { sha256 } from "./testing/seal.ts"
import { encodeEntries } from "./tiles.ts"

const lanes = must(HashLanes.open(sha256), "WebAssembly")
const text = new BlockText(lanes)
const { below } = randomOf(11)
const scan = new LeafScan(origin)

/** As a line lies in its file. */
function placed(bytes: Uint8Array): { around: Uint8Array; start: number; end: number } {
  const around = new Uint8Array(bytes.length + 40).fill(0x0a)
  around.set(bytes, 7)
  return { around, start: 7, end: 7 + bytes.length }
}

function learnt(leaf: Uint8Array): LeafPatterns {
  const { around, start, end } = placed(leaf)
  expect(scan.scan(around, start, end)).toBe(true)
  const patterns = new LeafPatterns(text)
  text.dropPatterns()
  patterns.learn(scan, start, end)
  return patterns
}

const prevAt = (bytes: Uint8Array): number => Buffer.from(bytes).indexOf('"prev":"') + 8

/** The scan as the pattern reads it, or null when it does not. */
function readBy(patterns: LeafPatterns, leaf: Uint8Array, row: Uint8Array | null): LeafScan | null {
  const { around, start, end } = placed(leaf)
  const [starts, ends] = [Int32Array.of(start), Int32Array.of(end)]
  const hashes = new Uint8Array(32)
  expect(lanes.hashLeaves(around, starts, ends, 1, hashes)).toBe(true)
  const at = prevAt(leaf)
  const before = new Uint8Array(32)
  before.set(Buffer.from(Buffer.from(leaf.subarray(at, at + 64)).toString("latin1"), "hex"))
  text.begin(starts, ends, 1, hashes, before)
  if (row !== null) text.placeRows(row, 0, row.length)
  const made = new LeafScan(origin)
  const [from, to] = row === null ? [-1, -1] : [0, row.length - 1]
  return patterns.read(made, around, start, end, 0, from, to) ? made : null
}

const rowOf = (leaf: Leaf, bytes: Uint8Array): Uint8Array =>
  utf8(`${recordRow(leaf, toHex(leafHash(bytes, sha256)))}\n`)

/** What a scan says; what a body does not have is left from the record before. */
function said(of: LeafScan) {
  const { index, version, at, occurredAt, prev, body, bodyEnd, role, roleEnd, system, threads } = of
  const parts = { index, version, at, occurredAt, prev, body, bodyEnd, role, roleEnd, system, threads }
  const lists = [of.key, of.keyEnd, of.nEnd, of.n, of.prevIndex].map((list) => [...list.subarray(0, threads)])
  const names = of.bodyScan?.members.map(({ name }) => name) ?? []
  return {
    ...parts,
    lists,
    type: of.bodyScan?.type,
    journalHash: names.includes("journalHash") && of.journalHash,
    state: names.includes("state") && [of.state, of.stateEnd],
    payment: names.includes("payment") && of.paymentEnd > of.payment && [of.payment, of.paymentEnd],
  }
}

/** One leaf of each type and length. */
const forms = [
  ...new Map(log.leaves.map((bytes, i) => [`${log.decoded[i]?.type} ${bytes.length}`, bytes])).values(),
].filter((bytes) => scan.scan(bytes, 0, bytes.length))

/** Every byte of a row by `npm run test:large`; else every fourth, of each form others. */
const every = process.env.QUANHENG_LARGE ? 1 : 4

describe("the pattern of a record", () => {
  test("reads the record itself and its row, and neither with any one byte changed in the row", () => {
    for (const bytes of forms) {
      const decoded = decodeLeaf(bytes)
      if (!("leaf" in decoded)) throw new Error("no leaf")
      const patterns = learnt(bytes)
      const row = rowOf(decoded.leaf, bytes)
      const expected = said(scan)
      expect(said(must(readBy(patterns, bytes, row), "the record"))).toEqual(expected)
      expect(said(must(readBy(patterns, bytes, null), "the record"))).toEqual(expected)
      for (let i = below(every); i < row.length; i += every) {
        const changed = row.with(i, (row[i] as number) ^ (1 << below(7)))
        if (readBy(patterns, bytes, changed) !== null) throw new Error(`byte ${i} of a row was not seen`)
      }
    }
  })

  test("reads no record that the scan does not, with any one byte changed, and reads it alike", () => {
    let same = 0
    const bytes1 = utf8('0123456789abcdefgz AZT_"\\{}[],:.-+\u007f\n')
    for (const bytes of forms) {
      const patterns = learnt(bytes)
      for (let i = 0; i < bytes.length; i++) {
        const to = below(8) === 0 ? below(256) : (bytes1[below(bytes1.length)] as number)
        const changed = bytes.with(i, to)
        const read = readBy(patterns, changed, null)
        if (read === null) continue
        const { around, start, end } = placed(changed)
        if (!scan.scan(around, start, end)) throw new Error(`byte ${i}: ${Buffer.from(changed).toString()}`)
        expect(said(read)).toEqual(said(scan))
        same += 1
      }
    }
    expect(same).toBeGreaterThan(1000)
  })

  test("reads others of its form, whatever their numbers say, exactly where the scan does", () => {
    let [read, unread] = [0, 0]
    for (const bytes of forms) {
      const decoded = decodeLeaf(bytes)
      if (!("leaf" in decoded)) throw new Error("no leaf")
      const patterns = learnt(bytes)
      for (let i = 0; i < 20; i++) {
        const digits = (): string => String(below(100)).padStart(2, "0")
        const { leaf } = decoded
        const other: Leaf = {
          ...leaf,
          at: `${leaf.at.slice(0, 11)}${digits()}:${digits()}${leaf.at.slice(16)}` as Leaf["at"],
          threads: leaf.threads.map(([key, n, before]) => [key, (n + below(2)) as never, before] as never),
        }
        const made = utf8(encodeLeaf(other))
        const { around, start, end } = placed(made)
        const expected = scan.scan(around, start, end)
        const found = readBy(patterns, made, rowOf(other, made))
        if (made.length === bytes.length) expect(found !== null, Buffer.from(made).toString()).toBe(expected)
        if (found !== null) expect(said(found)).toEqual(said(scan))
        if (found === null) unread += 1
        else read += 1
      }
    }
    expect(read).toBeGreaterThan(30)
    expect(unread).toBeGreaterThan(30)
  })
})

test("a block is its entry bundle to the byte", () => {
  const leaves = log.leaves.slice(0, 256)
  const bytes = concat(...leaves.flatMap((leaf) => [leaf, Uint8Array.of(0x0a)]))
  const ends = Int32Array.from(
    leaves,
    (_, i) => leaves.slice(0, i + 1).reduce((sum, { length }) => sum + length + 1, 0) - 1,
  )
  const starts = ends.map((end, i) => end - (leaves[i] as Uint8Array).length)
  const hashes = new Uint8Array(32 * 256)
  expect(lanes.hashLeaves(bytes, starts, ends, 256, hashes)).toBe(true)
  text.begin(starts, ends, 256, hashes, new Uint8Array(32))
  const bundle = encodeEntries(leaves)
  expect(text.isEntryBundle(bundle)).toBe(true)
  expect(text.isEntryBundle(bundle.subarray(0, -1))).toBe(false)
  expect(text.isEntryBundle(concat(bundle, Uint8Array.of(0)))).toBe(false)
  for (let i = 0; i < bundle.length; i += 1 + below(50))
    if (text.isEntryBundle(bundle.with(i, (bundle[i] as number) ^ (1 << below(8)))))
      throw new Error(`byte ${i} was not seen`)
  text.clear()
  expect(text.isEntryBundle(bundle)).toBe(false)
})
