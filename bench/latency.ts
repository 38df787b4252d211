import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import type { Sql } from "postgres"
import { makeClient } from "#db/client.ts"
import { startTestServer } from "#db/test-server.ts"
import { makeKeyRing } from "#server/commit/key-ring.ts"
import { Writer } from "#server/commit.ts"
import { writeDurably } from "#server/ledger/durable-file.ts"
import { connectWriter } from "#server/services.ts"
import { issueGrant, newId } from "./ledger.ts"
import { type BenchOptions, type BenchResult, type Measure, measureOf } from "./measure.ts"
import { startSequencer, stopSequencer, untilSealed } from "./sealing.ts"

const commits = 300
/** Before each commit: some come right after the one before, some find the sequencer asleep. */
const shortestGapMs = 10
const longestGapMs = 300
const lookEveryMs = 1

/**
 * How long a lone commit waits for its checkpoint: from the answer of `commit` until the row of a signed checkpoint
 * that covers its record can be read on another connection, which looks every millisecond, as every page and tile
 * is read. The market is idle otherwise; the sequencer is in a process of its own, on a database with the durability of
 * production. Beside it what the disk and the database take in the same minute for one write of their own:
 * sealing one record takes two commits and one file of this kind, one after the other.
 */
export async function bench({ say }: BenchOptions): Promise<BenchResult> {
  say("Starting a fresh database …")
  const server = await startTestServer({ durable: true })
  const home = await mkdtemp(path.join(tmpdir(), "quanheng-bench-"))
  const urls = await server.freshDatabase()
  const client = makeClient(urls.servingUrl, { connections: 2, name: "bench" })
  const owner = makeClient(urls.ownerUrl, { connections: 1, name: "bench-owner" })
  const sequencer = startSequencer(urls.servingUrl, home)
  const writing = connectWriter(urls.servingUrl, "bench")
  try {
    const writer = await new Writer(writing, makeKeyRing(client.sql, randomBytes(32))).start()
    await owner.sql`create table single (id bigint generated always as identity primary key, value text)`
    await commitOne(writer, client.sql)
    await untilSealed(client.sql)
    say(`${commits} commits, ${shortestGapMs} to ${longestGapMs} ms apart …`)
    const [sealing, files, inserts]: number[][] = [[], [], []]
    for (let i = 0; i < commits; i++) {
      await delay(shortestGapMs + Math.random() * (longestGapMs - shortestGapMs))
      sealing?.push(await commitOne(writer, client.sql))
      if (i % 3 !== 0) continue
      files?.push(
        await timed(() => writeDurably(path.join(home, "reference"), randomBytes(200).toString("hex"))),
      )
      inserts?.push(await timed(() => owner.sql`insert into single (value) values ('one')`))
    }
    return tell({ sealing, files, inserts })
  } finally {
    await stopSequencer(sequencer)
    await Promise.all([client.close(), owner.close(), writing.end()])
    await server.stop()
    await rm(home, { recursive: true, force: true })
  }
}

async function timed(act: () => PromiseLike<unknown>): Promise<number> {
  const started = performance.now()
  await act()
  return performance.now() - started
}

/** Commits one fact, and waits until it is under a signed head; answers how many milliseconds that took after the commit. */
async function commitOne(writer: Writer, sql: Sql): Promise<number> {
  const party = newId("party")
  const command = { giver: party, id: newId("command"), digest: "0".repeat(64) }
  const [outcome] = await writer.commit([
    { command, decision: issueGrant(party, newId("user"), writer.now()) },
  ])
  const started = performance.now()
  if (outcome?.kind !== "written") throw new Error(`not written: ${outcome?.kind}`)
  const { grant } = outcome.result as { grant: string }
  for (;;) {
    const covered = await sql`select 1 from sealed_facts where subject = ${grant} and version = 1
      and index < (select max(size) from checkpoints)`
    if (covered.length > 0) return performance.now() - started
    await delay(lookEveryMs)
  }
}

type Times = { readonly [of in "sealing" | "files" | "inserts"]: readonly number[] | undefined }

function tell({ sealing = [], files = [], inserts = [] }: Times): BenchResult {
  const at = (values: readonly number[], share: number): number =>
    values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN
  const references = [
    { name: "one small file written and synced", of: files },
    { name: "one insert committed", of: inserts },
  ]
  const measures = [0.5, 0.99].flatMap((share): Measure[] =>
    references.map(({ name, of }) =>
      measureOf(
        {
          bench: "latency",
          measure: `from commit to sealed and signed, idle, ${share === 0.5 ? "median" : "p99"}`,
          value: at(sealing, share),
          unit: "ms",
        },
        { name: `${name} (ms)`, value: at(of, share) },
      ),
    ),
  )
  const longest = at(sealing, 1).toFixed(1)
  return { measures, notes: [`${sealing.length} commits; the slowest took ${longest} ms.`] }
}
