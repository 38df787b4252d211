import type { BankDirection, BankFileFormat } from "#contracts/bank-file.ts"
import { type Currency, isCurrency, type Money } from "#contracts/money.ts"
import { type Refusal, type RefusalCode, refuse } from "#contracts/refusal.ts"

/** A line as its file tells it. */
export type FileLine = {
  /** The line of the text where it begins, from 1. */
  row: number
  date: string
  direction: BankDirection
  amount: Money
  /** The bank's own number of it; null where there is none. */
  reference: string | null
  counterparty: string
  counterAccount: string
  text: string
}

/** A balance in minor units, below zero where the account is overdrawn. */
export type Balance = { row: number; minor: bigint }

/** What a reader finds in a file, before anything is compared with what is known. */
export type ParsedFile = {
  format: BankFileFormat
  account: { row: number; text: string } | null
  currency: Currency
  opening: Balance | null
  closing: Balance | null
  lines: FileLine[]
}

/** What the operator says of a file, and the day after which nothing can have been booked. */
export type ReadingOf = { currency: Currency; lastDay: string }

/** Readers go many small steps, each of which may end the reading: a refusal is thrown inside, never out of a reader. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.refused)
    this.refusal = refusal
  }
}

export const stop = (code: RefusalCode, row: number, detail: Record<string, string | number> = {}): never => {
  throw new Refused(refuse(code, "file", { row, ...detail }))
}

/** What `read` answers, or the refusal that it ended with. */
export function reading<T>(read: () => T): T | Refusal {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

export const signedMinor = ({ direction, amount }: Pick<FileLine, "direction" | "amount">): bigint =>
  direction === "in" ? BigInt(amount.minor) : -BigInt(amount.minor)

/** The balances that a file tells at its ends are those that its lines come to. */
export function checkEnds(file: ParsedFile): ParsedFile | Refusal {
  const { opening, closing, lines } = file
  if (!opening || !closing) return file
  const sum = lines.reduce((total, line) => total + signedMinor(line), opening.minor)
  return sum === closing.minor ? file : refuse("bank_file_balance", "file", { row: closing.row })
}

/** A text of a transfer: what banks give is far shorter. Line breaks and tabs become spaces. */
export function plainText(text: string, row: number, most = 2_000): string {
  const plain = text.replace(/[\s\u3000]+/g, " ").trim()
  if (plain.length > most || /\p{Cc}|\p{Cs}|\p{Co}/u.test(plain)) stop("bank_row_text", row)
  return plain
}

const currencyWords: Readonly<Record<string, Currency>> = {
  RMB: "CNY",
  人民币: "CNY",
  人民币元: "CNY",
  美元: "USD",
  欧元: "EUR",
  港币: "HKD",
  港元: "HKD",
  日元: "JPY",
  科威特第纳尔: "KWD",
}

/** A currency as banks write it; null for one that is not known here. */
export function readCurrency(text: string): Currency | null {
  const plain = text.normalize("NFKC").trim().toUpperCase()
  if (isCurrency(plain)) return plain
  return Object.hasOwn(currencyWords, plain) ? (currencyWords[plain] as Currency) : null
}

const dateForms = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?: .*)?$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})(?: .*)?$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日(?:.*)?$/,
  /^(\d{4})(\d\d)(\d\d)(?:[ T]?\d.*)?$/,
] as const

/** A day as it is written year first, or with dots as in `27.11.2026`; an order that could be two days is none. */
export function readDate(text: string, row: number, lastDay: string): string {
  const plain = text.normalize("NFKC").trim()
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: .*)?$/.exec(plain)
  const found = dotted ? [plain, dotted[3], dotted[2], dotted[1]] : firstOf(plain)
  if (!found) return stop("bank_row_date", row)
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number]
  const time = new Date(Date.UTC(year, month - 1, day))
  if (time.getUTCMonth() !== month - 1 || time.getUTCDate() !== day || year < 1990)
    return stop("bank_row_date", row)
  const date = time.toISOString().slice(0, 10)
  return date > lastDay ? stop("bank_row_future", row) : date
}

function firstOf(text: string): RegExpExecArray | null {
  for (const form of dateForms) {
    const found = form.exec(text)
    if (found) return found
  }
  return null
}
