import { expect, test } from "vitest"
import { toHex, utf8 } from "#contracts/bytes.ts"
import { leafHash } from "#contracts/ledger/encoding.ts"
import { appendLeaves, consistencyProof, emptyRange, rangeRoot } from "#contracts/ledger/merkle.ts"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"
import { growthPathOf } from "./growth-path.ts"

const { sha256 } = nobleCrypto
const most = 40
const leaves = Array.from({ length: most }, (_, i) => leafHash(utf8(`record ${i}`), sha256))
const rootOf = (size: number) =>
  toHex(rangeRoot(appendLeaves(emptyRange, leaves.slice(0, size), sha256), sha256))
const read = async (nodes: readonly { level: number; index: number }[]) =>
  nodes.map(({ level, index }) => {
    const part = leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)
    return rangeRoot(appendLeaves(emptyRange, part, sha256), sha256)
  })

test("the drawn path comes to both roots, for every two sizes", async () => {
  for (let size = 2; size <= most; size++)
    for (let from = 1; from < size; from++) {
      const hashes = (await consistencyProof(from, size, read, sha256)).map(toHex)
      const growth = { from, fromRoot: rootOf(from), hashes }
      const path = growthPathOf(growth, { size, root: rootOf(size) })
      expect([from, size, path.holds]).toEqual([from, size, true])
      // All that was joined, in the order of the records, is the whole later tree and no more.
      const parts = [path.seed, ...path.steps].toSorted((a, b) => a.from - b.from)
      expect(parts.map((part) => part.from)).toEqual([0, ...parts.slice(0, -1).map((part) => part.to + 1)])
      expect(parts.at(-1)?.to).toBe(size - 1)
      expect(path.steps.filter((step) => step.side === "left").every((step) => step.to < from)).toBe(true)
    }
})

test("a changed hash of the proof does not hold", async () => {
  const hashes = (await consistencyProof(7, 21, read, sha256)).map(toHex)
  for (const place of hashes.keys()) {
    const changed = hashes.with(place, "0".repeat(64))
    const growth = { from: 7, fromRoot: rootOf(7), hashes: changed }
    expect(growthPathOf(growth, { size: 21, root: rootOf(21) }).holds).toBe(false)
  }
})
