import type { Sql } from "postgres"

/** How far this process has come in each list of a database. */
const places = new WeakMap<Sql, Map<string, string>>()

/**
 * Looks at the next part of a list, in the order of its ids, and after the last one begins again: what stays in the
 * list for long, or fails each time, keeps nothing behind it from its turn. Answers how many it looked at.
 */
export async function goRound<T extends { id: string }>(
  sql: Sql,
  list: string,
  limit: number,
  load: (after: string, limit: number) => Promise<readonly T[]>,
  look: (item: T) => Promise<unknown>,
): Promise<number> {
  const kept = places.get(sql) ?? new Map<string, string>()
  places.set(sql, kept)
  const from = kept.get(list) ?? ""
  const rest = await load(from, limit)
  const again = from === "" || rest.length === limit ? [] : await load("", limit - rest.length)
  const part = [...rest, ...again.filter(({ id }) => id <= from)]
  for (const item of part) {
    // First, so that one whose look throws is passed by the next time.
    kept.set(list, item.id)
    await look(item)
  }
  return part.length
}
