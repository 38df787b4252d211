import { z } from "zod"
import { type Id, isId } from "#contracts/ids.ts"
import { acceptChargeback, onChargeback, sendEvidence } from "../chargebacks/commands.ts"
import { chargebackPage, chargebackQueue } from "../chargebacks/queries.ts"
import { answered, procedure, router } from "./trpc.ts"

const one = z.strictObject({
  chargeback: z.string().refine((text): text is Id<"chargeback"> => isId("chargeback", text)),
})

/** Chargebacks as the operator looks after them; the sides of a trade see theirs on the trade's page. */
export const chargebacks = router({
  queue: procedure.query(({ ctx }) => answered(chargebackQueue(ctx.services, ctx.actor))),
  page: procedure
    .input(one)
    .query(({ ctx, input }) => answered(chargebackPage(ctx.services, ctx.actor, input.chargeback))),
  answer: procedure
    .input(onChargeback)
    .mutation(({ ctx, input }) => answered(sendEvidence(ctx.services, ctx.actor, input))),
  accept: procedure
    .input(onChargeback)
    .mutation(({ ctx, input }) => answered(acceptChargeback(ctx.services, ctx.actor, input))),
})
