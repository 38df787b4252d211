import { equalBytes, fromHex, toHex } from "../bytes.ts"
import type { Sha256 } from "./ports.ts"

/**
 * The Merkle tree of RFC 6962 and RFC 9162 section 2.1. A perfect subtree of 2^level leaves that starts at leaf
 * index * 2^level is a node; positions may exceed 2^31, so arithmetic here never uses bit operators.
 */
export type TreeNode = { readonly level: number; readonly index: number }

/** Answers the hashes of the nodes, in their order; the nodes are always complete ones of the tree. */
export type HashReader = (nodes: readonly TreeNode[]) => Promise<readonly Uint8Array[]>

/** The root of the tree without leaves: SHA-256 of nothing. */
export const emptyRoot = (sha256: Sha256): Uint8Array => sha256(new Uint8Array(0))

/** 0x01 and room for two hashes, for as long as they are hashed. */
const scratch = Uint8Array.of(1, ...new Array<number>(64).fill(0))

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  if (left.length === 32 && right.length === 32) {
    scratch.set(left, 1)
    scratch.set(right, 33)
    return sha256(scratch)
  }
  const prefixed = new Uint8Array(1 + left.length + right.length)
  prefixed[0] = 1
  prefixed.set(left, 1)
  prefixed.set(right, 1 + left.length)
  return sha256(prefixed)
}

/** The perfect subtrees that a tree of this size falls into, left to right, largest first. */
export function nodesOfSize(size: number): TreeNode[] {
  return nodesOfRange({ start: 0, end: size })
}

/**
 * The right edge of a growing tree: the hashes of its perfect subtrees, largest first. It is all that appending
 * and the root need, and it is small (one hash per set bit of the size), so a sequencer keeps it in memory.
 */
export type CompactRange = { readonly size: number; readonly edge: readonly Uint8Array[] }

export const emptyRange: CompactRange = { size: 0, edge: [] }

/** Told of every node that becomes complete, leaves included, in the order of completion. */
export type NodeListener = (level: number, index: number, hash: Uint8Array) => void

/** The range after appending these leaf hashes; the one given is left as it was. */
export function appendLeaves(
  range: CompactRange,
  leafHashes: Iterable<Uint8Array>,
  sha256: Sha256,
  listener?: NodeListener,
): CompactRange {
  const edge = range.edge.slice()
  let size = range.size
  for (const leaf of leafHashes) {
    let hash = leaf
    let level = 0
    let index = size
    listener?.(level, index, hash)
    while (index % 2 === 1) {
      hash = nodeHash(edge.pop() as Uint8Array, hash, sha256)
      index = (index - 1) / 2
      level += 1
      listener?.(level, index, hash)
    }
    edge.push(hash)
    size += 1
  }
  return { size, edge }
}

/** The range after appending a perfect subtree, which must begin at a multiple of its width. */
export function appendSubtree(
  range: CompactRange,
  subtree: { readonly level: number; readonly hash: Uint8Array },
  sha256: Sha256,
  listener: NodeListener,
): CompactRange {
  const width = 2 ** subtree.level
  if (range.size % width !== 0) throw new Error("a subtree begins at a multiple of its width")
  const edge = range.edge.slice()
  let { level, hash } = subtree
  let index = range.size / width
  listener(level, index, hash)
  while (index % 2 === 1) {
    hash = nodeHash(edge.pop() as Uint8Array, hash, sha256)
    index = (index - 1) / 2
    level += 1
    listener(level, index, hash)
  }
  edge.push(hash)
  return { size: range.size + width, edge }
}

export function rangeRoot(range: CompactRange, sha256: Sha256): Uint8Array {
  return range.edge.length === 0 ? emptyRoot(sha256) : foldEdge(range.edge, sha256)
}

/** Joins perfect subtrees of falling size to the hash over them all: from the right. */
export function foldEdge(edge: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  let root = edge.at(-1) as Uint8Array
  for (let i = edge.length - 2; i >= 0; i--) root = nodeHash(edge[i] as Uint8Array, root, sha256)
  return root
}

/** Rebuilds the right edge of a tree from stored hashes. */
export async function readRange(size: number, read: HashReader): Promise<CompactRange> {
  return { size, edge: await read(nodesOfSize(size)) }
}

export const encodeRange = (range: CompactRange): { size: number; edge: string[] } => ({
  size: range.size,
  edge: range.edge.map(toHex),
})

/** Throws when the number of hashes is not that of the size. */
export function decodeRange(stored: { size: number; edge: readonly string[] }): CompactRange {
  if (nodesOfSize(stored.size).length !== stored.edge.length)
    throw new Error("the edge does not fit its size")
  return { size: stored.size, edge: stored.edge.map(fromHex) }
}

/** The leaves from start (included) to end (not included), as one subtree of RFC 9162. */
export type Subtree = { readonly start: number; readonly end: number }

