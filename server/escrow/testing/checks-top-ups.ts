import type { Payment } from "#contracts/payment.ts"
import type { TopUp } from "#contracts/top-up.ts"
import type { Lane } from "./lane.ts"
import { add, type ProviderSide } from "./provider-side.ts"

/**
 * Top-ups by card against what truly lies at the provider, and the buyer's balance as a whole: all that came into it
 * is all that went out of it.
 */

/** What the buyer's balance has paid for one payment and not got back, as it should be. */
export type Used = { payment: Payment; minor: bigint }

export async function wrongsOfTopUps(
  lane: Lane,
  provider: ProviderSide,
  used: readonly Used[],
): Promise<string[]> {
  const { sql } = lane.market.services
  const rows = await sql<{ row: TopUp; alarms: number }[]>`
    select row, (select count(*)::int from alerts a where a.code = 'top_up_contested'
      and a.subject = t.row->'contested'->>'reference') as alarms
    from top_ups t where id = any(${lane.topUps.map(({ topUp }) => topUp)}::text[])`
  return [
    ...lane.topUps.flatMap((told) => {
      const found = rows.find(({ row }) => row.id === told.topUp)
      return found ? wrongsOfOne(told, found.row, found.alarms, provider) : [`${told.topUp} is gone`]
    }),
    ...wrongsOfPocket(lane, provider, used),
    ...(await wrongsOfGivenUp(lane)),
  ]
}

type ToldTopUp = Lane["topUps"][number]

function wrongsOfOne(told: ToldTopUp, row: TopUp, alarms: number, provider: ProviderSide): string[] {
  const wrongs: string[] = []
  const say = (what: string) => wrongs.push(`${row.id} (${row.state}, ${row.charge}): ${what}`)
  const came = cameOf(told, provider)
  const whole = BigInt(told.amount.minor)
  if (came !== 0n && came !== whole) say(`${came} came in for ${whole}`)
  if (row.state !== (came > 0n ? "received" : "failed")) say(`came to rest while ${came} came in`)
  const { contested } = row
  if (told.dispute?.dispute !== contested?.reference)
    say(`the payer's bank has ${told.dispute?.dispute}, and here is ${contested?.reference}`)
  if (!told.dispute || !contested) return wrongs
  if (BigInt(contested.amount.minor) !== told.dispute.minor)
    say(`${contested.amount.minor} are contested, not ${told.dispute.minor}`)
  const lost = provider.lost.has(told.dispute.charge)
  if (contested.state !== (lost ? "lost" : "cleared"))
    say(`is ${contested.state}, and the bank has ${lost ? "kept it" : "given it back"}`)
  if (alarms !== 1) say(`the operator was told ${alarms} times that it is contested`)
  return wrongs
}

const cameOf = ({ topUp }: ToldTopUp, { charges }: ProviderSide): bigint =>
  charges.filter(({ payment }) => payment === topUp).reduce((sum, { amount }) => sum + amount, 0n)

/** Paid in, less what banks took back, and what was made good of that, less what was taken out, was paid for trades. */
function wrongsOfPocket(lane: Lane, provider: ProviderSide, used: readonly Used[]): string[] {
  const left = new Map(lane.atBankForBalances.get(lane.buyer.party) ?? [])
  for (const told of lane.topUps) {
    const { currency } = told.amount
    const lost = told.dispute ? (provider.lost.get(told.dispute.charge) ?? 0n) : 0n
    add(left, currency, cameOf(told, provider) - lost + told.repaid + told.writtenOff)
  }
  for (const { payment, minor } of used) add(left, payment.amount.currency, -minor)
  return [...left]
    .filter(([, minor]) => minor !== 0n)
    .map(([currency, minor]) => `${minor} ${currency} too much have gone into the buyer's balance`)
}

/** Of what nobody made good, the platform has booked all as given up. */
async function wrongsOfGivenUp(lane: Lane): Promise<string[]> {
  const ids = lane.topUps.map(({ topUp }) => topUp)
  const rows = await lane.market.services.sql<{ topUp: string; sum: string }[]>`
    select d.row->>'causeId' as "topUp", sum(p.amount)::text as sum from postings p join debts d on d.id = split_part(p.source_id, ':', 1)
    where p.account = 'bad_debt' and p.trade is null and d.row->>'causeId' = any(${ids}::text[]) group by 1`
  return lane.topUps.flatMap(({ topUp, writtenOff }) => {
    const { sum = "0" } = rows.find((row) => row.topUp === topUp) ?? {}
    return BigInt(sum) === writtenOff ? [] : [`${topUp}: ${sum} are booked as given up, not ${writtenOff}`]
  })
}
