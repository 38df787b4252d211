import type { Sql } from "postgres"
import { toHex } from "#contracts/bytes.ts"
import { type Checkpoint, readCheckpoint, type UnverifiedCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { parseCosignerKey, verifyCosignatures } from "#contracts/ledger/cosignature.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { consistencyProof } from "#contracts/ledger/merkle.ts"
import { parseVerifierKey, type VerifierKey, verifyNote } from "#contracts/ledger/note.ts"
import { formatKeptProof } from "#contracts/ledger/verify-consistency.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import { type Time, toTime } from "#contracts/time.ts"
import type { Services } from "../../services.ts"
import { readTurns } from "../keys/turns.ts"
import { hashReaderOf, readLog } from "../log-store.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { readWitnesses } from "../witnesses/store.ts"
import * as store from "./store.ts"

/**
 * A signature line of a checkpoint, checked against the keys that the market knows: the log's own and those of its
 * witnesses. `unknown`: a key that is not, or no longer, among them.
 */
export type ShownSignature = {
  readonly name: string
  readonly keyId: string
  readonly by: "log" | "witness" | "unknown"
  /** Whether the signature fits its key; null where the key is not known. */
  readonly fits: boolean | null
  /** When a witness signed, by its own clock. */
  readonly at: Time | null
}

export type ShownHead = {
  readonly size: number
  /** Hex. */
  readonly root: string
  /** When it was signed, by the database's clock. */
  readonly at: string
  readonly signatures: readonly ShownSignature[]
}

const pageSize = 30

/** Published checkpoints, the newest first, a page at a time. */
export async function listCheckpoints(
  { sql }: Pick<Services, "sql">,
  { before }: { before: number | null },
): Promise<{ heads: ShownHead[]; next: number | null }> {
  const [rows, keys] = await Promise.all([
    store.readHeadsBefore(sql, before ?? Number.MAX_SAFE_INTEGER, pageSize + 1),
    readKeys(sql),
  ])
  const heads = rows.slice(0, pageSize).map((row) => shownHead(row, keys))
  return { heads, next: rows.length > pageSize ? (heads.at(-1)?.size ?? null) : null }
}

/** How the log grew from an earlier checkpoint to this one: hashes in hex, in the proof's order. */
export type ShownGrowth = {
  readonly from: number
  readonly fromRoot: string
  readonly hashes: readonly string[]
}

export type CheckpointPage = {
  readonly head: ShownHead
  readonly note: string
  readonly log: string
  readonly previous: number | null
  readonly next: number | null
  /** Null where the earlier checkpoint is that of the empty log, which every log continues. */
  readonly growth: ShownGrowth | null
}

/**
 * A published checkpoint with who signed it, and the proof that it continues the one of size `from` (null: the one
 * before). Refuses `not_found`, at `from` where that is no earlier checkpoint.
 */
export async function readCheckpointPage(
  { sql }: Pick<Services, "sql">,
  { size, from }: { size: number; from: number | null },
): Promise<CheckpointPage | Refusal> {
  const stored = await store.readHeadOfSize(sql, size)
  if (stored === null) return refuse("not_found")
  const [keys, [before], next] = await Promise.all([
    readKeys(sql),
    store.readHeadsBefore(sql, size, 1),
    store.readNextSize(sql, size),
  ])
  const earlier = from === null ? (before ?? null) : await store.readHeadOfSize(sql, from)
  if (from !== null && (earlier === null || from === 0 || from >= size)) return refuse("not_found", "from")
  const growth =
    earlier === null || earlier.size === 0
      ? null
      : {
          from: earlier.size,
          fromRoot: toHex(checkpointOf(earlier).root),
          hashes: (await proofBetween(sql, earlier.size, size)).map(toHex),
        }
  return {
    head: shownHead(stored, keys),
    note: stored.note,
    log: checkpointOf(stored).origin,
    previous: before?.size ?? null,
    next,
    growth,
  }
}

/** The proof that one published checkpoint continues another, as a file of its own; null where one is not there. */
export async function readConsistencyFile(sql: Sql, from: number, to: number): Promise<string | null> {
  if (from > to) return null
  const [earlier, later] = await Promise.all([store.readHeadOfSize(sql, from), store.readHeadOfSize(sql, to)])
  if (earlier === null || later === null) return null
  return formatKeptProof({
    size: from,
    hashes: await proofBetween(sql, from, to),
    checkpoint: earlier.note,
  })
}

const proofBetween = (sql: Sql, from: number, to: number): Promise<Uint8Array[]> =>
  consistencyProof(from, to, hashReaderOf(sql, to), nodeCrypto.sha256)

function read(note: string): UnverifiedCheckpoint {
  const head = readCheckpoint(note)
  if (isMalformed(head)) throw new Error(`a checkpoint is stored damaged: ${head.malformed}`)
  return head
}

const checkpointOf = ({ note }: store.StoredHead): Checkpoint => read(note).unverifiedCheckpoint

/** All keys that the log has had, and its witnesses' as `name+id+base64`. */
type Keys = { readonly log: readonly VerifierKey[]; readonly witnesses: readonly string[] }

async function readKeys(sql: Sql): Promise<Keys> {
  const [log, turns, witnesses] = await Promise.all([readLog(sql), readTurns(sql), readWitnesses(sql)])
  const vkeys = log === null ? [] : [log.vkey, ...turns.map(({ to }) => to)]
  const keys = vkeys.map((vkey) => parseVerifierKey(vkey, nodeCrypto.sha256))
  return {
    log: keys.flatMap((key) => (isMalformed(key) ? [] : [key])),
    witnesses: witnesses.map(({ vkey }) => vkey),
  }
}

/** The signatures of a note of ours, each checked. */
export const readSignatures = async (sql: Sql, note: string): Promise<ShownSignature[]> =>
  shownSignatures(read(note), await readKeys(sql))

function shownHead(stored: store.StoredHead, keys: Keys): ShownHead {
  const head = read(stored.note)
  const { size, root } = head.unverifiedCheckpoint
  return { size, root: toHex(root), at: stored.at, signatures: shownSignatures(head, keys) }
}

function shownSignatures({ note }: UnverifiedCheckpoint, keys: Keys): ShownSignature[] {
  const { sha256, verifyEd25519 } = nodeCrypto
  return note.signatures.map((line): ShownSignature => {
    const { name, keyId } = line
    const own = { text: note.text, signatures: [line] }
    const logKey = keys.log.find((key) => key.name === name && key.keyId === keyId)
    if (logKey) {
      const verdict = verifyNote(own, [logKey], verifyEd25519)
      return { name, keyId, by: "log", fits: "verifiedBy" in verdict, at: null }
    }
    for (const vkey of keys.witnesses) {
      const key = parseCosignerKey(vkey, sha256)
      if (isMalformed(key) || key.cosigner !== name || key.keyId !== keyId) continue
      const verdict = verifyCosignatures(own, [key], verifyEd25519)
      const time = "cosigned" in verdict ? (verdict.cosigned[0]?.time ?? null) : null
      const at = time === null ? null : toTime(time * 1000)
      return { name, keyId, by: "witness", fits: time !== null, at }
    }
    return { name, keyId, by: "unknown", fits: null, at: null }
  })
}
