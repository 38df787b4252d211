import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Grant } from "#contracts/delivery.ts"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import { addMs, dayMs, type Time } from "#contracts/time.ts"
import { makeClient } from "#db/client.ts"
import { startTestServer } from "#db/test-server.ts"
import { makeKeyRing } from "#server/commit/key-ring.ts"
import { Writer } from "#server/commit.ts"
import { type Decision, decide } from "#server/decision.ts"
import { takeRandom } from "#server/random.ts"
import { connectWriter } from "#server/services.ts"
import { type BenchOptions, type BenchResult, callerCounts, measureOf, median } from "./measure.ts"
import { processorTime, tellProcessorTime } from "./processor-time.ts"
import { TpcB } from "./reference.ts"
import { namesOfBackends, secondsSince, startSequencer, stopSequencer, untilSealed } from "./sealing.ts"

/** What runs first is compiled meanwhile; a market runs for months. */
const warmUpSeconds = 5

/**
 * Certified appends: 32 callers in one process, and then 256; each commits one decision (a grant and its fact, with a
 * confidential value and two threads) through the writer and waits for it, while the sequencer seals in a process of its own, on a
 * database with the durability of production. Beside it TPC-B on the same server, in turns.
 */
export async function bench({ seconds, rounds, say }: BenchOptions): Promise<BenchResult> {
  say("Starting a fresh database …")
  const server = await startTestServer({ durable: true })
  const home = await mkdtemp(path.join(tmpdir(), "quanheng-bench-"))
  const urls = await server.freshDatabase()
  const client = makeClient(urls.servingUrl, { connections: 4, name: "bench" })
  const owner = makeClient(urls.ownerUrl, { connections: 1, name: "bench-owner" })
  const sequencer = startSequencer(urls.servingUrl, home)
  try {
    const tpcB = await TpcB.open(server.superuserUrl)
    const writer = await new Writer(
      connectWriter(urls.servingUrl, "bench"),
      makeKeyRing(client.sql, randomBytes(32)),
    ).start()
    const backends = await namesOfBackends(owner.sql)
    const measures = []
    for (const callers of callerCounts) {
      const parties = Array.from({ length: callers }, () => newId("party"))
      await append(writer, parties, warmUpSeconds)
      await untilSealed(client.sql)
      await owner.sql`analyze`
      const sealed: number[] = []
      for (let round = 1; round <= rounds; round++) {
        say(`${callers} callers, round ${round} of ${rounds} …`)
        await tpcB?.measure(seconds)
        const started = performance.now()
        const before = processorTime(backends)
        const count = await append(writer, parties, seconds)
        await untilSealed(client.sql)
        sealed.push(count / secondsSince(started))
        say(`  An append took ${tellProcessorTime(before, processorTime(backends), count)}`)
      }
      const reference = tpcB === null ? null : { name: tpcB.name, value: tpcB.rate() }
      const measure = `append until all is sealed, ${callers} callers`
      measures.push(
        measureOf({ bench: "ledger", measure, value: median(sealed), unit: "records/s" }, reference),
      )
    }
    return {
      measures,
      notes:
        tpcB === null ? ["There is no pgbench here (Debian: postgresql-15), so there is no reference."] : [],
    }
  } finally {
    await stopSequencer(sequencer)
    await Promise.all([client.close(), owner.close()])
    await server.stop()
    await rm(home, { recursive: true, force: true })
  }
}

export const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, Date.now(), takeRandom(10))

/** Every caller commits, waits, and commits again; answers how many were written. */
async function append(writer: Writer, parties: readonly Id<"party">[], seconds: number): Promise<number> {
  const end = performance.now() + 1000 * seconds
  let count = 0
  const call = async (party: Id<"party">): Promise<void> => {
    const user = newId("user")
    while (performance.now() < end) {
      const command = { giver: party, id: newId("command"), digest: "0".repeat(64) }
      const [outcome] = await writer.commit([{ command, decision: issueGrant(party, user, writer.now()) }])
      if (outcome?.kind !== "written") throw new Error(`not written: ${outcome?.kind}`)
      count++
    }
  }
  await Promise.all(parties.map(call))
  return count
}

/** A decision with one fact: a grant, on two threads. */
export function issueGrant(seller: Id<"party">, user: Id<"user">, now: Time): Decision {
  const [id, trade] = [newId("grant"), newId("trade")]
  const versionHash = takeRandom(32).toString("hex")
  const expires = addMs(now, 30 * dayMs)
  const row = { id, version: 1, trade, buyer: seller, versionHash, expires, issuedAt: now, updatedAt: now }
  return decide({
    changes: [{ noun: "grant", row: row as unknown as Grant }],
    facts: [
      {
        type: "grant.issued@2",
        subject: { noun: "grant", id, version: 1 },
        threads: [{ id }, { id: trade }],
        actor: { role: "seller", party: seller, user },
        occurredAt: now,
        body: { version: 1, trade },
        secret: { versionHash, expires },
        owner: seller,
        readers: [seller],
      },
    ],
    result: { grant: id },
  })
}
