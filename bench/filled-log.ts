import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Sql } from "postgres"
import { type Journal, signed } from "#contracts/escrow.ts"
import { makeClient } from "#db/client.ts"
import { startTestServer } from "#db/test-server.ts"
import { factLine, packFacts } from "#server/commit/fact-batches.ts"
import { Sequencer } from "#server/ledger/sequencer.ts"
import { type MarketFact, MarketFacts } from "./market-facts.ts"

/** A log of such records as a market makes on a fresh database, for benches of what reads or seals many. */
export type FilledLog = {
  /** Its address as the market's processes use it. */
  readonly url: string
  /** Where the log's key lies, and where a bench may write. */
  readonly folder: string
  /** How long sealing took. */
  readonly sealSeconds: number
  close(): Promise<void>
}

/** Records that were sealed, with the durability of production, by the sequencer as it runs in the worker. */
export async function openFilledLog(records: number): Promise<FilledLog> {
  const server = await startTestServer({ durable: true })
  const folder = await mkdtemp(path.join(tmpdir(), "quanheng-bench-"))
  const url = (await server.freshDatabase()).servingUrl
  const client = makeClient(url, { connections: 4, name: "bench" })
  const close = async (): Promise<void> => {
    await client.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await addPending(client.sql, records)
    const sealSeconds = await seal(client.sql, folder, records)
    return { url, folder, sealSeconds, close }
  } catch (error) {
    await close()
    throw error
  }
}

const chunk = 10_000

/** Facts as the market makes them, with the journals that they certify. */
async function addPending(sql: Sql, records: number): Promise<void> {
  const market = new MarketFacts()
  for (let done = 0; done < records; ) {
    const facts: MarketFact[] = []
    while (facts.length < chunk && done + facts.length < records) facts.push(...market.round())
    facts.length = Math.min(facts.length, records - done)
    await addJournals(
      sql,
      facts.flatMap(({ journal }) => journal ?? []),
    )
    const lines = facts.map(({ subject, version, text }) => factLine(subject, version, text))
    await sql`insert into pending_batches (facts) select unnest(${packFacts(lines)}::text[])`
    done += facts.length
  }
}

async function addJournals(sql: Sql, journals: readonly Journal[]): Promise<void> {
  const rows = journals.flatMap(({ source, trade, occurredAt, postings }) =>
    postings.map((posting, i) => ({
      source_type: source.type,
      source_id: source.id,
      leg: i + 1,
      account: posting.account,
      currency: ("debit" in posting ? posting.debit : posting.credit).currency,
      amount: String(signed(posting)),
      trade,
      occurred_at: occurredAt,
    })),
  )
  await sql`insert into postings (source_type, source_id, leg, account, currency, amount, trade, occurred_at)
    select source_type, source_id, leg, account, currency, amount, trade, occurred_at
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(source_type text, source_id text, leg int,
      account text, currency text, amount bigint, trade text, occurred_at text)`
  const payments = journals.map(({ source, nonce }) => ({ id: source.id, row: { id: source.id, nonce } }))
  await sql`insert into payments (id, version, row)
    select id, 1, row from json_to_recordset(${JSON.stringify(payments)}::text::json) as r(id text, row json)
    on conflict (id) do nothing`
}

async function seal(sql: Sql, home: string, records: number): Promise<number> {
  const sequencer = new Sequencer({ sql, home })
  const started = performance.now()
  for (let sealed = 0; sealed < records; ) sealed += await sequencer.sealOnce()
  const seconds = (performance.now() - started) / 1000
  await sequencer.stop()
  return seconds
}
