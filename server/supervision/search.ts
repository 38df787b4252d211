import type { Actor } from "#contracts/actor.ts"
import { kindOfId } from "#contracts/ids.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import { concernsKind } from "#contracts/remit.ts"
import { permit } from "../access/permit.ts"
import { boundsOf, withinRemit } from "../access/remit-store.ts"
import { indexOfNumber } from "../ledger/certificates.ts"
import { readLog } from "../ledger/log-store.ts"
import type { Services } from "../services.ts"
import { loadHolder } from "./record-store.ts"
import { type Finding, findByHash, findById, findByText } from "./search-store.ts"

/**
 * The desk's one search box: an id of any kind, a record's position, a certificate's number, a SHA-256, a credit
 * code or VAT id, a payment reference, a registration's or a document's number, or part of a party's name.
 */
export async function searchDesk(
  { sql }: Pick<Services, "sql">,
  actor: Actor,
  asked: string,
): Promise<Finding[] | Refusal> {
  const user = permit(actor, "supervision.search")
  if (isRefusal(user)) return user
  const found = await search(sql, asked)
  const bounds = boundsOf(user)
  if (bounds === null) return found
  const within = await withinRemit(
    sql,
    user,
    found.map(({ lead }) => lead.id),
  )
  // A record stands in the public log, where anybody finds it; its values stay closed.
  return found.filter(
    ({ kind, lead }) =>
      kind === "record" || (concernsKind(bounds, kind === "file" ? "version" : kind) && within(lead.id)),
  )
}

async function search(sql: Services["sql"], asked: string): Promise<Finding[]> {
  const text = asked.normalize("NFC").trim()
  if (text === "") return []
  const lower = text.toLowerCase()
  const kind = kindOfId(lower)
  if (kind) return findById(sql, kind, lower)
  if (/^[0-9a-f]{64}$/.test(lower)) return findByHash(sql, lower)
  const index = await indexNamed(sql, text)
  const record = index === null ? null : await findRecord(sql, index)
  return record ? [record] : findByText(sql, text)
}

/** `42`, or a certificate's `1a2b3c4d#42` of this log. */
async function indexNamed(sql: Services["sql"], text: string): Promise<number | null> {
  if (/^(0|[1-9][0-9]{0,14})$/.test(text)) return Number(text)
  if (!text.includes("#")) return null
  const log = await readLog(sql)
  return log ? indexOfNumber(log.origin, text) : null
}

/** The record itself; the thing that it tells of is one click further. */
async function findRecord(sql: Services["sql"], index: number): Promise<Finding | null> {
  const holder = await loadHolder(sql, index)
  if (!holder) return null
  return {
    kind: "record",
    id: String(index),
    name: null,
    state: null,
    lead: { page: "record", id: String(index) },
  }
}
