import { randomBytes } from "node:crypto"
import type { Sql } from "postgres"
import { makeId } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { makeClient } from "#db/client.ts"
import { putRow } from "#db/test-rows.ts"
import { startTestServer } from "#db/test-server.ts"
import { makeKeyRing } from "#server/commit/key-ring.ts"
import { Writer } from "#server/commit.ts"
import type { BalanceEntry, PaymentProvider, ProviderResult } from "#server/payments/provider.ts"
import { takeRandom } from "#server/random.ts"
import { connectWriter, type Services } from "#server/services.ts"
import { reconcile } from "#server/settlements/run.ts"
import { loadRuns } from "#server/settlements/run-store.ts"
import { type BenchOptions, type BenchResult, measureOf, median } from "./measure.ts"
import { secondsSince } from "./sealing.ts"

const charges = 50_000
const amount = 20_000
const fee = 600
const pageSize = 100

/**
 * A day of a large market: 50,000 charges that are held, and as many that were held, parted and transferred, so
 * 100,000 lines of the provider's for payments of which the book knows all but the fees of one in ten. The provider's pages are
 * answered in process, a hundred lines each as Stripe sends them; everything else is as it runs: lines kept, matched, settled, one journal
 * and one fact, both balances compared, journals without lines looked for in the whole book.
 */
export async function bench({ rounds, say }: BenchOptions): Promise<BenchResult> {
  const times: number[] = []
  const server = await startTestServer({ durable: true })
  try {
    for (let round = 1; round <= rounds; round++) {
      say(`Filling a book of ${2 * charges} movements, round ${round} of ${rounds} …`)
      times.push(await once(server))
    }
  } finally {
    await server.stop()
  }
  const figure = {
    bench: "reconcile",
    measure: `${2 * charges} balance transactions`,
    value: median(times),
    unit: "s",
  }
  const notes = ["The provider's pages are answered in process: what a network takes for them comes on top."]
  return { measures: [measureOf(figure, null)], notes }
}

async function once(server: Awaited<ReturnType<typeof startTestServer>>): Promise<number> {
  const urls = await server.freshDatabase()
  const client = makeClient(urls.servingUrl, { connections: 4, name: "bench" })
  const owner = makeClient(urls.ownerUrl, { connections: 1, name: "bench-owner" })
  const writing = connectWriter(urls.servingUrl, "bench")
  try {
    const writer = await new Writer(writing, makeKeyRing(client.sql, randomBytes(32))).start()
    await fill(owner.sql)
    const lines = await linesOf(owner.sql)
    const services = {
      sql: client.sql,
      writer,
      provider: answering(lines),
      newId: (kind: "settlement") => makeId(kind, Date.now(), takeRandom(10)),
    } as unknown as Services
    const started = performance.now()
    const answer = await reconcile(services)
    const took = secondsSince(started)
    if (isRefusal(answer)) throw new Error(`refused: ${answer.refused}`)
    const [run] = await loadRuns(client.sql, null, 1)
    if (run?.matched !== 2 * charges || run.missing !== 0 || run.settled !== charges)
      throw new Error(`not all was matched: ${JSON.stringify(run)}`)
    return took
  } finally {
    await Promise.all([client.close(), owner.close(), writing.end()])
  }
}

/** Rows and journals as the market writes them, without their facts. */
async function fill(sql: Sql): Promise<void> {
  const operator = makeId("party", Date.now(), takeRandom(10))
  await putRow(sql, "party", { id: operator, version: 1, state: "verified", roles: ["operator"] })
  const id = (prefix: string) => sql.unsafe(`'${prefix}_01' || lpad(n::text, 24, '0')`)
  const numbers = sql`generate_series(1, ${2 * charges}::int) n`
  await sql`insert into payments (id, version, row, state, trade, rail, reference)
    select ${id("pay")}, 3, json_build_object('id', ${id("pay")}, 'state', case when n % 2 = 0 then 'closed' else 'held' end,
      'charge', 'ch_' || n, 'amount', json_build_object('minor', ${String(amount)}::text, 'currency', 'CNY')),
      case when n % 2 = 0 then 'closed' else 'held' end, ${id("trd")}, 'card', 'QH' || n
    from ${numbers}`
  const post = (type: string, leg: number, account: string, minor: number, where: string) =>
    sql`insert into postings (source_type, source_id, leg, account, currency, amount, trade, occurred_at)
      select ${type}, ${id("pay")}, ${leg}, ${account}, 'CNY', ${minor}, ${id("trd")}, '2026-11-26T00:00:00.000Z'
      from ${numbers} where ${sql.unsafe(where)}`
  await sql`alter table postings disable trigger balanced`
  await post("payment.held", 1, "provider_pending", amount, "n % 2 = 1")
  await post("payment.held", 2, "held", -amount, "n % 2 = 1")
  await post("payment.providerFee", 1, "provider_fees", fee, "n % 2 = 1 and n % 20 <> 1")
  await post("payment.providerFee", 2, "provider_pending", -fee, "n % 2 = 1 and n % 20 <> 1")
  await post("payment.released", 1, "seller_payable", amount - fee, "n % 2 = 0")
  await post("payment.released", 2, "provider_pending", fee - amount, "n % 2 = 0")
  await sql`alter table postings enable trigger balanced`
  await sql`insert into intents (key, payment, kind, parameters, parameters_hash, state, reference)
    select 'release:' || ${id("pay")} || ':1', ${id("pay")}, 'release', '{}', '', 'done', 'tr_' || n
    from ${numbers} where n % 2 = 0`
  await sql`analyze`
}

/** What the provider would list: charges that are not available yet, and transfers that are. */
async function linesOf(sql: Sql): Promise<BalanceEntry[]> {
  const rows = await sql<{ id: string; n: number }[]>`
    select id, substr(id, 7)::int as n from payments order by id desc`
  const cny = (minor: number) => ({ minor: String(minor), currency: "CNY" })
  const at: Time = "2026-11-26T00:00:00.000Z"
  return rows.map(({ id, n }): BalanceEntry => {
    const held = n % 2 === 1
    const taken = held ? fee : 0
    const moved = held ? amount : fee - amount
    return {
      entry: `txn_${n}`,
      kind: held ? "charge" : "transfer",
      type: held ? "charge" : "transfer",
      source: held ? `ch_${n}` : `tr_${n}`,
      marks: { paymentId: id, tradeId: null, key: held ? `checkout:${id}:1` : `release:${id}:1` },
      amount: cny(moved),
      fee: cny(taken),
      net: cny(moved - taken),
      at,
      availableAt: held ? "2099-01-01T00:00:00.000Z" : at,
    }
  })
}

function answering(
  lines: readonly BalanceEntry[],
): Pick<PaymentProvider, "name" | "listBalance" | "balance"> {
  const sum = (wanted: (entry: BalanceEntry) => boolean) => [
    {
      minor: String(lines.filter(wanted).reduce((all, { net }) => all + Number(net.minor), 0)),
      currency: "CNY",
    },
  ]
  return {
    name: "stripe",
    async *listBalance(): AsyncGenerator<ProviderResult<BalanceEntry[]>> {
      for (let from = 0; from < lines.length; from += pageSize)
        yield { ok: lines.slice(from, from + pageSize) }
    },
    balance: async () => ({
      ok: { pending: sum(({ kind }) => kind === "charge"), available: sum(({ kind }) => kind !== "charge") },
    }),
  }
}
