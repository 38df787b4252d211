import type { Actor, PartyRole } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { PartyState, VerificationMethod } from "#contracts/party.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Freeze } from "#contracts/supervision.ts"
import type { Time } from "#contracts/time.ts"
import { permit } from "../access/permit.ts"
import { boundsOf, mayKnow } from "../access/remit-store.ts"
import { threadKey } from "../commit/finish-fact.ts"
import type { Services } from "../services.ts"
import { loadChecked, type TradeChecks } from "./completeness-store.ts"
import { type DeskRecord, describeRecords, idsToName } from "./describe.ts"
import { type OpenNow, openedNow } from "./openings.ts"
import { largestThread, loadThread } from "./record-store.ts"
import { loadActiveFreezes, loadNames, loadParty, loadReach } from "./store.ts"

type Needs = Pick<Services, "sql" | "writer" | "keys">

const pageSize = 50

/**
 * A party at the desk: what it is in the market, its trades, its own records, and what a freeze of it would
 * reach. Its registry number and the values in its records are closed until they are opened.
 */
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
  trades: TradeChecks[]
  next: string | null
  records: DeskRecord[]
  freezes: Freeze[]
  opening: OpenNow | null
  now: Time
}

export async function supervisedParty(
  services: Needs,
  actor: Actor,
  id: Id<"party">,
  page: { after: string | null; opening: Id<"command"> | null } = { after: null, opening: null },
): Promise<SupervisedParty | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  const { sql, writer, keys } = services
  const party = (await mayKnow(sql, user, id)) ? await loadParty(sql, id) : null
  if (!party) return refuse("not_found", "party")
  await keys.load([id])
  const [records, reach, freezes, found, opened] = await Promise.all([
    loadThread(sql, threadKey({ party: id }, keys.of), largestThread),
    loadReach(sql, "party", id, 0),
    loadActiveFreezes(sql, [id]),
    loadChecked(sql, { after: page.after, show: "all", party: id, bounds: boundsOf(user) }, pageSize + 1),
    openedNow(services, user, page.opening, id),
  ])
  const values = opened?.values ?? []
  const trades = found.slice(0, pageSize)
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
    trades,
    next: found.length > pageSize ? (trades.at(-1)?.id ?? null) : null,
    records: describeRecords(records, values, await loadNames(sql, idsToName(values))),
    freezes,
    opening: opened?.now ?? null,
    now: writer.now(),
  }
}
