import { CsvError, type Options, parse } from "csv-parse/sync"
import { markReversal, mostFileLines } from "#contracts/bank-file.ts"
import type { Currency } from "#contracts/money.ts"
import { makeMoney } from "#contracts/money.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import { type NumberStyle, readMinor, styleOf } from "./amounts.ts"
import { type ColumnKind, columnOf, directionOf, factOf, isSummary } from "./headings.ts"
import {
  type Balance,
  type FileLine,
  type ParsedFile,
  plainText,
  type ReadingOf,
  Refused,
  readCurrency,
  readDate,
  reading,
  signedMinor,
  stop,
} from "./parsed.ts"

type Row = { row: number; cells: string[] }

/** Headings stand within these rows; banks put the account and the period before them. */
const headingWithin = 60
/** A bank's table has fewer columns. */
const mostColumns = 200
/** Whoever sends more than this has more lines than are taken: the rest is not even read. */
const mostRows = headingWithin + mostFileLines + 1
const separators = [",", ";", "\t", "|"] as const

const options = (delimiter: string): Options => ({
  delimiter,
  bom: true,
  relax_column_count: true,
  skip_empty_lines: true,
  max_record_size: 65_536,
  // `="0123"` without quotes around it is common; a quote that is never closed is broken all the same.
  relax_quotes: true,
})

/** Reads a bank's CSV: finds its separator and its headings by their words, then each line. */
export function readCsv(text: string, of: ReadingOf): ParsedFile | Refusal {
  return reading(() => {
    const table = findTable(text)
    if (table === null) return stop("bank_file_form", 1)
    const lines = tableLines(table, of)
    return { format: "csv" as const, ...lines }
  })
}

type Table = { before: Row[]; columns: Map<ColumnKind, number[]>; width: number; rows: Row[] }

function findTable(text: string): Table | null {
  let broken: Refused | null = null
  for (const separator of separators) {
    const head = reading(() => rowsOf(text, separator, headingWithin))
    if (isRefusal(head)) {
      broken ??= new Refused(head)
      continue
    }
    const at = head.findIndex(({ cells }) => isHeading(columnsOf(cells)))
    const heading = head[at]
    if (!heading) continue
    const rows = rowsOf(text, separator, mostRows)
    if (rows.length === mostRows) return stop("bank_file_lines", 1, { most: mostFileLines })
    return {
      before: rows.slice(0, at),
      columns: columnsOf(heading.cells),
      width: heading.cells.length,
      rows: rows.slice(at + 1),
    }
  }
  if (broken) throw broken
  return null
}

/** The first so many records. Each is made plain at once: what the parser tells with a short one is large. */
function rowsOf(text: string, separator: string, first: number): Row[] {
  const plain = (record: string[], { lines }: { lines: number }): Row =>
    record.length > mostColumns
      ? stop("bank_file_csv", lines)
      : { row: lines, cells: record.map((cell) => cell.trim()) }
  try {
    return parse(text, { ...options(separator), to: first, on_record: plain as never }) as unknown as Row[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return stop("bank_file_csv", Number((error as { lines?: number }).lines ?? 1))
  }
}

function columnsOf(cells: readonly string[]): Map<ColumnKind, number[]> {
  const columns = new Map<ColumnKind, number[]>()
  cells.forEach((cell, i) => {
    const kind = columnOf(cell)
    if (kind !== null) columns.set(kind, [...(columns.get(kind) ?? []), i])
  })
  return columns
}

const isHeading = (columns: ReadonlyMap<ColumnKind, number[]>): boolean =>
  columns.has("date") && (columns.has("amount") || (columns.has("credit") && columns.has("debit")))

/** A cell as text: banks write long numbers as `="0123"` so that a spreadsheet keeps them. Other formulas are refused. */
function cellText(cell: string, row: number): string {
  const kept = /^="([^"]*)"$/.exec(cell)?.[1] ?? cell
  if (/^[=@]/.test(kept) || /^[+-].*[(|!]/.test(kept)) stop("bank_row_formula", row)
  return plainText(kept, row)
}

