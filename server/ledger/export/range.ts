import type { Sql } from "postgres"
import { decodeLeaf } from "#contracts/ledger/encoding.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { isTime, type Time } from "#contracts/time.ts"
import { readLeaves } from "../log-store.ts"

/** Positions in the log, half-open. */
export type LogRange = { readonly from: number; readonly to: number }

/**
 * Turns the ends of an order (positions or ISO times of sealing, null: the end of the log) into positions of a
 * log of this size. An end beyond the log is the log's end. Refuses `range_invalid` for what is neither, and
 * for an end before the beginning.
 */
export async function resolveRange(
  sql: Sql,
  order: { readonly from: string | null; readonly to: string | null },
  size: number,
): Promise<LogRange | Refusal> {
  const from = await positionOf(sql, order.from ?? "0", size, "from")
  const to = await positionOf(sql, order.to ?? String(size), size, "to")
  if (isRefusal(from)) return from
  if (isRefusal(to)) return to
  return from <= to ? { from, to } : refuse("range_invalid", "to")
}

async function positionOf(sql: Sql, end: string, size: number, at: string): Promise<number | Refusal> {
  if (/^(0|[1-9][0-9]{0,14})$/.test(end)) return Math.min(Number(end), size)
  const time = normalTime(end)
  return time === null ? refuse("range_invalid", at) : firstAtOrAfter(sql, time, size)
}

/** Any ISO 8601 date or time that names its zone; a date alone begins at midnight UTC. */
function normalTime(text: string): Time | null {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)) return null
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) return null
  const time = new Date(ms).toISOString()
  return isTime(time) ? time : null
}

/** Sealing times never go back, so halving finds the first record sealed at this time or later. */
async function firstAtOrAfter(sql: Sql, time: Time, size: number): Promise<number> {
  let low = 0
  let high = size
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((await sealedAt(sql, middle)) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** When a record was sealed. */
export async function sealedAt(sql: Sql, index: number): Promise<Time> {
  const [stored] = await readLeaves(sql, index, index + 1)
  const decoded = stored && decodeLeaf(stored.leaf)
  if (!decoded || !("leaf" in decoded)) throw new Error(`record ${index} cannot be read`)
  return decoded.leaf.at
}
