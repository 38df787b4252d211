import { checkBooks, closeAlertInput, closeFinding } from "../finance/commands.ts"
import { financeOverview, journalPage, journalsInput } from "../finance/queries.ts"
import { answered, procedure, router } from "./trpc.ts"

/** The book as the operator and the supervision of funds see it. */
export const finance = router({
  overview: procedure.query(({ ctx }) => answered(financeOverview(ctx.services, ctx.actor))),
  journals: procedure
    .input(journalsInput)
    .query(({ ctx, input }) => answered(journalPage(ctx.services, ctx.actor, input))),
  check: procedure.mutation(({ ctx }) => answered(checkBooks(ctx.services, ctx.actor))),
  closeAlert: procedure
    .input(closeAlertInput)
    .mutation(({ ctx, input }) => answered(closeFinding(ctx.services, ctx.actor, input))),
})