function tableLines(table: Table, of: ReadingOf): Omit<ParsedFile, "format"> {
  const { columns, width } = table
  const cell = ({ cells, row }: Row, kind: ColumnKind): string =>
    plainCells(cells, columns.get(kind) ?? [], row)
  const rows = table.rows.filter((one) => {
    if (one.cells.every((text) => text === "")) return false
    const sums = isSummary(one.cells.find((text) => text !== "") ?? "")
    if (!sums && one.cells.length !== width && !onlyEmptyBeyond(one.cells, width))
      stop("bank_file_csv", one.row)
    return !sums
  })
  if (rows.length === 0) return stop("bank_file_no_lines", 1)
  if (rows.length > mostFileLines) return stop("bank_file_lines", 1, { most: mostFileLines })
  const numbers: ColumnKind[] = ["amount", "credit", "debit", "balance"]
  for (const one of rows) for (const text of one.cells) cellText(text, one.row)
  const style = styleOf(rows.flatMap((one) => numbers.map((kind) => cell(one, kind)))) ?? "point"
  const turns = hasUnsigned(rows, cell, of.currency, style)
  const lines = rows.map((one) => readLine(one, cell, of, style, turns))
  const balances = rows.map((one) => readMinor(cell(one, "balance"), of.currency, style, one.row))
  const { ends, facts } = {
    ends: runningEnds(lines, balances),
    facts: readFacts(table.before, of.currency, style),
  }
  const first = rows.find((one) => cell(one, "account") !== "")
  const own = first ? { row: first.row, text: cell(first, "account") } : null
  for (const one of rows) {
    const told = cell(one, "account")
    if (own && told !== "" && told !== own.text) stop("bank_file_account", one.row)
  }
  return {
    account: facts.account ?? own,
    currency: of.currency,
    opening: facts.opening ?? ends?.opening ?? null,
    closing: facts.closing ?? ends?.closing ?? null,
    lines,
  }
}

const onlyEmptyBeyond = (cells: readonly string[], width: number): boolean =>
  cells.length > width && cells.slice(width).every((text) => text === "")

function plainCells(cells: readonly string[], at: readonly number[], row: number): string {
  return at
    .map((i) => cellText(cells[i] ?? "", row))
    .filter((text) => text !== "")
    .join(" ")
}

type CellOf = (row: Row, kind: ColumnKind) => string

function readLine(one: Row, cell: CellOf, of: ReadingOf, style: NumberStyle, turns: boolean): FileLine {
  const { row } = one
  const told = cell(one, "currency")
  if (told !== "" && readCurrency(told) !== of.currency)
    stop("bank_file_currency", row, { expected: of.currency })
  const { signed, reversal } = signedAmount(one, cell, of.currency, style, turns)
  return {
    row,
    date: readDate(cell(one, "date"), row, of.lastDay),
    direction: signed < 0n ? "out" : "in",
    amount: makeMoney(signed < 0n ? -signed : signed, of.currency),
    reference: cell(one, "number") || null,
    counterparty: cell(one, "counterparty"),
    counterAccount: cell(one, "counterAccount"),
    text: plainText(reversal ? markReversal(cell(one, "text")) : cell(one, "text"), row),
  }
}

/**
 * Whether the file writes what goes out without a sign. Then a minus in a column, or beside a word, for one direction
 * is what was booked so and is taken back (红字冲正); elsewhere it may only be how the bank writes what goes out.
 */
const hasUnsigned = (rows: readonly Row[], cell: CellOf, currency: Currency, style: NumberStyle): boolean =>
  rows.some((one) => {
    const above = (kind: ColumnKind) => (readMinor(cell(one, kind), currency, style, one.row) ?? 0n) > 0n
    return above("debit") || (directionOf(cell(one, "direction")) === "out" && above("amount"))
  })

