import { type Malformed, malformed } from "./malformed.ts"

/**
 * Comma-separated values as RFC 4180 has them, narrowed so that a file can be read line by line and every row
 * has one form: lines end with 0x0A, a field never holds a line break, and is quoted only where it must be.
 */
export function csvRow(fields: readonly string[]): string {
  return fields.map(csvField).join()
}

const special = /[",\r\n]/

function csvField(field: string): string {
  if (!special.test(field)) return field
  if (/[\r\n]/.test(field)) throw new Error("a field of a table holds no line break")
  return /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

/** The fields of one line without its line end; malformed when the row would not print like that. */
export function parseCsvRow(line: string): string[] | Malformed {
  if (!/["\r\n]/.test(line)) return line.split(",")
  const fields: string[] = []
  let rest = line
  for (;;) {
    const match = /^(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/.exec(rest)
    if (match === null) return malformed("not a row of comma-separated values")
    fields.push(match[1] === undefined ? (match[2] as string) : match[1].replaceAll('""', '"'))
    if (match[3] === "") break
    rest = rest.slice(match[0].length)
  }
  return fields.every((field) => !/[\r\n]/.test(field)) && csvRow(fields) === line
    ? fields
    : malformed("a row is not in its one form")
}
