import { z } from "zod"
import { type Id, isId } from "#contracts/ids.ts"
import { giveBackInput } from "#contracts/refund.ts"
import {
  confirmPayout,
  confirmPayoutInput,
  confirmReceipt,
  confirmReceiptInput,
  payInstruction,
  payTrade,
  returnPayout,
  returnPayoutInput,
} from "../payments/commands.ts"
import { giveMoneyBack } from "../refunds/commands.ts"
import {
  acceptInput,
  acceptTrade,
  cancelInput,
  cancelTrade,
  confirmInput,
  confirmTrade,
  disputeInput,
  disputeTrade,
  invoiceInput,
  invoiceTrade,
  payInput,
  proposeInput,
  proposeTrade,
  resolveInput,
  resolveTrade,
} from "../trades/commands.ts"
import { disputeQueue, myTrades, tradePage } from "../trades/queries.ts"
import { answered, procedure, router } from "./trpc.ts"

const trade = z.strictObject({ trade: z.string().refine((text): text is Id<"trade"> => isId("trade", text)) })
const payment = z.strictObject({
  payment: z.string().refine((text): text is Id<"payment"> => isId("payment", text)),
})
const page = z.strictObject({
  after: z.string().max(40).nullable().default(null),
  side: z.enum(["buyer", "seller"]).nullable().default(null),
})

const queue = z.strictObject({ after: z.string().max(60).nullable().default(null) })

export const trades = router({
  propose: procedure
    .input(proposeInput)
    .mutation(({ ctx, input }) => proposeTrade(ctx.services, ctx.actor, input)),
  confirm: procedure
    .input(confirmInput)
    .mutation(({ ctx, input }) => confirmTrade(ctx.services, ctx.actor, input)),
  cancel: procedure
    .input(cancelInput)
    .mutation(({ ctx, input }) => cancelTrade(ctx.services, ctx.actor, input)),
  pay: procedure
    .input(payInput)
    .mutation(({ ctx, input }) => payTrade(ctx.services, ctx.actor, input, ctx.locale)),
  payInstruction: procedure
    .input(payment)
    .query(({ ctx, input }) => payInstruction(ctx.services, ctx.actor, input.payment, ctx.locale)),
  accept: procedure
    .input(acceptInput)
    .mutation(({ ctx, input }) => acceptTrade(ctx.services, ctx.actor, input)),
  invoice: procedure
    .input(invoiceInput)
    .mutation(({ ctx, input }) => invoiceTrade(ctx.services, ctx.actor, input)),
  dispute: procedure
    .input(disputeInput)
    .mutation(({ ctx, input }) => disputeTrade(ctx.services, ctx.actor, input)),
  resolve: procedure
    .input(resolveInput)
    .mutation(({ ctx, input }) => resolveTrade(ctx.services, ctx.actor, input)),
  confirmReceipt: procedure
    .input(confirmReceiptInput)
    .mutation(({ ctx, input }) => confirmReceipt(ctx.services, ctx.actor, input)),
  returnPayout: procedure
    .input(returnPayoutInput)
    .mutation(({ ctx, input }) => answered(returnPayout(ctx.services, ctx.actor, input))),
  confirmPayout: procedure
    .input(confirmPayoutInput)
    .mutation(({ ctx, input }) => confirmPayout(ctx.services, ctx.actor, input)),
  giveBack: procedure
    .input(giveBackInput)
    .mutation(({ ctx, input }) => giveMoneyBack(ctx.services, ctx.actor, input)),
  page: procedure.input(trade).query(({ ctx, input }) => tradePage(ctx.services, ctx.actor, input.trade)),
  mine: procedure.input(page).query(({ ctx, input }) => myTrades(ctx.services, ctx.actor, input)),
  disputes: procedure
    .input(queue)
    .query(({ ctx, input }) => answered(disputeQueue(ctx.services, ctx.actor, input))),
})
