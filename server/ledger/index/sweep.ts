import { randomBytes } from "node:crypto"
import { makeId } from "#contracts/ids.ts"
import type { ThreadIndex } from "#contracts/ledger/thread-map.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { type Time, toMs } from "#contracts/time.ts"
import type { Services } from "../../services.ts"
import { readOperatorParty } from "../export/run-store.ts"
import { findFact, readHead } from "../log-store.ts"
import { buildMap } from "./build.ts"
import { sealIndex } from "./rules.ts"
import { hasOtherRecords, readThreadIndex } from "./store.ts"

const longestWaitMs = 10 * 60_000
const fewestRecords = 4_096

type IndexServices = Pick<Services, "sql" | "writer">

/**
 * Certifies the map of all threads (contracts/ledger/thread-map.ts) when it is due: ten minutes after the last one,
 * or sooner when many records have come since; building it reads all threads, so "many" grows with the log. When
 * nothing has happened but indexes, none is made. Answers whether one was; beside another worker one of them is.
 */
export async function sweepThreadIndex({ sql, writer }: IndexServices): Promise<boolean> {
  const [owner, before, head] = await Promise.all([
    readOperatorParty(sql),
    readThreadIndex(sql),
    readHead(sql),
  ])
  if (owner === null || head === null || head.size === 0) return false
  const size = before === null ? 0 : await sizeAfter({ sql }, before)
  if (size === null) return false
  if (before !== null && !(await isDue({ sql }, before, size, head.size, writer.now()))) return false
  const { head: map } = await buildMap(sql, size)
  const newId = makeId("index", toMs(writer.now()), randomBytes(10))
  const answer = await writer.run(
    { giver: "system", id: `index:${(before?.version ?? 0) + 1}`, action: "ledger.index", input: { size } },
    async () => null,
    (_, now) => sealIndex({ before, newId, map, owner }, now),
  )
  return !isRefusal(answer)
}

/** What the next map covers: everything up to the last `index.sealed` record; null while that is not sealed. */
async function sizeAfter(
  { sql }: Pick<IndexServices, "sql">,
  { id, version }: ThreadIndex,
): Promise<number | null> {
  const last = await findFact(sql, id, version)
  return last !== null && "index" in last ? last.index + 1 : null
}

async function isDue(
  { sql }: Pick<IndexServices, "sql">,
  before: ThreadIndex,
  size: number,
  sealed: number,
  now: Time,
): Promise<boolean> {
  const many = sealed - size >= Math.max(fewestRecords, sealed / 32)
  if (!many && toMs(now) - toMs(before.at) < longestWaitMs) return false
  return hasOtherRecords(sql, before.id, before.size, sealed)
}
