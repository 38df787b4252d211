import { equalBytes } from "../bytes.ts"
import type { BundleFiles } from "./bundle-files.ts"
import { leafHash } from "./encoding.ts"
import type { FailureList } from "./failure.ts"
import { isMalformed } from "./malformed.ts"
import type { Sha256 } from "./ports.ts"
import { sameLongBytes, viewOf } from "./scan-bytes.ts"
import { decodeEntries, maxEntryBundleBytes, type Tile, tileOfSize, tilePath, tileWidth } from "./tiles.ts"

/** Compares the entry bundles of the published log with the records, one bundle of 256 at a time. */
export class EntryAudit {
  private readonly files: BundleFiles
  private readonly failures: FailureList
  private readonly sha256: Sha256
  private readonly size: number
  /** Where the records of this bundle lie, by their place in it; null for one that is missing. */
  private readonly leaves = new Array<Uint8Array | null>(tileWidth).fill(null)
  /** A view of the bytes that the last record lay in: most lie in the same. */
  private view: DataView = new DataView(new ArrayBuffer(0))
  private viewed: Uint8Array | null = null
  private readonly starts = new Int32Array(tileWidth)
  private readonly ends = new Int32Array(tileWidth)
  /** A faster way to find that a bundle holds exactly the records that were added; false says nothing. */
  isBlock: (bundle: Uint8Array) => boolean = () => false

  constructor(files: BundleFiles, failures: FailureList, sha256: Sha256, size: number) {
    this.files = files
    this.failures = failures
    this.sha256 = sha256
    this.size = size
  }

  /** The record's bytes are those from `start` to `end`; they stay as they are until the bundle was compared. */
  add(index: number, bytes: Uint8Array, start: number, end: number): void {
    const place = index % tileWidth
    this.leaves[place] = bytes
    this.starts[place] = start
    this.ends[place] = end
  }

  /**
   * Compares the bundle that holds a record, once all its records were added. Entries of the bundle that lie
   * outside of the exported range are compared with the tree (`hashAt`).
   */
  async flush(
    record: number,
    from: number,
    to: number,
    hashAt: (index: number) => Uint8Array | null,
  ): Promise<void> {
    const tile = tileOfSize("entries", Math.floor(record / tileWidth), this.size)
    if (tile === null) return
    const file = tilePath(tile)
    const bytes = await this.files.read(file, maxEntryBundleBytes, true)
    if (bytes !== null && (this.isBlock(bytes) || this.areAllEntries(bytes, tile))) return this.forget()
    const entries = bytes === null ? null : decodeEntries(bytes, tile.width)
    if (isMalformed(entries)) this.failures.add("tile_malformed", { file, detail: entries.malformed })
    else if (entries !== null)
      for (const [i, entry] of entries.entries()) {
        const index = tile.index * tileWidth + i
        const inside = index >= from && index < to
        const fits = inside ? this.fitsRecord(index, entry) : this.fitsTree(entry, hashAt(index))
        if (!fits) this.failures.add("entry_mismatch", { record: index, file })
      }
    this.forget()
  }

  private forget(): void {
    this.leaves.fill(null)
  }

  /** Whether a full bundle holds exactly the records, which lie in the same bytes: without making anything of it. */
  private areAllEntries(bundle: Uint8Array, { width }: Tile): boolean {
    const [first] = this.leaves
    if (!first || width < tileWidth || !this.leaves.every((leaf) => leaf === first)) return false
    const [view, leaves] = [viewOf(bundle), viewOf(first)]
    let at = 0
    for (let i = 0; i < tileWidth; i++) {
      const start = this.starts[i] as number
      const length = (this.ends[i] as number) - start
      if (bundle.length < at + 2 + length || view.getUint16(at) !== length) return false
      if (!sameLongBytes(leaves, start, view, at + 2, length)) return false
      at += 2 + length
    }
    return at === bundle.length
  }

  /** A record that is missing was told of already. */
  private fitsRecord(index: number, entry: Uint8Array): boolean {
    const place = index % tileWidth
    const leaf = this.leaves[place]
    if (!leaf) return true
    const start = this.starts[place] as number
    const length = (this.ends[place] as number) - start
    if (leaf !== this.viewed) {
      this.viewed = leaf
      this.view = viewOf(leaf)
    }
    return entry.length === length && sameLongBytes(this.view, start, viewOf(entry), 0, length)
  }

  private fitsTree(entry: Uint8Array, hash: Uint8Array | null): boolean {
    return hash === null || equalBytes(leafHash(entry, this.sha256), hash)
  }
}
