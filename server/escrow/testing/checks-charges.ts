import type { Trade } from "#contracts/trade.ts"
import { partsOf } from "./fair.ts"
import type { Lane } from "./lane.ts"
import type { Told } from "./told.ts"

/** A payment of a trade: what of it has not gone back, and by how many claims something went back. */
export type Parted = { told: Told; left: bigint; claims: number }

/**
 * The market's fee and the tax: what was fixed when a trade was proposed, and what the book has of each once it is
 * over, are what the price list and the plan say. Each claim after the first split may round by one step.
 */
export async function wrongsOfCharges(lane: Lane, parted: readonly Parted[]): Promise<string[]> {
  const { sql } = lane.market.services
  const rows = await sql<{ row: Trade; fee: string; tax: string }[]>`
    select t.row, coalesce(-sum(amount) filter (where account = 'platform_fee'), 0)::text as fee,
      coalesce(-sum(amount) filter (where account = 'tax_payable'), 0)::text as tax
    from trades t left join postings p on p.trade = t.id and p.account in ('platform_fee', 'tax_payable')
    where t.id = any(${lane.told.map(({ trade }) => trade)}::text[]) group by t.id`
  return lane.told.flatMap((told) => {
    const found = rows.find(({ row }) => row.id === told.trade)
    if (!found) return []
    const booked = { fee: BigInt(found.fee), tax: BigInt(found.tax) }
    return [
      ...wrongsOfTerms(told, found.row),
      ...wrongsOfBooked(
        told,
        booked,
        parted.filter((one) => one.told === told),
      ),
    ]
  })
}

function wrongsOfTerms({ trade, fair }: Told, { charges, price }: Trade): string[] {
  const kept = [price.minor, charges?.fee.minor, charges?.tax.minor].join()
  const said = [fair.total, fair.fee, fair.tax].join()
  return kept === said ? [] : [`${trade} has price, fee and tax as ${kept}, and not as ${said}`]
}

function wrongsOfBooked(
  { trade, fair }: Told,
  booked: { fee: bigint; tax: bigint },
  payments: readonly Parted[],
): string[] {
  const slack = payments.reduce((sum, { claims }) => sum + BigInt(claims) * fair.step, 0n)
  return (["fee", "tax"] as const).flatMap((what) => {
    const due = payments.reduce((sum, { left }) => sum + (left > 0n ? partsOf(left, fair)[what] : 0n), 0n)
    const off = booked[what] > due ? booked[what] - due : due - booked[what]
    return off <= slack ? [] : [`${trade}: ${booked[what]} are booked as ${what}, of which ${due} are due`]
  })
}
