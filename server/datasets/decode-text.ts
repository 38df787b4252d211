import { isUtf8 } from "node:buffer"
import type { TextEncoding } from "#contracts/dataset-limits.ts"
import { wholeUtf8Length } from "./detect.ts"

/** The bytes are not text in the encoding that was tried. */
export class NotInEncodingError extends Error {
  override name = "NotInEncodingError"
}

/**
 * Bytes of any accepted encoding as UTF-8 bytes, without a byte order mark, piece by piece. Throws
 * NotInEncodingError at the first piece that is not in the encoding.
 */
export async function* decodeText(
  pieces: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<Uint8Array> {
  if (encoding === "utf-8") yield* checkUtf8(pieces)
  else yield* transcode(pieces, encoding)
}

/** UTF-8 is only checked and passed on: copying it through a string would cost several times as much. */
async function* checkUtf8(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0)
  let first = true
  for await (const piece of pieces) {
    let bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    if (first && bytes.length < 3) {
      rest = Uint8Array.from(bytes)
      continue
    }
    if (first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
    first = false
    const end = wholeUtf8Length(bytes)
    const whole = bytes.subarray(0, end)
    if (!isUtf8(whole)) throw new NotInEncodingError("utf-8")
    // A copy, because the source may reuse its piece.
    rest = Uint8Array.from(bytes.subarray(end))
    if (whole.length > 0) yield whole
  }
  if (!isUtf8(rest)) throw new NotInEncodingError("utf-8")
  if (rest.length > 0) yield rest
}

async function* transcode(
  pieces: AsyncIterable<Uint8Array>,
  encoding: Exclude<TextEncoding, "utf-8">,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const plausible = encoding === "gb18030" ? countPairs() : null
  for await (const piece of pieces) {
    plausible?.add(piece)
    const text = orNotInEncoding(() => decoder.decode(piece, { stream: true }), encoding)
    if (text.length > 0) yield Buffer.from(text, "utf8")
  }
  const text = orNotInEncoding(() => decoder.decode(), encoding)
  if (plausible !== null && !plausible.looksChinese()) throw new NotInEncodingError(encoding)
  if (text.length > 0) yield Buffer.from(text, "utf8")
}

function orNotInEncoding(decode: () => string, encoding: string): string {
  try {
    return decode()
  } catch {
    throw new NotInEncodingError(encoding)
  }
}

/**
 * GB18030 gives a meaning to nearly any bytes, so text in Latin-1, Big5 or Shift_JIS would be read as rare
 * characters. In real Chinese text nearly all pairs are GB 2312's punctuation (lead A1 to A3) and hanzi (B0 to
 * F7) with a trail from A1 on; in those others the trail is often below, or the lead is that of kana (A4, A5).
 */
function countPairs() {
  let pairs = 0
  let common = 0
  let lead = 0
  return {
    add(piece: Uint8Array) {
      for (const byte of piece) {
        if (lead !== 0) {
          pairs += 1
          if (byte >= 0xa1 && lead >= 0xa1 && lead <= 0xf7 && (lead <= 0xa3 || lead >= 0xb0)) common += 1
          lead = 0
        } else if (byte > 0x80) lead = byte
      }
    },
    looksChinese: () => common >= pairs * 0.8,
  }
}
