import { z } from "zod"
import type { Actor } from "#contracts/actor.ts"
import { journalHash, journalTypes } from "#contracts/escrow.ts"
import { kindOfId } from "#contracts/ids.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { coversAll } from "#contracts/remit.ts"
import { permit } from "../access/permit.ts"
import { loadAlerts } from "../alerts/store.ts"
import { countCorrections } from "../corrections/store.ts"
import { readJournalsOf } from "../ledger/export/store.ts"
import type { Services } from "../services.ts"
import { loadRuns } from "../settlements/run-store.ts"
import { lastAudit } from "./audit-run.ts"
import {
  type JournalFilter,
  loadAccountKinds,
  loadHeldByAge,
  loadRecordsOf,
  loadSources,
} from "./book-store.ts"

type Needs = Pick<Services, "sql" | "writer">

/** The operator, and a regulator who supervises funds everywhere: the book is of all parties together. */
export function permitFinance(actor: Actor): true | Refusal {
  const user = permit(actor, "finance.read")
  if (isRefusal(user)) return user
  if (user.roles.includes("operator")) return true
  const remit = user.remit ?? null
  const supervises = remit !== null && coversAll(remit) && remit.duties.includes("funds")
  return supervises ? true : refuse("role_not_allowed", "remit")
}

const shownAlerts = 100
const shownRuns = 14

/** Where the money is, what somebody has to look at, and what the last comparisons found. */
export async function financeOverview({ sql, writer }: Needs, actor: Actor) {
  const may = permitFinance(actor)
  if (isRefusal(may)) return may
  const now = writer.now()
  const [balances, held, alerts, runs, audited, corrections] = await Promise.all([
    loadAccountKinds(sql),
    loadHeldByAge(sql, now),
    loadAlerts(sql, null, shownAlerts),
    loadRuns(sql, null, shownRuns),
    lastAudit(sql),
    countCorrections(sql),
  ])
  return { balances, held, alerts, runs, audited, toConfirm: corrections.count, now }
}

const pageJournals = 25

export const journalsInput = z.strictObject({
  type: z.enum(journalTypes).default("payment.held"),
  /** A trade, a payment or another thing that moves money; of it all journals are shown. */
  of: z.string().trim().max(40).default(""),
  before: z.string().max(60).nullable().default(null),
})

/** Journals with their records: of one type, the newest first, or all of one thing. */
export async function journalPage(
  { sql }: Needs,
  actor: Actor,
  { type, of, before }: z.infer<typeof journalsInput>,
) {
  const may = permitFinance(actor)
  if (isRefusal(may)) return may
  const filter = filterOf(type, of)
  if (isRefusal(filter)) return filter
  const found = await loadSources(sql, filter, before, pageJournals + 1)
  const sources = found.slice(0, pageJournals)
  const read = await readJournalsOf(sql, sources)
  const journals = sources.flatMap((source) => {
    const journal = read.find((one) => one.source.type === source.type && one.source.id === source.id)
    return journal ? [{ ...journal, hash: journalHash(journal) }] : []
  })
  const records = await loadRecordsOf(
    sql,
    journals.map(({ source, hash }) => ({ subject: source.id.split(":", 1)[0] ?? "", hash })),
  )
  const certified = journals.map((journal) => ({
    ...journal,
    index: records.get(journal.hash) ?? null,
    type: journal.source.type,
  }))
  const next = "type" in filter && found.length > pageJournals ? (sources.at(-1)?.id ?? null) : null
  return { journals: certified, next }
}

function filterOf(type: (typeof journalTypes)[number], of: string): JournalFilter | Refusal {
  if (of === "") return { type }
  const kind = kindOfId(of)
  if (kind === null) return refuse("invalid_input", "of")
  return kind === "trade" ? { trade: of } : { thing: of, types: journalTypes }
}
