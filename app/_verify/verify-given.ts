import { reason } from "#contracts/ledger/bundle-files.ts"
import { formatCertificate, parseCertificate } from "#contracts/ledger/certificate-form.ts"
import { verifyCertificateFile } from "#contracts/ledger/certificate-json.ts"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parseVerifierKey } from "#contracts/ledger/note.ts"
import { parsePolicy } from "#contracts/ledger/policy.ts"
import type { VerifierCrypto } from "#contracts/ledger/ports.ts"
import type { Trust } from "#contracts/ledger/trust.ts"
import { reportUnreadable, verifyBundle } from "#contracts/ledger/verify.ts"
import { openGivenFolder, openGivenZip, tamperWith } from "./given-bundle.ts"
import { type GivenCertificate, readGivenCertificate } from "./given-certificate.ts"
import type { Outcome, Tampering, Unusable, VerifyRequest } from "./protocol.ts"

type Result = Outcome extends infer One ? (One extends unknown ? Omit<One, "tookMs"> : never) : never
type Tools = { crypto: VerifierCrypto; progress: (done: number, total: number) => void }

const cannot = (what: Unusable, detail = ""): Result => ({ kind: "unusable", what, detail, tampering: null })

/** Verifies what the reader gave, whichever of the accepted things it is. */
export async function verifyGiven(request: VerifyRequest, tools: Tools): Promise<Result> {
  const trust = readTrust(request.key, tools.crypto)
  if (trust === null) return cannot("key")
  const kept = request.kept.trim() === "" ? null : `${request.kept.replaceAll("\r\n", "\n").trim()}\n`
  if (kept !== null && isMalformed(readCheckpoint(kept))) return cannot("kept")
  const [first, ...others] = request.files
  if (first === undefined) return cannot("nothing")
  let bundle = others.length === 0 ? null : openGivenFolder(request.files)
  if (bundle === null) {
    const certificate = await readGivenCertificate(request.files, tools.crypto)
    if (certificate === "rotations") return cannot(certificate)
    if (certificate !== null) return verifyOneCertificate(certificate, trust, request.tamper, tools)
    const isZip = others.length === 0 && (await first.file.slice(0, 2).text()) === "PK"
    if (!isZip) return cannot("neither")
    try {
      bundle = await openGivenZip(first.file)
    } catch (error) {
      return { kind: "bundle", report: reportUnreadable(reason(error)), tampering: null }
    }
  }
  const changed = request.tamper === null ? null : await tamperWith(bundle, request.tamper)
  const report = await verifyBundle(changed?.bundle ?? bundle, {
    ...tools,
    ...trust,
    ...(kept === null ? {} : { since: kept }),
  })
  return { kind: "bundle", report, tampering: changed?.tampering ?? null }
}

/** The reader's verifier key, or a whole trust policy in its place. */
export function readTrust(text: string, { sha256 }: VerifierCrypto): Trust | null {
  if (text.trim() === "") return { keys: [] }
  const key = parseVerifierKey(text.trim(), sha256)
  if (!isMalformed(key)) return { keys: [key] }
  const policy = parsePolicy(`${text.replaceAll("\r\n", "\n").trim()}\n`, sha256)
  return isMalformed(policy) ? null : { keys: [], policy }
}

function verifyOneCertificate(
  { text, rotations }: GivenCertificate,
  trust: Trust,
  tamper: number | null,
  { crypto }: Tools,
): Result {
  const changed = tamper === null ? null : tamperWithCertificate(text, tamper)
  const report = verifyCertificateFile(changed?.text ?? text, { ...trust, rotations, crypto })
  const head = report.head?.unverifiedCheckpoint ?? null
  const { failures, authenticated, index, leaf, compromised, witnesses } = report
  return {
    kind: "certificate",
    failures,
    authenticated,
    compromised,
    witnesses,
    rotations: rotations.length,
    index,
    log: head?.origin ?? null,
    size: head?.size ?? null,
    type: leaf !== null && "type" in leaf ? leaf.type : null,
    at: leaf !== null && "at" in leaf ? leaf.at : null,
    tampering: changed?.tampering ?? null,
  }
}

/** The certificate's proof with one bit of its record turned over. */
function tamperWithCertificate(given: string, where: number): { text: string; tampering: Tampering } | null {
  const text = /^\s*\{/.test(given) ? proofOf(given) : given
  const certificate = parseCertificate(text)
  if (isMalformed(certificate) || certificate.extra === null) return null
  const offset = Math.floor(where * certificate.extra.length)
  const from = certificate.extra[offset] ?? 0
  const extra = certificate.extra.with(offset, from ^ 1)
  return {
    text: formatCertificate({ ...certificate, extra }),
    tampering: { file: "", offset, from, to: from ^ 1 },
  }
}

function proofOf(json: string): string {
  try {
    const { proofText } = JSON.parse(json) as { proofText?: unknown }
    return typeof proofText === "string" ? proofText : ""
  } catch {
    return ""
  }
}
