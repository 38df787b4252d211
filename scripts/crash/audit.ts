import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import type { Sql } from "postgres"
import type { Payment } from "#contracts/payment.ts"
import { nounTables } from "#db/nouns.ts"
import { root } from "../start/settings.ts"

/**
 * What must be so of a market that has come to rest, whatever happened to its processes before. Each check
 * answers the sentences of what is wrong; none is a quiet market.
 */
export type Rest = {
  sql: Sql
  home: string
  sandbox: string
  secretKey: string
  seats: { plan: string; of: number }
}

export async function audit(rest: Rest): Promise<string[]> {
  const checks = [
    ended,
    changesHaveFacts,
    sealedOnce,
    bookBalances,
    nothingHeld,
    legsWentOnce,
    bookIsProviders,
  ]
  const found = await Promise.all(
    [...checks, seatsAreRight, workIsDone, logVerifies].map((check) => check(rest)),
  )
  return found.flat()
}

const say = <Row>(rows: readonly Row[], sentence: (row: Row) => string): string[] => rows.map(sentence)

async function ended({ sql }: Rest): Promise<string[]> {
  const rows = await sql<{ id: string; state: string }[]>`
    select id, state from trades where state not in ('settled', 'refunded', 'cancelled', 'expired')`
  return say(rows, ({ id, state }) => `${id} did not end: ${state}`)
}

/** Each version of each certified thing has one sealed fact, and each sealed fact is of such a version. */
async function changesHaveFacts({ sql }: Rest): Promise<string[]> {
  const rows = await sql.unsafe<{ id: string; version: number; facts: number }[]>(`
    with things as (${Object.values(nounTables)
      .map((table) => `select id::text, version from ${table}`)
      .join(" union all ")})
    select coalesce(t.id, f.subject) as id, coalesce(t.version, 0) as version, coalesce(f.facts, 0)::int as facts
    from things t full join (select subject, count(*) as facts, max(version) as last from sealed_facts group by 1) f
      on f.subject = t.id
    where t.version is distinct from f.facts or f.last is distinct from f.facts`)
  return say(rows, ({ id, version, facts }) => `${id} has ${version} versions and ${facts} facts`)
}

async function sealedOnce({ sql }: Rest): Promise<string[]> {
  const [row] = await sql<{ sealed: number; positions: number; waiting: number; head: number }[]>`
    select count(*)::int as sealed, coalesce(max(index) + 1, 0)::int as positions,
      (select count(*) from pending_facts)::int as waiting, (select max(size) from checkpoints)::int as head
    from sealed_facts`
  if (row && row.sealed === row.positions && row.waiting === 0 && row.head === row.sealed) return []
  return [`the log is not whole: ${JSON.stringify(row)}`]
}

async function bookBalances({ sql }: Rest): Promise<string[]> {
  const rows = await sql<{ source: string; sum: bigint }[]>`
    select source_type || ' ' || source_id as source, sum(amount)::bigint as sum
    from postings group by 1, currency having sum(amount) <> 0`
  return say(rows, ({ source, sum }) => `the journal of ${source} is ${sum} off`)
}

async function nothingHeld({ sql }: Rest): Promise<string[]> {
  const rows = await sql<{ account: string; sum: bigint }[]>`
    select account, sum(amount)::bigint as sum from postings
    where split_part(account, ':', 1) in ('held', 'refund_payable', 'seller_payable', 'suspense')
    group by 1 having sum(amount) <> 0`
  return say(rows, ({ account, sum }) => `${account} still has ${-sum}`)
}

type Listed = { id: string; amount: number; metadata: { payment?: string } }

/** What left at the provider is what the payments' legs say, once each; no charge came twice. */
async function legsWentOnce(rest: Rest): Promise<string[]> {
  const [transfers, refunds, charges] = await Promise.all(
    ["transfers", "refunds", "charges"].map((name) => listAll(rest, name)),
  )
  const payments = await rest.sql<{ row: Payment }[]>`select row from payments where rail = 'card'`
  const of = (all: Listed[] | undefined, payment: string) =>
    (all ?? []).filter(({ metadata }) => metadata.payment === payment).map(({ amount }) => String(amount))
  return payments.flatMap(({ row: { id, state, charge, release, refund, fee, amount } }) => {
    const paid = charge === null ? [] : [amount.minor]
    const out = release ? [String(BigInt(release.amount.minor) - BigInt(fee?.minor ?? "0"))] : []
    const expected = {
      charges: paid,
      transfers: out.filter((minor) => minor !== "0"),
      refunds: refund ? [refund.amount.minor] : [],
    }
    const actual = { charges: of(charges, id), transfers: of(transfers, id), refunds: of(refunds, id) }
    const right = JSON.stringify(expected) === JSON.stringify(actual)
    const closed = state === "closed" || (state === "failed" && charge === null)
    if (right && closed) return []
    return [
      `${id} is ${state}: the book has ${JSON.stringify(expected)}, the provider ${JSON.stringify(actual)}`,
    ]
  })
}

