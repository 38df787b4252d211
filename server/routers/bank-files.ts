import { z } from "zod"
import { confirmLinesInput, matchByHandInput, setAsideInput, takeBackInput } from "#contracts/bank-file.ts"
import { type Id, isId } from "#contracts/ids.ts"
import { sentence } from "#contracts/refusal.ts"
import { confirmLines, matchByHand, setAside, takeBack } from "../bank-files/commands.ts"
import { bankFileList, bankFilePage, bankLinePage, lineFilters } from "../bank-files/queries.ts"
import { answered, procedure, router } from "./trpc.ts"

const list = z.strictObject({ before: z.string().max(40).nullable().default(null) })
const one = z.strictObject({
  file: z.string().refine((text): text is Id<"bankFile"> => isId("bankFile", text)),
  show: z.enum(lineFilters).default("open"),
  page: z.int().min(0).max(1_000).default(0),
})
const oneLine = z.strictObject({
  line: z.string().refine((text): text is Id<"bankLine"> => isId("bankLine", text)),
  reference: z.string().max(60).nullable().default(null),
})

/** Statements of the platform's bank account; the file itself comes by its own door. */
export const bankFiles = router({
  list: procedure
    .input(list)
    .query(({ ctx, input }) => answered(bankFileList(ctx.services, ctx.actor, input))),
  page: procedure
    .input(one)
    .query(({ ctx, input }) => answered(bankFilePage(ctx.services, ctx.actor, input))),
  line: procedure
    .input(oneLine)
    .query(({ ctx, input }) => answered(bankLinePage(ctx.services, ctx.actor, input))),
  confirm: procedure.input(confirmLinesInput).mutation(async ({ ctx, input }) => {
    const { confirmed, lines } = await answered(confirmLines(ctx.services, ctx.actor, input))
    const left = lines.flatMap(({ refused }) => (refused ? sentence({ refused }, ctx.locale) : []))
    return { confirmed, left }
  }),
  matchByHand: procedure
    .input(matchByHandInput)
    .mutation(({ ctx, input }) => matchByHand(ctx.services, ctx.actor, input)),
  setAside: procedure
    .input(setAsideInput)
    .mutation(({ ctx, input }) => setAside(ctx.services, ctx.actor, input)),
  takeBack: procedure
    .input(takeBackInput)
    .mutation(({ ctx, input }) => takeBack(ctx.services, ctx.actor, input)),
})
