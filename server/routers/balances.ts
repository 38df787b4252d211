import { z } from "zod"
import { payDebtInput } from "#contracts/debt.ts"
import { type Id, isId } from "#contracts/ids.ts"
import { confirmTopUpInput, onTopUpInput, startTopUpInput } from "#contracts/top-up.ts"
import {
  askWithdrawalInput,
  confirmWithdrawalInput,
  onWithdrawalInput,
  refuseWithdrawalInput,
  returnWithdrawalInput,
} from "#contracts/withdrawal.ts"
import { balancePage, balanceQueues } from "../balances/queries.ts"
import { payDebtFromBalance } from "../debts/commands.ts"
import { cancelTopUp, confirmTopUpReceipt, topUp, topUpInstruction } from "../top-ups/commands.ts"
import {
  approveAsOperator,
  approveOwnWithdrawal,
  askForWithdrawal,
  confirmWithdrawal,
  noteReturnedWithdrawal,
  refuseAsOperator,
  takeBackWithdrawal,
} from "../withdrawals/commands.ts"
import { answered, procedure, router } from "./trpc.ts"

const page = z.strictObject({ after: z.string().max(120).nullable().default(null) })
const place = z.string().max(40).nullable().default(null)
const onTopUp = z.strictObject({
  topUp: z.string().refine((text): text is Id<"topUp"> => isId("topUp", text)),
})

/** Parties' prepaid balances: what they see and do themselves, and what the operator confirms. */
export const balances = router({
  page: procedure
    .input(page)
    .query(({ ctx, input }) => answered(balancePage(ctx.services, ctx.actor, input))),
  startTopUp: procedure
    .input(startTopUpInput)
    .mutation(({ ctx, input }) => answered(topUp(ctx.services, ctx.actor, input))),
  topUpInstruction: procedure
    .input(onTopUp)
    .query(({ ctx, input }) => answered(topUpInstruction(ctx.services, ctx.actor, input.topUp, ctx.locale))),
  cancelTopUp: procedure
    .input(onTopUpInput)
    .mutation(({ ctx, input }) => answered(cancelTopUp(ctx.services, ctx.actor, input))),
  confirmTopUp: procedure
    .input(confirmTopUpInput)
    .mutation(({ ctx, input }) => answered(confirmTopUpReceipt(ctx.services, ctx.actor, input))),
  askWithdrawal: procedure
    .input(askWithdrawalInput)
    .mutation(({ ctx, input }) => answered(askForWithdrawal(ctx.services, ctx.actor, input))),
  approveWithdrawal: procedure
    .input(onWithdrawalInput)
    .mutation(({ ctx, input }) => answered(approveOwnWithdrawal(ctx.services, ctx.actor, input))),
  takeBackWithdrawal: procedure
    .input(refuseWithdrawalInput)
    .mutation(({ ctx, input }) => answered(takeBackWithdrawal(ctx.services, ctx.actor, input))),
  approveAsOperator: procedure
    .input(onWithdrawalInput)
    .mutation(({ ctx, input }) => answered(approveAsOperator(ctx.services, ctx.actor, input))),
  refuseWithdrawal: procedure
    .input(refuseWithdrawalInput)
    .mutation(({ ctx, input }) => answered(refuseAsOperator(ctx.services, ctx.actor, input))),
  confirmWithdrawal: procedure
    .input(confirmWithdrawalInput)
    .mutation(({ ctx, input }) => answered(confirmWithdrawal(ctx.services, ctx.actor, input))),
  returnWithdrawal: procedure
    .input(returnWithdrawalInput)
    .mutation(({ ctx, input }) => answered(noteReturnedWithdrawal(ctx.services, ctx.actor, input))),
  payDebt: procedure
    .input(payDebtInput)
    .mutation(({ ctx, input }) => answered(payDebtFromBalance(ctx.services, ctx.actor, input))),
  queues: procedure
    .input(z.strictObject({ after: place, approvals: place, payments: place, paid: place }))
    .query(({ ctx, input }) => answered(balanceQueues(ctx.services, ctx.actor, input))),
})
