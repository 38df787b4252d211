import { concat } from "#contracts/bytes.ts"
import { appendLeaves, type CompactRange, readRange } from "#contracts/ledger/merkle.ts"
import type { Sha256 } from "#contracts/ledger/ports.ts"
import { hashBytes, hashesAtLevel, type Tile, tileHashReader, tileWidth } from "#contracts/ledger/tiles.ts"

/** A stored hash tile: all hashes that it has so far, 1 to 256. */
export type StoredTile = { readonly level: number; readonly index: number; readonly hashes: Uint8Array }

/** Answers a stored tile's bytes, however far it has grown, or null where there is none. */
export type ReadStoredTile = (level: number, index: number) => Promise<Uint8Array | null>

/** The growing right edge of the log: its compact range, and of each level the tile that is not full yet. */
export class GrowingTree {
  readonly #sha256: Sha256
  #range: CompactRange
  readonly #open: Uint8Array[][]

  private constructor(range: CompactRange, open: Uint8Array[][], sha256: Sha256) {
    this.#range = range
    this.#open = open
    this.#sha256 = sha256
  }

  get range(): CompactRange {
    return this.#range
  }

  /** Rebuilds the edge of a tree of this size from its stored tiles. Throws when they do not hold it. */
  static async load(size: number, read: ReadStoredTile, sha256: Sha256): Promise<GrowingTree> {
    const open: Uint8Array[][] = []
    for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
      const count = hashesAtLevel(size, level)
      const width = count % tileWidth
      const bytes = width > 0 ? await readWidth(read, level, Math.floor(count / tileWidth), width) : null
      open.push(
        Array.from({ length: width }, (_, i) =>
          (bytes as Uint8Array).slice(i * hashBytes, (i + 1) * hashBytes),
        ),
      )
    }
    return new GrowingTree(await loadRange(size, read, sha256), open, sha256)
  }

  /** Appends leaf hashes; answers the tiles that changed, each with all hashes that it now has. */
  append(leafHashes: Iterable<Uint8Array>): StoredTile[] {
    const changed = new Map<string, StoredTile>()
    const complete = (level: number, index: number): void => {
      const hashes = this.#open[level] as Uint8Array[]
      const tile = Math.floor(index / tileWidth)
      changed.set(`${level}/${tile}`, { level, index: tile, hashes: concat(...hashes) })
    }
    const touched = new Map<number, number>()
    this.#range = appendLeaves(this.#range, leafHashes, this.#sha256, (treeLevel, index, hash) => {
      if (treeLevel % 8 !== 0) return
      const level = treeLevel / 8
      this.#open[level] ??= []
      this.#open[level].push(hash)
      touched.set(level, index)
      if (index % tileWidth < tileWidth - 1) return
      complete(level, index)
      this.#open[level] = []
      touched.delete(level)
    })
    for (const [level, index] of touched) complete(level, index)
    return [...changed.values()]
  }
}

/** The compact range of a tree of this size, from stored tiles that may have grown beyond it. */
export function loadRange(size: number, read: ReadStoredTile, sha256: Sha256): Promise<CompactRange> {
  return readRange(size, tileHashReader(size, tileReader(read), sha256))
}

/** Reads a tile in the width that its path names: a partial tile is a prefix of the same tile grown. */
export const tileReader =
  (read: ReadStoredTile) =>
  (tile: Tile): Promise<Uint8Array> =>
    readWidth(read, tile.level as number, tile.index, tile.width)

async function readWidth(
  read: ReadStoredTile,
  level: number,
  index: number,
  width: number,
): Promise<Uint8Array> {
  const bytes = await read(level, index)
  if (bytes === null || bytes.length < width * hashBytes)
    throw new Error(`the stored hash tile ${level}/${index} does not hold ${width} hashes`)
  return bytes.subarray(0, width * hashBytes)
}
