import { payOut, payOutInput } from "../payouts/commands.ts"
import { payoutList } from "../payouts/queries.ts"
import { answered, procedure, router } from "./trpc.ts"

/** The platform's own payouts. */
export const payouts = router({
  list: procedure.query(({ ctx }) => answered(payoutList(ctx.services, ctx.actor))),
  start: procedure
    .input(payOutInput)
    .mutation(({ ctx, input }) => answered(payOut(ctx.services, ctx.actor, input))),
})
