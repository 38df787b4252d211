import { cache } from "react"
import type { Locale } from "#contracts/localized-text.ts"
import type { ListingPage } from "#server/listings/queries.ts"
import { caller, type Loaded, load } from "../../../_lib/caller.ts"
import { orNotFound } from "../../../_lib/page.ts"

export type { ListingPage }

/** A listing's page, asked once for the title and the body of a request; one that does not exist is not found. */
export const loadListing = cache(async (id: string, locale: Locale): Promise<Loaded<ListingPage>> => {
  const api = await caller(locale)
  return orNotFound(await load(locale, () => api.listings.page({ listing: id as never })))
})
