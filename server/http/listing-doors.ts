import { isId } from "#contracts/ids.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { toOdrl } from "#contracts/rights/odrl-write.ts"
import { listingPage } from "../listings/queries.ts"
import { answerJson, type Door } from "./door.ts"

/** A listing's rights policy as an ODRL 2.2 offer, for programs. Anyone may read it, as they may the page. */
const policy: Door = {
  method: "GET",
  pattern: /^\/api\/listings\/(?<id>[^/]+)\/policy$/,
  async open({ services, response, parts }) {
    const { id } = parts
    if (!isId("listing", id)) return refuse("not_found")
    const found = await listingPage(services, id)
    if (isRefusal(found)) return found
    const { publicUrl } = services.config
    const offer = toOdrl(found.listing.policy, {
      type: "Offer",
      id: `${publicUrl}/api/listings/${id}/policy`,
      assigner: `urn:quanheng:party:${found.listing.seller}`,
    })
    answerJson(response, 200, offer)
    return undefined
  },
}

export const listingDoors: readonly Door[] = [policy]
