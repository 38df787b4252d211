import { toHex } from "../bytes.ts"
import type { FailureList } from "./failure.ts"
import type { KeyTable } from "./key-table.ts"
import type { Sha256 } from "./ports.ts"
import { bucketHash, bucketOf, type MapEntry, MapTree, mapBuckets, type ThreadMapHead } from "./thread-map.ts"

const none = -1

/**
 * Builds the map of threads again from the records that are read anyway, and compares it with each
 * `index.sealed@1`. Nothing is done before the first of them; from then on a bucket is hashed when one of its keys
 * has moved. Keeps six bytes a key, and the tree.
 */
export class MapAudit {
  private readonly failures: FailureList
  private readonly keys: KeyTable
  private readonly sha256: Sha256
  private tree: MapTree | null = null
  /** The first key of each bucket and the one after each key, in the order of their bytes. */
  private first = new Int32Array(0)
  private after = new Int32Array(1024)
  private bucket = new Uint16Array(1024)
  private isPlaced = new Uint8Array(1024)
  private placed = 0
  /** What the next one must say; null where not all records before it were read and understood. */
  private next: ThreadMapHead | null = null
  private canKnow: boolean
  checked = 0

  constructor(failures: FailureList, keys: KeyTable, sha256: Sha256, from: number) {
    this.failures = failures
    this.keys = keys
    this.sha256 = sha256
    this.canKnow = from === 0
  }

  /** Some record before was not read or not understood: from here on nothing can be said about maps. */
  forget(): void {
    this.canKnow = false
  }

  /** To be called for each record of that type, once its own threads stand in the table of keys. */
  check(record: number, { size, keys, root }: ThreadMapHead): void {
    if (!this.canKnow) return
    const expected = this.next ?? { size: 0, keys: 0, root: toHex(this.treeOf().root()) }
    if (size !== expected.size || keys !== expected.keys || root !== expected.root)
      this.failures.add("index_wrong", {
        record,
        detail: `${expected.size}, ${expected.keys}, ${expected.root}`,
      })
    this.checked += 1
    this.update()
    this.next = { size: record + 1, keys: this.placed, root: toHex(this.treeOf().root()) }
  }

  private treeOf(): MapTree {
    this.tree ??= new MapTree(this.sha256)
    if (this.first.length === 0) this.first = new Int32Array(mapBuckets).fill(none)
    return this.tree
  }

  private update(): void {
    const changed = new Set<number>()
    for (const key of this.keys.takeMoved()) {
      this.makeRoomFor(key)
      if (this.isPlaced[key] === 0) this.place(key)
      changed.add(this.bucket[key] as number)
    }
    for (const bucket of changed) this.treeOf().set(bucket, bucketHash(this.entriesOf(bucket), this.sha256))
  }

  private makeRoomFor(key: number): void {
    if (key < this.after.length) return
    const length = Math.max(key + 1, 2 * this.after.length)
    const [after, bucket, isPlaced] = [
      new Int32Array(length),
      new Uint16Array(length),
      new Uint8Array(length),
    ]
    after.set(this.after)
    bucket.set(this.bucket)
    isPlaced.set(this.isPlaced)
    Object.assign(this, { after, bucket, isPlaced })
  }

  private place(key: number): void {
    const bytes = this.keys.bytesOf(key)
    const bucket = bucketOf(bytes, this.sha256)
    let before = none
    let next = this.first[bucket] as number
    while (next !== none && isBefore(this.keys.bytesOf(next), bytes)) {
      before = next
      next = this.after[next] as number
    }
    this.after[key] = next
    if (before === none) this.first[bucket] = key
    else this.after[before] = key
    this.bucket[key] = bucket
    this.isPlaced[key] = 1
    this.placed += 1
  }

  private entriesOf(bucket: number): MapEntry[] {
    const entries: MapEntry[] = []
    for (let key = this.first[bucket] as number; key !== none; key = this.after[key] as number)
      entries.push([this.keys.textOf(key), this.keys.n[key] as number, this.keys.index[key] as number])
    return entries
  }
}

function isBefore(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length && i < b.length; i++)
    if (a[i] !== b[i]) return (a[i] as number) < (b[i] as number)
  return a.length < b.length
}