/** In one column with a sign or with a word for the direction, or in two of which one is empty or zero. */
function signedAmount(
  one: Row,
  cell: CellOf,
  currency: Currency,
  style: NumberStyle,
  turns: boolean,
): { signed: bigint; reversal: boolean } {
  const { row } = one
  const read = (kind: ColumnKind) => readMinor(cell(one, kind), currency, style, row)
  const [credit, debit] = [read("credit") ?? 0n, read("debit") ?? 0n]
  if (credit !== 0n || debit !== 0n) {
    const reversal = credit < 0n || debit < 0n
    if ((reversal && !turns) || (credit !== 0n && debit !== 0n)) return stop("bank_row_amount", row)
    return { signed: credit - debit, reversal }
  }
  const amount = read("amount")
  if (amount === null) return stop("bank_row_amount", row)
  const word = cell(one, "direction")
  if (word === "") return { signed: amount, reversal: false }
  const direction = directionOf(word)
  // An amount with both a sign and a word says its direction twice; where the two differ nobody knows which.
  if (direction === null || (amount < 0n && direction === "in" && !turns)) return stop("bank_row_amount", row)
  const size = amount < 0n && !turns ? -amount : amount
  return { signed: direction === "in" ? size : -size, reversal: amount < 0n && turns }
}

/** The balances at both ends of lines that each tell theirs, oldest first or newest first. */
function runningEnds(
  lines: readonly FileLine[],
  balances: readonly (bigint | null)[],
): { opening: Balance; closing: Balance } | null {
  if (balances.every((balance) => balance === null)) return null
  const steps = lines.map((line, i) => {
    const balance = balances[i]
    if (balance === null || balance === undefined) return stop("bank_row_balance", line.row)
    return { row: line.row, balance, moved: signedMinor(line) }
  })
  const up = firstBreak(steps)
  const turned = [...steps].reverse()
  const down = up === null ? null : firstBreak(turned)
  const [first, last] = [lines[0], lines.at(-1)]
  if (up !== null && down !== null)
    return stop("bank_row_balance", (first?.date ?? "") > (last?.date ?? "") ? down : up)
  const inOrder = up === null ? steps : turned
  const [oldest, newest] = [inOrder[0], inOrder.at(-1)]
  if (!oldest || !newest) return null
  return {
    opening: { row: oldest.row, minor: oldest.balance - oldest.moved },
    closing: { row: newest.row, minor: newest.balance },
  }
}

/** The row at which a balance does not follow from the one before; null where each does. */
function firstBreak(steps: readonly { row: number; balance: bigint; moved: bigint }[]): number | null {
  for (let i = 1; i < steps.length; i++) {
    const [before, now] = [steps[i - 1], steps[i]]
    if (before && now && before.balance + now.moved !== now.balance) return now.row
  }
  return null
}

type Facts = Pick<ParsedFile, "account" | "opening" | "closing">

/** What stands before the headings: a label and its value in one cell with a colon between, or in two. */
function readFacts(before: readonly Row[], currency: Currency, style: NumberStyle): Facts {
  const facts: Facts = { account: null, opening: null, closing: null }
  for (const { row, cells } of before)
    cells.forEach((cell, i) => {
      const [label = "", ...rest] = cell.normalize("NFKC").split(":")
      const fact = factOf(label)
      if (fact === null) return
      const value = cellText(rest.join(":").trim() || cells[i + 1] || "", row)
      if (value === "") return
      if (fact === "account") facts.account = { row, text: value }
      else if (fact === "currency") {
        if (readCurrency(value) !== currency) stop("bank_file_currency", row, { expected: currency })
      } else {
        const minor = readMinor(value.replace(/[^\d.,+()-]/g, ""), currency, style, row)
        if (minor !== null) facts[fact] = { row, minor }
      }
    })
  return facts
}
