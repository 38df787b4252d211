import { type Delimiter, maxColumns } from "#contracts/dataset-limits.ts"
import { FileRefused, malformed } from "./file-refused.ts"

/**
 * Reads CSV strictly (RFC 4180; any of the three line ends; a quote inside an unquoted field is a character)
 * and writes it again in one form: line feeds only, no header, no blank lines, every field that holds a quote
 * quoted. DuckDB measures that text, because its own reader drops rows after an unclosed quote without a word,
 * and because here the refusal knows the row and the line.
 */
export const maxRecordBytes = 1024 * 1024

const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Where in a field the reader stands. */
const atStart = 0
const unquoted = 1
const quoted = 2
/** After a quote in a quoted field: the field's end, or the first half of a doubled quote. */
const afterQuote = 3
/** In an unquoted field that holds a quote, and so is being written quoted. */
const bareQuote = 4

export class CsvRows {
  #delimiter: number
  #header: boolean
  #out = Buffer.alloc(0)
  #end = 0
  #recordStart = 0
  #fieldStart = 0
  #state = atStart
  #skipLineFeed = false
  #fields = 0
  #columns = 0
  #line = 1
  #recordLine = 1
  #names: string[] | null = null
  rows = 0

  constructor(delimiter: Delimiter, header: boolean) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#header = header
  }

  /** Column names as the header has them, or as many empty ones. Only after the first record. */
  names(): string[] {
    return this.#names ?? Array.from({ length: this.#columns }, () => "")
  }

  /** Takes the next UTF-8 bytes; returns whole records, valid until the next call. Throws FileRefused. */
  push(bytes: Uint8Array): Uint8Array {
    this.#makeRoom(bytes.length)
    for (let i = 0; i < bytes.length; i++) this.#take(bytes[i] as number)
    if (this.#end - this.#recordStart > maxRecordBytes)
      throw this.#refusedHere(this.#state === quoted ? "unclosed_quote" : "record_too_long")
    return this.#out.subarray(0, this.#recordStart)
  }

  /** The last record, which may lack its line end. Throws FileRefused. */
  finish(): Uint8Array {
    this.#makeRoom(1)
    if (this.#state === quoted) throw this.#refusedHere("unclosed_quote")
    if (this.#end > this.#recordStart || this.#fields > 0 || this.#state !== atStart) this.#endRecord()
    return this.#out.subarray(0, this.#recordStart)
  }

  /** Moves the begun record to the front, and makes room: a byte becomes three at most. */
  #makeRoom(bytes: number): void {
    const kept = this.#end - this.#recordStart
    const needed = kept + 3 * bytes + 8
    const from = this.#out
    if (from.length < needed) this.#out = Buffer.allocUnsafeSlow(Math.ceil(needed * 1.25))
    from.copy(this.#out, 0, this.#recordStart, this.#end)
    this.#fieldStart -= this.#recordStart
    this.#end = kept
    this.#recordStart = 0
  }

  #take(byte: number): void {
    if (byte === lineFeed && this.#skipLineFeed) {
      this.#skipLineFeed = false
      // Inside a quoted field the two bytes are content, and only count as one line.
      if (this.#state !== quoted) return
      this.#put(byte)
      return
    }
    this.#skipLineFeed = byte === carriageReturn
    if (byte === lineFeed || byte === carriageReturn) this.#line += 1
    if (byte === 0) throw this.#refusedHere("zero_byte")
    if (this.#state === quoted) {
      if (byte === quote) this.#state = afterQuote
      this.#put(byte)
    } else if (byte === this.#delimiter) this.#endField()
    else if (byte === lineFeed || byte === carriageReturn) this.#endRecord()
    else if (byte === quote) this.#takeQuote()
    else if (this.#state === afterQuote) throw this.#refusedHere("text_after_quote")
    else {
      if (this.#state === atStart) this.#state = unquoted
      this.#put(byte)
    }
  }

  #takeQuote(): void {
    if (this.#state === unquoted) {
      this.#out.copyWithin(this.#fieldStart + 1, this.#fieldStart, this.#end)
      this.#out[this.#fieldStart] = quote
      this.#end += 1
      this.#state = bareQuote
    }
    if (this.#state === bareQuote) this.#put(quote)
    else this.#state = quoted
    this.#put(quote)
  }

  #put(byte: number): void {
    this.#out[this.#end++] = byte
  }

  #closeField(): void {
    if (this.#state === bareQuote) this.#put(quote)
    this.#state = atStart
    this.#fields += 1
  }

  #endField(): void {
    this.#closeField()
    if (this.#columns === 0 && this.#fields >= maxColumns)
      throw new FileRefused("too_many_columns", { most: maxColumns })
    if (this.#columns > 0 && this.#fields >= this.#columns) throw this.#wrongCount(this.#fields + 1)
    this.#put(this.#delimiter)
    this.#fieldStart = this.#end
  }

  #endRecord(): void {
    const blank = this.#fields === 0 && this.#state === atStart
    if (!blank || this.#columns === 1) {
      this.#closeField()
      if (this.#columns === 0) this.#columns = this.#fields
      if (this.#header && this.#names === null) this.#takeHeader()
      else this.#takeRow()
    }
    this.#nextRecord()
  }

  #takeHeader(): void {
    this.#names = readFields(this.#out.toString("utf8", this.#recordStart, this.#end), this.#delimiter)
    this.#end = this.#recordStart
  }

  #takeRow(): void {
    if (this.#fields !== this.#columns) throw this.#wrongCount(this.#fields)
    if (this.#end === this.#recordStart) {
      // The empty value of a single column: a bare blank line would be ambiguous.
      this.#put(quote)
      this.#put(quote)
    }
    this.#put(lineFeed)
    this.rows += 1
  }

  #nextRecord(): void {
    this.#recordStart = this.#end
    this.#fieldStart = this.#end
    this.#fields = 0
    this.#state = atStart
    this.#recordLine = this.#line
  }

  #refusedHere(reason: Parameters<typeof malformed>[0]): FileRefused {
    return malformed(reason, { row: this.rows + 1, line: this.#recordLine })
  }

  #wrongCount(found: number): FileRefused {
    return malformed("column_count", {
      row: this.rows + 1,
      line: this.#recordLine,
      expected: this.#columns,
      found,
    })
  }
}

/** The fields of one record that this file has written. */
function readFields(record: string, delimiterCode: number): string[] {
  const delimiter = String.fromCharCode(delimiterCode)
  const fields: string[] = []
  let field = ""
  let inside = false
  for (let i = 0; i < record.length; i++) {
    const character = record[i]
    if (character === '"' && inside && record[i + 1] === '"') field += record[i++]
    else if (character === '"') inside = !inside
    else if (character === delimiter && !inside) {
      fields.push(field)
      field = ""
    } else field += character
  }
  return [...fields, field]
}
