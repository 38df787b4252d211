import { z } from "zod"
import { type Id, type IdKind, isId } from "#contracts/ids.ts"
import { tradeChoices } from "#contracts/supervision.ts"
import { freezeInput, imposeFreeze, liftFreeze, liftInput, targetInput } from "../supervision/commands.ts"
import { openingsPage, openThread, openThreadInput } from "../supervision/openings.ts"
import { supervisedParty } from "../supervision/party-query.ts"
import { completeness, freezePage, freezeReach, freezesPage } from "../supervision/queries.ts"
import { searchDesk } from "../supervision/search.ts"
import { supervisedTrade } from "../supervision/trade-query.ts"
import { procedure, router } from "./trpc.ts"

const idOf = <K extends IdKind>(kind: K) => z.string().refine((text): text is Id<K> => isId(kind, text))
const opening = idOf("command").nullable().default(null)
const after = z.string().max(40).nullable().default(null)

/** The regulator's desk. */
export const supervision = router({
  search: procedure
    .input(z.strictObject({ text: z.string().max(300) }))
    .query(({ ctx, input }) => searchDesk(ctx.services, ctx.actor, input.text)),
  trade: procedure
    .input(z.strictObject({ trade: idOf("trade"), opening }))
    .query(({ ctx, input }) => supervisedTrade(ctx.services, ctx.actor, input.trade, input.opening)),
  party: procedure
    .input(z.strictObject({ party: idOf("party"), after, opening }))
    .query(({ ctx, input }) => supervisedParty(ctx.services, ctx.actor, input.party, input)),
  completeness: procedure
    .input(z.strictObject({ after, show: z.enum(tradeChoices).default("all") }))
    .query(({ ctx, input }) => completeness(ctx.services, ctx.actor, input)),
  open: procedure
    .input(openThreadInput)
    .mutation(({ ctx, input }) => openThread(ctx.services, ctx.actor, input)),
  openings: procedure
    .input(z.strictObject({ after }))
    .query(({ ctx, input }) => openingsPage(ctx.services, ctx.actor, input)),
  reach: procedure.input(targetInput).query(({ ctx, input }) => freezeReach(ctx.services, ctx.actor, input)),
  freeze: procedure
    .input(freezeInput)
    .mutation(({ ctx, input }) => imposeFreeze(ctx.services, ctx.actor, input)),
  lift: procedure.input(liftInput).mutation(({ ctx, input }) => liftFreeze(ctx.services, ctx.actor, input)),
  freezes: procedure
    .input(z.strictObject({ after, which: z.enum(["active", "ended"]).default("active") }))
    .query(({ ctx, input }) => freezesPage(ctx.services, ctx.actor, input)),
  freezeOf: procedure
    .input(z.strictObject({ freeze: idOf("freeze") }))
    .query(({ ctx, input }) => freezePage(ctx.services, ctx.actor, input.freeze)),
})
