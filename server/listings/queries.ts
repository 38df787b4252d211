import type { Id } from "#contracts/ids.ts"
import type { Listing } from "#contracts/listing.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { Registration, RightsEvidence } from "#contracts/registration.ts"
import { strip } from "#contracts/rights/papers.ts"
import { measuredVersion, previewOf } from "../datasets/queries.ts"
import type { Services } from "../services.ts"
import { type CatalogueRecord, loadFreeSeats, loadHistory, loadListing, loadSurroundings } from "./store.ts"

/**
 * A listing's public page: anyone may read it. A withdrawn or frozen listing keeps its page, since trades and
 * records name it, but shows no rows of the data. Personal data hints are the seller's own and are left out.
 */
export async function listingPage(services: Pick<Services, "sql" | "writer">, id: Id<"listing">) {
  const { sql } = services
  const listing = await loadListing(sql, id)
  if (listing === null) return refuse("not_found", "listing")
  const [around, measured, preview, free, history] = await Promise.all([
    loadSurroundings(sql, listing),
    measuredVersion(services, listing.datasetVersion),
    previewOf(services, listing.registration),
    loadFreeSeats(
      sql,
      listing.plans.map((plan) => plan.id),
    ),
    loadHistory(sql, [listing.id, listing.registration]),
  ])
  if (around === null || measured === null) throw new Error(`a listing without its subject: ${id}`)
  const { screening: _, ...profile } = measured.profile
  const now = services.writer.now()
  return {
    listing,
    state: stateOf(listing, around.sellerFrozen),
    plans: listing.plans.map((plan) => ({ ...plan, free: free.get(plan.id) ?? null })),
    seller: {
      id: listing.seller,
      name: around.sellerName,
      country: around.sellerCountry,
      verified: around.sellerVerified,
    },
    registration: publicRegistration(around.registration),
    strip: strip(around.registration.evidence, now),
    manifest: measured.manifest,
    profile,
    measuredAt: around.measuredAt,
    erasedAt: around.erasedAt,
    preview: preview && stateOf(listing, around.sellerFrozen) === "forSale" ? preview : null,
    draw: preview && {
      versionHash: listing.versionHash,
      checkpoint: preview.checkpoint,
      seed: preview.seed,
      numbers: preview.numbers,
      record: firstRecord(history, listing.registration),
    },
    history,
    now,
  }
}

export type ListingPage = Exclude<Awaited<ReturnType<typeof listingPage>>, Refusal>

type SaleState = "forSale" | "withdrawn" | "frozen"

const stateOf = (listing: Listing, sellerFrozen: boolean): SaleState =>
  listing.frozenBy !== null || sellerFrozen
    ? "frozen"
    : listing.state === "published"
      ? "forSale"
      : "withdrawn"

/** The record that the draw's checkpoint is the first one after. */
const firstRecord = (history: readonly CatalogueRecord[], registration: string): number | null =>
  history.find(({ subject, version }) => subject === registration && version === 1)?.index ?? null

/** What anyone may read of a registration: not who reviewed it or why it was once sent back. */
function publicRegistration({ reviewedBy: _, rejection: __, evidence, ...rest }: Registration) {
  return { ...rest, evidence: withoutPapers(evidence) as RightsEvidence }
}

/** Papers are named, but not where they are: contracts and approvals are between the seller and the market. */
function withoutPapers(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(withoutPapers)
  if ("sha256" in value && "issuer" in value) return { ...value, number: null, url: null, sha256: null }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutPapers(part)]))
}
