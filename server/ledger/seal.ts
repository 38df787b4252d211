import type { Sql } from "postgres"
import { equalBytes } from "#contracts/bytes.ts"
import { hasIdForm, timeText, timeTextOf } from "#contracts/ids.ts"
import { signCheckpointWith } from "#contracts/ledger/checkpoint.ts"
import { appendLeaves, emptyRange, rangeRoot } from "#contracts/ledger/merkle.ts"
import { hashBytes } from "#contracts/ledger/tiles.ts"
import { toTime } from "#contracts/time.ts"
import { type BuiltLeaf, buildLeaves, type LogEnd, type PendingRow, type Unsealable } from "./build-leaves.ts"
import { keepHead, readKeptHead } from "./head-file.ts"
import { cutAtTurn, noteTurn } from "./keys/cut.ts"
import { behind, damaged, type Lead, requireSigners } from "./lead.ts"
import { nodeCrypto } from "./node-crypto.ts"
import { emptyBatches, rowsOfBatch } from "./pending-batches.ts"
import * as store from "./seal-store.ts"

/**
 * The steps of a round in their order; a test may fail each, before it happens or after. Records, threads, tiles
 * and the pending rows' removal are one statement, so `append` has no inside; the kept head is put in place whole.
 */
export const sealSteps = ["read", "append", "reread", "sign", "keep", "publish"] as const
export type SealStep = (typeof sealSteps)[number]
export type Failpoint = (moment: "before" | "after", step: SealStep) => void | Promise<void>

export type Round = {
  readonly sql: Sql
  readonly home: string
  readonly lead: Lead
  readonly failpoint: Failpoint
}

/** Another sequencer has taken the lead: this one stops. */
export class ReplacedError extends Error {
  override name = "ReplacedError"
}

const { sha256 } = nodeCrypto
/** Batches of a round, each of about a page: from one fact to some dozens. */
const largestRound = 1024
const rereadAtOnce = 2048
/** Beyond this many remembered threads or subjects all are forgotten, and those made before are read again when needed. */
const largestMemory = 200_000

/**
 * One round: takes what waits, appends it, reads the stored bytes again and signs the tree they give. Answers
 * how many records were sealed and what could not be. After any error the lead is to be taken anew: memory and
 * database may then differ.
 */
export async function sealRound(round: Round): Promise<{ sealed: number; unsealable: Unsealable[] }> {
  const { lead } = round
  // A crash between append and signature left records without a head, and a new log has no head at all.
  if (lead.signed === null || lead.signed.size < lead.end.next) await sign(round)
  await round.failpoint("before", "read")
  const { leaves, rows, unsealable } = await takeWaiting(round)
  await round.failpoint("after", "read")
  if (leaves.length > 0) {
    const tiles = lead.tree.append(leaves.map(({ hash }) => hash))
    await step(round, "append", async () => {
      if (!(await store.append(round.sql, lead.epoch, leaves, tiles, emptyBatches(rows, leaves))))
        throw new ReplacedError()
    })
    noteTurn(leaves, lead.signers)
    await sign(round)
  }
  return { sealed: leaves.length, unsealable }
}

type Waiting = { leaves: BuiltLeaf[]; rows: readonly PendingRow[]; unsealable: Unsealable[] }

/** The next facts in the order of their batches; pages that hold only such as cannot go yet are passed over. */
async function takeWaiting({ sql, lead }: Round): Promise<Waiting> {
  const unsealable: Unsealable[] = []
  for (let after = "0"; ; ) {
    const batches = await store.readPending(sql, after, largestRound)
    const last = batches.at(-1)
    if (last === undefined) return { leaves: [], rows: [], unsealable }
    const rows = batches.flatMap(rowsOfBatch)
    const { rows: taken, withheld } = await cutAtTurn(rows, lead.signers, lead.end.next)
    unsealable.push(...withheld)
    await remember(sql, lead.end, taken, last.nowMs)
    const { leaves, unsealable: wrong } = buildLeaves(taken, lead.end, toTime(last.nowMs), sha256)
    unsealable.push(...wrong)
    if (leaves.length > 0 || batches.length < largestRound) return { leaves, rows, unsealable }
    after = last.id
  }
}

