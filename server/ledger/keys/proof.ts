import type { Sql } from "postgres"
import { formatCertificate } from "#contracts/ledger/certificate-form.ts"
import { inclusionProof } from "#contracts/ledger/merkle.ts"
import { hashReaderOf } from "../log-store.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { type KeyTurn, readTurns } from "./turns.ts"

/** The proof of a change of the log's key (contracts/ledger/rotation.ts); null until its handover is signed. */
export async function rotationProof(sql: Sql, { index, leaf, note }: KeyTurn): Promise<string | null> {
  if (note === null) return null
  const size = index + 1
  const proof = await inclusionProof(index, size, hashReaderOf(sql, size), nodeCrypto.sha256)
  return formatCertificate({ extra: leaf, index, proof, checkpoint: note })
}

/** The proof of the log's n-th change of key, or null. */
export async function readRotationProof(sql: Sql, n: number): Promise<string | null> {
  const turn = (await readTurns(sql)).find(({ version }) => version === n)
  return turn === undefined ? null : rotationProof(sql, turn)
}
