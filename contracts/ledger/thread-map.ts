import { fromBase64, toBase64, utf8 } from "../bytes.ts"
import { type Json, parseCanonical } from "../canonical-json.ts"
import type { Id } from "../ids.ts"
import { leafHash } from "./encoding.ts"
import { type Malformed, malformed } from "./malformed.ts"
import { nodeHash, verifyInclusion } from "./merkle.ts"
import type { Sha256 } from "./ports.ts"

/**
 * The map of threads, version 1: which threads a log has, how many records each, and where the last one lies.
 * Its root stands in `index.sealed@1`, so that whoever holds a key can be shown that no record of its thread is
 * missing, and that a key has no thread at all. To build it over the first `size` records of a log:
 *
 * - A key's bucket is the number in the first two bytes, big-endian, of SHA-256 of the key's ASCII bytes.
 * - A bucket's text has one line for each of its keys, sorted by the keys' bytes: the key, a space, n of its last
 *   record (how many it has), a space, the position of that record, a line feed (0x0A); both numbers decimal.
 * - The root is that of the tree of RFC 6962 over exactly 65,536 leaves: the texts of buckets 0 to 65,535. Most of
 *   a young log are empty, and an empty text is a leaf like another: SHA-256(0x00).
 *
 * The body of `index.sealed@1` holds `root`, `size`, and `keys`, the number of keys in the map. `size` is the
 * position after the record of type `index.sealed@1` before this one, and 0 in the first: the map of a prefix
 * that is complete and fixed when it is computed, and which whoever reads the log in order knows in time.
 *
 * A key is shown by its bucket's text and the inclusion proof of that leaf; a key that is not in the text has no
 * record among the first `size`.
 */
export const mapDepth = 16
export const mapBuckets = 2 ** mapDepth

/** A key, how many records its thread has, and the position of the last. */
export type MapEntry = readonly [key: string, n: number, index: number]

export type ThreadMapHead = { readonly size: number; readonly keys: number; readonly root: string }

/** The subject of `index.sealed@1`, as the market's row: what the newest one says. */
export type ThreadIndex = ThreadMapHead & {
  readonly id: Id<"index">
  readonly version: number
  readonly at: string
}

export function bucketOf(key: Uint8Array, sha256: Sha256): number {
  const hash = sha256(key)
  return (hash[0] as number) * 256 + (hash[1] as number)
}

export const bucketOfText = (key: string, sha256: Sha256): number => bucketOf(utf8(key), sha256)

export const bucketText = (entries: readonly MapEntry[]): string =>
  entries.map(([key, n, index]) => `${key} ${n} ${index}\n`).join("")

export const bucketHash = (entries: readonly MapEntry[], sha256: Sha256): Uint8Array =>
  leafHash(utf8(bucketText(entries)), sha256)

/** The tree over the buckets: 4 MB, and each change costs 16 hashes at most. */
export class MapTree {
  private readonly sha256: Sha256
  /** Node 1 is the root; the children of i are 2 i and 2 i + 1; bucket b is node 65,536 + b. */
  private readonly nodes = new Uint8Array(2 * mapBuckets * 32)
  private changed = new Set<number>()

  constructor(sha256: Sha256) {
    this.sha256 = sha256
    let hash = leafHash(new Uint8Array(0), sha256)
    for (let first = mapBuckets; first >= 1; first /= 2) {
      for (let node = first; node < 2 * first; node++) this.nodes.set(hash, node * 32)
      hash = nodeHash(hash, hash, sha256)
    }
  }

  set(bucket: number, hash: Uint8Array): void {
    this.nodes.set(hash, (mapBuckets + bucket) * 32)
    this.changed.add((mapBuckets + bucket) >> 1)
  }

  root(): Uint8Array {
    for (let level = 0; level < mapDepth && this.changed.size > 0; level++) {
      const above = new Set<number>()
      for (const node of this.changed) {
        this.nodes.set(nodeHash(this.at(2 * node), this.at(2 * node + 1), this.sha256), node * 32)
        above.add(node >> 1)
      }
      this.changed = above
    }
    this.changed.clear()
    return this.at(1).slice()
  }

  /** The inclusion proof of a bucket, leaf to root; only right after `root`. */
  proof(bucket: number): Uint8Array[] {
    const proof: Uint8Array[] = []
    for (let node = mapBuckets + bucket; node > 1; node >>= 1) proof.push(this.at(node ^ 1).slice())
    return proof
  }

  private at(node: number): Uint8Array {
    return this.nodes.subarray(node * 32, node * 32 + 32)
  }
}

/** A line of threads.jsonl: everything that one bucket holds, with the proof that it does. */
export type MapBucket = {
  readonly bucket: number
  readonly entries: readonly MapEntry[]
  readonly proof: readonly Uint8Array[]
}

export const formatMapBucket = ({ bucket, entries, proof }: MapBucket): string =>
  `{"bucket":${bucket},"entries":${JSON.stringify(entries)},"proof":${JSON.stringify(proof.map(toBase64))}}`

/** Strict: one canonical form, keys sorted and each once. That they belong to the bucket is for the proof's reader. */
export function parseMapBucket(text: string): MapBucket | Malformed {
  try {
    const { bucket, entries, proof, ...rest } = parseCanonical(text) as Record<string, Json>
    if (Object.keys(rest).length > 0 || !isCount(bucket) || bucket >= mapBuckets)
      return malformed("no bucket")
    if (!Array.isArray(entries) || !entries.every(isEntry))
      return malformed("a key's line is not key, n, index")
    if (entries.some(([key], i) => i > 0 && key <= (entries[i - 1] as MapEntry)[0]))
      return malformed("keys are not sorted, each once")
    if (!Array.isArray(proof) || proof.length !== mapDepth)
      return malformed(`not a proof of ${mapDepth} hashes`)
    const hashes = (proof as Json[]).map((hash) => fromBase64(String(hash)))
    return { bucket, entries, proof: hashes }
  } catch {
    return malformed("not canonical JSON with a proof in base64")
  }
}

const isCount = (value: unknown): value is number => typeof value === "number" && value >= 0

function isEntry(value: Json): value is readonly [string, number, number] {
  if (!Array.isArray(value) || value.length !== 3) return false
  const [key, n, index] = value as Json[]
  return typeof key === "string" && !key.includes("\n") && isCount(n) && n >= 1 && isCount(index)
}

export const provesBucket = (
  { bucket, entries, proof }: MapBucket,
  root: Uint8Array,
  sha256: Sha256,
): boolean => verifyInclusion(proof, bucket, mapBuckets, bucketHash(entries, sha256), root, sha256)
