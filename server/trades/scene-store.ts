import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import type { Party } from "#contracts/party.ts"
import type { Trade } from "#contracts/trade.ts"
import { Columns } from "../commit/columns.ts"
import { grouped } from "../grouped.ts"
import { type Kept, keepRow, keptRow } from "../row-cache.ts"
import type { Scene } from "./scene.ts"

/** What a proposal looks at. */
export type ProposalScene = { listing: Listing; buyer: Party; seller: Party; moves?: string }

/** What steps of trades load, together with what other callers ask for at the same time. */
type Loaders = {
  scene(trade: Id<"trade">): Promise<Scene | null>
  /** The key is the listing's id, a space and the buyer's. */
  proposal(key: string): Promise<ProposalScene | null>
}

const loaders = new WeakMap<Sql, Loaders>()

function loadersOf(sql: Sql): Loaders {
  let known = loaders.get(sql)
  if (!known) {
    known = {
      scene: grouped((trades) => fetchScenes(sql, trades)),
      proposal: grouped((keys) => fetchProposals(sql, keys)),
    }
    loaders.set(sql, known)
  }
  return known
}

/** A trade with what its rules look at; null when there is none. */
export const loadScene = (sql: Sql, trade: Id<"trade">): Promise<Scene | null> => loadersOf(sql).scene(trade)

export const loadProposal = (
  sql: Sql,
  listing: Id<"listing">,
  buyer: Id<"party">,
): Promise<ProposalScene | null> => loadersOf(sql).proposal(`${listing} ${buyer}`)

/** A row of the answer: of each thing the transaction that wrote it, and its row where that is not the kept one. */
type Answer<Name extends string> = { n: number } & Record<`${Name}Tx`, string | null> & Record<Name, unknown>

type Known<Name extends string> = Partial<Record<Name, Kept | undefined>>

/** A kept row under its own key where the database says that it is the newest, else the row that came. */
function newest<Name extends string>(
  answer: Answer<Name>,
  known: Known<Name>,
  name: Name,
  keyOf: (row: { id: string }) => string,
): unknown {
  const { [name]: row, [`${name}Tx` as `${Name}Tx`]: tx } = answer as Record<string, unknown>
  if (tx === null) return null
  if (row === null) return known[name]?.row
  keepRow(keyOf(row as { id: string }), { tx: tx as string, row })
  return row
}

const ofItself = ({ id }: { id: string }): string => id

/** Of parties and listings a scene has only what the rules of trades read; that is kept beside the whole row. */
const ofScenes = ({ id }: { id: string }): string => `scene ${id}`

const sceneParts = ["trade", "buyer", "seller", "listing", "payment", "grant"] as const
type ScenePart = (typeof sceneParts)[number]

function knownOf(trade: Id<"trade">): Known<ScenePart> {
  const kept = keptRow(trade)
  if (!kept) return {}
  const { buyer, seller, listing, payment, grant } = kept.row as Trade
  return {
    trade: kept,
    buyer: keptRow(ofScenes({ id: buyer })),
    seller: keptRow(ofScenes({ id: seller })),
    listing: keptRow(ofScenes({ id: listing })),
    payment: payment ? keptRow(payment) : undefined,
    grant: grant ? keptRow(grant) : undefined,
  }
}

const idOf = (kept: Kept | undefined): string | null => (kept ? (kept.row as { id: string }).id : null)

/**
 * The statement's texts, one a column, as a table: `names` of its columns. The planner must not see how many
 * rows are asked for (it would plan anew each time, which costs more than the query) nor join by reading whole
 * tables, as it likes to while its statistics are those of small ones: hence the subqueries here, and everything
 * looked up by its key and `limit 1`.
 */
const asked = (names: readonly string[]): string =>
  `unnest(${names.map((_, i) => `(select string_to_array($${i + 1}::text, E'\\n', '\\N'))`).join(", ")})
    with ordinality as asked(${names.map((name) => `"${name}"`).join(", ")}, n)`

/** Null where the kept ones are as they were: then nothing is looked up. */
const traderOf = (side: "buyer" | "seller") => `
  left join lateral (select xmin as tx, case when xmin = asked.${side}::xid then null
    else json_build_object('id', id, 'version', version, 'state', state,
    'frozenBy', row->'frozenBy', 'payee', row->'payee', 'bankAccount', row->'bankAccount') end as row
    from parties where id = t.${side} and not known limit 1) ${side} on true`

const sceneColumns = ["id", ...sceneParts, "payment_id", "grant_id", "moves"] as const