/** The largest power of two smaller than n, for n of at least 2. */
function splitOf(n: number): number {
  let split = 1
  while (split * 2 < n) split *= 2
  return split
}

/** Perfect subtrees of an aligned range, left to right. */
export function nodesOfRange({ start, end }: Subtree): TreeNode[] {
  const nodes: TreeNode[] = []
  let position = start
  let width = 1
  let level = 0
  while (width * 2 <= end - start) {
    width *= 2
    level += 1
  }
  for (; position < end; width /= 2, level--)
    if (position + width <= end) {
      nodes.push({ level, index: position / width })
      position += width
    }
  return nodes
}

/** The subtrees whose hashes are the inclusion proof of a leaf (RFC 9162 section 2.1.3.1), leaf to root. */
export function inclusionPath(index: number, size: number): Subtree[] {
  if (!(index >= 0 && index < size)) throw new Error(`no leaf ${index} in a tree of ${size}`)
  const path: Subtree[] = []
  for (let start = 0, end = size; end - start > 1; ) {
    const middle = start + splitOf(end - start)
    const left = index < middle
    path.push(left ? { start: middle, end } : { start, end: middle })
    if (left) end = middle
    else start = middle
  }
  return path.reverse()
}

/** The subtrees whose hashes are the consistency proof between two sizes (RFC 9162 section 2.1.4.1). */
export function consistencyPath(oldSize: number, size: number): Subtree[] {
  if (!(oldSize >= 0 && oldSize <= size)) throw new Error(`no tree of ${oldSize} inside one of ${size}`)
  if (oldSize === 0 || oldSize === size) return []
  const path: Subtree[] = []
  let start = 0
  let end = size
  while (end !== oldSize) {
    const middle = start + splitOf(end - start)
    const left = oldSize <= middle
    path.push(left ? { start: middle, end } : { start, end: middle })
    if (left) end = middle
    else start = middle
  }
  // The old tree itself needs no hash when it is the left-most subtree: the verifier knows its root.
  if (start > 0) path.push({ start, end })
  return path.reverse()
}

export const inclusionProof = (index: number, size: number, read: HashReader, sha256: Sha256) =>
  hashesOf(inclusionPath(index, size), read, sha256)

export const consistencyProof = (oldSize: number, size: number, read: HashReader, sha256: Sha256) =>
  hashesOf(consistencyPath(oldSize, size), read, sha256)

async function hashesOf(path: readonly Subtree[], read: HashReader, sha256: Sha256): Promise<Uint8Array[]> {
  const parts = path.map(nodesOfRange)
  const hashes = await read(parts.flat())
  let taken = 0
  return parts.map((nodes) => {
    taken += nodes.length
    return foldEdge(hashes.slice(taken - nodes.length, taken), sha256)
  })
}

/** RFC 9162 section 2.1.3.2. False on anything but the one right proof. */
export function verifyInclusion(
  proof: readonly Uint8Array[],
  index: number,
  size: number,
  leaf: Uint8Array,
  root: Uint8Array,
  sha256: Sha256,
): boolean {
  if (!Number.isSafeInteger(size) || !(index >= 0 && index < size)) return false
  let position = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (sibling.length !== 32 || last === 0) return false
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash, sha256)
      while (position % 2 === 0 && position !== 0) [position, last] = [half(position), half(last)]
    } else hash = nodeHash(hash, sibling, sha256)
    ;[position, last] = [half(position), half(last)]
  }
  return last === 0 && equalBytes(hash, root)
}

const half = (n: number): number => Math.floor(n / 2)

/** RFC 9162 section 2.1.4.2; any tree continues the empty one, by the empty proof. */
export function verifyConsistency(
  proof: readonly Uint8Array[],
  old: { size: number; root: Uint8Array },
  now: { size: number; root: Uint8Array },
  sha256: Sha256,
): boolean {
  if (!Number.isSafeInteger(now.size) || !(old.size >= 0 && old.size <= now.size)) return false
  if (old.size === 0) return proof.length === 0 && equalBytes(old.root, emptyRoot(sha256))
  if (old.size === now.size) return proof.length === 0 && equalBytes(old.root, now.root)
  let position = old.size - 1
  let last = now.size - 1
  while (position % 2 === 1) [position, last] = [half(position), half(last)]
  const rest = position === 0 ? [old.root, ...proof] : proof
  const [first, ...siblings] = rest
  if (first === undefined) return false
  let before = first
  let after = first
  for (const sibling of siblings) {
    if (sibling.length !== 32 || last === 0) return false
    if (position % 2 === 1 || position === last) {
      before = nodeHash(sibling, before, sha256)
      after = nodeHash(sibling, after, sha256)
      while (position % 2 === 0 && position !== 0) [position, last] = [half(position), half(last)]
    } else after = nodeHash(after, sibling, sha256)
    ;[position, last] = [half(position), half(last)]
  }
  return last === 0 && equalBytes(before, old.root) && equalBytes(after, now.root)
}
