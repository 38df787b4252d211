import { z } from "zod"
import { toBase64, toHex } from "../bytes.ts"
import { canonicalJson } from "../canonical-json.ts"
import { type CertificateReport, verifyCertificate } from "./certificate.ts"
import { type Certificate, parseCertificate } from "./certificate-form.ts"
import { checkDisclosure } from "./commitment.ts"
import { decodeLeaf, type Envelope, type Leaf, leafHash, leafVersion } from "./encoding.ts"
import type { Json } from "./fact.ts"
import { type Failure, failure } from "./failure.ts"
import { isMalformed, type Malformed, malformed } from "./malformed.ts"
import type { Sha256, VerifierCrypto } from "./ports.ts"
import type { Rotation } from "./rotation.ts"
import type { Trust } from "./trust.ts"

/** A certificate in the form for programs; `proofText` is the C2SP tlog-proof, from which all the rest follows. */
export type CertificateJson = {
  /** The last part of the log's origin and the position: `1a2b3c4d#42`. */
  readonly number: string
  readonly log: string
  readonly index: number
  readonly leafHash: string
  readonly leaf: Leaf | Envelope
  /** Base64 sibling hashes, leaf to root. */
  readonly proof: readonly string[]
  readonly checkpoint: string
  readonly proofText: string
  /** Confidential values of the record that its holder may read. Absent in a certificate for everybody. */
  readonly opened?: readonly CertifiedValue[]
}

/** A value in clear and the salt (lower-case hex) that ties it to the record's commitment at `path`. */
export type CertifiedValue = { readonly path: string; readonly salt: string; readonly value: Json }

/** The short name of a record that people can read out: the random part of its log and its position. */
export const certificateNumber = (origin: string, index: number): string =>
  `${origin.slice(origin.lastIndexOf("/") + 1)}#${index}`

/** The form for programs of a certificate that carries its record. `proofText` is the certificate's own text. */
export function describeCertificate(
  certificate: Certificate,
  proofText: string,
  sha256: Sha256,
): CertificateJson | Malformed {
  const { extra, index, proof, checkpoint } = certificate
  if (extra === null) return malformed("the certificate does not carry its record")
  const decoded = decodeLeaf(extra)
  if (isMalformed(decoded)) return decoded
  const leaf = "leaf" in decoded ? decoded.leaf : decoded.unknownVersion
  return {
    number: certificateNumber(leaf.log, index),
    log: leaf.log,
    index,
    leafHash: toHex(leafHash(extra, sha256)),
    leaf,
    proof: proof.map(toBase64),
    checkpoint,
    proofText,
  }
}

export const largestFile = 4_000_000

/** Checks a certificate in either form, a tlog-proof or the form for programs around it. */
export function verifyCertificateFile(
  file: string,
  options: Trust & { readonly crypto: VerifierCrypto; readonly rotations?: readonly Rotation[] },
): CertificateReport {
  if (!/^\s*\{/.test(file)) return verifyCertificate(file, options)
  const read = readCertificateJson(file)
  if (isMalformed(read)) return unreadCertificate(read.malformed)
  const report = verifyCertificate(read.proofText, options)
  const certificate = parseCertificate(read.proofText)
  if (isMalformed(certificate)) return report
  const { opened, ...members } = read.members
  const own = describeCertificate(certificate, read.proofText, options.crypto.sha256)
  const wrong = isMalformed(own) ? null : firstDifference(own, members)
  const found =
    opened === undefined
      ? []
      : failuresOfOpened(opened, report.leaf, certificate.index, options.crypto.sha256)
  // Else a true proof could lend its name to a changed record beside it.
  const detail = `its member "${wrong}" does not follow from its proof`
  if (wrong !== null) found.push(failure("certificate_malformed", { record: certificate.index, detail }))
  return found.length === 0 ? report : { ...report, failures: [...report.failures, ...found] }
}

const openedForm = z
  .array(
    z.strictObject({
      path: z.string().max(200),
      salt: z.string().regex(/^[0-9a-f]{32}$/),
      value: z.unknown(),
    }),
  )
  .min(1)
  .max(200)

/** What is wrong with the opened values: each must be the one that the record committed to, and stand there once. */
function failuresOfOpened(
  given: unknown,
  record: Leaf | Envelope | null,
  index: number,
  sha256: Sha256,
): Failure[] {
  const broken = () => [
    failure("certificate_malformed", { record: index, detail: 'its member "opened" cannot be read' }),
  ]
  const read = openedForm.safeParse(given)
  if (!read.success || record === null || record.v !== leafVersion) return broken()
  const leaf = record as Leaf
  if (new Set(read.data.map(({ path }) => path)).size < read.data.length) return broken()
  try {
    return read.data
      .filter(({ path, salt, value }) => {
        const one = { index: leaf.index, path, salt, value: value as Json }
        return checkDisclosure(one, leaf, sha256) !== "fits"
      })
      .map(({ path }) => failure("disclosure_wrong", { record: index, detail: path }))
  } catch {
    // No canonical form: a lone surrogate, or a number beyond what JSON carries exactly.
    return broken()
  }
}

type Members = Record<string, unknown>

function readCertificateJson(file: string): { proofText: string; members: Members } | Malformed {
  if (file.length > largestFile) return malformed("it is too long")
  try {
    const members: Members = JSON.parse(file)
    const { proofText } = members
    return typeof proofText === "string" ? { proofText, members } : malformed("there is no proofText in it")
  } catch {
    return malformed("it is not JSON")
  }
}

/** What is to be said of something that is no certificate at all. */
export const unreadCertificate = (detail: string): CertificateReport => ({
  failures: [failure("certificate_malformed", { detail })],
  authenticated: false,
  index: null,
  head: null,
  bytes: null,
  leaf: null,
  witnesses: null,
  compromised: false,
})

function firstDifference(own: CertificateJson, given: Members): string | null {
  for (const name of new Set([...Object.keys(own), ...Object.keys(given)])) {
    if (!Object.hasOwn(own, name) || !Object.hasOwn(given, name)) return name.slice(0, 40)
    try {
      if (canonicalJson(own[name as keyof CertificateJson]) !== canonicalJson(given[name])) return name
    } catch {
      return name
    }
  }
  return null
}
