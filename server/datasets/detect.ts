import { isUtf8 } from "node:buffer"
import type { Delimiter, TextEncoding } from "#contracts/dataset-limits.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"

/** How much of a file's start is looked at. */
export const headBytes = 256 * 1024

export type Detected =
  | { kind: "parquet" }
  /** The encodings to try, in this order; a file that does not decode whole in one is read again in the next. */
  | { kind: "text"; encodings: readonly TextEncoding[] }

const archives = [
  "504b0304", // zip, and with it xlsx, docx, jar
  "504b0506", // an empty zip
  "504b0708", // a spanned zip
  "1f8b", // gzip
  "425a68", // bzip2
  "fd377a585a00", // xz
  "377abcaf271c", // 7z
  "526172211a07", // rar
  "28b52ffd", // zstd
  "04224d18", // lz4
]

const otherTypes = [
  "d0cf11e0a1b11ae1", // the old Office formats
  "25504446", // pdf
  "89504e47", // png
  "ffd8ff", // jpeg
  "47494638", // gif
  "53514c69746520666f726d6174", // sqlite
  "4152524f5731", // arrow
  "4f626a01", // avro
  "4f5243", // orc
  "50415245", // parquet with an encrypted footer
]

/**
 * What a file is by its content alone; a name can lie. `head` is its first bytes (up to `headBytes`), `tail` its
 * last four. Refuses archives, known formats that cannot be listed, and bytes that are no text.
 */
export function detect(head: Uint8Array, tail: Uint8Array): Detected | Refusal {
  if (head.length === 0) return refuse("file_empty", "file")
  if (ascii(head.subarray(0, 4)) === "PAR1")
    return ascii(tail) === "PAR1"
      ? { kind: "parquet" }
      : refuse("file_malformed", "file", { reason: "truncated" })
  // A UTF-16 byte order mark comes first: it must not be taken for the start of an image.
  const marked = byteOrderMark(head)
  if (marked !== null) return { kind: "text", encodings: [marked] }
  return refuseStart(head) ?? detectText(head)
}

/**
 * Refuses an archive, or a known type that cannot be listed, by its first bytes: an upload of it can end before
 * the rest is sent. Null says only that reading on is worth it.
 */
export function refuseStart(head: Uint8Array): Refusal | null {
  if (byteOrderMark(head) !== null) return null
  const start = Buffer.from(head.subarray(0, 16)).toString("hex")
  if (archives.some((magic) => start.startsWith(magic))) return refuse("file_is_archive", "file")
  if (otherTypes.some((magic) => start.startsWith(magic))) return refuse("file_type_unknown", "file")
  return null
}

function byteOrderMark(head: Uint8Array): TextEncoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le"
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be"
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8"
  return null
}

/**
 * Without a mark: UTF-16 shows by zero bytes at odd or at even places only (digits, commas and line ends have
 * them in any language); other zero bytes mean that it is no text. Valid UTF-8 is UTF-8, since other encodings
 * hardly ever form it by chance; the rest is tried as GB18030, whose reader refuses what is implausible.
 */
function detectText(head: Uint8Array): Detected | Refusal {
  const zeros = [0, 0]
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (even + odd > 0) {
    const enough = head.length / 100
    if (even === 0 && odd >= enough) return { kind: "text", encodings: ["utf-16le"] }
    if (odd === 0 && even >= enough) return { kind: "text", encodings: ["utf-16be"] }
    return refuse("file_malformed", "file", { reason: "zero_byte" })
  }
  return { kind: "text", encodings: isUtf8Start(head) ? ["utf-8", "gb18030"] : ["gb18030"] }
}

/** True when the bytes are UTF-8, but for a character that the end may cut. */
export function isUtf8Start(bytes: Uint8Array): boolean {
  return isUtf8(bytes.subarray(0, wholeUtf8Length(bytes)))
}

/** Where to cut so that no character is split: before the last lead byte whose continuation is missing. */
export function wholeUtf8Length(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return needed > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

export type TextFormat = { format: "csv" } | { format: "objects" } | { format: "array" }

/** What decoded text is by its first character. A name only breaks a tie; markup is refused. */
export function detectTextFormat(headText: string): TextFormat | Refusal {
  const start = headText.trimStart()
  if (start.startsWith("<")) return refuse("file_type_unknown", "file")
  if (start.startsWith("["))
    return /^\[\s*([{[\]"\-\d]|true|false|null)/.test(start) ? { format: "array" } : { format: "csv" }
  if (/^\{\s*["}]/.test(start)) return { format: "objects" }
  return { format: "csv" }
}

/** The delimiter that a file name suggests, which wins a tie. */
export function delimiterOfName(name: string): Delimiter {
  return /\.(tsv|tab)$/i.test(name) ? "\t" : ","
}

const ascii = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1")