/** Of parties and listings only what the rules read: a listing's description would cost more than the trade. */
const sceneQuery = `
  select asked.n::int, t.tx::text as "tradeTx", case when t.tx = asked.trade::xid then null else t.row end as trade,
    buyer.tx::text as "buyerTx", buyer.row as buyer, seller.tx::text as "sellerTx", seller.row as seller,
    l.tx::text as "listingTx", l.row as listing, p.tx::text as "paymentTx", p.row as payment,
    g.tx::text as "grantTx", g.row as grant, f.free as "freeSeats", c.moves, c.known
  from ${asked(sceneColumns)}
  cross join lateral (select moves, coalesce(moves = asked.moves, false) as known
    from (select (select count::text from moves) as moves) c) c
  cross join lateral (select xmin as tx, row, buyer, seller, listing, plan, payment, "grant"
    from trades where id = asked.id limit 1) t
  ${traderOf("buyer")} ${traderOf("seller")}
  left join lateral (select xmin as tx, case when xmin = asked.listing::xid then null
    else json_build_object('id', id, 'version', version, 'state', state,
    'frozenBy', row->'frozenBy', 'publishedAt', row->'publishedAt') end as row
    from listings where id = t.listing and not known limit 1) l on true
  left join lateral (select xmin as tx, case when id = asked.payment_id and xmin = asked.payment::xid then null
    else row end as row from payments where id = t.payment limit 1) p on true
  left join lateral (select xmin as tx, case when id = asked.grant_id and xmin = asked."grant"::xid then null
    else row end as row from grants where id = t."grant" limit 1) g on true
  left join lateral (select free from seats where plan = t.plan limit 1) f on true`

/** The count of moves at which all three were seen, so that none of them need be looked up while it stands. */
function movesOf({ buyer, seller, listing }: Known<ScenePart>): string | null {
  const [one, ...others] = [buyer, seller, listing].map((kept) => kept?.moves)
  return one !== undefined && others.every((other) => other === one) ? one : null
}

type SceneAnswer = Answer<ScenePart> & { freeSeats: number | null; moves: string; known: boolean }

/**
 * Of things that are kept: which transaction wrote each, its row where another one did than those named, and the
 * count of moves. Each part is one look into an index; putting the parts together is cheaper here than in the database.
 */
const checkQuery = `
  with asked as materialized (select string_to_array($1::text, ',') as trades, string_to_array($2::text, ',') as payments,
    string_to_array($3::text, ',') as grants, string_to_array($4::text, ',') as plans,
    string_to_array($5::text, ',')::xid[] as written)
  select id, xmin::text as tx, case when xmin = any((select written from asked)::xid[]) then null else row end as row
    from trades where id = any((select trades from asked)::text[])
  union all select id, xmin::text, case when xmin = any((select written from asked)::xid[]) then null else row end
    from payments where id = any((select payments from asked)::text[])
  union all select id, xmin::text, case when xmin = any((select written from asked)::xid[]) then null else row end
    from grants where id = any((select grants from asked)::text[])
  union all select plan, free::text, null from seats where plan = any((select plans from asked)::text[])
  union all select '', count::text, null from moves`

async function fetchScenes(sql: Sql, trades: Id<"trade">[]): Promise<Map<Id<"trade">, Scene>> {
  const known = new Map(trades.map((trade) => [trade, knownOf(trade)]))
  const found = await checkScenes(sql, known)
  const left = trades.filter((trade) => !found.has(trade))
  return left.length === 0 ? found : fetchWhole(sql, left, known, found)
}

/** The scenes of which all that is kept has been found to be the newest, or has only to take a new row. */
async function checkScenes(
  sql: Sql,
  known: Map<Id<"trade">, Known<ScenePart>>,
): Promise<Map<Id<"trade">, Scene>> {
  const scenes = new Map<Id<"trade">, Scene>()
  const kept = [...known.values()].filter((of) => of.trade !== undefined && movesOf(of) !== null)
  if (kept.length === 0) return scenes
  const rows = kept.map(({ trade }) => trade?.row as Trade)
  const written = kept.flatMap((of) => [of.trade, of.payment, of.grant].flatMap((one) => one?.tx ?? []))
  const parameters = [
    rows.map(({ id }) => id),
    rows.flatMap(({ payment }) => payment ?? []),
    rows.flatMap(({ grant }) => grant ?? []),
    new Set(rows.map(({ plan }) => plan)),
    new Set(written),
  ].map((all) => [...all].join(","))
  type Checked = { id: string; tx: string; row: { id: string } | null }
  const answers = await sql.unsafe<Checked[]>(checkQuery, parameters, { prepare: true })
  const checked = new Map(answers.map((answer) => [answer.id, answer]))
  /** Undefined where only a whole look can tell: it is not there, or was written with another kept row. */
  const newestOf = (id: string, before: Kept | undefined): unknown => {
    const answer = checked.get(id)
    if (answer === undefined) return undefined
    if (answer.row === null) return answer.tx === before?.tx ? before.row : undefined
    keepRow(id, { tx: answer.tx, row: answer.row })
    return answer.row
  }
  const moves = checked.get("")?.tx
  for (const of of kept) {
    if (movesOf(of) !== moves) continue
    const before = of.trade?.row as Trade
    const trade = newestOf(before.id, of.trade) as Trade | undefined
    if (trade === undefined || trade.payment !== before.payment || trade.grant !== before.grant) continue
    const payment = trade.payment ? newestOf(trade.payment, of.payment) : null
    const grant = trade.grant ? newestOf(trade.grant, of.grant) : null
    if (payment === undefined || grant === undefined) continue
    const free = checked.get(trade.plan)?.tx
    const [buyer, seller, listing] = [of.buyer, of.seller, of.listing].map((one) => one?.row)
    const freeSeats = free === undefined ? null : Number(free)
    scenes.set(trade.id, { trade, buyer, seller, listing, payment, grant, freeSeats, moves } as Scene)
  }
  return scenes
}

