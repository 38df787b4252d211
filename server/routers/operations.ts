import { operatorOverview } from "../operations/queries.ts"
import { answered, procedure, router } from "./trpc.ts"

/** The operator's desk; each queue is read from its own noun. */
export const operations = router({
  overview: procedure.query(({ ctx }) => answered(operatorOverview(ctx.services, ctx.actor))),
})
