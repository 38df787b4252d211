import { randomBytes } from "node:crypto"
import type { Sql } from "postgres"
import { equalBytes, toHex } from "#contracts/bytes.ts"
import {
  type Checkpoint,
  type CheckpointSigner,
  checkHeadSignature,
  readCheckpoint,
} from "#contracts/ledger/checkpoint.ts"
import { decodeLeaf, firstPrev, leafHash } from "#contracts/ledger/encoding.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { type CompactRange, rangeRoot } from "#contracts/ledger/merkle.ts"
import { formatVerifierKey, parseVerifierKey } from "#contracts/ledger/note.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import { type Time, toTime } from "#contracts/time.ts"
import type { LogEnd } from "./build-leaves.ts"
import { DamagedHeadError, headFile, readKeptHead } from "./head-file.ts"
import { LogSigners } from "./keys/signers.ts"
import { readTurns } from "./keys/turns.ts"
import { createLogKey, type LogKeySource, openLogKeys } from "./log-key.ts"
import { nodeCrypto } from "./node-crypto.ts"
import * as store from "./seal-store.ts"
import { GrowingTree, loadRange } from "./tree.ts"

/** Why sealing must not go on, with the sentence that tells the operator what to do. */
export type SealingRefused = { readonly refusal: Refusal; readonly advice: string }

export class SealingRefusedError extends Error {
  override readonly cause: SealingRefused

  constructor(cause: SealingRefused) {
    super(cause.advice)
    this.cause = cause
  }
}

/** What a sequencer that leads holds in memory; all of it is rebuilt from the database by the next one. */
export type Lead = {
  readonly epoch: number
  readonly signers: LogSigners
  readonly tree: GrowingTree
  readonly end: LogEnd
  /** The tree of the last signed head, null when there is none yet. */
  signed: CompactRange | null
}

const { sha256, verifyEd25519 } = nodeCrypto

/**
 * Takes the lead on a connection that holds the lock: the log's identity, then the check against the head kept
 * outside the database, then the epoch and the log's right edge. This is also all of the recovery. Throws
 * SealingRefusedError instead of forking the log.
 */
export async function takeLead(sql: Sql, source: LogKeySource, marketName: string): Promise<Lead> {
  const kept = await readKeptHead(source.home).catch(rethrowDamagedHead)
  const signers = await identify(sql, source, kept, marketName)
  const head = await readSignedHead(sql, signers)
  const size = await store.countSealed(sql)
  requireSigners(signers, head?.size === size ? size + 1 : size)
  const read = (level: number, index: number) => store.readTile(sql, level, index)
  await compareWithKept(kept, size, (atSize) => loadRange(atSize, read, sha256), source.home)
  if (head !== null && head.size > size)
    throw damaged(`its last checkpoint has ${head.size} records, its table only ${size}`)
  const signed = head === null ? null : await loadRange(head.size, read, sha256).catch(rethrowDamaged)
  if (head !== null && signed !== null && !equalBytes(rangeRoot(signed, sha256), head.root))
    throw damaged("its hash tiles do not give the root of its last checkpoint")
  const tree = await GrowingTree.load(size, read, sha256).catch(rethrowDamaged)
  const end = await readEnd(sql, signers.origin, size)
  return { epoch: await store.raiseEpoch(sql), signers, tree, end, signed }
}

/** The log's key and origin; at the very first start both are chosen here, once. */
async function identify(
  sql: Sql,
  source: LogKeySource,
  kept: Checkpoint | null,
  marketName: string,
): Promise<LogSigners> {
  const log = await store.readLog(sql)
  if (kept !== null && kept.size > 0 && kept.origin !== log?.origin)
    throw behind(
      `The last published checkpoint is of the log ${kept.origin} with ${kept.size} records, but the database ${
        log === null ? "is empty" : `holds the log ${log.origin}`
      }. Restore the newest backup of that log's database. Only to begin another log, move ${headFile(source.home)} away.`,
    )
  if (log === null) {
    const origin = `quanheng/${marketName}/${randomBytes(4).toString("hex")}`
    const [key = await createLogKey(source.home)] = await openLogKeys(source)
    const vkey = formatVerifierKey(key.signerOf(origin).key)
    await store.insertLog(sql, origin, vkey)
    return LogSigners.open(source, { origin, vkey }, [])
  }
  return LogSigners.open(source, log, await readTurns(sql))
}

