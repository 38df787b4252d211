import type { Actor } from "#contracts/actor.ts"
import type { CertificateJson } from "#contracts/ledger/certificate-json.ts"
import { isCommitment } from "#contracts/ledger/encoding.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Services } from "../services.ts"
import { readRecordPage } from "./explorer.ts"

/**
 * A record's certificate with the confidential values in it that the actor's party may read. A party that may read
 * none of them is told that there is no such thing; where nothing is confidential, everybody's certificate is whole.
 */
export async function readOwnCertificate(
  services: Services,
  actor: Actor,
  index: number,
): Promise<CertificateJson | Refusal> {
  if (actor.kind !== "user") return refuse("not_signed_in")
  const found = await readRecordPage(services, actor, index)
  if (isRefusal(found)) return found
  const { certificate } = found
  const opened = found.opened.map(({ path, salt, value }) => ({ path, salt, value }))
  if (opened.length > 0) return { ...certificate, opened }
  return holdsCommitments(certificate) ? refuse("not_found") : certificate
}

function holdsCommitments({ leaf }: CertificateJson): boolean {
  if (!("body" in leaf)) return true
  return "commit" in leaf.actor || Object.values(leaf.body).some(isCommitment)
}
