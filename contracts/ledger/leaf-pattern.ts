import { head, headBytes, type Kind, spanBytes, vectorBytes } from "./lanes/pattern-code.ts"
import { digit, isOf } from "./scan-bytes.ts"
import type { LeafScan } from "./scan-leaf.ts"
import { mostRowBytes, writeRowOf } from "./scan-row.ts"

const [expected, digits, firstDigit, hex, idCharacter, any] = [0, 1, 2, 3, 4, 5]
const kindsByNumber: readonly Kind[] = [
  { low: 0, more: 0, letters: 0 },
  { low: 0x30, more: 9, letters: 0 },
  { low: 0x31, more: 8, letters: 0 },
  { low: 0x30, more: 9, letters: 6 },
  { low: 0x30, more: 9, letters: 26 },
  { low: 0, more: 0xff, letters: 0 },
]
const timeLength = 24
const hashLength = 64
const idLength = 30
/** Stands for the hash, which is another in each. */
const noHash = new Uint8Array(hashLength)

/** What may be another in the next record of the same form: of a member of a body, by its schema. */
export type Varying = "hash" | "commitment" | "id" | "time" | "count" | "version"

/**
 * The layout of a leaf that was scanned: most of its bytes are the same in every record like it, and the others are
 * hashes, numbers, times and ids of the same length. Another leaf that fits has the same form, and its parts lie in
 * the same places; only what its numbers and times say is not known by that.
 *
 * `bytes` is the pattern as `recordCode` reads it: for each byte what is expected, or which kinds may stand there;
 * then the same of its row in records.csv, and which pieces of the row are copied from the record.
 */
export function layoutOf(
  scan: LeafScan,
  start: number,
  end: number,
): { bytes: Uint8Array; rowLength: number } {
  const kinds = kindsOf(scan, start, end)
  const text = scan.bytes.subarray(start, end)
  const row = new Uint8Array(mostRowBytes(end - start) + 1024)
  const rowLength = writeRowOf(row, 0, scan, noHash, 0)
  const { rowKinds, spans } = copiesOf(scan, start, kinds, rowLength)
  const [vectors, rowVectors] = [Math.ceil(text.length / 16), Math.ceil(rowLength / 16)]
  const spansAt = headBytes + (vectors + rowVectors) * vectorBytes
  const bytes = new Uint8Array(spansAt + (spans.length / 3) * spanBytes)
  const view = new DataView(bytes.buffer)
  view.setInt32(head.vectors, vectors, true)
  view.setInt32(head.rowVectors, rowVectors, true)
  view.setInt32(head.spans, spans.length / 3, true)
  view.setInt32(head.rowHash, rowLength - 1 - hashLength, true)
  view.setInt32(head.prev, scan.prev - start, true)
  putVectors(bytes, headBytes, text, kinds)
  putVectors(bytes, headBytes + vectors * vectorBytes, row.subarray(0, rowLength), rowKinds)
  for (const [i, number] of spans.entries()) view.setInt32(spansAt + 4 * i, number, true)
  return { bytes, rowLength: rowLength - 1 }
}

/** What is of no other kind is expected as it is. After the end there may be anything. */
function putVectors(to: Uint8Array, at: number, text: Uint8Array, kinds: Uint8Array): void {
  for (let i = 0; i < 16 * Math.ceil(text.length / 16); i++) {
    const place = at + vectorBytes * Math.floor(i / 16) + (i % 16)
    const number = i < text.length ? (kinds[i] as number) : any
    const { low, more, letters } = kindsByNumber[number] as Kind
    to[place] = number === expected ? (text[i] as number) : low
    to[place + 16] = more
    to[place + 32] = letters
  }
}

