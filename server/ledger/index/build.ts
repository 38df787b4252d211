import type { Sql } from "postgres"
import { toHex } from "#contracts/bytes.ts"
import { bucketHash, MapTree, type ThreadMapHead } from "#contracts/ledger/thread-map.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { readBuckets } from "./store.ts"

const { sha256 } = nodeCrypto

/** The map of threads over the first `size` records, all of which are sealed. Memory does not grow with the log. */
export async function buildMap(sql: Sql, size: number): Promise<{ head: ThreadMapHead; tree: MapTree }> {
  const tree = new MapTree(sha256)
  let keys = 0
  for await (const { bucket, entries } of readBuckets(sql, size)) {
    tree.set(bucket, bucketHash(entries, sha256))
    keys += entries.length
  }
  return { head: { size, keys, root: toHex(tree.root()) }, tree }
}
