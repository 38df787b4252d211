import { isAPIError } from "better-auth/api"
import type { Actor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, type Refusal, type RefusalCode, refuse } from "#contracts/refusal.ts"
import {
  type AccessServices,
  authOf,
  clientAddressHeader,
  longestPassword,
  shortestPassword,
} from "./auth.ts"
import { writePartyCookie } from "./cookies.ts"
import type { ChangePassword, ChooseParty, RevokeSession, SignIn, SignUp } from "./inputs.ts"
import { permitPerson } from "./permit.ts"
import { countAttempt, forgetAttempt } from "./sign-in-limit.ts"
import { deleteSession, deleteSessions, emailIsTaken, loadMemberships } from "./store.ts"

/** An answer and the `Set-Cookie` lines that go out with it. */
export type WithCookies<Answer> = { answer: Answer; cookies: string[] }

/** Makes an account and signs it in. Refuses `password_too_weak` and `email_taken`. */
export async function signUp(
  services: AccessServices,
  headers: Headers,
  { name, email, password }: SignUp,
): Promise<WithCookies<{ user: string }> | Refusal> {
  const weak = passwordRefusal(password, "password")
  if (weak) return weak
  const made = await askAuth(() =>
    authOf(services).api.signUpEmail({ body: { name, email, password }, headers, returnHeaders: true }),
  )
  if (isRefusal(made)) return made
  if (made === null) {
    // Of two at the same moment with one address, the second fails at the database's own rule.
    if (await emailIsTaken(services.sql, email)) return refuse("email_taken", "email")
    throw new Error("an account could not be made")
  }
  return { answer: { user: made.response.user.id }, cookies: made.headers.getSetCookie() }
}

/** Refuses `bad_credentials` without telling which of the two is wrong, and `too_many_requests`. */
export async function signIn(
  services: AccessServices,
  headers: Headers,
  { email, password, remember }: SignIn,
): Promise<WithCookies<{ user: string }> | Refusal> {
  const attempt = { account: email, address: headers.get(clientAddressHeader) }
  const limited = await countAttempt(services.sql, attempt)
  if (limited) return limited
  if (password.length > longestPassword) return refuse("bad_credentials")
  const signedIn = await askAuth(() =>
    authOf(services).api.signInEmail({
      body: { email, password, rememberMe: remember },
      headers,
      returnHeaders: true,
    }),
  )
  if (isRefusal(signedIn)) return signedIn
  if (signedIn === null) throw new Error("a session could not be made")
  await forgetAttempt(services.sql, attempt)
  return { answer: { user: signedIn.response.user.id }, cookies: signedIn.headers.getSetCookie() }
}

/** Ends this browser's session on the server, so that a copy of its cookie is worth nothing. Never refuses. */
export async function signOut(services: AccessServices, headers: Headers): Promise<WithCookies<null>> {
  const { headers: answered } = await authOf(services).api.signOut({ headers, returnHeaders: true })
  return { answer: null, cookies: [...answered.getSetCookie(), writePartyCookie(services.config, null)] }
}

/** Ends every session of the person, this one too. */
export async function signOutEverywhere(
  services: AccessServices,
  actor: Actor,
  headers: Headers,
): Promise<WithCookies<null> | Refusal> {
  const user = permitPerson(actor)
  if (isRefusal(user)) return user
  await deleteSessions(services.sql, user)
  return signOut(services, headers)
}

/** Ends one session of the person; another person's is `not_found`. */
export async function revokeSession(
  services: AccessServices,
  actor: Actor,
  { session }: RevokeSession,
): Promise<null | Refusal> {
  const user = permitPerson(actor)
  if (isRefusal(user)) return user
  return (await deleteSession(services.sql, user, session)) ? null : refuse("not_found", "session")
}

/** Sets a new password, ends every session and starts a new one here. Wrong guesses count as at signing in. */
export async function changePassword(
  services: AccessServices,
  actor: Actor,
  headers: Headers,
  { current, next }: ChangePassword,
): Promise<WithCookies<null> | Refusal> {
  const user = permitPerson(actor)
  if (isRefusal(user)) return user
  const weak = passwordRefusal(next, "next")
  if (weak) return weak
  const attempt = { account: user, address: headers.get(clientAddressHeader) }
  const limited = await countAttempt(services.sql, attempt)
  if (limited) return limited
  if (current.length > longestPassword) return refuse("bad_credentials", "current")
  const changed = await askAuth(() =>
    authOf(services).api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      headers,
      returnHeaders: true,
    }),
  )
  if (isRefusal(changed)) return changed
  if (changed === null) throw new Error("a password could not be changed")
  await forgetAttempt(services.sql, attempt)
  return { answer: null, cookies: changed.headers.getSetCookie() }
}

/** Chooses which of their parties the person acts for from now on in this browser. */
export async function chooseParty(
  services: AccessServices,
  actor: Actor,
  { party }: ChooseParty,
): Promise<WithCookies<{ party: Id<"party"> }> | Refusal> {
  const user = permitPerson(actor)
  if (isRefusal(user)) return user
  const memberships = await loadMemberships(services.sql, user)
  if (!memberships.some((membership) => membership.party === party)) return refuse("not_found", "party")
  return { answer: { party }, cookies: [writePartyCookie(services.config, party)] }
}

function passwordRefusal(password: string, at: string): Refusal | null {
  if (password.length < shortestPassword) return refuse("password_too_weak", at)
  return password.length > longestPassword ? refuse("invalid_input", at, { longest: longestPassword }) : null
}

const refusalCodes: Readonly<Record<string, RefusalCode>> = {
  INVALID_EMAIL_OR_PASSWORD: "bad_credentials",
  INVALID_PASSWORD: "bad_credentials",
  INVALID_EMAIL: "invalid_input",
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: "email_taken",
  PASSWORD_TOO_SHORT: "password_too_weak",
  UNAUTHORIZED: "not_signed_in",
}

/** Turns what better-auth throws for an expected "no" into a refusal; null where it could not write. */
async function askAuth<Answer>(ask: () => Promise<Answer>): Promise<Answer | Refusal | null> {
  try {
    return await ask()
  } catch (error) {
    if (!isAPIError(error)) throw error
    const code = String(error.body?.code)
    if (code.startsWith("FAILED_TO_")) return null
    const refused = refusalCodes[code]
    if (refused === undefined) throw error
    return refuse(refused)
  }
}
