import type { Sql } from "postgres"
import { fromHex } from "#contracts/bytes.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { Services } from "../../services.ts"
import { countThread, readRecords, readRecordsOfSubjects } from "../explorer-store.ts"
import { findCheckpointOfRoot, hasCheckpoint } from "../heads/store.ts"
import { readHead, readLog, readThread } from "../log-store.ts"
import { type ShownRecord, shownRecord } from "../shown-record.ts"
import { readAsked } from "./read-asked.ts"
import * as store from "./store.ts"

/** A file that the catalogue shows, and the records that fix it. */
export type FoundFile = store.ListedFile & { readonly record: number | null }

export type Found =
  | { readonly kind: "record"; readonly index: number }
  | { readonly kind: "certificate"; readonly index: number }
  | { readonly kind: "checkpoint"; readonly size: number }
  | { readonly kind: "parties"; readonly parties: readonly store.PublicParty[] }
  | FoundRecords

/** Records, and what they are of. */
export type FoundRecords = Records &
  (
    | { readonly kind: "thread"; readonly key: string }
    | { readonly kind: "version"; readonly key: string }
    | { readonly kind: "agreement"; readonly key: string }
    | { readonly kind: "file"; readonly files: readonly FoundFile[] }
    | { readonly kind: "party"; readonly party: store.PublicParty }
  )

type Records = {
  readonly records: readonly ShownRecord[]
  readonly total: number
  /** The place in the thread that this page ends with, or null at its end. */
  readonly next: number | null
}

const pageSize = 30
const mostParties = 20
const mostRecords = 200

/**
 * What the one box of the explorer finds: a record by its position, its hash or its certificate's number; a
 * checkpoint by its size or root; the records of an id, a registration's number or another thread's key, a page
 * after the `after`-th; those of the data that a SHA-256 names, of the trade whose agreement it names, and of the
 * catalogue of a seller. All of it is public: it answers everyone alike. Refuses `not_found`, or
 * `certificate_of_other_log`.
 */
export async function lookUp(
  { sql }: Pick<Services, "sql">,
  { text, after }: { text: string; after: number },
): Promise<Found | Refusal> {
  const asked = readAsked(text)
  switch (asked.kind) {
    case "position":
      return findPosition(sql, asked.index)
    case "checkpoint":
      return (await hasCheckpoint(sql, asked.size)) ? asked : refuse("not_found")
    case "certificate":
      return findCertificate(sql, asked)
    case "hash":
      return findHash(sql, asked.hash)
    case "party":
      return findParties(sql, { id: asked.id })
    case "thread":
      return (await findThread(sql, asked.key, after)) ?? refuse("not_found")
    case "words":
      return findWords(sql, asked.text, after)
    case "nothing":
      return refuse("not_found")
  }
}

/** A number is a record's; that of records in all, which no record has yet, is the newest checkpoint's. */
async function findPosition(sql: Sql, index: number): Promise<Found | Refusal> {
  const head = await readHead(sql)
  if (head !== null && index < head.size) return { kind: "record", index }
  return (await hasCheckpoint(sql, index)) ? { kind: "checkpoint", size: index } : refuse("not_found")
}

async function findCertificate(
  sql: Sql,
  { log: name, index }: { log: string | null; index: number },
): Promise<Found | Refusal> {
  const [log, head] = await Promise.all([readLog(sql), readHead(sql)])
  if (name !== null && !log?.origin.endsWith(`/${name}`)) return refuse("certificate_of_other_log")
  return head !== null && index < head.size ? { kind: "certificate", index } : refuse("not_found")
}

async function findHash(sql: Sql, hash: string): Promise<Found | Refusal> {
  const [files, subjects, trade, size] = await Promise.all([
    store.findListedFiles(sql, hash),
    store.findSubjectsOfVersion(sql, hash),
    store.findTradeOfAgreement(sql, hash),
    findCheckpointOfRoot(sql, fromHex(hash)),
  ])
  if (files.length > 0) return foundFile(sql, files)
  if (subjects.length > 0) return { kind: "version", key: hash, ...(await recordsOf(sql, subjects)) }
  if (size !== null) return { kind: "checkpoint", size }
  const found = trade === null ? null : await findThread(sql, trade, 0)
  if (found !== null) return { ...found, kind: "agreement" }
  const index = await store.findLeafHash(sql, fromHex(hash))
  return index === null ? refuse("not_found") : findPosition(sql, index)
}

/** Each place of the file with the first record that fixes it: its registration's. */
async function foundFile(sql: Sql, files: readonly store.ListedFile[]): Promise<Found> {
  const found = await recordsOf(
    sql,
    files.flatMap(({ listing, registration }) => [registration, listing]),
  )
  const first = (subject: string): number | null =>
    found.records.find((record) => record.subject === subject)?.index ?? null
  return {
    kind: "file",
    files: files.map((file) => ({ ...file, record: first(file.registration) })),
    ...found,
  }
}

async function recordsOf(sql: Sql, subjects: readonly string[]): Promise<Records> {
  const rows = await readRecordsOfSubjects(sql, subjects, mostRecords)
  return { records: rows.map(shownRecord), total: rows.length, next: null }
}

async function findThread(sql: Sql, key: string, after: number) {
  const [entries, total] = await Promise.all([
    readThread(sql, key, after, pageSize + 1),
    countThread(sql, key),
  ])
  if (total === 0) return null
  const page = entries.slice(0, pageSize)
  const rows = await readRecords(
    sql,
    page.map((entry) => entry.index),
  )
  const next = entries.length > pageSize ? (page.at(-1)?.n ?? null) : null
  return { kind: "thread" as const, key, records: rows.map(shownRecord), total, next }
}

/** A registration's number, a credit code or VAT id, or a part of a seller's name of two characters or more. */
async function findWords(sql: Sql, text: string, after: number): Promise<Found | Refusal> {
  const number = text.toUpperCase()
  const registration = /^[A-Z]{2}-[0-9A-Z-]+$/.test(number) ? await store.findRegistration(sql, number) : null
  const thread = registration === null ? null : await findThread(sql, registration, after)
  if (thread !== null) return thread
  const identifier = text.toUpperCase().replaceAll(/[\s.\-/]/g, "")
  if (/^(?=.*[0-9])[0-9A-Z]{8,20}$/.test(identifier)) {
    const found = await findParties(sql, { identifier })
    if (!("refused" in found)) return found
  }
  return [...text].length < 2 ? refuse("not_found") : findParties(sql, { name: text })
}

async function findParties(
  sql: Sql,
  by: Parameters<typeof store.findPublicParties>[1],
): Promise<Found | Refusal> {
  const parties = await store.findPublicParties(sql, by, mostParties)
  const [only] = parties
  if (only === undefined) return refuse("not_found")
  if (parties.length > 1) return { kind: "parties", parties }
  return { kind: "party", party: only, ...(await recordsOf(sql, await store.findCatalogueOf(sql, only.id))) }
}
