import type { Actor } from "#contracts/actor.ts"
import { type Id, isId } from "#contracts/ids.ts"
import { type AccessServices, authOf } from "./auth.ts"
import { partyCookie, readCookie } from "./cookies.ts"
import { actorOfSession } from "./session-actor.ts"
import { loadMemberships, type Membership } from "./store.ts"

/** Who is signed in, with the parties they may act for and the one they act for now. */
export type Session = {
  id: Id<"session">
  user: { id: Id<"user">; name: string; email: string }
  memberships: Membership[]
  acting: Membership | null
}

/**
 * The session that the request's cookie names, or null: there is none, its signature is not ours, it has ended,
 * or it was signed out. The party is the one of the `party` cookie if the person is a member of it, else the one
 * they joined first.
 */
export async function readSession(services: AccessServices, headers: Headers): Promise<Session | null> {
  const cookies = headers.get("cookie")
  if (!cookies) return null
  // Only the cookies go in: what else the request says has no part in who is asking.
  const found = await authOf(services)
    .api.getSession({ headers: new Headers({ cookie: cookies }) })
    .catch(withoutToken)
  if (!found || !isId("user", found.user.id) || !isId("session", found.session.id)) return null
  const user = { id: found.user.id, name: found.user.name, email: found.user.email }
  const memberships = await loadMemberships(services.sql, user.id)
  const chosen = readCookie(cookies, partyCookie)
  const acting = memberships.find(({ party }) => party === chosen) ?? memberships[0] ?? null
  return { id: found.session.id, user, memberships, acting }
}

/** The error of a database that does not answer holds the query with the session's token, and would be logged. */
function withoutToken(error: unknown): never {
  const { cause } = error as { cause?: { cause?: { code?: unknown } } }
  throw new Error(`the session could not be read (${String(cause?.cause?.code ?? "unknown")})`)
}

/** The actor of a request; anonymous where no session stands behind it. */
export async function actorOf(services: AccessServices, headers: Headers): Promise<Actor> {
  const session = await readSession(services, headers)
  return session ? actorOfSession(session) : { kind: "anonymous" }
}
