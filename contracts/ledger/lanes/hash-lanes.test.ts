import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { must } from "../../assert.ts"
import { concat, toHex } from "../../bytes.ts"
import { LineReader, type TextRoom } from "../bundle.ts"
import { leafHash } from "../encoding.ts"
import { appendLeaves, emptyRange, rangeRoot } from "../merkle.ts"
import { sha256 } from "../testing/seal.ts"
import { HashLanes } from "./hash-lanes.ts"

const lanes = must(HashLanes.open(sha256), "WebAssembly")

/** Each with a byte before it, as a line feed stands between two lines. */
function leafHashes(leaves: readonly Uint8Array[]): string[] {
  const bytes = concat(...leaves.flatMap((leaf) => [Uint8Array.of(0x0a), leaf]))
  const ends = leaves.map((_, i) => leaves.slice(0, i + 1).reduce((sum, { length }) => sum + 1 + length, 0))
  const starts = ends.map((end, i) => end - (leaves[i] as Uint8Array).length)
  const hashes = new Uint8Array(32 * leaves.length)
  lanes.hashLeaves(bytes, starts, ends, leaves.length, hashes)
  return leaves.map((_, i) => toHex(hashes.subarray(32 * i, 32 * i + 32)))
}

const bytesOf = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => Math.imul(i + seed, 2654435761) >>> 24)

describe("SHA-256 in lanes is that of everybody else", () => {
  test("of leaves of every length up to four blocks, and of the longest", () => {
    const leaves = Array.from({ length: 260 }, (_, length) => bytesOf(length, length))
    leaves.push(...Array.from({ length: 70 }, (_, i) => bytesOf(32 * 1024 - (i % 3), i)))
    expect(leafHashes(leaves)).toEqual(leaves.map((leaf) => toHex(leafHash(leaf, sha256))))
  })

  test("of trees of 2 to 256 leaves", () => {
    for (let width = 2; width <= 256; width *= 2) {
      const hashes = Array.from({ length: width }, (_, i) => sha256(bytesOf(3, i)))
      const root = rangeRoot(appendLeaves(emptyRange, hashes, sha256), sha256)
      expect(toHex(lanes.rootOf(concat(...hashes)))).toBe(toHex(root))
    }
  })

  test("of streams in parts, with leaves, trees and each other between", () => {
    const part = fc.record({ stream: fc.nat(5), length: fc.oneof(fc.nat(200), fc.nat(100_000)) })
    const step = fc.oneof(part, fc.constantFrom("leaves" as const, "tree" as const))
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.array(fc.boolean(), { minLength: 6 }),
        (steps, waits) => {
          const streams = [0, 1, 2, 3, 4, 5].map(() => must(lanes.stream(), "a stream"))
          expect(lanes.stream()).toBeNull()
          const parts = streams.map((): Uint8Array[] => [])
          const leaves = [0, 55, 56, 700, 63, 64, 1000, 1].map((length) => bytesOf(length, steps.length))
          steps.forEach((one, i) => {
            if (one === "leaves")
              expect(leafHashes(leaves)).toEqual(leaves.map((leaf) => toHex(leafHash(leaf, sha256))))
            else if (one === "tree") lanes.rootOf(bytesOf(8192, i))
            else {
              const bytes = bytesOf(one.length, i)
              streams[one.stream]?.update(bytes)
              parts[one.stream]?.push(bytes)
            }
          })
          const found: string[] = []
          streams.forEach((stream, i) => {
            if (waits[i] === true)
              stream.end((digest) => {
                found[i] = toHex(digest)
              })
            else found[i] = toHex(stream.digest())
          })
          lanes.settle()
          expect(found).toEqual(parts.map((all) => toHex(sha256(concat(...all)))))
        },
      ),
      { numRuns: 100 },
    )
  })

  test("of a stream that is longer than its room", () => {
    const stream = must(lanes.stream(), "a stream")
    const bytes = bytesOf(3_000_001, 7)
    stream.update(bytes)
    expect(toHex(stream.digest())).toBe(toHex(sha256(bytes)))
  })

  test("of text that lies in a room of theirs, which is not written over", () => {
    const room = must(lanes.room(300_000), "room").memory
    const leaves = Array.from({ length: 300 }, (_, i) => bytesOf((i * 37) % 900, i))
    const text = concat(...leaves.flatMap((leaf) => [leaf, Uint8Array.of(0x0a)]))
    room.set(text)
    const ends = leaves.map((_, i) =>
      leaves.slice(0, i + 1).reduce((sum, { length }) => sum + 1 + length, -1),
    )
    const starts = ends.map((end, i) => end - (leaves[i] as Uint8Array).length)
    const hashes = new Uint8Array(32 * leaves.length)
    expect(lanes.hashLeaves(room, starts, ends, leaves.length, hashes)).toBe(true)
    expect(hashes).toEqual(concat(...leaves.map((leaf) => leafHash(leaf, sha256))))
    expect(room.subarray(0, text.length)).toEqual(text)
  })

  test("or there are none", () => {
    expect(HashLanes.open((bytes) => sha256(concat(bytes, Uint8Array.of(0))))).toBeNull()
  })
})

/** What a reader of lines answers, by some way of asking for them: some at once, or one by one. */
async function linesOf(
  parts: readonly Uint8Array[],
  ways: readonly number[],
  areKept: boolean,
  room: TextRoom | null,
) {
  async function* stream() {
    yield* parts
  }
  const lines = new LineReader(stream(), "a file", 500, areKept, room)
  const found: string[] = []
  try {
    for (let i = 0; ; i++) {
      const way = ways[i % ways.length] as number
      const [starts, ends] = [new Int32Array(way), new Int32Array(way)]
      const count = way === 0 ? 0 : await lines.gather(starts, ends, 2000)
      for (let line = 0; line < count; line++)
        found.push(
          `${lines.base + (starts[line] as number)} ${toHex(lines.bytes.subarray(starts[line], ends[line]))}`,
        )
      if (count > 0) lines.end = ends[count - 1] as number
      if (count > 0) lines.skip()
      const line = count > 0 ? null : await lines.next()
      if (line !== null) found.push(toHex(line))
      else if (count === 0) return [...found, lines.unterminated]
    }
  } catch (error) {
    return [...found, String(error)]
  }
}

test("lines in a room of the lanes are those found without it, whatever their length and whatever does not fit", async () => {
  const room = must(lanes.room(1024 + 3000), "room")
  const line = fc.oneof(fc.nat(3), fc.nat(60), fc.nat(520))
  const text = fc.array(line, { maxLength: 600 })
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.boolean(),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 2500 }), { minLength: 1 }),
      fc.array(fc.constantFrom(0, 1, 7, 256, 300), { minLength: 1 }),
      async (lengths, ended, areKept, cuts, ways) => {
        const whole = concat(
          ...lengths.flatMap((length, i) => [bytesOf(length, i).map((b) => b | 0x80), Uint8Array.of(0x0a)]),
        )
        const bytes = ended ? whole : whole.subarray(0, -1)
        const parts: Uint8Array[] = []
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const end = at + (cuts[i % cuts.length] as number)
          parts.push(bytes.subarray(at, end))
          at = end
        }
        expect(await linesOf(parts, ways, areKept, room)).toEqual(await linesOf(parts, ways, areKept, null))
      },
    ),
    { numRuns: 200 },
  )
})
