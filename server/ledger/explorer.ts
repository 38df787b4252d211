import type { Actor } from "#contracts/actor.ts"
import { toHex } from "#contracts/bytes.ts"
import { kindOfId } from "#contracts/ids.ts"
import type { CertificateJson } from "#contracts/ledger/certificate-json.ts"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { decodeLeaf, type Envelope, isHash, type Leaf } from "#contracts/ledger/encoding.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Services } from "../services.ts"
import { indexOfNumber, readCertificate } from "./certificates.ts"
import { type OpenedValue, readOwnValues } from "./disclosures.ts"
import * as store from "./explorer-store.ts"
import { type KeyTurn, readTurns, vkeyAt } from "./keys/turns.ts"
import { readHead, readLog, readSealingLag, readThread } from "./log-store.ts"
import type { FactRef } from "./opening-rules.ts"
import { readShownWitnesses } from "./witnesses/queries.ts"
import { readPublished } from "./witnesses/store.ts"

/** A sealed record as a list shows it. `leaf` is only an envelope where this version does not know its form. */
export type ShownRecord = FactRef & { readonly index: number; readonly leaf: Leaf | Envelope }

/** Families of records, by the prefixes of what they are about. An opening is named by its command. */
export const recordFamilies = {
  trade: ["trd"],
  payment: ["pay"],
  grant: ["gra"],
  listing: ["lst"],
  registration: ["reg"],
  party: ["pty"],
  request: ["req", "rnd"],
  freeze: ["frz"],
  audit: ["exp", "cmd", "idx", "key"],
} as const satisfies Record<string, readonly string[]>
export type RecordFamily = keyof typeof recordFamilies

const pageSize = 30

/**
 * The log's name and key, its published head, and what the witnesses signed of that; `head` is null before the first
 * checkpoint.
 */
export async function readOverview({ sql }: Pick<Services, "sql">) {
  const [first, head, lag, turns] = await Promise.all([
    readLog(sql),
    readPublished(sql),
    readSealingLag(sql),
    readTurns(sql),
  ])
  const log = first && logOf(first, turns, head?.size ?? 0)
  const at = head === null ? null : await store.readHeadTime(sql, head.size)
  if (log === null || head === null || at === null)
    return { log, head: null, waiting: lag.waiting, witnesses: [] }
  const read = readCheckpoint(head.note)
  if (isMalformed(read)) throw new Error(`the checkpoint of ${head.size} is stored damaged`)
  const root = toHex(read.unverifiedCheckpoint.root)
  const witnesses = await readShownWitnesses(sql, head.note)
  return { log, head: { ...head, root, at }, waiting: lag.waiting, witnesses }
}

/** Signed records, newest first, a page at a time; `before` is the position that the last page ended with. */
export async function readLatest(
  { sql }: Pick<Services, "sql">,
  page: { before: number | null; family: RecordFamily | null },
): Promise<{ records: ShownRecord[]; next: number | null }> {
  const head = await readHead(sql)
  const before = Math.min(page.before ?? Number.MAX_SAFE_INTEGER, head?.size ?? 0)
  const prefixes = page.family === null ? null : recordFamilies[page.family]
  const rows = await store.readNewest(sql, before, prefixes, pageSize + 1)
  const records = rows.slice(0, pageSize).map(shown)
  return { records, next: rows.length > pageSize ? (records.at(-1)?.index ?? null) : null }
}

/** The log's name, the key of its published head, and the keys that it had before, the last one first. */
const logOf = (
  { origin, vkey }: { origin: string; vkey: string },
  turns: readonly KeyTurn[],
  size: number,
) => ({
  origin,
  vkey: vkeyAt(vkey, turns, size),
  formerKeys: turns
    .filter(({ index }) => index < size)
    .map(({ version, index, from, reason, at }) => ({ version, index, vkey: from, reason, until: at }))
    .toReversed(),
})

