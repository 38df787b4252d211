import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { utf8 } from "../bytes.ts"
import { leafHash } from "./encoding.ts"
import { isMalformed } from "./malformed.ts"
import { appendLeaves, emptyRange, inclusionProof, rangeRoot, verifyInclusion } from "./merkle.ts"
import { sha256 } from "./testing/seal.ts"
import {
  decodeEntries,
  decodeHashTile,
  encodeEntries,
  encodeHashTile,
  parseTilePath,
  type Tile,
  tileHashReader,
  tilePath,
  tileRoot,
  tilesBetween,
  tilesOfRange,
  tilesOfSize,
} from "./tiles.ts"

const size = fc.oneof(
  fc.constantFrom(0, 1, 2, 255, 256, 257, 65535, 65536, 65537),
  fc.integer({ min: 0, max: 200_000 }),
)
const names = (tiles: Iterable<Tile>): Set<string> => new Set(Array.from(tiles, tilePath))

describe("tiles", () => {
  test("a path and its tile say the same", () => {
    const tile = fc.record({
      level: fc.oneof(fc.constant("entries" as const), fc.integer({ min: 0, max: 63 })),
      index: fc.oneof(fc.nat(2000), fc.integer({ min: 0, max: 2 ** 45 })),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(
      fc.property(tile, (made) => {
        expect(parseTilePath(tilePath(made))).toEqual(made)
      }),
    )
  })

  test("what changed between two sizes, put over the older tiles, gives every tile of the newer", () => {
    fc.assert(
      fc.property(size, size, (a, b) => {
        const [old, now] = [Math.min(a, b), Math.max(a, b)]
        const before = names(tilesOfSize(old))
        const changed = names(tilesBetween(old, now))
        for (const path of names(tilesOfSize(now))) expect(changed.has(path) || before.has(path)).toBe(true)
        for (const path of changed) expect(before.has(path)).toBe(false)
      }),
      { numRuns: 30 },
    )
  })

  test("the tiles of the whole range are the tiles of the size", () => {
    fc.assert(
      fc.property(size, (n) => {
        expect(names(tilesOfRange(0, n, n))).toEqual(names(tilesOfSize(n)))
      }),
      { numRuns: 30 },
    )
  })

  test("proofs read through tiles lead to the root", async () => {
    for (const n of [1, 2, 255, 256, 257, 65_537]) {
      const { store, hashes, root } = storeOf(n)
      const read = tileHashReader(n, async (tile) => store.get(tilePath(tile)) as Uint8Array, sha256)
      for (const index of new Set([0, n >> 1, n - 1])) {
        const proof = await inclusionProof(index, n, read, sha256)
        expect(verifyInclusion(proof, index, n, hashes[index] as Uint8Array, root, sha256)).toBe(true)
      }
    }
  })

  test("a tile's own root is that of a tree of its hashes", () => {
    const hashes = Array.from({ length: 256 }, (_, i) => leafHash(utf8(`${i}`), sha256))
    for (const width of [1, 2, 3, 100, 255, 256]) {
      const some = hashes.slice(0, width)
      expect(tileRoot(some, sha256)).toEqual(rangeRoot(appendLeaves(emptyRange, some, sha256), sha256))
      expect(decodeHashTile(encodeHashTile(some), width)).toEqual(some)
      expect(isMalformed(decodeHashTile(encodeHashTile(some), width + 1))).toBe(true)
    }
  })

  test("entry bundles are read as they were written", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { minLength: 1, maxLength: 20 }), (leaves) => {
        const bytes = encodeEntries(leaves)
        expect(decodeEntries(bytes, leaves.length)).toEqual(leaves)
        expect(isMalformed(decodeEntries(bytes.slice(0, -1), leaves.length))).toBe(true)
      }),
    )
  })
})

/** Every hash tile of a log of n leaves, made from the nodes as they become complete. */
function storeOf(n: number) {
  const hashes = Array.from({ length: n }, (_, i) => leafHash(utf8(`leaf ${i}`), sha256))
  const levels: Uint8Array[][] = []
  const range = appendLeaves(emptyRange, hashes, sha256, (level, index, hash) => {
    if (level % 8 !== 0) return
    levels[level / 8] ??= []
    ;(levels[level / 8] as Uint8Array[])[index] = hash
  })
  const store = new Map<string, Uint8Array>()
  for (const tile of tilesOfSize(n)) {
    if (tile.level === "entries") continue
    const start = tile.index * 256
    store.set(tilePath(tile), encodeHashTile((levels[tile.level] ?? []).slice(start, start + tile.width)))
  }
  return { store, hashes, root: rangeRoot(range, sha256) }
}
