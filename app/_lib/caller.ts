import { randomBytes } from "node:crypto"
import { headers } from "next/headers"
import { cache } from "react"
import type { Actor } from "#contracts/actor.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { isRefusal, type Refusal, refusals, sentence, transient } from "#contracts/refusal.ts"
import { actorOfSession } from "#server/access/session-actor.ts"
import { inProcess } from "#server/in-process.ts"
import type { ShellSession } from "../_shell/session.ts"
import type { Failure } from "./failure.ts"

/** The session behind this page: asked once a request. */
export const session = cache(async () => inProcess().session(await headers()))

/** What the header knows of the reader. */
export async function shellSession(): Promise<ShellSession | null> {
  const found = await session()
  if (!found) return null
  const { user, acting } = found
  return {
    email: user.email,
    party: acting ? { id: acting.party, name: acting.name, roles: acting.roles } : null,
  }
}

async function reader(): Promise<Actor> {
  const found = await session()
  return found ? actorOfSession(found) : { kind: "anonymous" }
}

/** The request's id as the front door gave it, to stand beside any error. */
export const requestId = cache(
  async () => (await headers()).get("x-request-id") ?? randomBytes(8).toString("hex"),
)

/** The routers, called from a server component as the signed-in reader. */
export async function caller(locale: Locale) {
  const [actor, id, sent] = [await reader(), await requestId(), await headers()]
  return inProcess().caller({ actor, locale, requestId: id, headers: sent })
}

export type Loaded<T> = { ok: T; refused?: never } | { refused: Failure; ok?: never }

/** What a query answers, or why it was refused, as a value. Bugs go on to the error page. */
export async function load<T>(locale: Locale, query: () => Promise<T>): Promise<Loaded<Exclude<T, Refusal>>> {
  try {
    // A refusal never comes as an answer: the routers turned it into the error below.
    return { ok: (await query()) as Exclude<T, Refusal> }
  } catch (error) {
    const refusal = refusalIn(error)
    if (refusal === null) throw error
    return {
      refused: {
        sentence: sentence(refusal, locale),
        code: refusal.refused,
        at: refusal.at ?? null,
        detail: refusal.detail ?? null,
        requestId: await requestId(),
        transient: transient(refusal.refused),
      },
    }
  }
}

/** What a caller in this process throws carries its refusal; input that no schema takes comes from the address. */
function refusalIn(error: unknown): Refusal | null {
  if (typeof error !== "object" || error === null) return null
  if ("refusal" in error && isRefusal(error.refusal)) return error.refusal
  return "code" in error && error.code === "BAD_REQUEST" ? { refused: "invalid_input" } : null
}

export const isMissing = (code: string): boolean =>
  Object.hasOwn(refusals, code) && refusals[code as keyof typeof refusals].http === 404
