import { type Bundle, readSmall } from "#contracts/ledger/bundle.ts"
import { reason } from "#contracts/ledger/bundle-files.ts"
import { formatCertificate, parseCertificate } from "#contracts/ledger/certificate-form.ts"
import { verifyCertificateFile } from "#contracts/ledger/certificate-json.ts"
import { readCheckpoint, type UnverifiedCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { bundleFiles } from "#contracts/ledger/export.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { formatNote, parseVerifierKey } from "#contracts/ledger/note.ts"
import { parsePolicy } from "#contracts/ledger/policy.ts"
import type { VerifierCrypto } from "#contracts/ledger/ports.ts"
import type { Trust } from "#contracts/ledger/trust.ts"
import { reportUnreadable, type VerifyOptions, verifyBundle } from "#contracts/ledger/verify.ts"
import { openGivenFolder, openGivenZip, tamperWith } from "./given-bundle.ts"
import { type GivenCertificate, readGivenCertificate } from "./given-certificate.ts"
import { notedHead } from "./kept-head.ts"
import type { Outcome, Tampering, Unusable, VerifyRequest } from "./protocol.ts"

type Result = Outcome extends infer One ? (One extends unknown ? Omit<One, "tookMs"> : never) : never
const largestNote = 1_100_000

type Tools = { crypto: VerifierCrypto; progress: (done: number, total: number) => void }

const uncompared = { tampering: null, note: null, continuesKept: null } as const
const cannot = (what: Unusable, detail = ""): Result => ({ kind: "unusable", what, detail, ...uncompared })

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
      return { kind: "bundle", report: reportUnreadable(reason(error)), ...uncompared }
    }
  }
  const changed = request.tamper === null ? null : await tamperWith(bundle, request.tamper)
  const options = { ...tools, ...trust }
  const found = await verifySince(changed?.bundle ?? bundle, kept, request.keptHeads, options)
  return { kind: "bundle", tampering: changed?.tampering ?? null, ...found }
}

/** By the checkpoint that the reader gave, else by that of the same log that this browser kept. */
async function verifySince(
  bundle: Bundle,
  given: string | null,
  keptHeads: readonly string[],
  options: VerifyOptions,
): Promise<Pick<Extract<Result, { kind: "bundle" }>, "report" | "note" | "continuesKept">> {
  const head = await headOf(bundle)
  const note = head === null ? null : formatNote(head.note)
  const kept = given === null && head !== null ? olderOf(keptHeads, head) : null
  const since = given ?? kept
  const report = await verifyBundle(bundle, since === null ? options : { ...options, since })
  if (kept === null) return { report, note, continuesKept: null }
  const failed = report.failures.filter(({ code }) => code.startsWith("since_"))
  // A bundle that does not hold the way from there is none the worse; the site may be asked for it.
  if (failed.some(({ code }) => code === "since_not_provable"))
    return { report: await verifyBundle(bundle, options), note, continuesKept: null }
  const continuesKept = failed.length > 0 ? false : report.checked.since === null ? null : true
  return { report, note, continuesKept }
}

async function headOf(bundle: Bundle): Promise<UnverifiedCheckpoint | null> {
  try {
    const bytes = await readSmall(bundle, bundleFiles.checkpoint, largestNote)
    const head = bytes === null ? null : readCheckpoint(bytes)
    return head === null || isMalformed(head) ? null : head
  } catch {
    return null
  }
}

/** The kept checkpoint of the same log, unless the bundle ends before it. */
function olderOf(keptHeads: readonly string[], { unverifiedCheckpoint: now }: UnverifiedCheckpoint) {
  for (const kept of keptHeads) {
    const { origin, size } = notedHead(kept)
    if (origin === now.origin && size <= now.size) return kept
  }
  return null
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
    note: report.head === null ? null : formatNote(report.head.note),
    continuesKept: null,
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
