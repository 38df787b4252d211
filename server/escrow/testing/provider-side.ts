import type { ModelMarket } from "./market.ts"

export type Moved = { payment: string; amount: string; id: string }
/** What lies at the provider: everything that has truly moved, by the payment that its marks name. */
export type ProviderSide = {
  charges: Moved[]
  transfers: Moved[]
  refunds: Moved[]
  /** What it has of ours, by currency. */
  pending: Map<string, bigint>
  available: Map<string, bigint>
}

type Listed = {
  id: string
  amount: number
  metadata?: Record<string, string> | null
  status?: string | null
  paid?: boolean
}

/** Asks the provider itself, past all of ours; objects made since a time of its clock. */
export async function lookAtProvider({ harness }: ModelMarket, since: number): Promise<ProviderSide> {
  const { stripe } = harness
  const [charges, transfers, refunds, balance] = await Promise.all([
    gather(stripe.charges.list({ limit: 100, created: { gte: since } })),
    gather(stripe.transfers.list({ limit: 100, created: { gte: since } })),
    gather(stripe.refunds.list({ limit: 100, created: { gte: since } })),
    stripe.balance.retrieve(),
  ])
  return {
    charges: charges.filter(({ paid }) => paid === true).map(moved),
    transfers: transfers.map(moved),
    refunds: refunds.filter(({ status }) => status === "succeeded").map(moved),
    pending: sumsOf(balance.pending),
    available: sumsOf(balance.available),
  }
}

const sumsOf = (sums: { amount: number; currency: string }[]) =>
  new Map(sums.map(({ amount, currency }) => [currency.toUpperCase(), BigInt(amount)]))

const moved = ({ id, amount, metadata }: Listed): Moved => ({
  id,
  payment: metadata?.payment ?? "",
  amount: String(amount),
})

async function gather(pages: AsyncIterable<Listed>): Promise<Listed[]> {
  const all: Listed[] = []
  for await (const item of pages) all.push(item)
  return all
}
