import type { Actor } from "#contracts/actor.ts"
import { toHex } from "#contracts/bytes.ts"
import type { CertificateJson } from "#contracts/ledger/certificate-json.ts"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Services } from "../services.ts"
import { readCertificate } from "./certificates.ts"
import { type OpenedValue, readOwnValues } from "./disclosures.ts"
import * as store from "./explorer-store.ts"
import { readSignatures, type ShownSignature } from "./heads/queries.ts"
import { type Fixing, readFixing } from "./heads/store.ts"
import { type KeyTurn, readTurns, vkeyAt } from "./keys/turns.ts"
import { readHead, readLog, readSealingLag } from "./log-store.ts"
import { type ShownRecord, shownRecord } from "./shown-record.ts"
import { readShownWitnesses } from "./witnesses/queries.ts"
import { readPublished } from "./witnesses/store.ts"

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
export async function readOverview({ sql, writer }: Pick<Services, "sql" | "writer">) {
  const [first, head, lag, turns] = await Promise.all([
    readLog(sql),
    readPublished(sql),
    readSealingLag(sql),
    readTurns(sql),
  ])
  const log = first && logOf(first, turns, head?.size ?? 0)
  const at = head === null ? null : await store.readHeadTime(sql, head.size)
  if (log === null || head === null || at === null)
    return { log, head: null, waiting: lag.waiting, witnesses: [], now: writer.now() }
  const read = readCheckpoint(head.note)
  if (isMalformed(read)) throw new Error(`the checkpoint of ${head.size} is stored damaged`)
  const root = toHex(read.unverifiedCheckpoint.root)
  const witnesses = await readShownWitnesses(sql, head.note)
  return { log, head: { ...head, root, at }, waiting: lag.waiting, witnesses, now: writer.now() }
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
  const records = rows.slice(0, pageSize).map(shownRecord)
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

/** One record with its proof, and the confidential values in it that the reader's party may read. */
export type RecordPage = {
  readonly certificate: CertificateJson
  readonly opened: readonly OpenedValue[]
  /** How many records the log has: where the next one ends. */
  readonly size: number
  /** The first checkpoint that covered it. */
  readonly fixed: Fixing
  /** Of the certificate's checkpoint. */
  readonly signatures: readonly ShownSignature[]
}

/** Refuses `not_found`, and `not_sealed_yet` before a checkpoint covers the record. */
export async function readRecordPage(
  services: Services,
  actor: Actor,
  index: number,
): Promise<RecordPage | Refusal> {
  const certificate = await readCertificate(services.sql, { index })
  if (isRefusal(certificate)) return certificate
  const [[row], head, fixed] = await Promise.all([
    store.readRecords(services.sql, [index]),
    readHead(services.sql),
    readFixing(services.sql, index),
  ])
  if (row === undefined || head === null || fixed === null) return refuse("not_found")
  const { subject, version } = row
  const opened = actor.kind === "user" ? await readOwnValues(services, actor, [{ subject, version }]) : []
  const signatures = await readSignatures(services.sql, certificate.checkpoint)
  return { certificate, opened, size: head.size, fixed, signatures }
}
