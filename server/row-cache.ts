import { tradeTransitions } from "#contracts/trade.ts"
import { isFinal } from "#contracts/transition.ts"
import type { Decision, Noun } from "./decision.ts"

/** A row as it stands in the database: `tx` is the transaction that wrote it (the system column `xmin`). */
export type Kept = {
  readonly tx: string
  readonly row: unknown
  /** Of a party or listing: the count of moves at which it was seen to be the newest (db/schema/listing.ts). */
  readonly moves?: string
}

const generation = 8192

/** Whose rows a load looks for here (trades/scene-store.ts). */
const lookedFor: ReadonlySet<Noun> = new Set<Noun>(["trade", "payment", "grant", "party", "listing"])

/**
 * Rows that this process has written or read lately, by id. A row is known by the transaction that wrote it, and
 * what one transaction wrote under an id never changes: so a load asks the database only which transaction wrote
 * the newest row, and is sent the row itself when that is another one. Nothing here is ever trusted to be new.
 * Two generations: when the young one is full the old one is forgotten.
 */
let young = new Map<string, Kept>()
let old = new Map<string, Kept>()

export function keepRow(id: string, kept: Kept): void {
  if (young.size >= generation) {
    old = young
    young = new Map()
  }
  young.set(id, kept)
}

/**
 * Keeps what a transaction wrote; but of a trade that is over nothing, for hardly any step of it is left (a later
 * refund loads it from the database): such rows by the thousand would only be more for each collection to go through.
 */
export function keepWritten(tx: string, changes: Decision["changes"]): void {
  for (const { noun, row } of changes) if (lookedFor.has(noun)) keepRow(row.id, { tx, row })
  for (const { noun, row } of changes) {
    if (noun !== "trade" || !isFinal(tradeTransitions, row.state)) continue
    for (const id of [row.id, row.payment, row.grant]) if (id) forgetRow(id)
  }
}

function forgetRow(id: string): void {
  young.delete(id)
  old.delete(id)
}

export function keptRow(id: string): Kept | undefined {
  const kept = young.get(id)
  if (kept !== undefined) return kept
  const older = old.get(id)
  if (older !== undefined) keepRow(id, older)
  return older
}

/**
 * A database restored from a backup counts its transactions from there, and may give a number again. It has to be
 * stopped for that, so every connection that closes makes this process forget.
 */
export function forgetRows(): void {
  young = new Map()
  old = new Map()
}
