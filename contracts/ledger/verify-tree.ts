import { concat, equalBytes } from "../bytes.ts"
import type { BundleFiles } from "./bundle-files.ts"
import type { FailureList } from "./failure.ts"
import type { HashLanes } from "./lanes/hash-lanes.ts"
import { isMalformed } from "./malformed.ts"
import {
  appendLeaves,
  appendSubtree,
  type CompactRange,
  consistencyPath,
  consistencyProof,
  emptyRange,
  type HashReader,
  type NodeListener,
  nodesOfRange,
  rangeRoot,
  readRange,
} from "./merkle.ts"
import type { Sha256 } from "./ports.ts"
import {
  decodeHashTile,
  hashBytes,
  hashesAtLevel,
  type Tile,
  tileHashReader,
  tileOfNode,
  tileOfSize,
  tilePath,
  tileRoot,
  tileWidth,
} from "./tiles.ts"

const none = new Uint8Array(0)

type TreeInput = {
  readonly files: BundleFiles
  readonly failures: FailureList
  readonly sha256: Sha256
  readonly lanes: HashLanes | null
  readonly size: number
  readonly root: Uint8Array
  readonly from: number
  readonly to: number
}

/** Its bytes are as many hashes as it is wide. */
type LoadedTile = { readonly tile: Tile; readonly bytes: Uint8Array }

/** A tile that the bundle does not hold (noted already). */
class MissingTile extends Error {}

/**
 * Ties the records of a bundle to the signed root. The right edge of the tree gives the root; a full tile at the
 * range's ends is checked against its parent; every other hash is computed from the records and compared with
 * the tile where it stands. One tile per level is in memory.
 */
export class TreeAudit {
  private readonly input: TreeInput
  /** The tile of each level above the current record: index 0 is level 0. Null where it is missing. */
  private path: (LoadedTile | null)[] = []
  private range: CompactRange | null = null
  /** Of the block that is loaded: how many of its records were added, and the first of them. */
  private added = 0
  private first = 0
  /** Their hashes, where no tile holds them. */
  private block: Uint8Array[] = []

  constructor(input: TreeInput) {
    this.input = input
  }

  /** Checks the edge and the ends of the range, and starts the compact range at `from`. */
  async open(): Promise<void> {
    const { size, root, from, to, sha256, failures } = this.input
    try {
      const edge = await readRange(size, this.reader())
      if (!equalBytes(rangeRoot(edge, sha256), root)) failures.add("root_mismatch", { file: "checkpoint" })
    } catch (error) {
      rethrowUnlessMissing(error)
    }
    this.range = from === 0 ? emptyRange : null
    if (to === from) return
    for (const end of new Set([from, to - 1])) await this.authenticatePath(end)
    try {
      if (from > 0) this.range = await readRange(from, this.reader())
    } catch (error) {
      rethrowUnlessMissing(error)
    }
  }

