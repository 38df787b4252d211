import { z } from "zod"
import { type Id, isId } from "#contracts/ids.ts"
import { onRequestInput, postRequestInput, takeMatchInput } from "#contracts/request.ts"
import { closeRequest, matchRequest, postRequest, takeMatch } from "../matching/commands.ts"
import { myRequests, openRequests, requestPage, roundInputsOf, roundPage } from "../matching/queries.ts"
import { answered, procedure, router } from "./trpc.ts"

const request = z.strictObject({
  request: z.string().refine((text): text is Id<"request"> => isId("request", text)),
})
const round = z.strictObject({ round: z.string().refine((text): text is Id<"round"> => isId("round", text)) })
const page = z.strictObject({ after: z.string().max(40).nullable().default(null) })

/** What buyers need, and the rounds that match it with what is listed. */
export const requests = router({
  post: procedure
    .input(postRequestInput)
    .mutation(({ ctx, input }) => postRequest(ctx.services, ctx.actor, input)),
  close: procedure
    .input(onRequestInput)
    .mutation(({ ctx, input }) => closeRequest(ctx.services, ctx.actor, input)),
  match: procedure
    .input(onRequestInput)
    .mutation(({ ctx, input }) => matchRequest(ctx.services, ctx.actor, input)),
  take: procedure
    .input(takeMatchInput)
    .mutation(({ ctx, input }) => takeMatch(ctx.services, ctx.actor, input)),
  mine: procedure.input(page).query(({ ctx, input }) => answered(myRequests(ctx.services, ctx.actor, input))),
  open: procedure
    .input(page)
    .query(({ ctx, input }) => answered(openRequests(ctx.services, ctx.actor, input))),
  page: procedure
    .input(request)
    .query(({ ctx, input }) => answered(requestPage(ctx.services, ctx.actor, input.request))),
  round: procedure
    .input(round)
    .query(({ ctx, input }) => answered(roundPage(ctx.services, ctx.actor, input.round))),
  roundInputs: procedure
    .input(round)
    .query(({ ctx, input }) => answered(roundInputsOf(ctx.services, ctx.actor, input.round))),
})
