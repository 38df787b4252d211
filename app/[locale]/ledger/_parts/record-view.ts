import { fromUtf8, toHex } from "#contracts/bytes.ts"
import { isId } from "#contracts/ids.ts"
import { parseCertificate } from "#contracts/ledger/certificate-form.ts"
import type { CertificateJson } from "#contracts/ledger/certificate-json.ts"
import type { Leaf } from "#contracts/ledger/encoding.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { recordSentence } from "#contracts/ledger/sentences.ts"
import type { Locale } from "#contracts/localized-text.ts"

/** A value that was opened to this reader, by its place in the leaf. */
export type Opened = { readonly path: string; readonly salt: string; readonly value: Json }

/** The position in an address, or null. */
export const positionOf = (text: string): number | null =>
  /^(0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : null

/** What happened, with the opened values that a person can read; a bare id says nothing in a sentence. */
export function sentenceOf(leaf: Leaf, opened: readonly Opened[], locale: Locale): string {
  const readable = opened.flatMap(({ path, value }) =>
    path.startsWith("/body/") && !isId("party", value) && !isId("listing", value)
      ? [[path.slice("/body/".length), value] as const]
      : [],
  )
  return recordSentence(leaf, Object.fromEntries(readable), locale)
}

/** The bytes that are hashed, as the text that they are. */
export const rawLeaf = (certificate: CertificateJson): string => fromUtf8(bytesOf(certificate))

/** The same bytes as hexadecimal, four at a time. */
export const hexLeaf = (certificate: CertificateJson): string =>
  (toHex(bytesOf(certificate)).match(/.{1,8}/g) ?? []).join(" ")

export const leafBytes = (certificate: CertificateJson): number => bytesOf(certificate).length

function bytesOf({ proofText }: CertificateJson): Uint8Array {
  const certificate = parseCertificate(proofText)
  if (isMalformed(certificate) || certificate.extra === null)
    throw new Error("a certificate of ours carries its record")
  return certificate.extra
}
