import { toBase64 } from "#contracts/bytes.ts"
import type { CertificateJson } from "#contracts/ledger/certificate-json.ts"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import type { Locale } from "#contracts/localized-text.ts"
import type { Time } from "#contracts/time.ts"
import { formatCount } from "../../../_lib/format.ts"
import { formatTime } from "../../../_lib/format-time.ts"
import { certificate as words } from "../../../_lib/messages/certificate.ts"
import { ledger } from "../../../_lib/messages/ledger.ts"
import { actorText } from "../../ledger/_parts/record-facts.tsx"

/** One line of a certificate, on the page and on paper. */
export type CertificateRow = { term: string; value: string; look?: "code"; at?: Time }

const code = (term: string, value: string): CertificateRow => ({ term, value, look: "code" })

/** What was recorded: its type, when, and by whom as far as that is public. */
export function recordRows({ leaf }: CertificateJson, locale: Locale): CertificateRow[] {
  const t = ledger[locale]
  const moment = (term: string, at: Time) => ({ term, value: formatTime(at, locale, "second"), at })
  return [
    ...("type" in leaf
      ? [
          code(t.type, leaf.type),
          moment(t.occurred, leaf.occurredAt),
          moment(t.sealed, leaf.at),
          { term: t.actor, value: actorText(leaf, locale) },
        ]
      : []),
  ]
}

/**
 * Where it stands and who signed that. The key is the one that signed this checkpoint, for logs change their keys; it
 * is named as in the first two parts of a verifier key.
 */
export function proofRows(
  { log, index, leafHash, checkpoint }: CertificateJson,
  locale: Locale,
): CertificateRow[] {
  const t = words[locale]
  const head = readCheckpoint(checkpoint)
  if (isMalformed(head)) throw new Error("a certificate of ours carries its checkpoint")
  const { size, root } = head.unverifiedCheckpoint
  const [signature] = head.note.signatures
  const place = t.indexOf(formatCount(index, locale), formatCount(size, locale))
  return [
    code(ledger[locale].log, log),
    { term: t.index, value: place },
    code(t.leafHash, leafHash),
    code(t.root, toBase64(root)),
    ...(signature ? [code(t.key, `${signature.name}+${signature.keyId}`)] : []),
  ]
}
