import type { Actor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import type { RegistrationState } from "#contracts/registration.ts"
import { strip } from "#contracts/rights/papers.ts"
import { permit } from "../access/permit.ts"
import { measuredVersion, previewOf } from "../datasets/queries.ts"
import type { Waiting } from "../queue.ts"
import type { Services } from "../services.ts"
import { countSubmitted, loadFirstRecord, loadQueue, loadRegistration, loadSeller } from "./store.ts"

const pageSize = 50

/** The operator's queue: those that wait, longest first, or those decided, newest first. */
export async function registrationQueue(
  services: Services,
  actor: Actor,
  { state, after }: { state: RegistrationState; after: string | null },
) {
  const user = permit(actor, "registration.review")
  if (isRefusal(user)) return user
  const cards = await loadQueue(services.sql, state, after, pageSize + 1)
  const registrations = cards.slice(0, pageSize)
  const next = cards.length > pageSize ? (registrations.at(-1)?.registration.id ?? null) : null
  return { registrations, next, now: services.writer.now() }
}

/** How many registrations wait to be reviewed. */
export const waitingRegistrations = ({ sql }: Pick<Services, "sql">): Promise<Waiting> => countSubmitted(sql)

/** A registration with all that its review looks at: to the operator, and to its own seller. */
export async function registrationPage(services: Services, actor: Actor, id: Id<"registration">) {
  const user = permit(actor, "product.read")
  if (isRefusal(user)) return user
  const registration = await loadRegistration(services.sql, id)
  const operator = user.roles.includes("operator")
  if (registration === null || (!operator && registration.party !== user.party))
    return refuse("not_found", "registration")
  const now = services.writer.now()
  const [seller, measured, preview, index] = await Promise.all([
    loadSeller(services.sql, registration.party),
    measuredVersion(services, registration.datasetVersion),
    previewOf(services, id),
    loadFirstRecord(services.sql, id),
  ])
  if (seller === null) throw new Error(`a registration without its party: ${id}`)
  return {
    registration,
    seller: { id: seller.id, name: seller.name, country: seller.country, state: seller.state },
    manifest: measured?.manifest ?? null,
    profile: measured?.profile ?? null,
    preview: preview === null ? null : { ...preview, record: index },
    strip: strip(registration.evidence, now),
    now,
  }
}
