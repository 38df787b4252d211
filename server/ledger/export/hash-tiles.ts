import type { Sql } from "postgres"
import { hashBytes, type Tile, tilePath } from "#contracts/ledger/tiles.ts"
import type { BundleFolder } from "./bundle-folder.ts"

/** Half a megabyte of hashes. */
const tilesAtOnce = 64

/** Writes the hash tiles among these, each in the width that its path names; entry bundles are left to their records. */
export async function writeHashTiles(sql: Sql, bundle: BundleFolder, tiles: Iterable<Tile>): Promise<void> {
  let some: Tile[] = []
  for (const tile of tiles) {
    if (tile.level === "entries") continue
    if (some.push(tile) < tilesAtOnce) continue
    await writeSome(sql, bundle, some)
    some = []
  }
  await writeSome(sql, bundle, some)
}

async function writeSome(sql: Sql, bundle: BundleFolder, tiles: readonly Tile[]): Promise<void> {
  if (tiles.length === 0) return
  const rows = await sql<{ level: number; index: number; hashes: Uint8Array }[]>`
    select level, index::float8 as index, hashes from tiles where (level, index) in (
      select * from unnest(${tiles.map(({ level }) => level as number)}::int[],
        ${tiles.map(({ index }) => index)}::bigint[]))`
  const stored = new Map(rows.map(({ level, index, hashes }) => [`${level}/${index}`, hashes]))
  const files = tiles.map((tile) => {
    const hashes = stored.get(`${tile.level}/${tile.index}`) ?? new Uint8Array()
    const length = tile.width * hashBytes
    if (hashes.length < length) throw new Error(`the stored ${tilePath(tile)} does not hold its hashes`)
    return bundle.write(tilePath(tile), hashes.subarray(0, length))
  })
  await Promise.all(files)
}
