import fc from "fast-check"
import { expect, test } from "vitest"
import { fromUtf8, utf8 } from "../bytes.ts"
import { canonicalJson } from "../canonical-json.ts"
import { toTime } from "../time.ts"
import { decodeLeaf, encodeLeaf, type Leaf } from "./encoding.ts"
import { isMalformed } from "./malformed.ts"

const hex = fc.stringMatching(/^[0-9a-f]{64}$/)
const time = fc.integer({ min: 0, max: 4_000_000_000_000 }).map(toTime)
const text = fc.string({ unit: "grapheme" })
const word = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,10}$/)
const key = fc.stringMatching(/^[!-~]{1,20}$/)
const member = fc.stringMatching(/^[ -~]{0,12}$/)

const leaf: fc.Arbitrary<Leaf> = fc
  .record({
    v: fc.constant(1 as const),
    log: fc.stringMatching(/^[a-z/]{1,20}$/),
    index: fc.integer({ min: 1_000, max: 2 ** 50 }),
    prev: hex,
    occurredAt: time,
    at: time,
    type: fc.tuple(word, word, fc.integer({ min: 1, max: 9 })).map(([a, b, n]) => `${a}.${b}@${n}`),
    threads: fc.uniqueArray(fc.tuple(key, fc.integer({ min: 1, max: 900 })), {
      selector: ([name]) => name,
      maxLength: 4,
    }),
    actor: fc.oneof(
      fc.record({ role: word.filter((name) => name !== "system"), commit: hex }),
      fc.record({ role: fc.constant("system" as const), job: word }),
    ),
    body: fc.dictionary(
      member,
      fc.oneof(
        text,
        fc.maxSafeInteger(),
        hex.map((commit) => ({ commit })),
        fc.array(text, { maxLength: 3 }),
      ),
      { maxKeys: 6, noNullPrototype: true },
    ),
  })
  .map((made) => ({
    ...made,
    threads: made.threads
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, n]) => [name, n, n === 1 ? null : n] as const),
  }))

test("the fast writer writes what the canonicaliser writes, and it is read again", () => {
  fc.assert(
    fc.property(leaf, (made) => {
      const written = encodeLeaf(made)
      expect(written).toBe(canonicalJson(made))
      const decoded = decodeLeaf(utf8(written))
      expect("leaf" in decoded && decoded.leaf).toEqual(JSON.parse(written))
    }),
    { numRuns: 300 },
  )
})

test("one changed byte is either malformed or another leaf, never the same one", () => {
  fc.assert(
    fc.property(leaf, fc.nat(), fc.integer({ min: 1, max: 255 }), (made, where, change) => {
      const bytes = utf8(encodeLeaf(made))
      const at = where % bytes.length
      bytes[at] = (bytes[at] as number) ^ change
      const decoded = decodeLeaf(bytes)
      if (isMalformed(decoded)) return
      expect(canonicalJson("leaf" in decoded ? decoded.leaf : JSON.parse(fromUtf8(bytes)))).toBe(
        fromUtf8(bytes),
      )
    }),
    { numRuns: 500 },
  )
})

test("bytes that are not UTF-8 are malformed", () => {
  expect(isMalformed(decodeLeaf(Uint8Array.of(0x22, 0xff, 0x22)))).toBe(true)
})