  /** From the tile above a record upwards: each full tile's hash stands in its parent. */
  private async authenticatePath(record: number): Promise<void> {
    const { size, sha256, failures } = this.input
    let child: LoadedTile | null = null
    for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
      const parent = await this.readTile(level, Math.floor(record / tileWidth ** (level + 1)))
      if (child !== null && parent !== null && child.tile.width === tileWidth) {
        const inParent = hashIn(parent, child.tile.index % tileWidth)
        if (inParent === null || !equalBytes(tileRoot(hashesOf(child), sha256), inParent))
          failures.add("tile_mismatch", { file: tilePath(child.tile) })
      }
      child = parent
    }
  }

  /** To be called before the first record of each block of 256, and before the first record of all. */
  async load(record: number): Promise<void> {
    this.flush()
    for (let level = 0; hashesAtLevel(this.input.size, level) > 0; level++) {
      const index = Math.floor(record / tileWidth ** (level + 1))
      if (this.path[level]?.tile.index !== index) this.path[level] = await this.readTile(level, index)
    }
  }

  /** For records that are no neighbours, in rising order: loads the tiles above one, each checked against its parent. */
  async seek(record: number): Promise<void> {
    const { size, sha256, failures } = this.input
    const changed: number[] = []
    for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
      const index = Math.floor(record / tileWidth ** (level + 1))
      if (this.path[level]?.tile.index === index) break
      this.path[level] = await this.readTile(level, index)
      changed.push(level)
    }
    for (const level of changed) {
      const [child, parent] = [this.path[level], this.path[level + 1]]
      // A tile that is not full lies at the right edge, which was checked as a whole.
      if (!child || !parent || child.tile.width < tileWidth) continue
      const inParent = hashIn(parent, child.tile.index % tileWidth)
      if (inParent === null || !equalBytes(tileRoot(hashesOf(child), sha256), inParent))
        failures.add("tile_mismatch", { file: tilePath(child.tile) })
    }
  }

  /** The hash that the tiles hold for a record of the loaded block. */
  hashAt(record: number): Uint8Array | null {
    const tile = this.path[0]
    if (!tile || tile.tile.index !== Math.floor(record / tileWidth)) return null
    return hashIn(tile, record % tileWidth)
  }

  /** Whether the tiles hold this hash for the record, or hold none. */
  fits(record: number, hash: Uint8Array): boolean {
    const expected = this.hashAt(record)
    return expected === null || equalBytes(expected, hash)
  }

  /**
   * Adds the next record's hash; null for one that is missing. False when the tiles hold another hash for it:
   * then theirs is carried on, so that one changed record is not told again at every level above.
   */
  add(record: number, hash: Uint8Array | null): boolean {
    const expected = this.hashAt(record)
    if (expected === null && hash === null) this.range = null
    else if (expected === null) this.block.push(hash as Uint8Array)
    this.count(record)
    return expected === null || hash === null || equalBytes(expected, hash)
  }

  /** Adds the next record of a block whose hashes are known to be those of the tile. */
  addKnown(record: number): void {
    this.count(record)
  }

  private count(record: number): void {
    if (this.added === 0) this.first = record % tileWidth
    this.added += 1
  }

  /** The hashes of the loaded block, one after the other. */
  get tileBytes(): Uint8Array {
    return this.path[0]?.bytes ?? none
  }

  /** After the last record: the whole log's root, computed from its records, where the bundle holds them all. */
  finish(): void {
    this.flush()
    const { from, size, root, sha256, failures } = this.input
    if (this.range === null || from > 0 || this.range.size !== size) return
    if (!equalBytes(rangeRoot(this.range, sha256), root))
      failures.add("root_mismatch", { file: "records.jsonl" })
  }

  /** Whether these are the hashes of the loaded block, which is full. */
  isBlock(hashes: Uint8Array): boolean {
    return equalBytes(this.tileBytes, hashes)
  }

  private flush(): void {
    const { sha256, lanes } = this.input
    const { block, added, first, range } = this
    const tile = this.path[0] ?? null
    const compare: NodeListener = (level, index, hash) => {
      if (level > 0 && level % 8 === 0) this.compareNode(level / 8, index, hash)
    }
    this.block = []
    this.added = 0
    if (range === null) return
    if (lanes !== null && added === tileWidth && range.size % tileWidth === 0) {
      const hash = lanes.rootOf(tile?.bytes ?? concat(...block))
      this.range = appendSubtree(range, { level: 8, hash }, sha256, compare)
      return
    }
    const hashes = tile === null ? block : hashesOf(tile).slice(first, first + added)
    this.range = appendLeaves(range, hashes, sha256, compare)
  }

  private compareNode(level: number, index: number, hash: Uint8Array): void {
    const at = this.path[level]
    if (!at || at.tile.index !== Math.floor(index / tileWidth)) return
    const inTile = hashIn(at, index % tileWidth)
    if (inTile === null || !equalBytes(inTile, hash))
      this.input.failures.add("tile_mismatch", { file: tilePath(at.tile) })
  }

  private async readTile(level: number, index: number): Promise<LoadedTile | null> {
    const tile = tileOfSize(level, index, this.input.size)
    if (tile === null) return null
    const bytes = await this.input.files.read(tilePath(tile), tileWidth * hashBytes)
    if (bytes === null) return null
    if (bytes.length === tile.width * hashBytes) return { tile, bytes }
    const found = decodeHashTile(bytes, tile.width)
    if (isMalformed(found))
      this.input.failures.add("tile_malformed", { file: tilePath(tile), detail: found.malformed })
    return null
  }

  private reader(): HashReader {
    const { size, sha256 } = this.input
    const read = async (tile: Tile): Promise<Uint8Array> => {
      const found = await this.readTile(tile.level as number, tile.index)
      if (found === null) throw new MissingTile()
      return found.bytes
    }
    return tileHashReader(size, read, sha256)
  }

  /** A consistency proof out of the bundle's tiles, or null when they do not reach that far. */
  async consistencyFrom(oldSize: number): Promise<Uint8Array[] | null> {
    const { size, files, sha256 } = this.input
    const nodes = consistencyPath(oldSize, size).flatMap(nodesOfRange)
    if (!nodes.every((node) => files.has(tilePath(tileOfNode(node, size).tile)))) return null
    try {
      return await consistencyProof(oldSize, size, this.reader(), sha256)
    } catch (error) {
      rethrowUnlessMissing(error)
      return null
    }
  }
}

const hashIn = ({ bytes }: LoadedTile, place: number): Uint8Array | null =>
  (place + 1) * hashBytes > bytes.length ? null : bytes.subarray(place * hashBytes, (place + 1) * hashBytes)

const hashesOf = ({ tile, bytes }: LoadedTile): Uint8Array[] =>
  Array.from({ length: tile.width }, (_, i) => bytes.subarray(i * hashBytes, (i + 1) * hashBytes))

function rethrowUnlessMissing(error: unknown): void {
  if (!(error instanceof MissingTile)) throw error
}
