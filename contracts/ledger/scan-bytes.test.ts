import { describe, expect, test } from "vitest"
import { toHex, utf8 } from "../bytes.ts"
import {
  afterCount,
  afterHash,
  afterLiteral,
  countIn,
  isHexOf,
  sameBytes,
  sameLongBytes,
  viewOf,
} from "./scan-bytes.ts"
import { randomOf } from "./testing/fuzz/random.ts"

/** Bytes at some place within others that differ. */
function placed(bytes: Uint8Array, at: number, around: number): Uint8Array {
  const whole = new Uint8Array(at + bytes.length + 5).fill(around)
  whole.set(bytes, at)
  return whole
}

const { below } = randomOf(7)
const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256))

/** The two ways to compare, called alike. */
const comparisons = {
  sameBytes,
  sameLongBytes: (a: Uint8Array, aAt: number, b: Uint8Array, bAt: number, length: number) =>
    sameLongBytes(viewOf(a), aAt, viewOf(b), bAt, length),
}

describe.each(Object.entries(comparisons))("%s", (_, same) => {
  test("finds bytes the same at any two places, whatever is around them", () => {
    for (let length = 0; length < 40; length++)
      for (const [aAt, bAt] of [
        [0, 0],
        [1, 0],
        [2, 3],
        [3, 5],
        [4, 1],
      ] as const) {
        const bytes = bytesOf(length)
        expect(same(placed(bytes, aAt, 0), aAt, placed(bytes, bAt, 255), bAt, length)).toBe(true)
      }
  })

  test("finds each single changed bit of any byte, at every length", () => {
    for (let length = 1; length < 40; length++) {
      const bytes = bytesOf(length)
      for (let at = 0; at < length; at++)
        for (let bit = 0; bit < 8; bit++) {
          const changed = bytes.with(at, (bytes[at] as number) ^ (1 << bit))
          const [aAt, bAt] = [below(5), below(5)]
          const found = same(placed(bytes, aAt, 9), aAt, placed(changed, bAt, 9), bAt, length)
          if (found) throw new Error(`length ${length}: byte ${at}, bit ${bit} was not seen`)
        }
    }
  })
})

test("hexadecimal digits are those of the bytes, in lower case, and no others", () => {
  const bytes = bytesOf(32)
  const text = utf8(`__${toHex(bytes)}`)
  expect(isHexOf(text, 2, bytes)).toBe(true)
  for (let i = 2; i < text.length; i++) {
    const changed = text.with(i, (text[i] as number) ^ 1)
    expect(isHexOf(changed, 2, bytes), String(i)).toBe(false)
    const upper = text.with(i, (text[i] as number) & 0xdf)
    expect(isHexOf(upper, 2, bytes), String(i)).toBe(upper[i] === text[i])
  }
})

test("small readers stop at what they do not read, and never go past the end", () => {
  const count = (text: string) => afterCount(utf8(text), 0)
  expect([count("0,"), count("10,"), count("01,"), count(","), count(""), count("7")]).toEqual([
    1, 2, -1, -1, -1, 1,
  ])
  expect([count("9".repeat(15)), count("9".repeat(16))]).toEqual([15, -1])
  expect(countIn(utf8("x907"), 1, 4)).toBe(907)
  for (let i = 0; i < 64; i++) {
    const hash = utf8("a".repeat(64))
    expect(afterHash(hash.with(i, 0x67), 0)).toBe(-1)
    expect(afterHash(hash.subarray(0, i), 0)).toBe(-1)
    expect(afterLiteral(hash.with(i, 0x62), 0, hash)).toBe(-1)
    expect(afterLiteral(hash.subarray(0, i), 0, hash)).toBe(-1)
  }
})
