import type { Actor, PartyRole } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { PartyState, VerificationMethod } from "#contracts/party.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Freeze, FreezeScope } from "#contracts/supervision.ts"
import type { Time } from "#contracts/time.ts"
import type { TradeState } from "#contracts/trade.ts"
import { permit } from "../access/permit.ts"
import { threadKey } from "../commit/finish-fact.ts"
import type { Services } from "../services.ts"
import { loadScene } from "../trades/store.ts"
import { reachingTargets } from "./commands.ts"
import {
  type Completeness,
  loadCompleteness,
  loadIncomplete,
  loadTradeChecks,
  type TradeChecks,
} from "./completeness-store.ts"
import { type DeskRecord, describeRecords } from "./describe.ts"
import { loadThread } from "./record-store.ts"
import {
  loadActiveFreezes,
  loadFreeze,
  loadFreezes,
  loadListing,
  loadNames,
  loadParty,
  loadReach,
} from "./store.ts"

type Needs = Pick<Services, "sql" | "writer" | "keys">

const pageSize = 50
/** As many records as one opening may name (server/ledger/opening-rules.ts). */
export const largestThread = 500

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
  const found = await nameTarget(sql, scope, target)
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
  page: { after: string | null; active: boolean },
): Promise<{ freezes: NamedFreeze[]; next: string | null; now: Time } | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  const found = await loadFreezes(sql, page, pageSize + 1)
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
  const freeze = await loadFreeze(sql, id)
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

/** A trade at the desk. What is confidential of it is not here: `openThread` opens that, and is logged. */
export type SupervisedTrade = {
  id: Id<"trade">
  state: TradeState
  version: number
  frozenBy: Id<"freeze"> | null
  deadline: Time | null
  deadlineLeftMs: number | null
  proposedAt: Time
  updatedAt: Time
  checks: TradeChecks
  records: DeskRecord[]
  /** Active freezes that reach it: its own, of its listing, of its parties. */
  freezes: Freeze[]
  now: Time
}

export async function supervisedTrade(
  { sql, writer }: Needs,
  actor: Actor,
  id: Id<"trade">,
): Promise<SupervisedTrade | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  const [scene, checks, records] = await Promise.all([
    loadScene(sql, id),
    loadTradeChecks(sql, id),
    loadThread(sql, id, largestThread),
  ])
  if (!scene || !checks) return refuse("not_found", "trade")
  const { state, version, frozenBy, deadline, deadlineLeftMs, proposedAt, updatedAt } = scene.trade
  return {
    id,
    state,
    version,
    frozenBy,
    deadline,
    deadlineLeftMs,
    proposedAt,
    updatedAt,
    checks,
    records: describeRecords(records, [], new Map()),
    freezes: await loadActiveFreezes(sql, reachingTargets({ scope: "trade", scene })),
    now: writer.now(),
  }
}

/** A party at the desk: what it is in the market, its own records, and what a freeze of it would reach. */
export type SupervisedParty = {
  id: Id<"party">
  name: LocalizedText
  state: PartyState
  roles: PartyRole[]
  country: string
  verification: { method: VerificationMethod; at: Time } | null
  frozenBy: Id<"freeze"> | null
  registeredAt: Time
  openTrades: number
  records: DeskRecord[]
  freezes: Freeze[]
  now: Time
}

export async function supervisedParty(
  { sql, writer, keys }: Needs,
  actor: Actor,
  id: Id<"party">,
): Promise<SupervisedParty | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  const party = await loadParty(sql, id)
  if (!party) return refuse("not_found", "party")
  await keys.load([id])
  const [records, reach, freezes] = await Promise.all([
    loadThread(sql, threadKey({ party: id }, keys.of), largestThread),
    loadReach(sql, "party", id, 0),
    loadActiveFreezes(sql, [id]),
  ])
  const { name, state, roles, country, verification, frozenBy, registeredAt } = party
  return {
    id,
    name,
    state,
    roles,
    country,
    verification: verification && { method: verification.method, at: verification.at },
    frozenBy,
    registeredAt,
    openTrades: reach.open,
    records: describeRecords(records, [], new Map()),
    freezes,
    now: writer.now(),
  }
}

/** Completeness in sum, for the duties of Data Security Law art. 33, and what is missing of which trades. */
export async function completeness(
  { sql, writer }: Needs,
  actor: Actor,
  page: { after: string | null },
): Promise<{ sum: Completeness; missing: TradeChecks[]; next: string | null; now: Time } | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  const [sum, found] = await Promise.all([
    loadCompleteness(sql),
    loadIncomplete(sql, page.after, pageSize + 1),
  ])
  const missing = found.slice(0, pageSize)
  const next = found.length > pageSize ? (missing.at(-1)?.id ?? null) : null
  return { sum, missing, next, now: writer.now() }
}
