import { sha256 } from "@noble/hashes/sha2.js"
import { utf8 } from "./bytes.ts"
import { type Id, prefixes } from "./ids.ts"
import { type Currency, compareMoney, type Money, minus, zero } from "./money.ts"
import type { Time } from "./time.ts"

/** Why a balance moved. `reserved` … `returned` are a withdrawal's, `contested` … `lost` a chargeback's of a top-up. */
export const balanceReasons = [
  "toppedUp",
  "paid",
  "earned",
  "refunded",
  "takenBack",
  "reserved",
  "freed",
  "withdrawn",
  "returned",
  "contested",
  "cleared",
  "lost",
] as const
export type BalanceReason = (typeof balanceReasons)[number]

/**
 * What a party has prepaid in one currency (预存款): the book's `buyer_credit:<party>` is always `available` and
 * `reserved` together. What is reserved waits for a withdrawal or a chargeback, and pays for nothing meanwhile.
 */
export type Balance = {
  id: Id<"balance">
  version: number
  party: Id<"party">
  currency: Currency
  available: Money
  reserved: Money
  updatedAt: Time
}

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

/**
 * The id is made of party and currency, so that two who open the same balance at once meet in one row. It stands in
 * no record in clear: whoever knows a party's id could tell its trades by it.
 */
export function balanceIdOf(party: Id<"party">, currency: Currency): Id<"balance"> {
  const hash = sha256(utf8(`balance\n${party}\n${currency}`))
  // 26 characters as of every id; the first one of eight, for the layout's 48 bits of time.
  let text = alphabet[(hash[0] as number) & 7] as string
  for (const byte of hash.subarray(1, 26)) text += alphabet[byte & 31]
  return `${prefixes.balance}_${text}`
}

/** A balance that nothing has moved yet; its first movement makes the row. */
export const emptyBalance = (party: Id<"party">, currency: Currency, now: Time): Balance => ({
  id: balanceIdOf(party, currency),
  version: 0,
  party,
  currency,
  available: zero(currency),
  reserved: zero(currency),
  updatedAt: now,
})

/** What of it may be withdrawn: not what the party owes the platform in that currency. */
export const withdrawable = ({ available }: Pick<Balance, "available">, owed: Money): Money =>
  compareMoney(available, owed) > 0 ? minus(available, owed) : zero(available.currency)