async function listAll(rest: Rest, name: string): Promise<Listed[]> {
  const all: Listed[] = []
  for (let more = true, after = ""; more; ) {
    const page = await askProvider<{ data: Listed[]; has_more: boolean }>(rest, `${name}?limit=100${after}`)
    all.push(...page.data.filter((item) => (item as { paid?: boolean }).paid !== false))
    more = page.has_more
    after = `&starting_after=${page.data.at(-1)?.id}`
  }
  return all
}

async function askProvider<T>({ sandbox, secretKey }: Rest, path: string): Promise<T> {
  const response = await fetch(`${sandbox}/v1/${path}`, { headers: { authorization: `Bearer ${secretKey}` } })
  if (!response.ok) throw new Error(`the sandbox answered ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

async function bookIsProviders(rest: Rest): Promise<string[]> {
  const [book] = await rest.sql<{ sum: bigint | null }[]>`
    select sum(amount)::bigint as sum from postings where account like 'provider\\_pending%' or account like 'provider\\_available%'`
  type Sums = { amount: number; currency: string }[]
  const { available, pending } = await askProvider<{ available: Sums; pending: Sums }>(rest, "balance")
  const theirs = [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0)
  const ours = Number(book?.sum ?? 0)
  return ours === theirs ? [] : [`the book has ${ours} at the provider, the provider ${theirs}`]
}

/** A seat is held by each trade at the plan that says so, and by no other. */
async function seatsAreRight({ sql, seats }: Rest): Promise<string[]> {
  const [row] = await sql<{ free: number; taken: number }[]>`
    select (select free from seats where plan = ${seats.plan})::int as free, count(*)::int as taken
    from trades where row->>'plan' = ${seats.plan} and row->>'seatHeld' = 'true'`
  return row && row.free + row.taken === seats.of ? [] : [`seats: ${JSON.stringify(row)} of ${seats.of}`]
}

/** No job has given up or hangs, no webhook is unapplied. */
async function workIsDone({ sql }: Rest): Promise<string[]> {
  const jobs = await sql<{ task: string; attempts: number; locked: string | null; error: string | null }[]>`
    select task_identifier as task, attempts, locked_by as locked, last_error as error from graphile_worker.jobs`
  const inbox = await sql<
    { event: string; type: string }[]
  >`select event, type from inbox where applied_at is null`
  return [
    ...say(jobs, (job) => `a job is left: ${JSON.stringify(job)}`),
    ...say(inbox, ({ event, type }) => `the webhook ${event} (${type}) was not applied`),
  ]
}

const execute = promisify(execFile)

/** `quanheng export`, then `quanheng verify` with the key that the log published. */
async function logVerifies({ sql, home }: Rest): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "quanheng-crash-export-"))
  const quanheng = (...args: string[]) =>
    execute(process.execPath, [join(root, "cli/quanheng.ts"), ...args], {
      env: { ...process.env, QUANHENG_HOME: home, DATABASE_URL: "" },
    })
  try {
    const [log] = await sql<{ vkey: string; head: string }[]>`
      select vkey, (select note from checkpoints order by size desc limit 1) as head from log`
    const kept = readFileSync(join(home, "ledger", "checkpoint"), "utf8")
    if (kept !== log?.head) return ["the head kept outside the database is not the published one"]
    const since = join(folder, "since")
    writeFileSync(since, kept)
    const bundle = join(folder, "bundle")
    await quanheng("export", "--out", bundle)
    await quanheng("verify", bundle, "--vkey", log.vkey, "--json", "--since", since)
    return []
  } catch (error) {
    const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message: string }
    return [`the log does not verify: ${message} ${stdout ?? ""} ${stderr ?? ""}`.slice(0, 4000)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
