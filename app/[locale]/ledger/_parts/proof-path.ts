import { fromBase64, fromHex, toHex } from "#contracts/bytes.ts"
import type { CertificateJson } from "#contracts/ledger/certificate-json.ts"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { inclusionPath, nodeHash } from "#contracts/ledger/merkle.ts"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"

/** One joining of hashes, leaf to root: with which sibling, and what comes of it. */
export type ProofStep = {
  readonly side: "left" | "right"
  /** The records under the sibling, both ends counted. */
  readonly from: number
  readonly to: number
  readonly sibling: string
  readonly joined: string
}
export type ProofPath = {
  readonly size: number
  readonly root: string
  readonly steps: readonly ProofStep[]
  /** The last joining gives the root that the checkpoint signs. */
  readonly holds: boolean
}

/** Walks a certificate's proof, hash by hash, as RFC 9162 section 2.1.3.2 does. */
export function proofPathOf({ index, proof, leafHash, checkpoint }: CertificateJson): ProofPath {
  const head = readCheckpoint(checkpoint)
  if (isMalformed(head)) throw new Error("a checkpoint of ours can be read")
  const { size, root } = head.unverifiedCheckpoint
  let hash = fromHex(leafHash)
  const steps = inclusionPath(index, size).map(({ start, end }, order): ProofStep => {
    const sibling = fromBase64(proof[order] ?? "")
    const left = start <= index && end <= index
    hash = left ? nodeHash(sibling, hash, nobleCrypto.sha256) : nodeHash(hash, sibling, nobleCrypto.sha256)
    return {
      side: left ? "left" : "right",
      from: start,
      to: end - 1,
      sibling: toHex(sibling),
      joined: toHex(hash),
    }
  })
  return { size, root: toHex(root), steps, holds: toHex(hash) === toHex(root) }
}
