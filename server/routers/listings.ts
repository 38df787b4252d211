import { z } from "zod"
import { type Id, isId } from "#contracts/ids.ts"
import { searchInput } from "#contracts/search.ts"
import { publishInput, publishListing, withdrawInput, withdrawListing } from "../listings/commands.ts"
import { listingPage } from "../listings/queries.ts"
import { searchListings } from "../listings/search.ts"
import { procedure, router } from "./trpc.ts"

const one = z.strictObject({
  listing: z.string().refine((text): text is Id<"listing"> => isId("listing", text)),
})

export const listings = router({
  publish: procedure
    .input(publishInput)
    .mutation(({ ctx, input }) => publishListing(ctx.services, ctx.actor, input)),
  withdraw: procedure
    .input(withdrawInput)
    .mutation(({ ctx, input }) => withdrawListing(ctx.services, ctx.actor, input)),
  /** Anyone may search and read, signed in or not. */
  search: procedure.input(searchInput).query(({ ctx, input }) => searchListings(ctx.services, input)),
  page: procedure.input(one).query(({ ctx, input }) => listingPage(ctx.services, input.listing)),
})
