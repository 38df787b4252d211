import { describe, expect, test } from "vitest"
import { concat, fromHex, toHex, utf8 } from "../bytes.ts"
import { leafHash } from "./encoding.ts"
import { isMalformed } from "./malformed.ts"
import { sha256 } from "./testing/seal.ts"
import {
  decodeEntries,
  decodeHashTile,
  encodeEntries,
  encodeHashTile,
  hashInTile,
  parseTilePath,
  type Tile,
  tilePath,
  tilesOfSize,
  tileWidth,
} from "./tiles.ts"
import tiles from "./vectors/tiles.json" with { type: "json" }

/** The tiles of the log whose record i is the text "leaf <i>", as other implementations make them. */
const record = (i: number): Uint8Array => utf8(`leaf ${i}`)

/** The hashes of each level of tiles, from the records up. */
const levels: Uint8Array[][] = [Array.from({ length: 65537 }, (_, i) => leafHash(record(i), sha256))]
for (let below = levels[0] as Uint8Array[]; below.length >= tileWidth; below = levels.at(-1) as Uint8Array[])
  levels.push(
    Array.from({ length: Math.floor(below.length / tileWidth) }, (_, i) =>
      hashInTile(below.slice(i * tileWidth, (i + 1) * tileWidth), 0, tileWidth, sha256),
    ),
  )

function bytesOf({ level, index, width }: Tile): Uint8Array {
  const start = index * tileWidth
  if (level === "entries") return encodeEntries(Array.from({ length: width }, (_, i) => record(start + i)))
  return encodeHashTile((levels[level] as Uint8Array[]).slice(start, start + width))
}

const digestOf = (tile: Tile): string => toHex(sha256(bytesOf(tile)))

describe("tiles", () => {
  test.each(tiles.paths)("$path", ({ path, ...tile }) => {
    expect(tilePath(tile as Tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })
  test.each(tiles.invalidPaths)("not a path: %j", (path) => {
    expect(parseTilePath(path)).toHaveProperty("malformed")
  })
  test.each(tiles.entryBundles)("bundle $bundle", ({ entries, bundle }) => {
    expect(toHex(encodeEntries(entries.map(fromHex)))).toBe(bundle)
    expect(decodeEntries(fromHex(bundle), entries.length)).toEqual(entries.map(fromHex))
  })
  test.each(tiles.invalidEntryBundles)("a bundle that $why", ({ bundle, width }) => {
    expect(decodeEntries(fromHex(bundle), width ?? 1)).toHaveProperty("malformed")
  })
  test.each(tiles.invalidHashTiles)("a hash tile with $why", ({ tile, width }) => {
    expect(decodeHashTile(fromHex(tile), width)).toHaveProperty("malformed")
  })
  test.each([
    ["hash tile", 0, tiles.widths.hashes],
    ["entry bundle", "entries", tiles.widths.entries],
  ] as const)("the first %s of every width", (_, level, digests) => {
    expect(digests.map((__, i) => digestOf({ level, index: 0, width: i + 1 }))).toEqual(digests)
    for (const width of [1, 2, 255, 256]) {
      const bytes = bytesOf({ level, index: 0, width })
      const parts = level === "entries" ? decodeEntries(bytes, width) : decodeHashTile(bytes, width)
      if (isMalformed(parts)) throw new Error(parts.malformed)
      expect(level === "entries" ? encodeEntries(parts) : concat(...parts)).toEqual(bytes)
    }
  })
  test.each(tiles.trees)("all tiles of a log of $size records", ({ size, tiles: count, listing, edge }) => {
    const all = Array.from(tilesOfSize(size), (tile) => ({ path: tilePath(tile), sha256: digestOf(tile) }))
    expect(all).toHaveLength(count)
    expect(all).toEqual(expect.arrayContaining(edge))
    const lines = all.map(({ path, sha256: digest }) => `${digest}  ${path}\n`)
    expect(toHex(sha256(utf8(lines.join(""))))).toBe(listing)
  })
})
