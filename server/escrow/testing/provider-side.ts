import type { ModelMarket } from "./market.ts"

export type Moved = { payment: string; amount: bigint; id: string }
/** What lies at the provider: everything that has truly moved, by the payment that its marks name. */
export type ProviderSide = {
  charges: Moved[]
  /** Less what was taken back of each. */
  transfers: Moved[]
  refunds: Moved[]
  /** What the buyers' banks keep, by charge. */
  lost: Map<string, bigint>
  /** What the buyers' banks have until they decide, by currency. */
  withdrawn: Map<string, bigint>
  /** What of the platform's own has reached its bank, by currency, since the beginning. */
  paidOut: Map<string, bigint>
  /** What it has of ours, by currency. */
  pending: Map<string, bigint>
  available: Map<string, bigint>
}

type Listed = { id: string; amount: number; metadata?: Record<string, string> | null }

/** Asks the provider itself, past all of ours; objects made since a time of its clock. */
export async function lookAtProvider({ harness }: ModelMarket, since: number): Promise<ProviderSide> {
  const { stripe } = harness
  const made = { limit: 100, created: { gte: since } }
  const [charges, transfers, refunds, disputes, payouts, balance] = await Promise.all([
    gather(stripe.charges.list(made)),
    gather(stripe.transfers.list(made)),
    gather(stripe.refunds.list(made)),
    gather(stripe.disputes.list(made)),
    gather(stripe.payouts.list({ limit: 100 })),
    stripe.balance.retrieve(),
  ])
  const lost = new Map<string, bigint>()
  const withdrawn = new Map<string, bigint>()
  for (const { status, charge, amount, currency } of disputes)
    if (status === "lost") lost.set(String(charge), BigInt(amount))
    else if (status !== "won") add(withdrawn, currency.toUpperCase(), BigInt(amount))
  const paidOut = new Map<string, bigint>()
  for (const { status, currency, amount } of payouts)
    if (status === "paid") add(paidOut, currency.toUpperCase(), BigInt(amount))
  return {
    charges: charges.filter(({ paid }) => paid).map(moved),
    transfers: transfers.map((one) => ({ ...moved(one), amount: BigInt(one.amount - one.amount_reversed) })),
    refunds: refunds.filter(({ status }) => status === "succeeded").map(moved),
    lost,
    withdrawn,
    paidOut,
    pending: sumsOf(balance.pending),
    available: sumsOf(balance.available),
  }
}

/** Adds to one of several sums. */
export function add(sums: Map<string, bigint>, name: string, amount: bigint): void {
  sums.set(name, (sums.get(name) ?? 0n) + amount)
}

const sumsOf = (sums: { amount: number; currency: string }[]) =>
  new Map(sums.map(({ amount, currency }) => [currency.toUpperCase(), BigInt(amount)]))

const moved = ({ id, amount, metadata }: Listed): Moved => ({
  id,
  payment: metadata?.payment ?? "",
  amount: BigInt(amount),
})

async function gather<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of pages) all.push(item)
  return all
}
