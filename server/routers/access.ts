import type { Refusal } from "#contracts/refusal.ts"
import { readSession } from "../access/actor-of.ts"
import {
  changePassword,
  chooseParty,
  revokeSession,
  signIn,
  signOut,
  signOutEverywhere,
  signUp,
  type WithCookies,
} from "../access/commands.ts"
import {
  changePasswordInput,
  choosePartyInput,
  revokeSessionInput,
  signInInput,
  signUpInput,
} from "../access/inputs.ts"
import { mySessions } from "../access/queries.ts"
import { answered, type Context, procedure, router } from "./trpc.ts"

/** Sends the cookies along and gives the answer on. */
async function withCookies<Answer>(
  { setCookie }: Context,
  work: Promise<WithCookies<Answer> | Refusal>,
): Promise<Answer> {
  const done = await answered(work)
  for (const cookie of done.cookies) setCookie(cookie)
  return done.answer
}

/** Accounts and sessions. The session itself travels in a cookie that scripts cannot read, never in an answer. */
export const access = router({
  signUp: procedure
    .input(signUpInput)
    .mutation(({ ctx, input }) => withCookies(ctx, signUp(ctx.services, ctx.headers, input))),
  signIn: procedure
    .input(signInInput)
    .mutation(({ ctx, input }) => withCookies(ctx, signIn(ctx.services, ctx.headers, input))),
  signOut: procedure.mutation(({ ctx }) => withCookies(ctx, signOut(ctx.services, ctx.headers))),
  signOutEverywhere: procedure.mutation(({ ctx }) =>
    withCookies(ctx, signOutEverywhere(ctx.services, ctx.actor, ctx.headers)),
  ),
  changePassword: procedure
    .input(changePasswordInput)
    .mutation(({ ctx, input }) =>
      withCookies(ctx, changePassword(ctx.services, ctx.actor, ctx.headers, input)),
    ),
  chooseParty: procedure
    .input(choosePartyInput)
    .mutation(({ ctx, input }) => withCookies(ctx, chooseParty(ctx.services, ctx.actor, input))),
  /** Who is signed in, or null. */
  me: procedure.query(({ ctx }) => readSession(ctx.services, ctx.headers)),
  sessions: procedure.query(({ ctx }) => answered(mySessions(ctx.services, ctx.actor, ctx.headers))),
  revokeSession: procedure
    .input(revokeSessionInput)
    .mutation(({ ctx, input }) => answered(revokeSession(ctx.services, ctx.actor, input))),
})
