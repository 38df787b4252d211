import type { Sql } from "postgres"
import type { UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { concernsId, coversAll, isWhole, noRemit, type Remit } from "#contracts/remit.ts"

/**
 * What bounds a supervisor: null for the operator and for a regulator of the whole market; else the regulator's
 * remit, which is empty until the operator has entrusted one to it.
 */
export function boundsOf({ roles, remit }: Pick<UserActor, "roles" | "remit">): Remit | null {
  if (!roles.includes("regulator") || roles.includes("operator")) return null
  const given = remit ?? noRemit
  return isWhole(given) ? null : given
}

/**
 * True of a row of `parties` (by its alias) in these regions; says what `coversRegion` of contracts/remit.ts says of
 * `regionOf`, and a test compares the two.
 */
export function inRegions(sql: Sql, alias: string, bounds: Remit | null): ReturnType<Sql> {
  if (bounds === null || coversAll(bounds)) return sql`true`
  const { regions } = bounds
  return sql`(${sql(alias)}.row->>'country' = any(${regions}::text[])
    or (${sql(alias)}.row->>'country' = 'CN'
      and 'CN-' || substr(${sql(alias)}.row->>'identifier', 3, 2) = any(${regions}::text[])))`
}

type Sided = { id: string; sides: string[] }

/**
 * Whose a thing is: the sides of a trade and of what belongs to it, a listing's seller, who made an opening or an
 * export. Things of nobody (the sealed index) are not in the answer.
 */
async function sidesOf(sql: Sql, ids: readonly string[]): Promise<Sided[]> {
  const wanted = sql`any(${[...ids]}::text[])`
  return sql<Sided[]>`
    select id, array[id] as sides from parties where id = ${wanted}
    union all select id, array[buyer, seller] from trades where id = ${wanted}
    union all select p.id, array[t.buyer, t.seller] from payments p join trades t on t.id = p.trade
      where p.id = ${wanted}
    union all select g.id, array[t.buyer, t.seller] from grants g join trades t on t.id = g.trade
      where g.id = ${wanted}
    union all select id, array[seller] from listings where id = ${wanted}
    union all select id, array[party] from registrations where id = ${wanted}
    union all select id, array[buyer] from requests where id = ${wanted}
    union all select r.id, array[q.buyer] from rounds r join requests q on q.id = r.row->>'request'
      where r.id = ${wanted}
    union all select f.id, case f.row->>'scope' when 'party' then array[f.target]
        when 'listing' then array[l.seller] else array[t.buyer, t.seller] end
      from freezes f left join listings l on l.id = f.target left join trades t on t.id = f.target
      where f.id = ${wanted}
    union all select id, array[row->>'party'] from exports where id = ${wanted}
    union all select id, array[row->>'party'] from openings where id = ${wanted}`
}

/** Who looked or took something home is for its own office to read, and for a regulator of the whole market. */
const ownOnly = /^(cmd|exp)_/

/**
 * Which of these things a supervisor may know of: all, or what its duties concern of the parties of its regions.
 * What is outside is told from what does not exist in no answer.
 */
export async function withinRemit(
  sql: Sql,
  user: UserActor,
  ids: readonly string[],
): Promise<(id: string) => boolean> {
  const bounds = boundsOf(user)
  if (bounds === null) return () => true
  return withinBounds(sql, bounds, user.party, ids)
}

export async function withinBounds(
  sql: Sql,
  bounds: Remit,
  office: Id<"party"> | null,
  ids: readonly string[],
): Promise<(id: string) => boolean> {
  const concerned = [...new Set(ids)].filter((id) => concernsId(bounds, id))
  const things = concerned.length === 0 ? [] : await sidesOf(sql, concerned)
  const inside = new Set(things.flatMap(({ sides }) => sides))
  const covered = new Set<string>()
  if (inside.size > 0) {
    const rows = await sql<{ id: string }[]>`
      select p.id from parties p where p.id = any(${[...inside]}::text[]) and ${inRegions(sql, "p", bounds)}`
    for (const { id } of rows) covered.add(id)
  }
  const may = new Set(
    things.flatMap(({ id, sides }) =>
      sides.some((side) => (ownOnly.test(id) ? side === office : covered.has(side))) ? [id] : [],
    ),
  )
  return (id) => may.has(id)
}

/** One thing: whether there is anything for this supervisor. */
export const mayKnow = async (sql: Sql, user: UserActor, id: string): Promise<boolean> =>
  (await withinRemit(sql, user, [id]))(id)
