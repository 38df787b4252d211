import type { Sql } from "postgres"
import { tileOfSize, tilePath, tileWidth } from "#contracts/ledger/tiles.ts"
import type { BundleFolder } from "./bundle-folder.ts"
import { type RecordBlock, readBlocks } from "./record-block.ts"

type EntriesInput = { readonly bundle: BundleFolder; readonly size: number }

/** The entry bundles from the one that holds the record `from` to the end of the log. */
export async function writeEntriesOf(
  { sql, ...input }: EntriesInput & { readonly sql: Sql },
  from: number,
): Promise<void> {
  for await (const block of readBlocks(sql, from - (from % tileWidth), input.size))
    await writeEntries(input, block)
}

/** The entry bundles of a block, which begins with one. */
export async function writeEntries({ bundle, size }: EntriesInput, block: RecordBlock): Promise<void> {
  const count = block.indexes.length
  const files: Promise<void>[] = []
  for (let i = 0; i < count; i += tileWidth) {
    const tile = tileOfSize("entries", (block.indexes[i] as number) / tileWidth, size)
    const end = Math.min(i + tileWidth, count)
    if (tile?.width === end - i) files.push(bundle.write(tilePath(tile), encodeLines(block, i, end)))
  }
  await Promise.all(files)
}

/** The same as `encodeEntries` of these leaves, from the lines that hold them. */
function encodeLines({ lines, starts }: RecordBlock, from: number, to: number): Uint8Array {
  const [first, last] = [starts[from] as number, starts[to] as number]
  // Two bytes for the length of each, and without its line feed.
  const bytes = Buffer.allocUnsafe(last - first + to - from)
  let p = 0
  for (let i = from; i < to; i++) {
    const [start, end] = [starts[i] as number, (starts[i + 1] as number) - 1]
    p = bytes.writeUInt16BE(end - start, p)
    p += lines.copy(bytes, p, start, end)
  }
  return bytes
}
