import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { maxColumns } from "#contracts/dataset-limits.ts"
import { CsvRows, maxRecordBytes } from "./csv-rows.ts"
import { FileRefused } from "./file-refused.ts"

function read(text: string, { header = true, delimiter = "," as const, cuts = [] as number[] } = {}) {
  const bytes = Buffer.from(text)
  const reader = new CsvRows(delimiter, header)
  const out: Buffer[] = []
  let at = 0
  for (const cut of [...cuts, bytes.length]) {
    out.push(Buffer.from(reader.push(bytes.subarray(at, at + cut))))
    at += cut
  }
  out.push(Buffer.from(reader.finish()))
  return { text: Buffer.concat(out).toString(), rows: reader.rows, names: reader.names() }
}

function refusalOf(text: string, options?: Parameters<typeof read>[1]) {
  try {
    read(text, options)
  } catch (error) {
    if (error instanceof FileRefused) return error.refusal
    throw error
  }
  return null
}

describe("CSV that is accepted", () => {
  it.each<[string, string, string]>([
    ["plain", "a,b\n1,2\n", "1,2\n"],
    ["no last line end", "a,b\n1,2", "1,2\n"],
    ["Windows line ends", "a,b\r\n1,2\r\n3,4\r\n", "1,2\n3,4\n"],
    ["old Macintosh line ends", "a,b\r1,2\r3,4\r", "1,2\n3,4\n"],
    ["mixed line ends and blank lines", "a,b\r\n\n1,2\n\r\n\r3,4\n\n", "1,2\n3,4\n"],
    ["line ends in quotes are content", 'a,b\r\n"x\r\ny",2\r\n', '"x\r\ny",2\n'],
    ["doubled quotes", 'a,b\n"x ""y""",""\n', '"x ""y""",""\n'],
    ["a quote inside an unquoted field", 'a,b\n5" disk,2\n', '"5"" disk",2\n'],
    ["a quote after a space is no quote", 'a,b\n "x" ,2\n', '" ""x"" ",2\n'],
    ["empty fields", "a,b\n,\n,2\n", ",\n,2\n"],
    ["one column keeps its blank lines", "a\n1\n\n3\n", '1\n""\n3\n'],
    ["a header that is quoted and holds a line end", '"a\nb","c,""d"""\n1,2\n', "1,2\n"],
  ])("%s", (_what, given, canonical) => {
    expect(read(given).text).toBe(canonical)
  })

  it("has its names from the header, or none", () => {
    expect(read('"a\nb","c,""d"""\n1,2\n').names).toEqual(["a\nb", 'c,"d"'])
    expect(read("1,2\n3,4\n", { header: false })).toEqual({ text: "1,2\n3,4\n", rows: 2, names: ["", ""] })
  })

  it("is the same however it arrives in pieces", () => {
    const field = fc.string({ unit: fc.constantFrom("a", "é", "中", ",", '"', "\n", "\r", " ") })
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((columns) =>
        fc.array(fc.array(field, { minLength: columns, maxLength: columns }), { minLength: 1 }),
      )
    fc.assert(
      fc.property(table, fc.array(fc.nat(12)), fc.constantFrom("\n", "\r\n", "\r"), (rows, cuts, end) => {
        const text = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(",") + end)
          .join("")
        const whole = read(text, { header: false })
        expect(read(text, { header: false, cuts })).toEqual(whole)
        expect(whole.rows).toBe(rows.length)
        // What it writes it reads again as the same.
        expect(read(whole.text, { header: false })).toEqual(whole)
      }),
    )
  })
})

describe("CSV that is refused", () => {
  it.each<[string, string, object]>([
    ["too few fields", "a,b\n1,2\n3\n", { reason: "column_count", row: 2, line: 3, expected: 2, found: 1 }],
    [
      "too many fields",
      "a,b\n1,2\n\n3,4,5\n",
      { reason: "column_count", row: 2, line: 4, expected: 2, found: 3 },
    ],
    ["an unclosed quote", 'a,b\n1,2\n3,"4\n5,6\n', { reason: "unclosed_quote", row: 2, line: 3 }],
    ["text after a quote", 'a,b\n"x"y,2\n', { reason: "text_after_quote", row: 1, line: 2 }],
    ["a zero byte", "a,b\n1,\u0000\n", { reason: "zero_byte", row: 1, line: 2 }],
    [
      "lines counted through quotes",
      'a,b\n"\n\n",1\n2\n',
      { reason: "column_count", row: 2, line: 5, expected: 2, found: 1 },
    ],
  ])("%s", (_what, given, detail) => {
    expect(refusalOf(given)).toEqual({ refused: "file_malformed", at: "file", detail })
  })

  it("more columns than can be listed, in the header or without one", () => {
    const fields = (n: number) => Array.from({ length: n }, (_, i) => i).join(",")
    expect(refusalOf(fields(maxColumns + 1))?.refused).toBe("too_many_columns")
    expect(refusalOf(fields(maxColumns + 1), { header: false })?.refused).toBe("too_many_columns")
    expect(read(`${fields(maxColumns)}\n${fields(maxColumns)}`).rows).toBe(1)
    expect(refusalOf(`a,b\n${fields(100_000)}`)?.detail).toMatchObject({ row: 1, expected: 2, found: 3 })
  })

  it("a record without an end, before it fills the memory", () => {
    const piece = Buffer.alloc(maxRecordBytes, "x")
    const reader = new CsvRows(",", true)
    reader.push(piece)
    expect(() => reader.push(piece)).toThrow(FileRefused)
  })
})
