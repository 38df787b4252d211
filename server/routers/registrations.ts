import { z } from "zod"
import { type Id, isId } from "#contracts/ids.ts"
import { registrationStates } from "#contracts/registration.ts"
import {
  approveInput,
  approveRegistration,
  rejectInput,
  rejectRegistration,
  submitInput,
  submitRegistration,
} from "../registrations/commands.ts"
import { registrationPage, registrationQueue } from "../registrations/queries.ts"
import { answered, procedure, router } from "./trpc.ts"

const one = z.strictObject({
  registration: z.string().refine((text): text is Id<"registration"> => isId("registration", text)),
})
const queue = z.strictObject({
  state: z.enum(registrationStates).default("submitted"),
  after: z.string().max(40).nullable().default(null),
})

export const registrations = router({
  submit: procedure
    .input(submitInput)
    .mutation(({ ctx, input }) => submitRegistration(ctx.services, ctx.actor, input)),
  approve: procedure
    .input(approveInput)
    .mutation(({ ctx, input }) => approveRegistration(ctx.services, ctx.actor, input)),
  reject: procedure
    .input(rejectInput)
    .mutation(({ ctx, input }) => rejectRegistration(ctx.services, ctx.actor, input)),
  queue: procedure
    .input(queue)
    .query(({ ctx, input }) => answered(registrationQueue(ctx.services, ctx.actor, input))),
  page: procedure
    .input(one)
    .query(({ ctx, input }) => registrationPage(ctx.services, ctx.actor, input.registration)),
})
