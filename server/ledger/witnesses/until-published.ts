import { setTimeout as delay } from "node:timers/promises"
import type { Sql } from "postgres"
import { type PublishedHead, readHead } from "../log-store.ts"
import { readPublished } from "./store.ts"

/** Longer than a round in which a witness keeps silent. */
const waitMs = 12_000
const lookEveryMs = 200

/**
 * The published checkpoint over everything that was sealed when this was called, with what the witnesses signed of
 * it. When their round takes too long, the last one published: it is sound, only older.
 */
export async function untilPublished(sql: Sql): Promise<PublishedHead | null> {
  const newest = await readHead(sql)
  for (const began = performance.now(); ; ) {
    const published = await readPublished(sql)
    if (newest === null || (published !== null && published.size >= newest.size)) return published
    if (performance.now() - began > waitMs) return published
    await delay(lookEveryMs)
  }
}
