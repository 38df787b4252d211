import { z } from "zod"
import {
  approveErasureInput,
  liftHoldInput,
  placeHoldInput,
  refuseErasureInput,
  requestErasureInput,
} from "#contracts/erasure.ts"
import { type Id, isId } from "#contracts/ids.ts"
import { approveErasure, liftHold, placeHold, refuseErasure, requestErasure } from "../erasure/commands.ts"
import { erasedOf, erasureForDecision, erasureQueue, holdsPage, myErasures } from "../erasure/queries.ts"
import { answered, procedure, router } from "./trpc.ts"

const erasureId = z.string().refine((text): text is Id<"erasure"> => isId("erasure", text))
const after = z.string().max(40).nullable().default(null)

/** Erasures, and the legal holds that keep things from being erased. */
export const erasure = router({
  request: procedure
    .input(requestErasureInput)
    .mutation(({ ctx, input }) => answered(requestErasure(ctx.services, ctx.actor, input))),
  approve: procedure
    .input(approveErasureInput)
    .mutation(({ ctx, input }) => answered(approveErasure(ctx.services, ctx.actor, input))),
  refuse: procedure
    .input(refuseErasureInput)
    .mutation(({ ctx, input }) => answered(refuseErasure(ctx.services, ctx.actor, input))),
  mine: procedure.query(({ ctx }) => answered(myErasures(ctx.services, ctx.actor))),
  queue: procedure
    .input(z.strictObject({ which: z.enum(["waiting", "ended"]).default("waiting"), after }))
    .query(({ ctx, input }) => answered(erasureQueue(ctx.services, ctx.actor, input))),
  forDecision: procedure
    .input(z.strictObject({ erasure: erasureId }))
    .query(({ ctx, input }) => answered(erasureForDecision(ctx.services, ctx.actor, input.erasure))),
  /** Of single records, which of their values were erased, and by which record. */
  erased: procedure
    .input(z.strictObject({ indexes: z.array(z.int().min(0)).max(500) }))
    .query(({ ctx, input }) => erasedOf(ctx.services, input.indexes)),
  placeHold: procedure
    .input(placeHoldInput)
    .mutation(({ ctx, input }) => answered(placeHold(ctx.services, ctx.actor, input))),
  liftHold: procedure
    .input(liftHoldInput)
    .mutation(({ ctx, input }) => answered(liftHold(ctx.services, ctx.actor, input))),
  holds: procedure.query(({ ctx }) => answered(holdsPage(ctx.services, ctx.actor))),
})
