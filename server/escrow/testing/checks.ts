import type { Sql } from "postgres"
import { journalHash } from "#contracts/escrow.ts"
import type { Payment } from "#contracts/payment.ts"
import { type Trade, tradeTransitions } from "#contracts/trade.ts"
import { isFinal } from "#contracts/transition.ts"
import { nounTables } from "#db/nouns.ts"
import { readJournalsOfTrades } from "../../ledger/export/store.ts"
import type { Lane, Told } from "./lane.ts"
import type { ProviderSide } from "./provider-side.ts"

/**
 * What must be so when everything has come to rest. Each check answers sentences of what is wrong; none is a
 * quiet market. What was agreed and what truly moved comes from outside (lane.ts `Told`, the provider itself).
 */

export async function wrongsOfLane(lane: Lane, provider: ProviderSide): Promise<string[]> {
  const found = await Promise.all(lane.told.map((told) => wrongsOfTrade(lane, told, provider)))
  const { sql } = lane.market.services
  const owed = await sql<{ account: string; currency: string; sum: string }[]>`
    select account, currency, sum(amount)::text as sum from postings
    where account = ${`seller_payable:${lane.seller.party}`} group by 1, 2 having sum(amount) <> 0`
  return [
    ...found.flat(),
    ...owed.map(({ account, currency, sum }) => `${account} ends with ${sum} ${currency}`),
    ...lane.surprises.map((said) => `nobody expected: ${said}`),
    ...(await jobsLeft(lane)),
  ]
}

async function wrongsOfTrade(lane: Lane, told: Told, provider: ProviderSide): Promise<string[]> {
  const { trade, payments } = await lane.look(told)
  const wrongs: string[] = []
  if (!isFinal(tradeTransitions, trade.state)) wrongs.push(`${trade.id} did not end: it is ${trade.state}`)
  for (const payment of payments) wrongs.push(...wrongsOfPayment(told, trade, payment, provider))
  return wrongs
}

/** Rounded half to even to the currency's step: written once more, so that the market's rounding has a second opinion. */
function roundHalfEven(numerator: bigint, denominator: bigint): bigint {
  const [down, rest] = [numerator / denominator, numerator % denominator]
  if (2n * rest === denominator) return down % 2n === 0n ? down : down + 1n
  return 2n * rest > denominator ? down + 1n : down
}

/** What of a release the seller gets: the fee of the whole price is fixed, and a part of it belongs to each part. */
function sellersOf(release: bigint, { price }: Told, basisPoints: bigint): bigint {
  const whole = BigInt(price.minor)
  const step = price.currency === "KWD" ? 10n : 1n
  const fee = roundHalfEven(whole * basisPoints, 10_000n * step) * step
  // The larger remainder gets the step that is left; the seller at a tie.
  const exact = (release / step) * (whole - fee)
  const [down, rest] = [exact / whole, exact % whole]
  return (rest > 0n && 2n * rest >= whole ? down + 1n : down) * step
}

/** Who gets what of money that came: what was decided, or what the trade's end says; all goes back of stray money. */
function shouldPart(told: Told, trade: Trade, payment: Payment): { release: bigint; refund: bigint } {
  const whole = BigInt(told.price.minor)
  if (trade.payment !== payment.id || trade.state === "cancelled" || trade.state === "expired")
    return { release: 0n, refund: whole }
  if (told.parting)
    return { release: BigInt(told.parting.release.minor), refund: BigInt(told.parting.refund.minor) }
  return trade.state === "settled" ? { release: whole, refund: 0n } : { release: 0n, refund: whole }
}

function wrongsOfPayment(told: Told, trade: Trade, payment: Payment, provider: ProviderSide): string[] {
  const { id, rail, state } = payment
  const charged = provider.charges.filter((one) => one.payment === id)
  const came = rail === "card" ? charged.length > 0 && told.price : told.came.get(id)
  const should = came ? shouldPart(told, trade, payment) : { release: 0n, refund: 0n }
  const sent = sellersOf(should.release, told, BigInt(trade.feeBasisPoints))
  const expected = {
    in: came ? [told.price.minor] : [],
    out: sent > 0n ? [String(sent)] : [],
    back: should.refund > 0n ? [String(should.refund)] : [],
  }
  const of = (all: { payment: string; amount: string }[]) =>
    all.filter((one) => one.payment === id).map(({ amount }) => amount)
  const byBank = (leg: string) =>
    told.paidOut
      .filter((one) => one.payment === id && one.leg === leg && one.amount.minor !== "0")
      .map(({ amount }) => amount.minor)
  const actual =
    rail === "card"
      ? { in: of(provider.charges), out: of(provider.transfers), back: of(provider.refunds) }
      : { in: came ? [came.minor] : [], out: byBank("release"), back: byBank("refund") }
  const wrongs: string[] = []
  if (JSON.stringify(actual) !== JSON.stringify(expected))
    wrongs.push(
      `${id} of ${trade.id} (${trade.state}, ${rail}, ${state}): moved ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`,
    )
  const rest = came ? state === "closed" : state === "failed" || (rail === "bank" && state === "started")
  if (!rest) wrongs.push(`${id} of ${trade.id} (${trade.state}, ${rail}) came to rest as ${state}`)
  return wrongs
}

/** No job is left that wants to be tried again for ever. */
async function jobsLeft({ market, number }: Lane): Promise<string[]> {
  const left = await market.jobs.take(number)
  return left.map(({ task, payload }) => `the job ${task} ${JSON.stringify(payload)} is never done`)
}

