import type { Sql } from "postgres"
import type { AgreementFacts, AgreementParty } from "#contracts/agreement.ts"
import type { VersionManifest } from "#contracts/dataset.ts"
import type { Id } from "#contracts/ids.ts"
import type { Plan } from "#contracts/listing.ts"
import type { Party } from "#contracts/party.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { Registration } from "#contracts/registration.ts"
import type { WantedUse } from "#contracts/rights.ts"
import type { Tax } from "#contracts/tax.ts"
import type { Time } from "#contracts/time.ts"
import type { Config } from "../services.ts"
import { loadSubject, type ProposalScene } from "./store.ts"

type Particulars = { trade: Id<"trade">; plan: Plan; tax: Tax; use: WantedUse; nonce: string; now: Time }

/** Gathers all that the agreement's text says: the registration and the manifest besides what the proposal has. */
export async function agreementFacts(
  sql: Sql,
  config: Config,
  { listing, seller, buyer }: ProposalScene,
  { trade, plan, tax, use, nonce, now }: Particulars,
): Promise<AgreementFacts | Refusal> {
  const subject: { registration: Registration; manifest: VersionManifest } | null = await loadSubject(
    sql,
    listing,
  )
  if (!subject?.registration.number) return refuse("registration_not_reviewed")
  const { registration, manifest } = subject
  return {
    trade,
    proposedAt: now,
    market: config.marketName,
    holder: config.fundsHolder,
    seller: agreementParty(seller),
    buyer: agreementParty(buyer),
    listing: listing.id,
    title: listing.title,
    form: listing.form,
    format: listing.format,
    rows: manifest.rows,
    bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
    versionHash: listing.versionHash,
    registrationNumber: registration.number ?? "",
    evidence: registration.evidence,
    policy: listing.policy,
    use,
    plan,
    tax,
    nonce,
  }
}

const agreementParty = ({ name, identifierKind, identifier, country }: Party): AgreementParty => ({
  name,
  identifierKind,
  identifier,
  country,
})
