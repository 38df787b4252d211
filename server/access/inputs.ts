import { z } from "zod"
import { type Id, isId } from "#contracts/ids.ts"
import { line } from "#contracts/rights.ts"

const idOf = <K extends Parameters<typeof isId>[0]>(kind: K) =>
  z.string().refine((text): text is Id<K> => isId(kind, text), { message: `not an id of a ${kind}` })

const email = z.email().max(254)
/** How long a password must be is a rule with a sentence of its own (`password_too_weak`). */
const password = z.string().min(1).max(1_000)

export const signUpInput = z.strictObject({ name: line(80), email, password })
export type SignUp = z.infer<typeof signUpInput>

/** `remember: false` ends the session with the browser, and after a day at the latest. */
export const signInInput = z.strictObject({ email, password, remember: z.boolean().default(true) })
export type SignIn = z.infer<typeof signInInput>

export const changePasswordInput = z.strictObject({ current: password, next: password })
export type ChangePassword = z.infer<typeof changePasswordInput>

export const revokeSessionInput = z.strictObject({ session: idOf("session") })
export type RevokeSession = z.infer<typeof revokeSessionInput>

export const choosePartyInput = z.strictObject({ party: idOf("party") })
export type ChooseParty = z.infer<typeof choosePartyInput>
