import { fromHex, toHex } from "#contracts/bytes.ts"
import { consistencyPath, nodeHash } from "#contracts/ledger/merkle.ts"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"

/** One joining: with a hash on the left, which both trees have, or one on the right, which only the later has. */
export type GrowthStep = {
  readonly side: "left" | "right"
  /** The records under the joined hash, both ends counted. */
  readonly from: number
  readonly to: number
  readonly hash: string
  /** What the earlier tree has come to; unchanged by a hash on the right. */
  readonly earlier: string
  readonly later: string
}
export type GrowthPath = {
  /** Where both trees begin: a part that they share. */
  readonly seed: { readonly from: number; readonly to: number; readonly hash: string }
  readonly steps: readonly GrowthStep[]
  /** Both ends are the roots that the checkpoints sign. */
  readonly holds: boolean
}

type Growth = { readonly from: number; readonly fromRoot: string; readonly hashes: readonly string[] }
type Head = { readonly size: number; readonly root: string }

/** Walks a consistency proof, hash by hash, as RFC 9162 section 2.1.4.2 does. `from` is at least 1. */
export function growthPathOf({ from, fromRoot, hashes }: Growth, { size, root }: Head): GrowthPath {
  const parts = consistencyPath(from, size)
  // Where the earlier tree is one perfect subtree, its root is where both begin, and the proof leaves it out.
  const whole = parts[0] === undefined || parts[0].start >= from
  const [first, ...others] = whole ? [{ start: 0, end: from }, ...parts] : parts
  const given = whole ? [fromRoot, ...hashes] : [...hashes]
  const seedHash = given.shift() ?? ""
  const join = (left: string, right: string) =>
    toHex(nodeHash(fromHex(left), fromHex(right), nobleCrypto.sha256))
  let earlier = seedHash
  let later = seedHash
  const steps = others.map(({ start, end }, order): GrowthStep => {
    const hash = given[order] ?? ""
    const side = start < from ? "left" : "right"
    if (side === "left") [earlier, later] = [join(hash, earlier), join(hash, later)]
    else later = join(later, hash)
    return { side, from: start, to: end - 1, hash, earlier, later }
  })
  const seed = { from: first?.start ?? 0, to: (first?.end ?? from) - 1, hash: seedHash }
  return { seed, steps, holds: earlier === fromRoot && later === root && given.length === steps.length }
}