/** The keys that have to sign a head of this size. Throws where one is not at hand. */
export function requireSigners(signers: LogSigners, size: number): readonly CheckpointSigner[] {
  const found = signers.at(size)
  if (!("missing" in found)) return found
  throw new SealingRefusedError({
    refusal: refuse("log_key_missing"),
    advice: `The signing key of the log ${signers.origin} is missing: its verifier key must be ${
      found.missing
    }. Put the key back (a file log….pem in keys/ of the data folder) from its backup.`,
  })
}

async function readSignedHead(sql: Sql, signers: LogSigners): Promise<Checkpoint | null> {
  const head = await store.readHead(sql)
  if (head === null) return null
  const read = readCheckpoint(head.note)
  if (isMalformed(read)) throw damaged(`its last checkpoint cannot be read: ${read.malformed}`)
  const key = parseVerifierKey(signers.dueAt(read.unverifiedCheckpoint.size), sha256)
  if (isMalformed(key) || checkHeadSignature(read, [key], verifyEd25519) !== "signed")
    throw damaged("its last checkpoint is not signed by the log's key")
  return read.unverifiedCheckpoint
}

/** The database may be ahead of the kept head (a crash before it was kept), never behind it or beside it. */
async function compareWithKept(
  kept: Checkpoint | null,
  size: number,
  rangeAt: (size: number) => Promise<CompactRange>,
  home: string,
): Promise<void> {
  if (kept === null) return
  const advice = `Restore the newest backup of the database, one that holds all ${kept.size} records of the checkpoint in ${headFile(
    home,
  )}. Nothing is sealed until then, and nothing waiting is lost.`
  if (size < kept.size)
    throw behind(`The database has ${size} records, the last published checkpoint ${kept.size}. ${advice}`)
  const range = await rangeAt(kept.size).catch(rethrowDamaged)
  if (!equalBytes(rangeRoot(range, sha256), kept.root))
    throw behind(
      `The database's first ${kept.size} records are not those of the last published checkpoint. ${advice}`,
    )
}

async function readEnd(sql: Sql, log: string, size: number): Promise<LogEnd> {
  const end = { log, heads: new Map(), versions: new Map(), completeSince: null }
  if (size === 0) return { ...end, next: 0, prev: firstPrev, at: toTime(0) }
  const [last] = await store.readLeaves(sql, size - 1, size)
  const decoded = last && decodeLeaf(last.leaf)
  if (!last || !decoded || !("leaf" in decoded)) throw damaged(`record ${size - 1} cannot be read`)
  const hash = leafHash(last.leaf, sha256)
  if (!equalBytes(hash, last.hash)) throw damaged(`record ${size - 1} does not have its hash`)
  const at: Time = decoded.leaf.at
  return { ...end, next: size, prev: toHex(hash), at }
}

export const behind = (advice: string): SealingRefusedError =>
  new SealingRefusedError({ refusal: refuse("log_behind"), advice })

/** The database contradicts itself: a flipped bit or a foreign hand. Never signed over. */
export const damaged = (what: string): SealingRefusedError =>
  behind(
    `The database's log is damaged: ${what}. Restore its newest sound backup; nothing is sealed until then.`,
  )

function rethrowDamagedHead(error: unknown): never {
  if (!(error instanceof DamagedHeadError)) throw error
  throw behind(
    `The kept head of the log cannot be read: ${error.message}. Put the last published checkpoint back in its place, from a backup or from anybody who has it. Nothing is sealed until then, and nothing waiting is lost.`,
  )
}

function rethrowDamaged(error: unknown): never {
  throw error instanceof Error && error.message.startsWith("the stored hash tile")
    ? damaged(error.message)
    : error
}
