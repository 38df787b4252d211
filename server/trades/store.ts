import type { Sql } from "postgres"
import type { VersionManifest } from "#contracts/dataset.ts"
import type { Id } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Party } from "#contracts/party.ts"
import type { Registration } from "#contracts/registration.ts"
import type { Time } from "#contracts/time.ts"
import type { TradeState } from "#contracts/trade.ts"
import { grouped } from "../grouped.ts"
import type { Scene } from "./scene.ts"

type SceneLoader = (trade: Id<"trade">) => Promise<Scene | null>

const loaders = new WeakMap<Sql, SceneLoader>()

/** A trade with what its rules look at, loaded together with what other callers ask for; null when there is none. */
export function loadScene(sql: Sql, trade: Id<"trade">): Promise<Scene | null> {
  let load = loaders.get(sql)
  if (!load) {
    load = grouped((trades) => fetchScenes(sql, trades))
    loaders.set(sql, load)
  }
  return load(trade)
}

/** Of parties and listings only what the rules read: a listing's description would cost more than the trade. */
async function fetchScenes(sql: Sql, trades: Id<"trade">[]): Promise<Map<Id<"trade">, Scene>> {
  const rows = await sql<Scene[]>`
    select t.row as trade,
      jsonb_build_object('id', b.id, 'version', b.version, 'state', b.state,
        'frozenBy', b.row->'frozenBy', 'payee', b.row->'payee', 'bankAccount', b.row->'bankAccount') as buyer,
      jsonb_build_object('id', s.id, 'version', s.version, 'state', s.state,
        'frozenBy', s.row->'frozenBy', 'payee', s.row->'payee', 'bankAccount', s.row->'bankAccount') as seller,
      jsonb_build_object('id', l.id, 'version', l.version, 'state', l.state,
        'frozenBy', l.row->'frozenBy', 'publishedAt', l.row->'publishedAt') as listing,
      p.row as payment, g.row as grant, f.free as "freeSeats"
    from trades t
    join parties b on b.id = t.buyer
    join parties s on s.id = t.seller
    join listings l on l.id = t.listing
    left join payments p on p.id = t.row->>'payment'
    left join grants g on g.id = t.row->>'grant'
    left join seats f on f.plan = t.row->>'plan'
    where t.id = any(${trades})`
  return new Map(rows.map((scene) => [scene.trade.id, scene]))
}

/** What a proposal looks at. */
export type ProposalScene = { listing: Listing; buyer: Party; seller: Party }

export async function loadProposal(
  sql: Sql,
  listing: Id<"listing">,
  buyer: Id<"party">,
): Promise<ProposalScene | null> {
  const [row] = await sql<ProposalScene[]>`
    select l.row as listing, s.row as seller, b.row as buyer
    from listings l join parties s on s.id = l.seller join parties b on b.id = ${buyer}
    where l.id = ${listing}`
  return row ?? null
}

/** What a listing sells: its registration and the manifest of the registered version. */
export async function loadSubject(
  sql: Sql,
  listing: Listing,
): Promise<{ registration: Registration; manifest: VersionManifest } | null> {
  const [row] = await sql<{ registration: Registration; manifest: VersionManifest }[]>`
    select r.row as registration, v.manifest
    from registrations r join dataset_versions v on v.id = ${listing.datasetVersion}
    where r.id = ${listing.registration}`
  return row ?? null
}

export type AgreementText = { hash: string; trade: Id<"trade">; locale: Locale; text: string }

/** Texts are named by their hash, so writing one twice is the same as once. */
export async function saveAgreement(sql: Sql, { hash, trade, locale, text }: AgreementText): Promise<void> {
  await sql`insert into agreements (hash, trade, locale, text) values (${hash}, ${trade}, ${locale}, ${text})
    on conflict (hash) do nothing`
}

export async function loadAgreement(sql: Sql, hash: string): Promise<AgreementText | null> {
  const [row] = await sql<
    AgreementText[]
  >`select hash, trade, locale, text from agreements where hash = ${hash}`
  return row ?? null
}

export type DueTrade = { id: Id<"trade">; state: TradeState; version: number }

/** Trades whose waiting state is over, the longest over first. */
export async function loadDueTrades(sql: Sql, now: Time, limit: number): Promise<DueTrade[]> {
  return sql<DueTrade[]>`
    select id, state, version from trades where deadline is not null and deadline <= ${now}
    order by deadline limit ${limit}`
}
