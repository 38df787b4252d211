import { randomBytes } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import type { Sql } from "postgres"
import { must } from "#contracts/assert.ts"
import { makeId } from "#contracts/ids.ts"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import type { LogKeyRow } from "#contracts/ledger/rotation.ts"
import type { RotationReason } from "#contracts/ledger/rotation-reason.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { toMs } from "#contracts/time.ts"
import type { Writer } from "../../commit.ts"
import { readOperatorParty } from "../export/run-store.ts"
import { createNextLogKey, destroyLogKeys, type LogKey, openLogKeys } from "../log-key.ts"
import { readHead, readLog } from "../log-store.ts"
import { readPublished } from "../witnesses/store.ts"
import { rotateKey } from "./rules.ts"
import { type KeyTurn, readKeyRow, readTurns } from "./turns.ts"

/**
 * Changing the log's key on the machine that holds the keys. Every step may be the last one before a crash: a key
 * file that no change names yet is used by the next try, the record is committed whole or not at all, and what is
 * left is the sequencer's (seal.ts), whose start-up is its recovery.
 */
export type KeyPlace = { readonly sql: Sql; readonly home: string }

export type KeyState = {
  readonly origin: string
  /** Verifier keys. `first` is the log's first; `due` the one that has to sign now. */
  readonly first: string
  readonly due: string
  readonly turns: readonly KeyTurn[]
  /** A change that is committed and not handed over yet. */
  readonly open: LogKeyRow | null
  /** The verifier keys whose private keys are at hand. */
  readonly kept: readonly string[]
}

/** Null before the log's first start. */
export async function readKeyState({ sql, home }: KeyPlace): Promise<KeyState | null> {
  const log = await readLog(sql)
  if (log === null) return null
  const [row, turns, keys] = await Promise.all([readKeyRow(sql), readTurns(sql), openLogKeys({ home })])
  const last = turns.at(-1)
  const isDone = row === null || (last?.version === row.version && last.note !== null)
  return {
    origin: log.origin,
    first: log.vkey,
    due: last?.to ?? log.vkey,
    turns,
    open: isDone ? null : row,
    kept: keys.map((key) => vkeyOf(key, log.origin)),
  }
}

const vkeyOf = (key: LogKey, origin: string): string => formatVerifierKey(key.signerOf(origin).key)

/**
 * Makes the new key and commits the record of it. Refuses `key_change_open` while the change before is on its way
 * or the key before that is still kept, and `log_key_missing` where the key that signs is not on this machine.
 */
export async function startRotation(
  { sql, home, writer }: KeyPlace & { readonly writer: Writer },
  reason: RotationReason,
): Promise<{ readonly version: number; readonly to: string } | Refusal> {
  const [state, owner, before] = await Promise.all([
    readKeyState({ sql, home }),
    readOperatorParty(sql),
    readKeyRow(sql),
  ])
  if (state === null) return refuse("not_sealed_yet")
  if (owner === null) return refuse("no_party")
  const { origin, due, open, kept } = state
  if (open !== null || formerKeys(state).some((vkey) => kept.includes(vkey))) return refuse("key_change_open")
  if (!kept.includes(due)) return refuse("log_key_missing")
  const to = kept.find((vkey) => vkey !== due) ?? vkeyOf(await createNextLogKey(home), origin)
  const newId = makeId("logKey", toMs(writer.now()), randomBytes(10))
  const version = (before?.version ?? 0) + 1
  const answer = await writer.run(
    {
      giver: "system",
      id: `logKey:${version}`,
      action: "ledger.rotateKey",
      input: { from: due, to, reason },
    },
    async () => null,
    (_, now) => rotateKey({ before, newId, from: due, to, reason, owner }, now),
  )
  return isRefusal(answer) ? answer : { version, to }
}

/** Keys that the log has given up. */
export const formerKeys = ({ turns }: KeyState): string[] => turns.map(({ from }) => from)

/** The change once its handover is signed and published; null when that takes too long, as without a sequencer. */
export async function untilHandedOver(sql: Sql, version: number, waitMs: number): Promise<KeyTurn | null> {
  for (const began = performance.now(); ; await delay(100)) {
    const turn = (await readTurns(sql)).find((one) => one.version === version)
    if (turn?.note && (await isPublishedAfter(sql, turn))) return turn
    if (performance.now() - began > waitMs) return null
  }
}

/** What is published may lag behind what is signed, and is signed by the key of its own size. */
const isPublishedAfter = async (sql: Sql, { index }: KeyTurn): Promise<boolean> =>
  ((await readPublished(sql))?.size ?? 0) > index

/**
 * Destroys the keys that the log has given up, which ends the time in which the last of them signs too. Answers how
 * many there were. Refuses `key_change_open` until the last change is handed over and published.
 */
export async function endOverlap({ sql, home }: KeyPlace): Promise<number | Refusal> {
  const state = await readKeyState({ sql, home })
  if (state === null) return refuse("not_sealed_yet")
  const last = state.turns.at(-1)
  if (state.open !== null) return refuse("key_change_open")
  if (last === undefined) return 0
  if (!(await isPublishedAfter(sql, last))) return refuse("key_change_open")
  const head = must(await readHead(sql), "a signed head")
  if (head.size <= last.index) return refuse("key_change_open")
  const former = formerKeys(state)
  return destroyLogKeys(home, (key) => former.includes(vkeyOf(key, state.origin)))
}
