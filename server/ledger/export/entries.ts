import type { Sql } from "postgres"
import { tileOfSize, tilePath, tileWidth } from "#contracts/ledger/tiles.ts"
import type { BundleFolder } from "./bundle-folder.ts"
import { type RecordBlock, readBlocks } from "./record-block.ts"
import { Scratch } from "./scratch.ts"

type EntriesInput = { readonly bundle: BundleFolder; readonly size: number }

/** The entry bundles from the one that holds the record `from` to the end of the log. */
export async function writeEntriesOf(
  { sql, ...input }: EntriesInput & { readonly sql: Sql },
  from: number,
): Promise<void> {
  const scratch = new Scratch()
  for await (const block of readBlocks(sql, from - (from % tileWidth), input.size))
    await writeEntries(input, block, scratch)
}

/** The entry bundles of a block, which begins with one. They are made in the scratch. */
export async function writeEntries(
  { bundle, size }: EntriesInput,
  block: RecordBlock,
  scratch: Scratch,
): Promise<void> {
  const count = block.indexes.length
  // A line feed less, and two bytes for the length of each.
  const bytes = scratch.take(block.lines.length + count)
  const files: Promise<void>[] = []
  for (let i = 0, p = 0; i < count; i += tileWidth) {
    const tile = tileOfSize("entries", (block.indexes[i] as number) / tileWidth, size)
    const end = Math.min(i + tileWidth, count)
    const after = encodeLines(block, i, end, bytes, p)
    if (tile?.width === end - i) files.push(bundle.write(tilePath(tile), bytes.subarray(p, after)))
    p = after
  }
  await Promise.all(files)
}

/** The same as `encodeEntries` of these leaves, from the lines that hold them; answers where it ends. */
function encodeLines(
  { lines, starts }: RecordBlock,
  from: number,
  to: number,
  bytes: Buffer,
  at: number,
): number {
  let p = at
  for (let i = from; i < to; i++) {
    const [start, end] = [starts[i] as number, (starts[i + 1] as number) - 1]
    p = bytes.writeUInt16BE(end - start, p)
    p += lines.copy(bytes, p, start, end)
  }
  return p
}
