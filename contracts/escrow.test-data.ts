import { type Journal, journalHash, type Posting } from "./escrow.ts"

type Guess = { trade: string; payment: string; seller: string; price: bigint; feeBasisPoints: number }

/** The hashes that journals of a trade would have if they had no nonce: what a rival could try for each listing. */
export function escrowGuesses({ trade, payment, seller, price, feeBasisPoints }: Guess): string[] {
  const money = (minor: bigint) => ({ minor: String(minor), currency: "CNY" as const })
  const fee = (price * BigInt(feeBasisPoints)) / 10_000n
  const journal = (type: string, postings: Posting[]): Journal => ({
    source: { type, id: payment },
    trade,
    occurredAt: "2026-01-01T00:00:00.000Z",
    postings,
  })
  return [
    journal("payment.held", [
      { account: "bank", debit: money(price) },
      { account: `held:${trade}`, credit: money(price) },
    ]),
    journal("payment.parted", [
      { account: `held:${trade}`, debit: money(price) },
      { account: `seller_payable:${seller}`, credit: money(price - fee) },
      { account: "platform_fee", credit: money(fee) },
    ]),
  ].map(journalHash)
}
