import type { Sql } from "postgres"
import { formatCertificate } from "#contracts/ledger/certificate-form.ts"
import { type CertificateJson, describeCertificate } from "#contracts/ledger/certificate-json.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { inclusionProof } from "#contracts/ledger/merkle.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import * as store from "./log-store.ts"
import { nodeCrypto } from "./node-crypto.ts"
import { namesSubject } from "./shown-record.ts"
import { readPublished } from "./witnesses/store.ts"

/** A fact by its place in the log, or by what it is about and the version that it made. */
export type FactName = { readonly index: number } | { readonly subject: string; readonly version: number }

/** The position that a certificate's number names in this log, or null when it is none of this log's. */
export function indexOfNumber(origin: string, number: string): number | null {
  const digits = /^(?:.*\/)?([0-9a-f]{8})#(0|[1-9][0-9]{0,14})$/.exec(number.trim().toLowerCase())
  if (digits === null || !origin.endsWith(`/${digits[1]}`)) return null
  return Number(digits[2])
}

/**
 * The certificate of a fact against the published checkpoint, with its cosignatures; while that does not reach the
 * fact yet, against the newest one. Records are public, what is confidential in
 * them is a commitment; so nobody is asked who they are. Refuses `not_found`, or `not_sealed_yet` while it waits.
 */
export async function readCertificate(sql: Sql, name: FactName): Promise<CertificateJson | Refusal> {
  const index = await indexOf(sql, name)
  if (isRefusal(index)) return index
  const [head, [stored]] = await Promise.all([headOver(sql, index), store.readLeaves(sql, index, index + 1)])
  if (stored === undefined) return refuse("not_found")
  if (head === null || head.size <= index) return refuse("not_sealed_yet")
  const reader = store.hashReaderOf(sql, head.size)
  const proof = await inclusionProof(index, head.size, reader, nodeCrypto.sha256)
  const certificate = { extra: stored.leaf, index, proof, checkpoint: head.note }
  const told = describeCertificate(certificate, formatCertificate(certificate), nodeCrypto.sha256)
  if (isMalformed(told)) throw new Error(`record ${index} is stored damaged: ${told.malformed}`)
  return told
}

/**
 * The same for anyone: a record that does not say in clear what it is about, such as a party's, is not found by
 * that, only by its position.
 */
export async function readNamedCertificate(sql: Sql, name: FactName): Promise<CertificateJson | Refusal> {
  const found = await readCertificate(sql, name)
  if (isRefusal(found) || "index" in name) return found
  return namesSubject(found.leaf, name.subject) ? found : refuse("not_found")
}

async function headOver(sql: Sql, index: number): Promise<store.PublishedHead | null> {
  const published = await readPublished(sql)
  return published !== null && published.size > index ? published : store.readHead(sql)
}

async function indexOf(sql: Sql, name: FactName): Promise<number | Refusal> {
  if ("index" in name)
    return Number.isSafeInteger(name.index) && name.index >= 0 ? name.index : refuse("not_found")
  const found = await store.findFact(sql, name.subject, name.version)
  if (found === null) return refuse("not_found")
  return "waiting" in found ? refuse("not_sealed_yet") : found.index
}
