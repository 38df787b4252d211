import { z } from "zod"
import { type Id, isId } from "#contracts/ids.ts"
import { endUpload, readUpload } from "../datasets/uploads.ts"
import { openProduct, openProductInput, saveProduct, saveProductInput } from "../products/commands.ts"
import { myProducts, productPage } from "../products/queries.ts"
import { answered, procedure, router } from "./trpc.ts"

const product = z.strictObject({
  product: z.string().refine((text): text is Id<"product"> => isId("product", text)),
})
const upload = z.strictObject({
  upload: z.string().refine((text): text is Id<"upload"> => isId("upload", text)),
})
const page = z.strictObject({ after: z.string().max(40).nullable().default(null) })

export const products = router({
  open: procedure
    .input(openProductInput)
    .mutation(({ ctx, input }) => answered(openProduct(ctx.services, ctx.actor, input, ctx.locale))),
  upload: procedure
    .input(upload)
    .query(({ ctx, input }) => answered(readUpload(ctx.services, ctx.actor, input.upload))),
  cancelUpload: procedure
    .input(upload)
    .mutation(({ ctx, input }) => endUpload(ctx.services, ctx.actor, input.upload)),
  save: procedure
    .input(saveProductInput)
    .mutation(({ ctx, input }) => saveProduct(ctx.services, ctx.actor, input)),
  page: procedure
    .input(product)
    .query(({ ctx, input }) => productPage(ctx.services, ctx.actor, input.product)),
  mine: procedure.input(page).query(({ ctx, input }) => myProducts(ctx.services, ctx.actor, input)),
})
