import { isHexOf, literal, sameBytes } from "./scan-bytes.ts"
import type { LeafScan } from "./scan-leaf.ts"

const system = literal("system:")
const [comma, quote, space, hash, lineFeed] = [0x2c, 0x22, 0x20, 0x23, 0x0a]
const timeLength = 24
const hashLength = 64

/**
 * Where the row of records.csv of a scanned leaf ends, if these bytes are the very text that `recordRow` would make
 * and a line feed follows; else -1.
 * Only the body has anything that a table must quote; it stands there with every quote doubled.
 */
export function afterRowOf(row: Uint8Array, start: number, scan: LeafScan, leafHash: Uint8Array): number {
  const { bytes, indexAt, indexEnd, at, occurredAt, bodyScan } = scan
  if (bodyScan === null) return -1
  let p = start
  p = afterField(row, p, bytes, indexAt, indexEnd)
  p = afterField(row, p, bytes, at, at + timeLength)
  p = afterField(row, p, bytes, occurredAt, occurredAt + timeLength)
  p = afterField(row, p, bodyScan.typeBytes, 0, bodyScan.typeBytes.length)
  p = afterThreads(row, p, scan)
  if (scan.system) p = p >= 0 && sameBytes(row, p, system, 0, system.length) ? p + system.length : -1
  p = afterField(row, p, bytes, scan.role, scan.roleEnd)
  p = afterBody(row, p, scan)
  const end = p + hashLength
  return p >= 0 && row[end] === lineFeed && isHexOf(row, p, leafHash) ? end : -1
}

/** A field and the comma after it. */
function afterField(row: Uint8Array, p: number, field: Uint8Array, start: number, end: number): number {
  if (p < 0 || !sameBytes(row, p, field, start, end - start)) return -1
  const after = p + end - start
  return row[after] === comma ? after + 1 : -1
}

/** `key#n` of every thread, a space between two. */
function afterThreads(row: Uint8Array, start: number, scan: LeafScan): number {
  const { bytes, threads, key, keyEnd, nEnd } = scan
  let p = start
  for (let i = 0; i < threads && p >= 0; i++) {
    if (i > 0 && row[p++] !== space) return -1
    const [from, to] = [key[i] as number, keyEnd[i] as number]
    if (!sameBytes(row, p, bytes, from, to - from)) return -1
    p += to - from
    if (row[p++] !== hash) return -1
    const length = (nEnd[i] as number) - (to + 2)
    if (!sameBytes(row, p, bytes, to + 2, length)) return -1
    p += length
  }
  return p >= 0 && row[p] === comma ? p + 1 : -1
}

function afterBody(row: Uint8Array, start: number, { bytes, body, bodyEnd }: LeafScan): number {
  if (start < 0 || row[start] !== quote) return -1
  let p = start + 1
  for (let i = body; i < bodyEnd; i++) {
    const byte = bytes[i]
    if (row[p++] !== byte) return -1
    if (byte === quote && row[p++] !== quote) return -1
  }
  return row[p] === quote && row[p + 1] === comma ? p + 2 : -1
}

/** No row is longer than this: the body's quotes are doubled, and the hash is not in the leaf. */
export const mostRowBytes = (leafBytes: number): number => 2 * leafBytes + hashLength + 1

/** Writes that row and its line feed; the leaf's hash stands as hex in `hashes`. Answers where the row ends. */
export function writeRowOf(
  row: Uint8Array,
  start: number,
  scan: LeafScan,
  hashes: Uint8Array,
  hashAt: number,
): number {
  const { bytes, indexAt, indexEnd, at, occurredAt, bodyScan } = scan
  if (bodyScan === null) throw new Error("no leaf was scanned")
  let p = writeField(row, start, bytes, indexAt, indexEnd)
  p = writeField(row, p, bytes, at, at + timeLength)
  p = writeField(row, p, bytes, occurredAt, occurredAt + timeLength)
  p = writeField(row, p, bodyScan.typeBytes, 0, bodyScan.typeBytes.length)
  p = writeThreads(row, p, scan)
  if (scan.system) p = write(row, p, system, 0, system.length)
  p = writeField(row, p, bytes, scan.role, scan.roleEnd)
  p = writeBody(row, p, scan)
  p = write(row, p, hashes, hashAt, hashAt + hashLength)
  row[p] = lineFeed
  return p + 1
}

function write(row: Uint8Array, p: number, from: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i++) row[p + i - start] = from[i] as number
  return p + end - start
}

function writeField(row: Uint8Array, p: number, from: Uint8Array, start: number, end: number): number {
  const after = write(row, p, from, start, end)
  row[after] = comma
  return after + 1
}

function writeThreads(row: Uint8Array, start: number, scan: LeafScan): number {
  const { bytes, threads, key, keyEnd, nEnd } = scan
  let p = start
  for (let i = 0; i < threads; i++) {
    if (i > 0) row[p++] = space
    p = write(row, p, bytes, key[i] as number, keyEnd[i] as number)
    row[p++] = hash
    p = write(row, p, bytes, (keyEnd[i] as number) + 2, nEnd[i] as number)
  }
  row[p] = comma
  return p + 1
}

function writeBody(row: Uint8Array, start: number, { bytes, body, bodyEnd }: LeafScan): number {
  let p = start
  row[p++] = quote
  for (let i = body; i < bodyEnd; i++) {
    const byte = bytes[i] as number
    row[p++] = byte
    if (byte === quote) row[p++] = quote
  }
  row[p] = quote
  row[p + 1] = comma
  return p + 2
}
