import type { Actor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Freeze, FreezeScope, TradeChoice } from "#contracts/supervision.ts"
import type { Time } from "#contracts/time.ts"
import { permit } from "../access/permit.ts"
import { boundsOf, mayKnow } from "../access/remit-store.ts"
import type { Services } from "../services.ts"
import { loadScene } from "../trades/store.ts"
import { type Completeness, loadChecked, loadCompleteness, type TradeChecks } from "./completeness-store.ts"
import { type DeskRecord, describeRecords } from "./describe.ts"
import { largestThread, loadThread } from "./record-store.ts"
import {
  loadActiveFreezes,
  loadFreeze,
  loadFreezes,
  loadListing,
  loadNames,
  loadParty,
  loadReach,
  type WhichFreezes,
} from "./store.ts"

type Needs = Pick<Services, "sql" | "writer">

const pageSize = 50
/** What a freeze would stop, shown before it is confirmed. */
export type Reach = Awaited<ReturnType<typeof loadReach>> & {
  scope: FreezeScope
  target: string
  name: LocalizedText | null
  state: string
  /** The freezes that hold it already. */
  active: Freeze[]
  now: Time
}

export async function freezeReach(
  { sql, writer }: Needs,
  actor: Actor,
  { scope, target }: { scope: FreezeScope; target: string },
): Promise<Reach | Refusal> {
  const user = permit(actor, "supervision.freeze")
  if (isRefusal(user)) return user
  const found = (await mayKnow(sql, user, target)) ? await nameTarget(sql, scope, target) : null
  if (!found) return refuse("not_found", "target")
  const [reach, active] = await Promise.all([
    loadReach(sql, scope, target, pageSize),
    loadActiveFreezes(sql, [target]),
  ])
  return { ...reach, ...found, scope, target, active, now: writer.now() }
}

async function nameTarget(
  sql: Services["sql"],
  scope: FreezeScope,
  id: string,
): Promise<{ name: LocalizedText | null; state: string } | null> {
  if (scope === "trade") {
    const scene = await loadScene(sql, id as Id<"trade">)
    return scene && { name: null, state: scene.trade.state }
  }
  if (scope === "listing") {
    const listing = await loadListing(sql, id)
    return listing && { name: listing.title, state: listing.state }
  }
  const party = await loadParty(sql, id)
  return party && { name: party.name, state: party.state }
}

export type NamedFreeze = Freeze & { name: LocalizedText | null }

/** Freezes, the newest first, with what their targets are called. */
export async function freezesPage(
  { sql, writer }: Needs,
  actor: Actor,
  page: { after: string | null; which: WhichFreezes },
): Promise<{ freezes: NamedFreeze[]; next: string | null; now: Time } | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  const found = await loadFreezes(sql, { ...page, bounds: boundsOf(user) }, pageSize + 1)
  const shown = found.slice(0, pageSize)
  const names = await loadNames(
    sql,
    shown.map(({ target }) => target),
  )
  return {
    freezes: shown.map((freeze) => ({ ...freeze, name: names.get(freeze.target) ?? null })),
    next: found.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
    now: writer.now(),
  }
}

export async function freezePage(
  { sql, writer }: Needs,
  actor: Actor,
  id: Id<"freeze">,
): Promise<{ freeze: NamedFreeze; records: DeskRecord[]; now: Time } | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  const freeze = (await mayKnow(sql, user, id)) ? await loadFreeze(sql, id) : null
  if (!freeze) return refuse("not_found", "freeze")
  const [names, records] = await Promise.all([
    loadNames(sql, [freeze.target]),
    loadThread(sql, id, largestThread),
  ])
  return {
    freeze: { ...freeze, name: names.get(freeze.target) ?? null },
    records: describeRecords(records, [], new Map()),
    now: writer.now(),
  }
}

/** Completeness in sum, for the duties of Data Security Law art. 33, and the trades one by one. */
export async function completeness(
  { sql, writer }: Needs,
  actor: Actor,
  page: { after: string | null; show: TradeChoice },
): Promise<{ sum: Completeness; trades: TradeChecks[]; next: string | null; now: Time } | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  const [sum, found] = await Promise.all([
    loadCompleteness(sql, boundsOf(user)),
    loadChecked(sql, { ...page, party: null, bounds: boundsOf(user) }, pageSize + 1),
  ])
  const trades = found.slice(0, pageSize)
  const next = found.length > pageSize ? (trades.at(-1)?.id ?? null) : null
  return { sum, trades, next, now: writer.now() }
}
