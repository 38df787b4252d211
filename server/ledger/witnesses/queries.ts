import type { Sql } from "postgres"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { parseCosignerKey, verifyCosignatures } from "#contracts/ledger/cosignature.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import type { WitnessTrouble } from "#contracts/ledger/witness-trouble.ts"
import { type Time, toTime } from "#contracts/time.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { readCosignedSizes, readWitnesses } from "./store.ts"

/** A witness beside a checkpoint. Its address is the operator's affair and is not shown. */
export type ShownWitness = {
  readonly name: string
  readonly vkey: string
  /** When it cosigned this checkpoint, by its own clock; null: it has not. */
  readonly cosignedAt: Time | null
  /** The size of the last checkpoint that it cosigned; null: none yet. */
  readonly last: number | null
  readonly trouble: WitnessTrouble | null
}

/** The witnesses that are asked, and what each signed of this checkpoint, checked anew. */
export async function readShownWitnesses(sql: Sql, note: string): Promise<ShownWitness[]> {
  const head = readCheckpoint(note)
  if (isMalformed(head)) throw new Error(`a checkpoint is stored damaged: ${head.malformed}`)
  const [witnesses, sizes] = await Promise.all([readWitnesses(sql), readCosignedSizes(sql)])
  return witnesses.map(({ vkey, trouble }) => {
    const key = parseCosignerKey(vkey, nodeCrypto.sha256)
    if (isMalformed(key)) throw new Error(`a witness's key is stored damaged: ${key.malformed}`)
    const verdict = verifyCosignatures(head.note, [key], nodeCrypto.verifyEd25519)
    const time = "cosigned" in verdict ? (verdict.cosigned[0]?.time ?? null) : null
    const cosignedAt = time === null ? null : toTime(time * 1000)
    return { name: key.cosigner, vkey, cosignedAt, last: sizes.get(key.keyId) ?? null, trouble }
  })
}
