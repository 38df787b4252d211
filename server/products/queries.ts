import type { Actor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { priced } from "#contracts/listing.ts"
import {
  completeness,
  type FileState,
  listingOf,
  registrationOf,
  unansweredEvidence,
} from "#contracts/product.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { feeCapOf } from "#contracts/registration.ts"
import { toForm } from "#contracts/rights/form.ts"
import { strip } from "#contracts/rights/papers.ts"
import { permit } from "../access/permit.ts"
import { previewOf } from "../datasets/queries.ts"
import { productErasure } from "../erasure/product-store.ts"
import { loadParty } from "../parties/store.ts"
import { draftProblems } from "../registrations/rules.ts"
import type { Services } from "../services.ts"
import {
  type CurrentVersion,
  type GateAnswer,
  type LatestUpload,
  loadCurrentVersion,
  loadLatestUpload,
  loadListing,
  loadProduct,
  loadProductCards,
  loadRegistration,
  type Product,
  writeGateAnswer,
} from "./store.ts"

export type { CurrentVersion, Product }

const pageSize = 50

/** A party's own product with the version that it stands for now; null when it is not theirs or not there. */
export async function findOwnProduct(
  { sql }: Pick<Services, "sql">,
  party: Id<"party">,
  id: Id<"product">,
): Promise<{ product: Product; version: CurrentVersion | null } | null> {
  const [product, version] = await Promise.all([loadProduct(sql, id), loadCurrentVersion(sql, id)])
  return product?.party === party ? { product, version } : null
}

/** Keeps what the rights gate answered to a submission, for the seller to see; null when it passed. */
export async function keepGateAnswer(
  { sql }: Pick<Services, "sql">,
  product: Id<"product">,
  answer: GateAnswer | null,
): Promise<void> {
  await writeGateAnswer(sql, product, answer)
}

const fileStateOf = (
  version: CurrentVersion["state"] | null,
  upload: LatestUpload["state"] | null,
): FileState => {
  if (version !== null && version !== "refused") return version
  if (upload === "open") return "uploading"
  return version === "refused" || upload === "refused" ? "refused" : "none"
}

/** Everything the studio shows of one product, to its seller. */
export async function productPage(services: Services, actor: Actor, id: Id<"product">) {
  const user = permit(actor, "product.draft")
  if (isRefusal(user)) return user
  const found = await findOwnProduct(services, user.party, id)
  if (found === null) return refuse("not_found", "product")
  const { product, version } = found
  const now = services.writer.now()
  const registration = version === null ? null : registrationOf(version.id)
  const [upload, registered, listing, preview, erasure, seller] = await Promise.all([
    loadLatestUpload(services.sql, id),
    registration === null ? null : loadRegistration(services.sql, registration),
    loadListing(services.sql, listingOf(id)),
    registration === null ? null : previewOf(services, registration),
    productErasure(services.sql, id),
    loadParty(services.sql, user.party),
  ])
  const { draft } = product
  const file = fileStateOf(version?.state ?? null, upload?.state ?? null)
  const states = strip(draft.evidence ?? unansweredEvidence, now)
  const problems: Refusal[] =
    draft.evidence === null
      ? []
      : draftProblems(draft.evidence, draft.policy, { priced: priced(draft.plans), at: now })
  return {
    product: { id, version: product.version, draft, gate: product.gate },
    answers: draft.policy === null ? null : toForm(draft.policy),
    version,
    upload,
    strip: states,
    file,
    completeness: completeness(draft, file, states),
    problems,
    registration: registered,
    listing,
    preview,
    erasure,
    /** What the market would take of a plan's price. */
    fees: {
      schedule: services.config.feeSchedule,
      class: seller?.class ?? ("standard" as const),
      capBasisPoints: draft.evidence && feeCapOf(draft.evidence),
    },
    now,
  }
}

/** The party's products, newest first; `after` is the id that the last page ended with. */
export async function myProducts(services: Services, actor: Actor, { after }: { after: string | null }) {
  const user = permit(actor, "product.draft")
  if (isRefusal(user)) return user
  const cards = await loadProductCards(services.sql, user.party, after, pageSize + 1)
  const now = services.writer.now()
  const products = cards.slice(0, pageSize).map(({ draft, file, upload, ...card }) => {
    const state = fileStateOf(file, upload)
    const states = strip(draft.evidence ?? unansweredEvidence, now)
    return { ...card, title: draft.title, file: state, completeness: completeness(draft, state, states) }
  })
  const next = cards.length > pageSize ? (products.at(-1)?.id ?? null) : null
  return { products, next }
}