export type Found =
  | { readonly kind: "record"; readonly index: number }
  | {
      readonly kind: "thread" | "data" | "agreement"
      readonly records: readonly ShownRecord[]
      readonly total: number
      /** The place in the thread that this page ends with, or null at its end. */
      readonly next: number | null
    }

/**
 * What the one box of the explorer finds: a record by its position or by its certificate's number; the records
 * of an id or of another thread's key, a page after the `after`-th; those of the data that a SHA-256 names; those
 * of the trade whose agreement it names. Refuses `not_found`.
 */
export async function lookUp(
  { sql }: Pick<Services, "sql">,
  { text, after }: { text: string; after: number },
): Promise<Found | Refusal> {
  const asked = text.trim().toLowerCase()
  const index = await positionOf(sql, asked)
  if (index !== null) {
    const head = await readHead(sql)
    return head !== null && index < head.size ? { kind: "record", index } : refuse("not_found")
  }
  if (isHash(asked)) return findHash(sql, asked)
  if (kindOfId(asked) !== null || /^[pcl]:[0-9a-f]{64}$/.test(asked)) {
    const found = await readThreadPage(sql, asked, after)
    if (found !== null) return { kind: "thread", ...found }
  }
  return refuse("not_found")
}

async function positionOf(sql: Services["sql"], text: string): Promise<number | null> {
  if (/^#?(0|[1-9][0-9]{0,14})$/.test(text)) return Number(text.replace("#", ""))
  const log = await readLog(sql)
  return log === null ? null : indexOfNumber(log.origin, text)
}

async function findHash(sql: Services["sql"], sha256: string): Promise<Found | Refusal> {
  const [subjects, trade] = await Promise.all([
    store.findSubjectsOfData(sql, sha256),
    store.findTradeOfAgreement(sql, sha256),
  ])
  if (trade !== null) {
    const found = await readThreadPage(sql, trade, 0)
    if (found !== null) return { kind: "agreement", ...found }
  }
  const rows = await store.readRecordsOfSubjects(sql, subjects, 200)
  if (rows.length === 0) return refuse("not_found")
  return { kind: "data", records: rows.map(shown), total: rows.length, next: null }
}

async function readThreadPage(sql: Services["sql"], key: string, after: number) {
  const [entries, total] = await Promise.all([
    readThread(sql, key, after, pageSize + 1),
    store.countThread(sql, key),
  ])
  if (total === 0) return null
  const page = entries.slice(0, pageSize)
  const rows = await store.readRecords(
    sql,
    page.map((entry) => entry.index),
  )
  const next = entries.length > pageSize ? (page.at(-1)?.n ?? null) : null
  return { records: rows.map(shown), total, next }
}

/** One record with its proof, and the confidential values in it that the reader's party may read. */
export type RecordPage = FactRef & {
  readonly certificate: CertificateJson
  readonly opened: readonly OpenedValue[]
  /** How many records the log has: where the next one ends. */
  readonly size: number
}

/** Refuses `not_found`, and `not_sealed_yet` before a checkpoint covers the record. */
export async function readRecordPage(
  services: Services,
  actor: Actor,
  index: number,
): Promise<RecordPage | Refusal> {
  const certificate = await readCertificate(services.sql, { index })
  if (isRefusal(certificate)) return certificate
  const [row] = await store.readRecords(services.sql, [index])
  const head = await readHead(services.sql)
  if (row === undefined || head === null) return refuse("not_found")
  const { subject, version } = row
  const opened = actor.kind === "user" ? await readOwnValues(services, actor, [{ subject, version }]) : []
  return { subject, version, certificate, opened, size: head.size }
}

function shown({ index, subject, version, leaf: bytes }: store.SealedRow): ShownRecord {
  const decoded = decodeLeaf(bytes)
  if (isMalformed(decoded)) throw new Error(`record ${index} is stored damaged: ${decoded.malformed}`)
  return { index, subject, version, leaf: "leaf" in decoded ? decoded.leaf : decoded.unknownVersion }
}
