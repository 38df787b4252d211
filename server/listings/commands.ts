import { z } from "zod"
import type { Actor } from "#contracts/actor.ts"
import { type Id, isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { withdrawalReasons } from "#contracts/listing.ts"
import { listingOf, registrationOf } from "#contracts/product.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { currentTemplate } from "#contracts/templates/catalogue.ts"
import type { Time } from "#contracts/time.ts"
import { permit } from "../access/permit.ts"
import { measuredVersion, previewOf } from "../datasets/queries.ts"
import { productErasedAt } from "../erasure/product-store.ts"
import { findOwnProduct } from "../products/queries.ts"
import type { Services } from "../services.ts"
import * as rules from "./rules.ts"
import { loadListing, loadRegistration, loadSeller, openSeats } from "./store.ts"

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })

export const publishInput = z.strictObject({ commandId: idOf("command"), product: idOf("product") })
export const withdrawInput = z.strictObject({
  commandId: idOf("command"),
  listing: idOf("listing"),
  reason: z.enum(withdrawalReasons),
})

/** Publishes the seller's product under the terms of its draft; the same product always has the same listing. */
export async function publishListing(
  services: Services,
  actor: Actor,
  input: z.infer<typeof publishInput>,
): Promise<Json | Refusal> {
  const user = permit(actor, "listing.publish")
  if (isRefusal(user)) return user
  const decide = (state: rules.Publication, made: rules.Made, now: Time) =>
    rules.publish(state, made, user.user, now)
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "listing.publish", input },
    async (now) => {
      const state = await loadPublication(services, user.party, input.product)
      if (isRefusal(state)) return state
      const made: rules.Made = {
        listing: listingOf(input.product),
        plans: state.draft.plans.map(() => services.newId("plan")),
        template: currentTemplate,
      }
      // Seats must stand when the plans appear, and are opened only for plans that will.
      const decided = decide(state, made, now)
      if (isRefusal(decided)) return decided
      await openSeats(
        services.sql,
        state.draft.plans.flatMap(({ seats }, i) => {
          const id = made.plans[i]
          return id === undefined ? [] : [{ id, seats }]
        }),
      )
      return { state, made }
    },
    ({ state, made }, now) => decide(state, made, now),
  )
}

async function loadPublication(
  services: Services,
  party: Id<"party">,
  id: Id<"product">,
): Promise<rules.Publication | Refusal> {
  const found = await findOwnProduct(services, party, id)
  const seller = await loadSeller(services.sql, party)
  if (await productErasedAt(services.sql, id)) return refuse("product_erased", "product")
  if (found === null || seller === null) return refuse("not_found", "product")
  const { product, version } = found
  const listing = await loadListing(services.sql, listingOf(id))
  const before = { seller, draft: product.draft, listing }
  if (version === null) return { ...before, registration: null, manifest: null, drawn: false }
  const [registration, measured, preview] = await Promise.all([
    loadRegistration(services.sql, registrationOf(version.id)),
    measuredVersion(services, version.id),
    previewOf(services, registrationOf(version.id)),
  ])
  return { ...before, registration, manifest: measured?.manifest ?? null, drawn: preview !== null }
}

/** By its seller, or by the operator. */
export async function withdrawListing(
  services: Services,
  actor: Actor,
  input: z.infer<typeof withdrawInput>,
): Promise<Json | Refusal> {
  const user = permit(actor, "listing.withdraw")
  if (isRefusal(user)) return user
  const operator = user.roles.includes("operator")
  return services.writer.run(
    { giver: user.party, id: input.commandId, action: "listing.withdraw", input },
    async () => {
      const listing = await loadListing(services.sql, input.listing)
      if (listing === null || (!operator && listing.seller !== user.party))
        return refuse("not_found", "listing")
      return listing
    },
    (listing, now) => {
      const role = listing.seller === user.party ? "seller" : "operator"
      return rules.withdraw(listing, input.reason, { role, party: user.party, user: user.user }, now)
    },
  )
}