/**
 * Reads the ends of threads and subjects that these rows touch and that may be sealed already without being in memory.
 * The times in ids are their makers': where one deceives, the append meets the record that is there and fails whole,
 * and whoever takes the lead next looks for all that was made before.
 */
async function remember(sql: Sql, end: LogEnd, rows: readonly PendingRow[], nowMs: number): Promise<void> {
  const { heads, versions } = end
  const now = timeText(nowMs)
  if (Math.max(heads.size, versions.size) > largestMemory) {
    heads.clear()
    versions.clear()
    end.completeSince = null
  }
  end.completeSince ??= now
  const { completeSince } = end
  const isNew = (id: string): boolean => {
    const made = timeTextOf(id)
    return made > completeSince && made <= now && hasIdForm(id)
  }
  const keys = new Set<string>()
  const subjects = new Set<string>()
  for (const { subject, version, parts } of rows) {
    if (!versions.has(subject) && !(version === 1 && isNew(subject))) subjects.add(subject)
    for (const key of parts?.threads ?? []) if (!heads.has(key) && !isNew(key)) keys.add(key)
  }
  if (keys.size > 0) {
    for (const [key, head] of await store.readThreadHeads(sql, [...keys])) heads.set(key, head)
  }
  if (subjects.size > 0) {
    const found = await store.readVersions(sql, [...subjects])
    for (const subject of subjects) versions.set(subject, found.get(subject) ?? 0)
  }
}

/**
 * Signs the tree of all stored records. The stored bytes are hashed again first, in the database, so that neither memory
 * nor disk can put a wrong bit under a signature (Certificate Transparency's Yeti 2022 log died of one). The
 * tree is grown from the last signed one, which is what consistency means.
 */
async function sign(round: Round): Promise<void> {
  const { sql, home, lead, failpoint } = round
  await failpoint("before", "reread")
  const range = await growFromStored(sql, lead)
  await failpoint("after", "reread")
  const { size } = range
  const { origin } = lead.signers
  const signers = requireSigners(lead.signers, size)
  await failpoint("before", "sign")
  const note = signCheckpointWith({ origin, size, root: rangeRoot(range, sha256) }, signers)
  await failpoint("after", "sign")
  await step(round, "keep", async () => {
    const kept = await readKeptHead(home)
    if (kept !== null && kept.size > size) {
      if (!(await store.isLeading(sql, lead.epoch))) throw new ReplacedError()
      throw behind("The head kept outside the database has moved ahead of it. Start the sequencer anew.")
    }
    await keepHead(home, note)
  })
  await step(round, "publish", async () => {
    if (!(await store.insertCheckpoint(sql, lead.epoch, { size, note }))) throw new ReplacedError()
  })
  lead.signed = range
}

async function growFromStored(sql: Sql, lead: Lead) {
  let range = lead.signed ?? emptyRange
  while (range.size < lead.end.next) {
    const from = range.size
    const to = Math.min(from + rereadAtOnce, lead.end.next)
    const { count, hashes, wrong } = await store.rehashLeaves(sql, from, to)
    if (count !== to - from) throw damaged(`records from ${from} to ${to - 1} are missing`)
    if (wrong !== null) throw damaged(`record ${wrong} does not have its hash`)
    const each = Array.from({ length: count }, (_, i) => hashes.subarray(i * hashBytes, (i + 1) * hashBytes))
    range = appendLeaves(range, each, sha256)
  }
  if (!equalBytes(rangeRoot(range, sha256), rangeRoot(lead.tree.range, sha256)))
    throw damaged("its records do not give the tree of its hash tiles")
  return range
}

async function step(round: Round, name: SealStep, effect: () => Promise<void>): Promise<void> {
  await round.failpoint("before", name)
  await effect()
  await round.failpoint("after", name)
}
