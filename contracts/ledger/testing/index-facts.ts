import { toHex } from "../../bytes.ts"
import { bucketHash, bucketOfText, type MapEntry, MapTree } from "../thread-map.ts"
import { sha256, type TestFact } from "./seal.ts"

export type IndexedFacts = readonly TestFact[]

export const indexId = "idx_00000000000000000000000001"

/**
 * For tests: puts an `index.sealed@1` before each of these positions of the facts, as a market's worker would;
 * plainly, by building each map anew from all threads.
 */
export function indexed(facts: readonly TestFact[], before: readonly number[]): TestFact[] {
  const all: TestFact[] = []
  let size = 0
  let version = 0
  for (let i = 0; i <= facts.length; i++) {
    if (before.includes(i)) {
      version += 1
      all.push({ type: "index.sealed@1", threads: [indexId], values: { version, ...mapOf(all, size) } })
      size = all.length
    }
    if (i < facts.length) all.push(facts[i] as TestFact)
  }
  return all
}

export function headsOf(facts: readonly TestFact[], size: number): MapEntry[] {
  const heads = new Map<string, [number, number]>()
  facts.slice(0, size).forEach(({ threads }, index) => {
    for (const key of threads) heads.set(key, [(heads.get(key)?.[0] ?? 0) + 1, index])
  })
  return [...heads].map(([key, [n, index]]): MapEntry => [key, n, index]).sort(([a], [b]) => (a < b ? -1 : 1))
}

export function treeOfHeads(heads: readonly MapEntry[]): MapTree {
  const tree = new MapTree(sha256)
  for (const [bucket, inside] of Map.groupBy(heads, ([key]) => bucketOfText(key, sha256)))
    tree.set(bucket, bucketHash(inside, sha256))
  return tree
}

function mapOf(facts: readonly TestFact[], size: number) {
  const heads = headsOf(facts, size)
  return { size, keys: heads.length, root: toHex(treeOfHeads(heads).root()) }
}
