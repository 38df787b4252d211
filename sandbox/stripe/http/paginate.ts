import type { Rows, TableName } from "../state/rows.ts"
import type { Store } from "../state/store.ts"
import { noSuch } from "./errors.ts"
import { integer, optional, text } from "./readers.ts"

/** The parameters that every list of version 1 takes. */
export const pageShape = {
  limit: optional(integer(1, 100)),
  starting_after: optional(text(200)),
  ending_before: optional(text(200)),
}
export type Page = {
  limit?: number | undefined
  starting_after?: string | undefined
  ending_before?: string | undefined
}

/** Whether a row has the values that a list's filters ask for, and its time of birth where one is asked for. */
export function fits<F extends string>(
  row: { created: number } & { [K in F]?: unknown },
  params: { created?: ((seconds: number) => boolean) | undefined } & { [K in F]?: unknown },
  ...filters: readonly F[]
): boolean {
  if (params.created !== undefined && !params.created(row.created)) return false
  return filters.every((name) => params[name] === undefined || params[name] === row[name])
}

export type List<T> = { object: "list"; url: string; has_more: boolean; data: T[] }

/**
 * One page of a table, newest first as Stripe lists. `starting_after` names the last object of the page before,
 * `ending_before` the first object of the page after.
 */
export function paginate<N extends TableName, T>(
  store: Store,
  table: N,
  url: string,
  page: Page,
  pick: (row: Rows[N], id: string) => T | null,
): List<T> {
  const cursor = page.starting_after ?? page.ending_before
  if (cursor !== undefined && store.get(table, cursor) === undefined)
    throw noSuch(
      table.replaceAll("_", " "),
      cursor,
      page.starting_after === undefined ? "ending_before" : "starting_after",
    )
  const limit = page.limit ?? 10
  const backwards = page.starting_after === undefined && page.ending_before !== undefined
  const rows = backwards ? store.oldest(table, cursor) : store.newest(table, cursor)
  const data: T[] = []
  let more = false
  for (const [id, row] of rows) {
    const picked = pick(row, id)
    if (picked === null) continue
    if (data.length === limit) {
      more = true
      break
    }
    data.push(picked)
  }
  return { object: "list", url, has_more: more, data: backwards ? data.reverse() : data }
}
