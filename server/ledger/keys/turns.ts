import type { Sql } from "postgres"
import { decodeLeaf } from "#contracts/ledger/encoding.ts"
import type { FactBody } from "#contracts/ledger/fact.ts"
import type { LogKeyRow } from "#contracts/ledger/rotation.ts"
import type { RotationReason } from "#contracts/ledger/rotation-reason.ts"

/** A change of the log's key that is sealed (contracts/ledger/rotation.ts). */
export type KeyTurn = {
  readonly version: number
  readonly index: number
  readonly from: string
  readonly to: string
  readonly reason: RotationReason
  readonly at: string
  /** Its record's bytes. */
  readonly leaf: Uint8Array
  /** The handover, signed by both keys; null in the moment between sealing and signing. */
  readonly note: string | null
}

/** What the newest change says, sealed or not; null while the log has its first key. */
export async function readKeyRow(sql: Sql): Promise<LogKeyRow | null> {
  const [found] = await sql<{ row: LogKeyRow }[]>`select row from log_keys order by id limit 1`
  return found?.row ?? null
}

/** The sealed changes of the log's key, in their order: few, for all time. */
export async function readTurns(sql: Sql): Promise<KeyTurn[]> {
  const rows = await sql<{ index: number; leaf: Uint8Array; note: string | null }[]>`
    select f.index::float8 as index, f.leaf, c.note
    from log_keys k join sealed_facts f on f.subject = k.id left join checkpoints c on c.size = f.index + 1
    order by f.version`
  return rows.map(({ index, leaf, note }) => {
    const decoded = decodeLeaf(leaf)
    if (!("leaf" in decoded)) throw new Error(`record ${index} is stored damaged`)
    const { version, from, to, reason } = decoded.leaf.body as FactBody<"key.rotated@1">
    return { version, index, from, to, reason, at: decoded.leaf.at, leaf, note }
  })
}

type Turned = Pick<KeyTurn, "index" | "to">

/** The change after which a head of this size comes, or which it hands over; null: the first key's. */
export const turnBefore = <T extends Turned>(turns: readonly T[], size: number): T | null =>
  turns.findLast(({ index }) => index < size) ?? null

/** The verifier key of the key that has to sign a head of this size. */
export const vkeyAt = (first: string, turns: readonly Turned[], size: number): string =>
  turnBefore(turns, size)?.to ?? first
