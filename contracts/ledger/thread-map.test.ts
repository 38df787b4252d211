import { describe, expect, test } from "vitest"
import { fromHex, toHex } from "../bytes.ts"
import { memoryBundle } from "./bundle.ts"
import { isMalformed } from "./malformed.ts"
import { nobleCrypto } from "./noble-crypto.ts"
import { makeBundle } from "./testing/bundle.ts"
import { found, origin, signer } from "./testing/fixture.ts"
import { type IndexedFacts, indexed } from "./testing/index-facts.ts"
import { market } from "./testing/market.ts"
import { sealLog, sha256, testCrypto } from "./testing/seal.ts"
import {
  bucketHash,
  bucketOfText,
  formatMapBucket,
  type MapEntry,
  MapTree,
  parseMapBucket,
  provesBucket,
} from "./thread-map.ts"
import vectors from "./vectors/thread-map.json" with { type: "json" }
import { verifyBundle } from "./verify.ts"

const byKey = ([a]: MapEntry, [b]: MapEntry): number => (a < b ? -1 : 1)

function treeOf(entries: readonly MapEntry[]): MapTree {
  const tree = new MapTree(sha256)
  const buckets = Map.groupBy(entries, ([key]) => bucketOfText(key, sha256))
  for (const [bucket, inside] of buckets) tree.set(bucket, bucketHash(inside.sort(byKey), sha256))
  return tree
}

describe("the map of threads", () => {
  test.each(vectors.cases)(
    "$name: the root and proofs of another implementation",
    ({ entries, root, shown }) => {
      const tree = treeOf(entries as unknown as MapEntry[])
      expect(toHex(tree.root())).toBe(root)
      for (const { key, bucket, entries, proof } of shown) {
        expect(bucketOfText(key, nobleCrypto.sha256)).toBe(bucket)
        const line = JSON.stringify({ bucket, entries, proof })
        const parsed = parseMapBucket(line)
        if (isMalformed(parsed)) throw new Error(parsed.malformed)
        expect(formatMapBucket(parsed)).toBe(line)
        expect(provesBucket(parsed, fromHex(root), sha256)).toBe(true)
        expect(tree.proof(bucket)).toEqual(parsed.proof)
        const other = parsed.entries.length > 0 ? [] : ([["trd_x", 1, 0]] as const)
        expect(provesBucket({ ...parsed, entries: other }, fromHex(root), sha256)).toBe(false)
        // Two neighbours that are both empty are alike; whose bucket it is, is for the reader of the proof.
        if (entries.length > 0)
          expect(provesBucket({ ...parsed, bucket: bucket ^ 1 }, fromHex(root), sha256)).toBe(false)
      }
    },
  )

  test.each([
    "",
    "{}",
    '{"bucket":65536,"entries":[],"proof":[]}',
    '{"bucket":1,"entries":[["b",1,1],["a",1,2]],"proof":[]}',
    '{"bucket":1,"entries":[["a",1,1],["a",2,2]],"proof":[]}',
    '{"bucket":1,"entries":[["a",0,1]],"proof":[]}',
    '{"bucket":1,"entries":[["a\\n",1,1]],"proof":[]}',
    '{"bucket": 1,"entries":[],"proof":[]}',
    '{"bucket":1,"entries":[],"proof":["AA"]}',
  ])("a line that is none is malformed: %s", (line) => {
    expect(isMalformed(parseMapBucket(line))).toBe(true)
  })

  test("setting buckets one by one gives the tree of all at once", () => {
    const entries = vectors.cases.at(-1)?.entries as unknown as MapEntry[]
    const tree = new MapTree(sha256)
    const known: MapEntry[] = []
    for (const entry of entries.slice(0, 60)) {
      known.push(entry)
      const bucket = bucketOfText(entry[0], sha256)
      tree.set(
        bucket,
        bucketHash(known.filter(([key]) => bucketOfText(key, sha256) === bucket).sort(byKey), sha256),
      )
      tree.root()
    }
    expect(toHex(tree.root())).toBe(toHex(treeOf(entries.slice(0, 60)).root()))
  })
})

describe("an audit of the whole log", () => {
  const verify = (facts: IndexedFacts) =>
    verifyBundle(memoryBundle(makeBundle(sealLog(origin, facts), signer)), {
      crypto: testCrypto,
      keys: [signer.key],
    })
  const facts = indexed(market(400), [0, 17, 18, 150, 399])

  test("builds every map again", async () => {
    const report = await verify(facts)
    expect(found(report)).toEqual([])
    expect(report.checked.maps).toBe(5)
  })

  test.each([
    ["root", "0".repeat(64)],
    ["size", 5],
    ["keys", 6],
  ])("names the record whose %s is not the log's", async (member, value) => {
    const record = facts.findLastIndex(({ type }) => type === "index.sealed@1")
    const fact = facts[record] as IndexedFacts[number]
    const report = await verify(facts.with(record, { ...fact, values: { ...fact.values, [member]: value } }))
    expect(found(report)).toEqual([`index_wrong ${record}`])
  })

  test("a range cannot tell, and says that it compared none", async () => {
    const log = sealLog(origin, facts)
    const report = await verifyBundle(memoryBundle(makeBundle(log, signer, 20, log.leaves.length)), {
      crypto: testCrypto,
      keys: [signer.key],
    })
    expect([found(report), report.checked.maps]).toEqual([[], 0])
  })
})