/** Which bytes of the leaf may be others. */
function kindsOf(scan: LeafScan, start: number, end: number): Uint8Array {
  const { bytes } = scan
  const kinds = new Uint8Array(end - start)
  const mark = (from: number, to: number, kind: number): void => {
    kinds.fill(kind, from - start, to - start)
  }
  const markDigits = (from: number, to: number): void => {
    for (let i = from; i < to; i++) if (isOf(bytes[i], digit)) mark(i, i + 1, digits)
  }
  const markCount = (from: number, to: number, mayBeZero: boolean): void => {
    mark(from, to, digits)
    if (!mayBeZero || to - from > 1) mark(from, from + 1, firstDigit)
  }
  if (!scan.system) mark(scan.actor, scan.actor + hashLength, hex)
  markDigits(scan.at, scan.at + timeLength)
  markDigits(scan.occurredAt, scan.occurredAt + timeLength)
  markCount(scan.indexAt, scan.indexEnd, true)
  mark(scan.prev, scan.prev + hashLength, hex)
  for (let i = 0; i < scan.threads; i++) {
    const [key, keyEnd, nEnd] = [scan.key[i], scan.keyEnd[i], scan.nEnd[i]] as [number, number, number]
    markKey(scan, key, keyEnd, mark)
    markCount(keyEnd + 2, nEnd, false)
    if ((scan.prevIndex[i] as number) >= 0) markCount(nEnd + 1, scan.prevEnd[i] as number, true)
  }
  for (const [i, { varying }] of (scan.bodyScan?.members ?? []).entries()) {
    const [from, to] = [scan.member[i], scan.memberEnd[i]] as [number, number]
    // Only null begins with a letter.
    if (varying === null || bytes[from] === 0x6e) continue
    if (varying === "hash") mark(from + 1, to - 1, hex)
    else if (varying === "commitment") mark(to - 2 - hashLength, to - 2, hex)
    else if (varying === "id") mark(to - 27, to - 1, idCharacter)
    else if (varying === "time") markDigits(from, to)
    else markCount(from, to, varying === "count")
  }
  return kinds
}

/** Of a thread's key: a hash after a prefix, or the random part of an id; any other is expected as it is. */
function markKey(
  { bytes }: LeafScan,
  key: number,
  keyEnd: number,
  mark: (from: number, to: number, kind: number) => void,
): void {
  const text = String.fromCharCode(...bytes.subarray(key, keyEnd))
  if (/^[a-z]{1,8}:[0-9a-f]{64}$/.test(text)) mark(keyEnd - hashLength, keyEnd, hex)
  else if (text.length === idLength && /^[a-z]{3}_[0-9a-z]{26}$/.test(text))
    mark(key + 4, keyEnd, idCharacter)
}

/** Which pieces of the row are those bytes of the record that may be others: `[in the row, in the record, length]`. */
function copiesOf(scan: LeafScan, start: number, kinds: Uint8Array, rowLength: number) {
  const rowKinds = new Uint8Array(rowLength)
  const spans: number[] = []
  let p = 0
  let open = false
  const copy = (from: number, to: number, quotesAre = 1): void => {
    open = false
    for (let i = from; i < to; i++) {
      const varies = kinds[i - start] !== expected
      if (varies && open) spans[spans.length - 1] = (spans.at(-1) as number) + 1
      else if (varies) spans.push(p, i - start, 1)
      if (varies) rowKinds[p] = any
      open = varies
      p += scan.bytes[i] === 0x22 ? quotesAre : 1
    }
  }
  copy(scan.indexAt, scan.indexEnd)
  p += 1
  copy(scan.at, scan.at + timeLength)
  p += 1
  copy(scan.occurredAt, scan.occurredAt + timeLength)
  p += 1 + (scan.bodyScan?.typeBytes.length ?? 0) + 1
  for (let i = 0; i < scan.threads; i++) {
    if (i > 0) p += 1
    copy(scan.key[i] as number, scan.keyEnd[i] as number)
    p += 1
    copy((scan.keyEnd[i] as number) + 2, scan.nEnd[i] as number)
  }
  p += 1 + (scan.system ? "system:".length : 0) + (scan.roleEnd - scan.role) + 2
  copy(scan.body, scan.bodyEnd, 2)
  rowKinds.fill(any, rowLength - 1 - hashLength, rowLength - 1)
  return { rowKinds, spans }
}
