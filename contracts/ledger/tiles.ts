import { concat } from "../bytes.ts"
import { maxLeafBytes } from "./encoding.ts"
import { isMalformed, type Malformed, malformed } from "./malformed.ts"
import { foldEdge, type HashReader, nodesOfRange, type TreeNode } from "./merkle.ts"
import type { Sha256 } from "./ports.ts"

/**
 * Tiles (c2sp.org/tlog-tiles). A hash tile of level L holds up to 256 hashes of the nodes at tree level 8 L; an
 * entry bundle ("entries") holds up to 256 leaves. `width` 256 is a full tile; a partial one has its width in its
 * path, so every tile is immutable.
 */
export type Tile = { readonly level: number | "entries"; readonly index: number; readonly width: number }

export const tileWidth = 256
export const hashBytes = 32

/** `tile/<L>/<N>[.p/<W>]`, N in groups of three digits, all but the last with `x`: 1234067 is x001/x234/067. */
export function tilePath({ level, index, width }: Tile): string {
  let digits = index.toString()
  digits = digits.padStart(Math.ceil(digits.length / 3) * 3, "0")
  const groups = digits.match(/.../g) ?? []
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/")
  return `tile/${level}/${path}${width === tileWidth ? "" : `.p/${width}`}`
}

/** Strict: a path that the tile would not print itself is malformed. Levels 0 to 63. */
export function parseTilePath(path: string): Tile | Malformed {
  const parts = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(
    path,
  )
  if (parts === null) return malformed("not a tile's path")
  const level = parts[1] === "entries" ? "entries" : Number(parts[1])
  const index = Number((parts[2] as string).replaceAll(/[x/]/g, ""))
  const width = parts[3] === undefined ? tileWidth : Number(parts[3])
  const tile: Tile = { level, index, width }
  const fits =
    Number.isSafeInteger(index) && width > 0 && width <= tileWidth && (level === "entries" || level < 64)
  return fits && tilePath(tile) === path ? tile : malformed("not a tile's path in its one form")
}

/** How many hashes of the tile's level a tree of this size has. */
export const hashesAtLevel = (size: number, level: number): number => Math.floor(size / tileWidth ** level)

/** The tile (L, N) of a tree of this size, full or partial, or null when it would be empty. */
export function tileOfSize(level: number | "entries", index: number, size: number): Tile | null {
  const total = hashesAtLevel(size, level === "entries" ? 0 : level)
  const width = Math.min(total - index * tileWidth, tileWidth)
  return width > 0 ? { level, index, width } : null
}

/** Every hash tile and entry bundle of a tree of this size, level by level, entry bundles last. */
export const tilesOfSize = (size: number): Iterable<Tile> => tilesBetween(0, size)

/**
 * The tiles that differ between two sizes: new ones, and each partial one in its new width. What a publisher
 * writes after a checkpoint, given the size of the one before.
 */
export function* tilesBetween(oldSize: number, size: number): Generator<Tile> {
  for (let level = 0; hashesAtLevel(size, level) > 0; level++)
    yield* changedTiles(level, hashesAtLevel(oldSize, level), hashesAtLevel(size, level))
  yield* changedTiles("entries", oldSize, size)
}

function* changedTiles(level: number | "entries", before: number, after: number): Generator<Tile> {
  for (let start = before - (before % tileWidth); start < after && before < after; start += tileWidth)
    yield { level, index: start / tileWidth, width: Math.min(after - start, tileWidth) }
}

/**
 * The tiles that prove the records from (included) to `to` (not included) in a tree of this size: those above
 * the range at every level, the right edge of the tree, and the entry bundles that touch the range.
 */
export function* tilesOfRange(from: number, to: number, size: number): Generator<Tile> {
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
    const span = tileWidth ** (level + 1)
    const edge = tileOfSize(level, Math.floor(size / span), size)
    const last = to > from ? Math.floor((to - 1) / span) : -1
    for (let index = Math.floor(from / span); index <= last; index++) {
      const tile = tileOfSize(level, index, size)
      if (tile !== null) yield tile
    }
    if (edge !== null && edge.index > last) yield edge
  }
  for (let index = Math.floor(from / tileWidth); to > from && index * tileWidth < to; index++)
    yield tileOfSize("entries", index, size) as Tile
}

export const encodeHashTile = (hashes: readonly Uint8Array[]): Uint8Array => concat(...hashes)

