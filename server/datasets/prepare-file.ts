import { type FileHandle, open } from "node:fs/promises"
import { join } from "node:path"
import type { Reading } from "#contracts/dataset.ts"
import type { TextEncoding } from "#contracts/dataset-limits.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { columnNames } from "./column-names.ts"
import { type ColumnSource, csvColumns, jsonColumns } from "./column-source.ts"
import { detectDialect } from "./csv-dialect.ts"
import { CsvRows } from "./csv-rows.ts"
import { decodeText, NotInEncodingError } from "./decode-text.ts"
import { delimiterOfName, detect, detectTextFormat, headBytes } from "./detect.ts"
import { FileRefused, malformed } from "./file-refused.ts"
import { type Arrangement, JsonObjects } from "./json-objects.ts"
import { JsonRows } from "./json-rows.ts"

/** What DuckDB is given: a file of one of three plain forms, and what is known of its columns. */
export type Loadable =
  | { form: "csv" | "jsonl"; path: string; reading: Reading; rows: number; columns: ColumnSource[] }
  | { form: "parquet"; path: string; reading: Reading }

const pieceBytes = 1024 * 1024

/**
 * Reads the file at `path` as what its content is, and writes text formats again in a plain form into `folder`.
 * @param name the file's name, which only decides between equal guesses. Throws FileRefused.
 */
export async function prepareFile(path: string, name: string, folder: string): Promise<Loadable> {
  const source = await open(path, "r")
  try {
    const { size } = await source.stat()
    const head = await readAt(source, 0, Math.min(size, headBytes))
    const found = detect(head, await readAt(source, Math.max(0, size - 4), Math.min(size, 4)))
    if (isRefusal(found)) throw new FileRefused(found.refused, { ...found.detail })
    if (found.kind === "parquet") return { form: "parquet", path, reading: { format: "parquet" } }
    for (const encoding of found.encodings) {
      try {
        return await prepareText(source, size, head, encoding, name, folder)
      } catch (error) {
        if (!(error instanceof NotInEncodingError)) throw error
      }
    }
    throw new FileRefused("file_encoding_unknown")
  } finally {
    await source.close()
  }
}

async function prepareText(
  source: FileHandle,
  size: number,
  head: Uint8Array,
  encoding: TextEncoding,
  name: string,
  folder: string,
): Promise<Loadable> {
  const headText = new TextDecoder(encoding).decode(head, { stream: true })
  const format = detectTextFormat(headText)
  if (isRefusal(format)) throw new FileRefused(format.refused)
  const text = decodeText(readPieces(source, size), encoding)
  if (format.format === "csv") {
    const dialect = detectDialect(headText, head.length === size, delimiterOfName(name))
    const path = join(folder, "rows.csv")
    const reader = new CsvRows(dialect.delimiter, dialect.header)
    await writePieces(path, csvPieces(text, reader))
    if (reader.rows === 0) throw new FileRefused("file_has_no_rows")
    const columns = csvColumns(columnNames(reader.names()))
    return { form: "csv", path, reading: { format: "csv", encoding, ...dialect }, rows: reader.rows, columns }
  }
  const path = join(folder, "rows.jsonl")
  const rows = new JsonRows()
  await writePieces(path, jsonPieces(text, format.format, rows))
  if (rows.rows === 0) throw new FileRefused("file_has_no_rows")
  if (rows.names().length === 0) throw malformed("no_columns")
  const columns = jsonColumns(columnNames(rows.names()), rows.kindsSeen())
  return {
    form: "jsonl",
    path,
    reading: jsonReading(format.format, rows.rows, name, encoding),
    rows: rows.rows,
    columns,
  }
}

/** One object in a file that is not called JSON Lines is a JSON file of one object. */
function jsonReading(arrangement: Arrangement, rows: number, name: string, encoding: TextEncoding): Reading {
  if (arrangement === "array") return { format: "json", encoding, shape: "array" }
  if (rows === 1 && !/\.(jsonl|ndjson)$/i.test(name)) return { format: "json", encoding, shape: "object" }
  return { format: "jsonl", encoding }
}

async function* csvPieces(text: AsyncIterable<Uint8Array>, reader: CsvRows): AsyncGenerator<Uint8Array> {
  for await (const piece of text) yield reader.push(piece)
  yield reader.finish()
}

async function* jsonPieces(
  text: AsyncIterable<Uint8Array>,
  arrangement: Arrangement,
  rows: JsonRows,
): AsyncGenerator<Uint8Array> {
  const objects = new JsonObjects(arrangement)
  for await (const piece of text) {
    let lines = ""
    for (const object of objects.push(piece)) lines += `${rows.line(object)}\n`
    yield Buffer.from(lines, "utf8")
  }
  objects.finish()
}

async function* readPieces(source: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += pieceBytes)
    yield await readAt(source, at, Math.min(pieceBytes, size - at))
}

async function readAt(source: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await source.read(bytes, done, length - done, start + done)
    if (bytesRead === 0) throw new Error("the file became shorter while it was read")
    done += bytesRead
  }
  return bytes
}

async function writePieces(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const target = await open(path, "w", 0o600)
  try {
    for await (const piece of pieces) if (piece.length > 0) await target.writeFile(piece)
  } finally {
    await target.close()
  }
}
