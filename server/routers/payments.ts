import { z } from "zod"
import { repayDebtInput, writeOffInput } from "#contracts/debt.ts"
import { type Id, isId } from "#contracts/ids.ts"
import { decideLegByBankInput, legByBankInput } from "#contracts/payment.ts"
import {
  confirmRefundInput,
  decideRefundInput,
  refundByBankInput,
  returnRefundInput,
} from "#contracts/refund.ts"
import { repayDebt, takeDebtFromBalance, writeOff } from "../debts/commands.ts"
import { confirmPayee, confirmPayeeInput } from "../payments/commands.ts"
import { askRefundLegByBank, decideRefundLegByBank } from "../payments/leg-by-bank.ts"
import { paymentPage, paymentQueue, paymentQueues } from "../payments/queries.ts"
import { waitingReleases } from "../payments/waiting-releases.ts"
import {
  askRefundByBank,
  confirmGivingBack,
  confirmRefund,
  decideRefundByBank,
  returnRefund,
} from "../refunds/commands.ts"
import { claimQueue, myDebts } from "../refunds/queries.ts"
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
  claims: procedure.query(({ ctx }) => answered(claimQueue(ctx.services, ctx.actor))),
  debts: procedure.query(({ ctx }) => answered(myDebts(ctx.services, ctx.actor))),
  releases: procedure.query(({ ctx }) => answered(waitingReleases(ctx.services, ctx.actor))),
  decideRefund: procedure
    .input(decideRefundInput)
    .mutation(({ ctx, input }) => confirmGivingBack(ctx.services, ctx.actor, input)),
  refundByBank: procedure
    .input(refundByBankInput)
    .mutation(({ ctx, input }) => askRefundByBank(ctx.services, ctx.actor, input)),
  decideRefundByBank: procedure
    .input(decideRefundInput)
    .mutation(({ ctx, input }) => decideRefundByBank(ctx.services, ctx.actor, input)),
  legByBank: procedure
    .input(legByBankInput)
    .mutation(({ ctx, input }) => askRefundLegByBank(ctx.services, ctx.actor, input)),
  decideLegByBank: procedure
    .input(decideLegByBankInput)
    .mutation(({ ctx, input }) => decideRefundLegByBank(ctx.services, ctx.actor, input)),
  confirmRefund: procedure
    .input(confirmRefundInput)
    .mutation(({ ctx, input }) => confirmRefund(ctx.services, ctx.actor, input)),
  returnRefund: procedure
    .input(returnRefundInput)
    .mutation(({ ctx, input }) => returnRefund(ctx.services, ctx.actor, input)),
  repayDebt: procedure
    .input(repayDebtInput)
    .mutation(({ ctx, input }) => repayDebt(ctx.services, ctx.actor, input)),
  writeOff: procedure
    .input(writeOffInput)
    .mutation(({ ctx, input }) => writeOff(ctx.services, ctx.actor, input)),
  takeDebt: procedure
    .input(writeOffInput)
    .mutation(({ ctx, input }) => takeDebtFromBalance(ctx.services, ctx.actor, input)),
  confirmPayee: procedure
    .input(confirmPayeeInput)
    .mutation(({ ctx, input }) => confirmPayee(ctx.services, ctx.actor, input)),
  page: procedure
    .input(one)
    .query(({ ctx, input }) => answered(paymentPage(ctx.services, ctx.actor, input.payment))),
})
