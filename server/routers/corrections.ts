import { decideCorrectionInput, explainLineInput, payTaxInput } from "#contracts/correction.ts"
import { decideCorrection, explainLine, payTax } from "../corrections/commands.ts"
import { correctionList } from "../corrections/queries.ts"
import { answered, procedure, router } from "./trpc.ts"

/** What people book by hand: lines in suspense, and tax that was paid. */
export const corrections = router({
  list: procedure.query(({ ctx }) => answered(correctionList(ctx.services, ctx.actor))),
  explain: procedure
    .input(explainLineInput)
    .mutation(({ ctx, input }) => answered(explainLine(ctx.services, ctx.actor, input))),
  payTax: procedure
    .input(payTaxInput)
    .mutation(({ ctx, input }) => answered(payTax(ctx.services, ctx.actor, input))),
  decide: procedure
    .input(decideCorrectionInput)
    .mutation(({ ctx, input }) => answered(decideCorrection(ctx.services, ctx.actor, input))),
})
