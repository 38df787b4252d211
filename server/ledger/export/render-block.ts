import { must } from "#contracts/assert.ts"
import { decodeLeaf, type Leaf } from "#contracts/ledger/encoding.ts"
import { recordRow } from "#contracts/ledger/export.ts"
import { LeafScan } from "#contracts/ledger/scan-leaf.ts"
import { mostRowBytes, writeRowOf } from "#contracts/ledger/scan-row.ts"
import type { NamingRecord } from "./book.ts"
import type { RecordBlock } from "./record-block.ts"
import type { Scratch } from "./scratch.ts"

/** The rows of records.csv for a block's records, and those of them that name more. */
export type RenderedBlock = { readonly rows: Uint8Array; readonly naming: readonly NamingRecord[] }

const hashLength = 64
const namingMembers = ["journalHash", "agreementHash"]

/**
 * Nearly all rows are made from the bytes of their leaves, without making anything else of these. They lie in the
 * scratch, or where it is too small beside it.
 */
export function renderBlock(
  { lines, starts, hashes, indexes }: RecordBlock,
  scratch: Scratch,
): RenderedBlock {
  let rows: Buffer = scratch.take(mostRowBytes(lines.length) + indexes.length * mostRowBytes(0))
  const naming: NamingRecord[] = []
  let scan: LeafScan | null = null
  let row = 0
  for (const [i, index] of indexes.entries()) {
    const [start, end] = [starts[i] as number, (starts[i + 1] as number) - 1]
    const isQuick = scan?.scan(lines, start, end) === true
    if (scan !== null && isQuick) {
      row = writeRowOf(rows, row, scan, hashes, hashLength * i)
      if (names(scan)) naming.push(namingOf(index, lines, scan))
      continue
    }
    const leaf = readLeaf(index, lines.subarray(start, end))
    scan ??= new LeafScan(leaf.log)
    const { type, threads, body } = leaf
    naming.push({ index, type, keys: threads.map(([key]) => key), body })
    const hash = hashes.toString("latin1", hashLength * i, hashLength * (i + 1))
    const text = Buffer.from(`${recordRow(leaf, hash)}\n`)
    // What is escaped in a leaf can be longer in a row than it was.
    if (row + text.length > rows.length) rows = Buffer.concat([rows], 2 * rows.length + text.length)
    rows.set(text, row)
    row += text.length
  }
  return { rows: rows.subarray(0, row), naming }
}

function names({ bodyScan }: LeafScan): boolean {
  return bodyScan?.members.some(({ name }) => namingMembers.includes(name)) === true
}

/** Of a record that was scanned: its parts are plain ASCII, each in its one form. */
function namingOf(index: number, lines: Buffer, scan: LeafScan): NamingRecord {
  const { threads, key, keyEnd, body, bodyEnd, bodyScan } = scan
  return {
    index,
    type: Buffer.from(must(bodyScan, "a scanned body").typeBytes).toString("latin1"),
    keys: Array.from({ length: threads }, (_, i) => lines.toString("latin1", key[i], keyEnd[i])),
    body: JSON.parse(lines.toString("latin1", body, bodyEnd)),
  }
}

function readLeaf(index: number, bytes: Uint8Array): Leaf {
  const decoded = decodeLeaf(bytes)
  if (!("leaf" in decoded)) throw new Error(`record ${index} cannot be read`)
  return decoded.leaf
}
