import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { equalBytes, toHex, utf8 } from "../bytes.ts"
import { leafHash } from "./encoding.ts"
import {
  appendLeaves,
  consistencyProof,
  decodeRange,
  emptyRange,
  encodeRange,
  type HashReader,
  inclusionProof,
  nodeHash,
  rangeRoot,
  readRange,
  verifyConsistency,
  verifyInclusion,
} from "./merkle.ts"
import { sha256 } from "./testing/seal.ts"

const count = 600
const leaves = Array.from({ length: count }, (_, i) => leafHash(utf8(`leaf ${i}`), sha256))

/** The definition of RFC 6962 section 2.1, word by word. */
function naiveRoot(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return sha256(new Uint8Array(0))
  if (hashes.length === 1) return hashes[0] as Uint8Array
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return nodeHash(naiveRoot(hashes.slice(0, split)), naiveRoot(hashes.slice(split)), sha256)
}

const roots = Array.from({ length: count + 1 }, (_, size) => naiveRoot(leaves.slice(0, size)))
const read: HashReader = async (nodes) =>
  nodes.map(({ level, index }) => naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)))

const sizeAndOld = fc
  .integer({ min: 1, max: count })
  .chain((size) => fc.tuple(fc.constant(size), fc.nat(size)))

describe("the Merkle tree", () => {
  test("well-known hashes", () => {
    const hex = (text: string) => toHex(leafHash(utf8(text), sha256))
    expect(toHex(rangeRoot(emptyRange, sha256))).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    )
    expect(hex("")).toBe("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    expect(hex("L123456")).toBe("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")
    expect(toHex(nodeHash(utf8("N123"), utf8("N456"), sha256))).toBe(
      "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb",
    )
  })

  test("a compact range has the tree's root at every size, in whatever batches it grew", () => {
    fc.assert(
      fc.property(sizeAndOld, ([size, old]) => {
        const first = decodeRange(encodeRange(appendLeaves(emptyRange, leaves.slice(0, old), sha256)))
        const grown = appendLeaves(first, leaves.slice(old, size), sha256)
        expect(toHex(rangeRoot(first, sha256))).toBe(toHex(roots[old] as Uint8Array))
        expect(toHex(rangeRoot(grown, sha256))).toBe(toHex(roots[size] as Uint8Array))
      }),
    )
  })

  test("it can be rebuilt from stored hashes, and tells of each node once", async () => {
    for (const size of [0, 1, 2, 255, 256, 257, count]) {
      const seen = new Map<string, Uint8Array>()
      const grown = appendLeaves(emptyRange, leaves.slice(0, size), sha256, (level, index, hash) => {
        expect(seen.has(`${level}/${index}`)).toBe(false)
        seen.set(`${level}/${index}`, hash)
      })
      expect(await readRange(size, read)).toEqual(grown)
      for (const [name, hash] of seen) {
        const [level, index] = name.split("/").map(Number) as [number, number]
        expect(await read([{ level, index }])).toEqual([hash])
      }
    }
  })

  test("inclusion proofs lead to the root, and no other index, leaf or root passes", async () => {
    await fc.assert(
      fc.asyncProperty(sizeAndOld, fc.nat(count - 1), async ([size, other], wrong) => {
        const index = other % size
        const proof = await inclusionProof(index, size, read, sha256)
        const [leaf, root] = [leaves[index] as Uint8Array, roots[size] as Uint8Array]
        expect(verifyInclusion(proof, index, size, leaf, root, sha256)).toBe(true)
        const wrongLeaf = leaves[wrong] as Uint8Array
        if (wrong !== index) {
          expect(verifyInclusion(proof, wrong, size, leaf, root, sha256)).toBe(false)
          expect(verifyInclusion(proof, index, size, wrongLeaf, root, sha256)).toBe(false)
        }
        expect(verifyInclusion(proof, index, size, leaf, wrongLeaf, sha256) && size > 1).toBe(false)
        expect(verifyInclusion([...proof, leaf], index, size, leaf, root, sha256)).toBe(false)
        if (proof.length > 0)
          expect(verifyInclusion(proof.slice(1), index, size, leaf, root, sha256)).toBe(false)
      }),
    )
  })

  test("consistency proofs join two heads, and no other two", async () => {
    await fc.assert(
      fc.asyncProperty(sizeAndOld, fc.nat(count), async ([size, old], wrong) => {
        const proof = await consistencyProof(old, size, read, sha256)
        const heads = (n: number) => ({ size: n, root: roots[n] as Uint8Array })
        expect(verifyConsistency(proof, heads(old), heads(size), sha256)).toBe(true)
        const forged = { size: old, root: roots[wrong] as Uint8Array }
        if (wrong !== old) expect(verifyConsistency(proof, forged, heads(size), sha256)).toBe(false)
        const forgedNow = { size, root: roots[wrong] as Uint8Array }
        if (wrong !== size && old > 0)
          expect(verifyConsistency(proof, heads(old), forgedNow, sha256)).toBe(false)
        if (old !== size && old > 0)
          expect(
            verifyConsistency([...proof, leaves[0] as Uint8Array], heads(old), heads(size), sha256),
          ).toBe(false)
        expect(verifyConsistency(proof, heads(size), heads(old), sha256)).toBe(old === size)
      }),
    )
  })

  test("sizes beyond 2^31 keep their arithmetic", async () => {
    const fake: HashReader = async (nodes) =>
      nodes.map(({ level, index }) => sha256(utf8(`${level}/${index}`)))
    for (const size of [2 ** 32 + 1, 2 ** 40 + 12345, 2 ** 53 - 1]) {
      const root = rangeRoot(await readRange(size, fake), sha256)
      const last = size - 1
      const [leaf] = (await fake([{ level: 0, index: last }])) as [Uint8Array]
      const proof = await inclusionProof(last, size, fake, sha256)
      expect(verifyInclusion(proof, last, size, leaf, root, sha256)).toBe(true)
      expect(verifyInclusion(proof, last - 1, size, leaf, root, sha256)).toBe(false)
    }
    expect(equalBytes(roots[1] as Uint8Array, leaves[0] as Uint8Array)).toBe(true)
  })
})