/** The hashes of a tile, or malformed when the bytes are not those of its width. */
export function decodeHashTile(bytes: Uint8Array, width: number): Uint8Array[] | Malformed {
  if (bytes.length !== width * hashBytes)
    return malformed(`a tile of ${width} hashes has ${bytes.length} bytes`)
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * hashBytes, (i + 1) * hashBytes))
}

/** The longest entry bundle that this format allows. */
export const maxEntryBundleBytes = tileWidth * (2 + maxLeafBytes)

/** Each leaf as a 2-byte big-endian length and its bytes. Throws on a leaf that no length can tell. */
export function encodeEntries(leaves: readonly Uint8Array[]): Uint8Array {
  return concat(
    ...leaves.flatMap((leaf) => {
      if (leaf.length > 0xffff) throw new Error("an entry is at most 65,535 bytes")
      return [Uint8Array.of(leaf.length >> 8, leaf.length & 0xff), leaf]
    }),
  )
}

export function decodeEntries(bytes: Uint8Array, width: number): Uint8Array[] | Malformed {
  const leaves: Uint8Array[] = []
  let offset = 0
  while (offset < bytes.length) {
    if (offset + 2 > bytes.length) return malformed("an entry bundle ends inside a length")
    const end = offset + 2 + (bytes[offset] as number) * 256 + (bytes[offset + 1] as number)
    if (end > bytes.length) return malformed("an entry bundle ends inside an entry")
    leaves.push(bytes.subarray(offset + 2, end))
    offset = end
  }
  return leaves.length === width ? leaves : malformed(`${leaves.length} entries in a bundle of ${width}`)
}

/** The tile of a tree of this size that a node's hash is computed from, and the hashes in it that it covers. */
export function tileOfNode(node: TreeNode, size: number): { tile: Tile; start: number; end: number } {
  const level = Math.floor(node.level / 8)
  const count = 2 ** (node.level - 8 * level)
  const first = node.index * count
  const tile = tileOfSize(level, Math.floor(first / tileWidth), size)
  if (tile === null) throw new Error(`node ${node.level}/${node.index} is not in a tree of ${size}`)
  const start = first % tileWidth
  return { tile, start, end: start + count }
}

/** The hash over some neighbouring hashes of a tile. */
export function hashInTile(
  hashes: readonly Uint8Array[],
  start: number,
  end: number,
  sha256: Sha256,
): Uint8Array {
  if (end > hashes.length) throw new Error("the tile is not wide enough")
  if (end - start === 1) return hashes[start] as Uint8Array
  const middle = start + (end - start) / 2
  return foldEdge(
    [hashInTile(hashes, start, middle, sha256), hashInTile(hashes, middle, end, sha256)],
    sha256,
  )
}

/**
 * Reads node hashes through tiles; `readTile` answers the bytes of one. The hashes are as good as their source:
 * a proof made from them shows by itself whether they were right.
 */
export function tileHashReader(
  size: number,
  readTile: (tile: Tile) => Promise<Uint8Array>,
  sha256: Sha256,
): HashReader {
  return async (nodes) => {
    const tiles = new Map<string, Promise<Uint8Array[]>>()
    const load = (tile: Tile): Promise<Uint8Array[]> => {
      const path = tilePath(tile)
      const known = tiles.get(path) ?? readTile(tile).then((bytes) => hashesOrThrow(bytes, tile))
      tiles.set(path, known)
      return known
    }
    return Promise.all(
      nodes.map(async (node) => {
        const { tile, start, end } = tileOfNode(node, size)
        return hashInTile(await load(tile), start, end, sha256)
      }),
    )
  }
}

function hashesOrThrow(bytes: Uint8Array, tile: Tile): Uint8Array[] {
  const hashes = decodeHashTile(bytes, tile.width)
  if (isMalformed(hashes)) throw new Error(`${tilePath(tile)}: ${hashes.malformed}`)
  return hashes
}

/** The hash over a whole tile, partial ones included: its right edge is folded like a small tree's. */
export function tileRoot(hashes: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  const nodes = nodesOfRange({ start: 0, end: hashes.length })
  const parts = nodes.map(({ level, index }) =>
    hashInTile(hashes, index * 2 ** level, (index + 1) * 2 ** level, sha256),
  )
  return foldEdge(parts, sha256)
}
