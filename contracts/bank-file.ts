import { z } from "zod"
import { type Id, isId } from "./ids.ts"
import { type Currency, currency, type Money } from "./money.ts"
import { line } from "./rights.ts"
import type { Time } from "./time.ts"

/**
 * A statement of the platform's own bank account (银行对账单), as its bank gives it for download. `statement` is another
 * word here: what a seller is given (结算单, contracts/statement.ts).
 */
export const bankFileFormats = ["csv", "camt.053"] as const
export type BankFileFormat = (typeof bankFileFormats)[number]

/** A file of a month of a busy account is far below this. */
export const mostFileBytes = 5 * 2 ** 20
export const mostFileLines = 10_000

/** One file that was imported: written once, with the lines that no file before had. */
export type BankFile = {
  id: Id<"bankFile">
  version: 1
  format: BankFileFormat
  /** SHA-256, hex, of its bytes. */
  fileHash: string
  /** As the file tells it; null where it does not say. */
  account: string | null
  currency: Currency
  /** Days, as `2026-11-27`: of the first and the last line. */
  from: string
  to: string
  /** In minor units with a sign; null where the file tells no balance. */
  opening: string | null
  closing: string | null
  /** How many lines it has, and how many of them were new. */
  lines: number
  added: number
  /** What the lines of it come to. */
  credits: Money
  debits: Money
  /** SHA-256, hex, of `<nonce>` and the lines: server/bank-files/rules.ts says how. */
  linesHash: string
  nonce: string
  /** The operator whose account it is, and who brought the file. */
  owner: Id<"party">
  user: Id<"user">
  at: Time
}

export const bankDirections = ["in", "out"] as const
export type BankDirection = (typeof bankDirections)[number]

/** One line of the account, kept once however many files tell of it. */
export type BankLine = {
  id: Id<"bankLine">
  file: Id<"bankFile">
  /** Where it stands in the file: the line of the text, from 1. */
  row: number
  date: string
  direction: BankDirection
  amount: Money
  /** What the market calls it when it confirms something: the bank's own number, else one made of the line. */
  number: string
  counterparty: string
  counterAccount: string
  /** All that was written on the transfer. */
  text: string
}

/** What a line can be the money of. A new kind is one more here, and one entry in server/bank-files/kinds.ts. */
export const matchKinds = [
  "receipt",
  "release",
  "refundLeg",
  "refund",
  "debt",
  "payout",
  "topUp",
  "withdrawal",
  // What was paid out and the bank sent back: to whom it had gone.
  "releaseBack",
  "refundLegBack",
  "refundBack",
  "withdrawalBack",
] as const
export type MatchKind = (typeof matchKinds)[number]

/** What a line is matched with; `attempt` where the same thing may be paid more than once. */
export type MatchTarget = { kind: MatchKind; id: string; attempt: number }

/** Why a line waits for a person, from what is looked at first. */
export const matchDoubts = [
  "numberUsed",
  "noReference",
  "unknownReference",
  "alreadyConfirmed",
  "direction",
  "currency",
  "amount",
  "several",
  "reversed",
  "byHand",
  "frozen",
  "chargeback",
  "payeeChanged",
  "waits",
] as const
export type MatchDoubt = (typeof matchDoubts)[number]

/** Why a line is nobody's payment here. */
export const asideReasons = ["fee", "interest", "own", "returned", "elsewhere", "other"] as const
export type AsideReason = (typeof asideReasons)[number]

/**
 * What people and banks make of a reference, in one form: without spaces, dashes and the like, in capitals, of
 * full-width characters the plain ones.
 */
export const plainReference = (text: string): string =>
  text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")

/** What a bank tells of a line by a sign or a mark, in the words of its text, where people and the matching see it. */
export const markReversal = (text: string): string => `${text} 冲正 (reversal)`

/** Whether a text tells that the bank takes something back, or gives it back. */
export const tellsReversal = (text: string): boolean => /冲正|冲回|红字|退汇|\breversal\b/i.test(text)

/** The last characters of an id are of an alphabet without I, L, O and U: who writes O or I means 0 or 1. */
const readTail = (tail: string): string => tail.replace(/O/g, "0").replace(/[IL]/g, "1")

const tailForm = /^[0-9A-HJKMNP-TV-Z]{12}$/

/**
 * All that may be one of our references in the text of a transfer: twelve characters after QH (payments), QD (debts), QC
 * (top-ups) or QW (withdrawals).
 */
export function referencesIn(text: string): string[] {
  const plain = plainReference(text)
  const found = new Set<string>()
  for (let at = plain.indexOf("Q"); at >= 0; at = plain.indexOf("Q", at + 1)) {
    const letters = plain.slice(at, at + 2)
    const tail = readTail(plain.slice(at + 2, at + 14))
    if (/^Q[HDCW]/.test(letters) && tailForm.test(tail)) found.add(letters + tail)
  }
  return [...found]
}

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })

export const importQuery = z.strictObject({ currency })

const target = z.strictObject({
  kind: z.enum(matchKinds),
  id: z.string().max(40),
  attempt: z.int().min(1),
})

/** What the page showed as matched, each with what it was matched with. */
export const confirmLinesInput = z.strictObject({
  commandId: idOf("command"),
  lines: z
    .array(z.strictObject({ line: idOf("bankLine"), target }))
    .min(1)
    .max(200),
})
export type ConfirmLines = z.infer<typeof confirmLinesInput>

export const matchByHandInput = z.strictObject({
  commandId: idOf("command"),
  line: idOf("bankLine"),
  target,
})
export type MatchByHand = z.infer<typeof matchByHandInput>

export const setAsideInput = z.strictObject({
  commandId: idOf("command"),
  line: idOf("bankLine"),
  reason: z.enum(asideReasons),
  note: line(300),
})
export type SetAside = z.infer<typeof setAsideInput>

/** Puts a line that was set aside among the open ones again. */
export const takeBackInput = z.strictObject({ commandId: idOf("command"), line: idOf("bankLine") })
export type TakeBack = z.infer<typeof takeBackInput>