export async function wrongsOfBook(
  sql: Sql,
  trades: readonly string[],
  places: Record<"provider_pending" | "provider_available" | "bank", Map<string, bigint>>,
): Promise<string[]> {
  const found = await Promise.all([
    unbalanced(sql),
    overdrawn(sql),
    leftOver(sql, trades),
    changesWithoutFacts(sql),
    journalsAndFacts(sql, trades),
    ...Object.entries(places).map(([place, there]) => placeDiffers(sql, place, there)),
    alerts(sql),
  ])
  return found.flat()
}

async function unbalanced(sql: Sql): Promise<string[]> {
  const rows = await sql<{ source: string; sum: string }[]>`
    select source_type || ' ' || source_id as source, sum(amount)::text as sum
    from postings group by source_type, source_id, currency having sum(amount) <> 0`
  return rows.map(({ source, sum }) => `the journal ${source} is ${sum} off`)
}

const liabilities = ["held", "seller_payable", "refund_payable", "tax_payable", "buyer_credit"]

async function overdrawn(sql: Sql): Promise<string[]> {
  const rows = await sql<{ account: string; currency: string; sum: string }[]>`
    select account, currency, sum(amount)::text as sum from postings
    where split_part(account, ':', 1) = any(${liabilities}::text[]) group by 1, 2 having sum(amount) > 0`
  return rows.map(({ account, currency, sum }) => `${account} is overdrawn by ${sum} ${currency}`)
}

/** Nothing is held or owed to a buyer of a trade that has ended. */
async function leftOver(sql: Sql, trades: readonly string[]): Promise<string[]> {
  const rows = await sql<{ account: string; sum: string }[]>`
    select account, sum(amount)::text as sum from postings where trade = any(${[...trades]}::text[])
      and split_part(account, ':', 1) in ('held', 'refund_payable') group by 1 having sum(amount) <> 0`
  return rows.map(({ account, sum }) => `${account} ends with ${sum}`)
}

/** Each version of each certified thing has one fact, sealed or waiting, and each fact is of such a version. */
async function changesWithoutFacts(sql: Sql): Promise<string[]> {
  const things = Object.values(nounTables).map((table) => `select id::text, version from ${table}`)
  const rows = await sql.unsafe<{ id: string; version: number; facts: number }[]>(`
    with things as (${things.join(" union all ")}),
      told as (select subject, version from pending_facts union all select subject, version from sealed_facts)
    select coalesce(t.id, f.subject) as id, coalesce(t.version, 0) as version, coalesce(f.facts, 0)::int as facts
    from things t full join (select subject, count(*) as facts, max(version) as last,
      count(distinct version) as kinds from told group by 1) f on f.subject = t.id
    where t.version is distinct from f.facts or f.last is distinct from f.facts or f.kinds is distinct from f.facts`)
  return rows.map(({ id, version, facts }) => `${id} has ${version} versions and ${facts} facts`)
}

/** Journals that are part of another's event, and are named by no fact of their own. */
const beside = new Set(["payment.providerFee"])

/** Each money fact names the hash of one journal, and each journal is named by one fact. */
async function journalsAndFacts(sql: Sql, trades: readonly string[]): Promise<string[]> {
  const journals = await readJournalsOfTrades(sql, trades)
  const facts = await sql<{ hash: string; type: string }[]>`
    select fact::json->'body'->>'journalHash' as hash, fact::json->>'type' as type from pending_facts
    where fact::json->'body'->>'journalHash' is not null and fact::json->'body'->>'trade' = any(${[...trades]}::text[])`
  const named = new Map<string, number>()
  for (const { hash } of facts) named.set(hash, (named.get(hash) ?? 0) + 1)
  const wrongs: string[] = []
  for (const journal of journals) {
    const hash = journalHash(journal)
    const times = named.get(hash) ?? 0
    named.delete(hash)
    const { type, id } = journal.source
    if (beside.has(type)) continue
    if (times !== 1) wrongs.push(`the journal ${type} ${id} is named by ${times} facts`)
  }
  for (const [hash] of named) wrongs.push(`a fact names the journal ${hash}, which is not there`)
  return wrongs
}

/** What the book says lies somewhere, and what lies there. */
async function placeDiffers(sql: Sql, place: string, there: Map<string, bigint>): Promise<string[]> {
  const rows = await sql<{ currency: string; sum: string }[]>`
    select currency, sum(amount)::text as sum from postings
    where account = ${place} group by 1`
  const book = new Map(rows.map(({ currency, sum }) => [currency, BigInt(sum)]))
  return [...new Set([...book.keys(), ...there.keys()])]
    .filter((currency) => (book.get(currency) ?? 0n) !== (there.get(currency) ?? 0n))
    .map((currency) => {
      const more = (book.get(currency) ?? 0n) - (there.get(currency) ?? 0n)
      return `${place}: the book has ${more} ${currency} more than lies there`
    })
}

/** All that the book and the states of these trades say, in one hash. */
export async function digestOf(sql: Sql, trades: readonly string[]): Promise<string> {
  const [row] = await sql<{ digest: string }[]>`
    select md5(
      (select coalesce(string_agg(p::text, ',' order by source_type, source_id, leg), '') from postings p where trade = any(${[...trades]}::text[])) ||
      (select coalesce(string_agg(id || version, ',' order by id), '') from trades where id = any(${[...trades]}::text[])) ||
      (select coalesce(string_agg(id || version, ',' order by id), '') from payments where trade = any(${[...trades]}::text[]))) as digest`
  return row?.digest ?? ""
}

/** Nothing is put before the operator where nothing is wrong. */
async function alerts(sql: Sql): Promise<string[]> {
  const rows = await sql<{ kind: string; subject: string; code: string; detail: unknown }[]>`
    select kind, subject, code, detail from alerts where closed_at is null order by id limit 20`
  return rows.map(
    ({ kind, subject, code, detail }) => `alarm over ${kind} ${subject}: ${code} ${JSON.stringify(detail)}`,
  )
}