async function fetchWhole(
  sql: Sql,
  trades: Id<"trade">[],
  kept: Map<Id<"trade">, Known<ScenePart>>,
  scenes: Map<Id<"trade">, Scene>,
): Promise<Map<Id<"trade">, Scene>> {
  const known = trades.map((trade) => kept.get(trade) ?? {})
  const columns = new Columns(sceneColumns.length)
  trades.forEach((trade, i) => {
    const of = known[i] ?? {}
    const ids = [idOf(of.payment), idOf(of.grant)]
    columns.add(trade, ...sceneParts.map((part) => of[part]?.tx ?? null), ...ids, movesOf(of))
  })
  const rows = await sql.unsafe<SceneAnswer[]>(sceneQuery, columns.texts(), { prepare: true })
  for (const answer of rows) {
    const scene = sceneOf(answer, known[answer.n - 1] ?? {})
    if (scene) scenes.set(scene.trade.id, scene)
  }
  return scenes
}

/** Null where a party or the listing is not there. */
function sceneOf(answer: SceneAnswer, known: Known<ScenePart>): Scene | null {
  const { moves, freeSeats } = answer
  const [trade, payment, grant] = (["trade", "payment", "grant"] as const).map((part) =>
    newest(answer, known, part, ofItself),
  )
  const [buyer, seller, listing] = (["buyer", "seller", "listing"] as const).map((part) => {
    if (answer.known) return known[part]?.row
    const row = newest(answer, known, part, ofScenes)
    if (row !== null)
      keepRow(ofScenes(row as { id: string }), { tx: answer[`${part}Tx`] as string, row, moves })
    return row
  })
  if (!buyer || !seller || !listing) return null
  return { trade, buyer, seller, listing, payment, grant, freeSeats, moves } as Scene
}

const proposalParts = ["listing", "seller", "buyer"] as const
type ProposalPart = (typeof proposalParts)[number]

const proposalQuery = `
  select asked.n::int, l.tx::text as "listingTx", l.row as listing, s.tx::text as "sellerTx", s.row as seller,
    b.tx::text as "buyerTx", b.row as buyer, (select count::text from moves) as moves
  from ${asked(["listing_id", "buyer_id", ...proposalParts])}
  cross join lateral (select xmin as tx, case when xmin = asked.listing::xid then null else row end as row, seller
    from listings where id = asked.listing_id limit 1) l
  cross join lateral (select xmin as tx, case when xmin = asked.seller::xid then null else row end as row
    from parties where id = l.seller limit 1) s
  cross join lateral (select xmin as tx, case when xmin = asked.buyer::xid then null else row end as row
    from parties where id = asked.buyer_id limit 1) b`

async function fetchProposals(sql: Sql, keys: string[]): Promise<Map<string, ProposalScene>> {
  const columns = new Columns(2 + proposalParts.length)
  const known = keys.map((key): Known<ProposalPart> => {
    const [listing = "", buyer = ""] = key.split(" ")
    const kept = keptRow(listing)
    const seller = kept && keptRow((kept.row as Listing).seller)
    const of = { listing: kept, seller, buyer: keptRow(buyer) }
    columns.add(listing, buyer, ...proposalParts.map((part) => of[part]?.tx ?? null))
    return of
  })
  const rows = await sql.unsafe<(Answer<ProposalPart> & { moves: string })[]>(
    proposalQuery,
    columns.texts(),
    { prepare: true },
  )
  return new Map(
    rows.map((answer) => {
      const of = known[answer.n - 1] ?? {}
      const [listing, seller, buyer] = proposalParts.map((part) => newest(answer, of, part, ofItself))
      return [keys[answer.n - 1] ?? "", { listing, seller, buyer, moves: answer.moves } as ProposalScene]
    }),
  )
}
