import { z } from "zod"
import { type Id, isId } from "#contracts/ids.ts"
import { paymentPage, paymentQueue, paymentQueues } from "../payments/queries.ts"
import { answered, procedure, router } from "./trpc.ts"

const queue = z.strictObject({
  queue: z.enum(paymentQueues).default("receipts"),
  after: z.string().max(40).nullable().default(null),
})
const one = z.strictObject({
  payment: z.string().refine((text): text is Id<"payment"> => isId("payment", text)),
})

/** Payments as the operator looks after them; their steps stand with the trades. */
export const payments = router({
  queue: procedure
    .input(queue)
    .query(({ ctx, input }) => answered(paymentQueue(ctx.services, ctx.actor, input))),
  page: procedure
    .input(one)
    .query(({ ctx, input }) => answered(paymentPage(ctx.services, ctx.actor, input.payment))),
})
