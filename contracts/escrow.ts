import { sha256 } from "@noble/hashes/sha2.js"
import { toHex, utf8 } from "./bytes.ts"
import { type Currency, type Money, minorOf } from "./money.ts"
import type { Time } from "./time.ts"

/**
 * The book's accounts (MONEY §4). Those with an owner carry its id after a colon: `held:trd_…`.
 */
export const accountKinds = {
  provider_pending: "asset",
  provider_available: "asset",
  bank: "asset",
  dispute_withdrawn: "asset",
  seller_receivable: "asset",
  held: "liability",
  seller_payable: "liability",
  refund_payable: "liability",
  tax_payable: "liability",
  buyer_credit: "liability",
  suspense: "liability",
  platform_capital: "equity",
  platform_fee: "income",
  other_income: "income",
  provider_fees: "expense",
  dispute_fees: "expense",
  chargeback_loss: "expense",
  bad_debt: "expense",
  other_cost: "expense",
} as const

export type AccountKind = keyof typeof accountKinds

/** Every type of journal, in the order in which a payment's life brings them. */
export const journalTypes = [
  "payment.held",
  "payment.prepaid",
  "payment.providerFee",
  "payment.parted",
  "payment.released",
  "payment.refunded",
  "payment.releaseReturned",
  "payment.refundReturned",
  "payment.offset",
  "payment.givenBack",
  "refund.repaid",
  "refund.returned",
  "refund.offset",
  "debt.reversed",
  "debt.netted",
  "debt.takenBack",
  "debt.repaid",
  "debt.writtenOff",
  "chargeback.opened",
  "chargeback.won",
  "chargeback.lost",
  "payout.paid",
  "payout.returned",
  "correction.bookedIn",
  "correction.bookedOut",
  "correction.taxPaid",
  "topUp.received",
  "topUp.contested",
  "topUp.cleared",
  "topUp.lost",
  "withdrawal.paid",
  "withdrawal.returned",
  "settlement.booked",
] as const
export type JournalType = (typeof journalTypes)[number]
export type Account = AccountKind | `${AccountKind}:${string}`

export type Posting = { account: Account; debit: Money } | { account: Account; credit: Money }

/**
 * One balanced entry of the book. Its source (what happened, to which thing) is unique: the same event cannot
 * be booked twice. A money fact names the journal's hash in clear, for anybody: the nonce keeps amounts and parties,
 * of which there are few, from being tried against it. Journals from before there were nonces have none.
 */
export type Journal = {
  /** 128 random bits in hex. */
  nonce?: string
  source: { type: string; id: string }
  trade: string | null
  occurredAt: Time
  postings: Posting[]
}

export function accountKind(account: Account): AccountKind {
  const colon = account.indexOf(":")
  return (colon < 0 ? account : account.slice(0, colon)) as AccountKind
}

/** Debit positive, credit negative. */
export const signed = (posting: Posting): bigint =>
  "debit" in posting ? minorOf(posting.debit) : -minorOf(posting.credit)

export const postingMoney = (posting: Posting): Money => ("debit" in posting ? posting.debit : posting.credit)

/** True when debits equal credits in each currency. */
export function balanced(journal: Journal): boolean {
  const sums = new Map<Currency, bigint>()
  for (const posting of journal.postings) {
    const { currency } = postingMoney(posting)
    sums.set(currency, (sums.get(currency) ?? 0n) + signed(posting))
  }
  return journal.postings.length > 0 && [...sums.values()].every((sum) => sum === 0n)
}

/**
 * SHA-256, hex, of the journal as lines `nonce,<nonce>` where it has one, `source type,source id`, then `leg,account,signed minor,currency` for
 * each posting in order, each ended by 0x0A: what a reader of book.csv can rebuild from its rows.
 */
export function journalHash(journal: Journal): string {
  const lines = journal.nonce === undefined ? [] : [`nonce,${journal.nonce}`]
  lines.push(`${journal.source.type},${journal.source.id}`)
  journal.postings.forEach((posting, i) => {
    lines.push(`${i + 1},${posting.account},${signed(posting)},${postingMoney(posting).currency}`)
  })
  return toHex(sha256(utf8(`${lines.join("\n")}\n`)))
}
