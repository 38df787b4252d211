import { type Delimiter, delimiters, maxColumns } from "#contracts/dataset-limits.ts"

/** How a CSV file is to be read, judged from the text of its start. */
export type CsvDialect = { delimiter: Delimiter; header: boolean }

const recordsLookedAt = 100

/**
 * The delimiter is the one that cuts the first records into equally many fields, more than one; `preferred` wins
 * a tie. @param whole true when `head` is the whole file, so that its last record is not cut.
 */
export function detectDialect(head: string, whole: boolean, preferred: Delimiter): CsvDialect {
  const order = [preferred, ...delimiters.filter((one) => one !== preferred)]
  let best = { delimiter: preferred, score: -1, records: [] as string[][] }
  for (const delimiter of order) {
    const records = readRecords(head, delimiter, whole)
    const score = consistency(records)
    if (score > best.score) best = { delimiter, score, records }
  }
  return { delimiter: best.delimiter, header: hasHeader(best.records) }
}

/** 0 for one column; else the share of records with as many fields as the first, a little more for more fields. */
function consistency(records: readonly string[][]): number {
  const columns = records[0]?.length ?? 0
  if (columns < 2) return 0
  const same = records.filter((record) => record.length === columns).length
  return same / records.length + Math.min(columns, 50) / 1e6
}

/**
 * Judged column by column against the rows below: words over numbers speak for a header, numbers over numbers
 * against it, years (`2019,2020,…`) for neither. Without any sign there is a header, as nearly all files have one.
 */
export function hasHeader(records: readonly string[][]): boolean {
  const [first, ...below] = records
  if (first === undefined || below.length === 0) return true
  let against = false
  for (let column = 0; column < first.length; column++) {
    const values = below.map((record) => record[column] ?? "").filter((value) => value.trim() !== "")
    if (values.length === 0 || !values.every(looksMeasured)) continue
    const top = first[column] ?? ""
    if (top.trim() === "" || /^(18|19|20)\d\d$/.test(top)) continue
    if (!looksMeasured(top)) return true
    against = true
  }
  return !against
}

const looksMeasured = (value: string): boolean =>
  /^\s*[+-]?(\d+([.,]\d*)*|\.\d+)([eE][+-]?\d+)?%?\s*$/.test(value) ||
  /^\d{4}[-/]\d{1,2}[-/]\d{1,2}/.test(value)

/** The first records of a text, without blank ones; as lenient as can be, since it only serves to judge. */
export function readRecords(text: string, delimiter: string, whole: boolean): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let field = ""
  let quoted = false
  let i = 0
  const endRecord = () => {
    record.push(field)
    field = ""
    if (record.length > 1 || record[0] !== "") records.push(record)
    record = []
  }
  for (; i < text.length && records.length < recordsLookedAt; i++) {
    const character = text[i]
    if (quoted) {
      if (character !== '"') field += character
      else if (text[i + 1] === '"') field += text[i++]
      else quoted = false
    } else if (character === '"' && field === "") quoted = true
    else if (character === delimiter) {
      record.push(field)
      field = ""
      if (record.length > maxColumns) return [...records, record]
    } else if (character === "\n" || character === "\r") endRecord()
    else field += character
  }
  const cut = i === text.length && (field !== "" || record.length > 0)
  if (cut && (whole || records.length === 0)) endRecord()
  return records
}
