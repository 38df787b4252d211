import type { Actor } from "#contracts/actor.ts"
import type { Grant } from "#contracts/delivery.ts"
import { type Journal, journalHash } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Freeze } from "#contracts/supervision.ts"
import type { Time } from "#contracts/time.ts"
import type { TradeState } from "#contracts/trade.ts"
import { permit } from "../access/permit.ts"
import { boundsOf, mayKnow } from "../access/remit-store.ts"
import type { Services } from "../services.ts"
import { loadScene } from "../trades/store.ts"
import { reachingTargets } from "./commands.ts"
import { loadTradeChecks, type TradeChecks } from "./completeness-store.ts"
import { type DeskRecord, describeRecords, idsToName } from "./describe.ts"
import { loadJournals, loadParticulars, type Particulars } from "./file-store.ts"
import { type OpenNow, openedNow } from "./openings.ts"
import { largestThread, loadThread } from "./record-store.ts"
import { loadActiveFreezes, loadNames } from "./store.ts"

type Needs = Pick<Services, "sql" | "writer" | "keys">

/** A journal of the book, with the record that certifies its hash; null where no record names this hash. */
export type CertifiedJournal = Journal & { hash: string; index: number | null; type: string | null }

/**
 * What is confidential of a trade beside its records: shown only while an opening of it lasts. The journals are for
 * who supervises funds.
 */
export type OpenFile = { opening: OpenNow; particulars: Particulars; journals: CertifiedJournal[] }

/** A trade at the desk. Its confidential part is there only with `opening`, the reader's own of this trade. */
export type SupervisedTrade = {
  id: Id<"trade">
  state: TradeState
  version: number
  frozenBy: Id<"freeze"> | null
  deadline: Time | null
  deadlineLeftMs: number | null
  proposedAt: Time
  updatedAt: Time
  /** Named by its hash in the clear part of the records; the text itself is confidential. */
  agreementHash: string
  grant: Pick<Grant, "id" | "state" | "issuedAt" | "expires" | "fetches" | "lastFetchedAt"> | null
  checks: TradeChecks
  records: DeskRecord[]
  /** Active freezes that reach it: its own, of its listing, of its parties. */
  freezes: Freeze[]
  file: OpenFile | null
  now: Time
}

export async function supervisedTrade(
  services: Needs,
  actor: Actor,
  id: Id<"trade">,
  opening: Id<"command"> | null = null,
): Promise<SupervisedTrade | Refusal> {
  const user = permit(actor, "supervision.read")
  if (isRefusal(user)) return user
  const { sql, writer } = services
  if (!(await mayKnow(sql, user, id))) return refuse("not_found", "trade")
  const seesFunds = boundsOf(user)?.duties.includes("funds") ?? true
  const [scene, checks, records, opened] = await Promise.all([
    loadScene(sql, id),
    loadTradeChecks(sql, id),
    loadThread(sql, id, largestThread),
    openedNow(services, user, opening, id),
  ])
  if (!scene || !checks) return refuse("not_found", "trade")
  const { grant, trade } = scene
  const { state, version, frozenBy, deadline, deadlineLeftMs, proposedAt, updatedAt, agreementHash } = trade
  const values = opened?.values ?? []
  const described = describeRecords(records, values, await loadNames(sql, idsToName(values)))
  return {
    id,
    state,
    version,
    frozenBy,
    deadline,
    deadlineLeftMs,
    proposedAt,
    updatedAt,
    agreementHash,
    grant: grant && pickGrant(grant),
    checks,
    records: described,
    freezes: await loadActiveFreezes(sql, reachingTargets({ scope: "trade", scene })),
    file: opened && (await openFile(sql, id, opened.now, described, seesFunds)),
    now: writer.now(),
  }
}

const pickGrant = ({ id, state, issuedAt, expires, fetches, lastFetchedAt }: Grant) => ({
  id,
  state,
  issuedAt,
  expires,
  fetches,
  lastFetchedAt,
})

async function openFile(
  sql: Services["sql"],
  trade: Id<"trade">,
  opening: OpenNow,
  records: readonly DeskRecord[],
  seesFunds: boolean,
): Promise<OpenFile | null> {
  const [particulars, journals] = await Promise.all([
    loadParticulars(sql, trade),
    seesFunds ? loadJournals(sql, trade) : [],
  ])
  if (!particulars) return null
  const certified = new Map(records.map((record) => [record.body.journalHash, record]))
  return {
    opening,
    particulars,
    journals: journals.map((journal) => {
      const hash = journalHash(journal)
      const record = certified.get(hash)
      return { ...journal, hash, index: record?.index ?? null, type: record?.type ?? null }
    }),
  }
}
