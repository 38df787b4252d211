import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Sql } from "postgres"
import { must } from "#contracts/assert.ts"
import { makeId } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { toTime } from "#contracts/time.ts"
import { makeClient } from "#db/client.ts"
import { startTestServer } from "#db/test-server.ts"
import { makeKeyRing } from "#server/commit/key-ring.ts"
import { type WrittenBundle, writeBundle } from "#server/ledger/export/bundle.ts"
import { openLogKeys } from "#server/ledger/log-key.ts"
import { readLog } from "#server/ledger/log-store.ts"
import { Sequencer } from "#server/ledger/sequencer.ts"

/** A log of synthetic records on a fresh database, for benches of what reads or seals many. */
export type FilledLog = {
  readonly folder: string
  readonly vkey: string
  /** How long sealing took. */
  readonly sealSeconds: number
  exportTo(folder: string): Promise<WrittenBundle>
  close(): Promise<void>
}

/** Records that were sealed, with the durability of production, by the sequencer as it runs in the worker. */
export async function openFilledLog(records: number): Promise<FilledLog> {
  const server = await startTestServer({ durable: true })
  const folder = await mkdtemp(path.join(tmpdir(), "quanheng-bench-"))
  const client = makeClient((await server.freshDatabase()).servingUrl, { connections: 4, name: "bench" })
  const close = async (): Promise<void> => {
    await client.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await addPending(client.sql, records)
    const sealSeconds = await seal(client.sql, folder, records)
    const log = must(await readLog(client.sql), "the log")
    const key = must((await openLogKeys({ home: folder }))[0], "the log's key")
    return {
      folder,
      vkey: log.vkey,
      sealSeconds,
      close,
      async exportTo(target) {
        const written = await writeBundle({
          sql: client.sql,
          keys: makeKeyRing(client.sql, randomBytes(32)),
          signerOf: () => key.signerOf(log.origin),
          order: {
            from: null,
            to: null,
            reason: "bench",
            role: "operator",
            party: null,
            user: null,
            form: "folder",
          },
          now: toTime(Date.now()),
          folder: target,
          progress: async () => undefined,
        })
        if (isRefusal(written)) throw new Error(written.refused)
        return written
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

const chunk = 10_000

async function addPending(sql: Sql, records: number): Promise<void> {
  for (let done = 0; done < records; done += chunk) {
    const facts = Array.from({ length: Math.min(chunk, records - done) }, makeFact)
    const [subjects, texts] = [facts.map(({ subject }) => subject), facts.map(({ text }) => text)]
    await sql`insert into pending_facts (subject, version, fact)
      select s, 1, f from unnest(${subjects}::text[], ${texts}::text[]) with ordinality as t(s, f, o) order by o`
  }
}

function makeFact(): { subject: string; text: string } {
  const now = Date.now()
  const [subject, trade] = [makeId("grant", now, randomBytes(10)), makeId("trade", now, randomBytes(10))]
  const hex = () => randomBytes(32).toString("hex")
  const text = JSON.stringify({
    type: "grant.issued@1",
    occurredAt: toTime(now),
    threads: [subject, trade].sort(),
    actor: { role: "seller", commit: hex() },
    body: { version: 1, trade, versionHash: hex(), expires: toTime(now) },
  })
  return { subject, text }
}

async function seal(sql: Sql, home: string, records: number): Promise<number> {
  const sequencer = new Sequencer({ sql, home })
  const started = performance.now()
  for (let sealed = 0; sealed < records; ) sealed += await sequencer.sealOnce()
  const seconds = (performance.now() - started) / 1000
  await sequencer.stop()
  return seconds
}
