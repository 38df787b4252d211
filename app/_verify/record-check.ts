import { toHex } from "#contracts/bytes.ts"
import { type CertificateReport, verifyCertificate } from "#contracts/ledger/certificate.ts"
import { checkDisclosure } from "#contracts/ledger/commitment.ts"
import { leafHash } from "#contracts/ledger/encoding.ts"
import { failure } from "#contracts/ledger/failure.ts"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"
import { formatNote } from "#contracts/ledger/note.ts"
import type { Rotation } from "#contracts/ledger/rotation.ts"
import type { Trust } from "#contracts/ledger/trust.ts"
import type { GivenRecord, OpenedValue, RecordCheck } from "./protocol.ts"

/**
 * Checks a record's certificate on this device: that it is of this record and of what the page shows, its hash, the
 * way of siblings to the root, the head's signature by the reader's key, and every opened value against its
 * commitment.
 */
export function checkRecord(
  { index, certificate, leafHash: shown, opened }: GivenRecord,
  trust: Trust,
  rotations: readonly Rotation[] = [],
): RecordCheck {
  const report = verifyCertificate(certificate, { ...trust, rotations, crypto: nobleCrypto })
  const { bytes, authenticated } = report
  const misfits = opened.filter((one) => !fits(one, report)).map(({ path }) => path)
  const failures = [...report.failures]
  // A sound certificate of another record, or under no key of the reader's, proves nothing of this one.
  if (bytes !== null && report.index !== index)
    failures.push(failure("record_index_wrong", { record: index, detail: `${report.index}` }))
  if (!authenticated && failures.length === 0) failures.push(failure("checkpoint_not_signed_by_key", {}))
  const size = report.head?.unverifiedCheckpoint.size ?? null
  const differs =
    shown !== undefined && bytes !== null && toHex(leafHash(bytes, nobleCrypto.sha256)) !== shown
  return {
    index,
    note: report.head === null ? null : formatNote(report.head.note),
    size,
    failures,
    differs,
    misfits,
    fits: opened.length - misfits.length,
  }
}

function fits({ path, salt, value }: OpenedValue, { leaf }: CertificateReport): boolean {
  if (leaf === null || !("body" in leaf)) return false
  return checkDisclosure({ index: leaf.index, path, salt, value }, leaf, nobleCrypto.sha256) === "fits"
}
