import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import { decodeLeaf } from "#contracts/ledger/encoding.ts"
import type { Filter } from "#contracts/ledger/export.ts"
import type { FactBody } from "#contracts/ledger/fact.ts"
import type { ExportSubject } from "#contracts/supervision.ts"
import { threadKey } from "../../commit/finish-fact.ts"
import type { KeyRing } from "../../commit/key-ring.ts"
import { readThreadIndex } from "../index/store.ts"
import { readLeaves } from "../log-store.ts"

/** The keys of the threads that tell of a subject; null when there is no such thing. */
export async function keysOfSubject(
  sql: Sql,
  keys: KeyRing,
  { kind, id }: ExportSubject,
): Promise<string[] | null> {
  if (kind === "trade") return (await sidesOf(sql, { kind, id })) === null ? null : [id]
  const [owner] = (await sidesOf(sql, { kind, id })) ?? []
  if (owner === undefined) return null
  await keys.load([owner])
  if (kind === "party") return [threadKey({ party: owner }, keys.of)]
  return [id, threadKey({ trades: id as Id<"listing">, seller: owner }, keys.of)].sort()
}

/** The parties whose own a subject is: a trade's sides, a listing's seller, the party itself. Null: there is none. */
export async function sidesOf(sql: Sql, { kind, id }: ExportSubject): Promise<Id<"party">[] | null> {
  const [row] =
    kind === "trade"
      ? await sql<
          { sides: Id<"party">[] }[]
        >`select array[buyer, seller] as sides from trades where id = ${id}`
      : kind === "listing"
        ? await sql<
            { sides: Id<"party">[] }[]
          >`select array[row->>'seller'] as sides from listings where id = ${id}`
        : await sql<{ sides: Id<"party">[] }[]>`select array[id] as sides from parties where id = ${id}`
  return row?.sides ?? null
}

const keysAtOnce = 1_000

/** The threads of these keys and of every trade that one of their records names, among the first `size` records. */
export async function wantedKeys(sql: Sql, roots: readonly string[], size: number): Promise<string[]> {
  const trades = await sql<{ key: string }[]>`
    select distinct t.key from thread_entries r join thread_entries t on t.index = r.index
    where r.key = any(${[...roots]}::text[]) and r.index < ${size} and t.key like 'trd\\_%'`
  return [...new Set([...roots, ...trades.map(({ key }) => key)])]
}

/** Where the records of these threads lie, in order, each once. */
export async function positionsOf(sql: Sql, keys: readonly string[], size: number): Promise<number[]> {
  const found = new Set<number>()
  for (let i = 0; i < keys.length; i += keysAtOnce) {
    const rows = await sql<{ index: number }[]>`
      select index::float8 as index from thread_entries
      where key = any(${keys.slice(i, i + keysAtOnce)}::text[]) and index < ${size}`
    for (const { index } of rows) found.add(index)
  }
  return [...found].sort((a, b) => a - b)
}

/** The newest sealed index among the first `size` records; null while there is none. */
export async function sealedIndexOf(sql: Sql, size: number): Promise<Filter["index"]> {
  const index = await readThreadIndex(sql)
  if (index === null) return null
  const [last] = await sql<{ index: number }[]>`
    select index::float8 as index from thread_entries where key = ${index.id} and index < ${size}
    order by n desc limit 1`
  if (last === undefined) return null
  const [stored] = await readLeaves(sql, last.index, last.index + 1)
  const decoded = stored && decodeLeaf(stored.leaf)
  if (!decoded || !("leaf" in decoded)) throw new Error(`record ${last.index} cannot be read`)
  const body = decoded.leaf.body as FactBody<"index.sealed@1">
  return { record: last.index, size: body.size, root: body.root }
}
