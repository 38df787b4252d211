import { csvRow } from "#contracts/ledger/csv.ts"
import { decimal, makeMoney } from "#contracts/money.ts"
import type { PostingLine } from "./book-store.ts"

export const csvColumns = [
  "journal",
  "of",
  "leg",
  "account",
  "currency",
  "debit",
  "credit",
  "trade",
  "occurredAt",
] as const

/** A spreadsheet calculates what begins like a formula: such a field gets an apostrophe, which it shows as text. */
export const formulaSafe = (field: string): string => (/^[=+\-@\t\r]/.test(field) ? `'${field}` : field)

/** Amounts are decimals of their currency and never negative, so that they stay numbers in a spreadsheet. */
export function csvLine({
  type,
  id,
  leg,
  account,
  currency,
  amount,
  trade,
  occurredAt,
}: PostingLine): string {
  const minor = BigInt(amount)
  const sum = decimal(makeMoney(minor < 0n ? -minor : minor, currency))
  const [debit, credit] = minor < 0n ? ["", sum] : [sum, ""]
  const fields = [type, id, String(leg), account, currency, debit, credit, trade ?? "", occurredAt]
  return `${csvRow(fields.map(formulaSafe))}\r\n`
}
