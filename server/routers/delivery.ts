import { z } from "zod"
import { type Id, isId } from "#contracts/ids.ts"
import { deliveryOfTrade } from "../delivery/queries.ts"
import { procedure, router } from "./trpc.ts"

const trade = z.strictObject({ trade: z.string().refine((text): text is Id<"trade"> => isId("trade", text)) })

/** How a trade's data is got; the bytes themselves come through server/http/delivery-doors.ts. */
export const delivery = router({
  ofTrade: procedure
    .input(trade)
    .query(({ ctx, input }) => deliveryOfTrade(ctx.services, ctx.actor, input.trade)),
})
