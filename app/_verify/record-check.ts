import { z } from "zod"
import { type CertificateReport, verifyCertificate } from "#contracts/ledger/certificate.ts"
import { checkDisclosure } from "#contracts/ledger/commitment.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Failure } from "#contracts/ledger/failure.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"
import { parseVerifierKey } from "#contracts/ledger/note.ts"

// zod would compile its checks with eval, which the page's policy rightly refuses.
z.config({ jitless: true })

/** A value that was opened to the reader, with the salt that ties it to its record. */
export type OpenedValue = { readonly path: string; readonly salt: string; readonly value: Json }

export type RecordCheck = {
  readonly index: number
  /** How many records the signed head covers; null when it could not be read. */
  readonly size: number | null
  readonly failures: readonly Failure[]
  /** Paths of opened values that are not those the record committed to. */
  readonly misfits: readonly string[]
  readonly fits: number
}

/**
 * Checks a record's certificate on this device: its hash, the way of siblings to the root, the head's signature by
 * the reader's key, and every opened value against its commitment. Throws where the key itself is none.
 */
export function checkRecord(
  index: number,
  certificate: string,
  vkey: string,
  opened: readonly OpenedValue[],
): RecordCheck {
  const key = parseVerifierKey(vkey.trim(), nobleCrypto.sha256)
  if (isMalformed(key)) throw new Error(key.malformed)
  const report = verifyCertificate(certificate, { keys: [key], crypto: nobleCrypto })
  const misfits = opened.filter((one) => !fits(one, report)).map(({ path }) => path)
  const size = report.head?.unverifiedCheckpoint.size ?? null
  return { index, size, failures: report.failures, misfits, fits: opened.length - misfits.length }
}

function fits({ path, salt, value }: OpenedValue, { leaf }: CertificateReport): boolean {
  if (leaf === null || !("body" in leaf)) return false
  return checkDisclosure({ index: leaf.index, path, salt, value }, leaf, nobleCrypto.sha256) === "fits"
}
