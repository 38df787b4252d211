import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client"
import type { Locale } from "#contracts/localized-text.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import type { AppRouter } from "../routers/root.ts"

/**
 * Somebody at the market's doors, as a browser is: it keeps the cookies that it is given and has nothing else.
 * The seeding and `npm run demo` do all their work as visitors, so that whatever they do a person can do.
 */
export type Visitor = {
  /** The market's own API. A refusal is thrown, with its sentence as the message. */
  ask: TRPCClient<AppRouter>
  /** Any other door, by its path; redirects are not followed. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

/** @param origin where the market answers, such as `http://127.0.0.1:3000`. */
export function visit(origin: string, locale: Locale = "en"): Visitor {
  const jar = new Map<string, string>()
  const send = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    headers.set("x-locale", locale)
    if (jar.size > 0) headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "))
    const answer = await fetch(url, { ...init, headers, redirect: "manual" })
    for (const line of answer.headers.getSetCookie()) keepCookie(jar, line)
    return answer
  }
  return {
    ask: createTRPCClient<AppRouter>({
      // The types of a request's body differ between the client's library and Node's own fetch.
      links: [httpLink({ url: `${origin}/api/trpc`, fetch: (url, init) => send(url, init as RequestInit) })],
    }),
    fetch: (path, init) => send(new URL(path, origin), init),
  }
}

/** The answer without its refusal, which the doors turn into an error before it leaves. */
export async function answerOf<Answer>(asked: Promise<Answer>): Promise<Exclude<Answer, Refusal>> {
  const answer = await asked
  if (isRefusal(answer)) throw new Error(`a door answered with a refusal: ${answer.refused}`)
  return answer as Exclude<Answer, Refusal>
}

/** A cookie with an age of nothing is taken back. */
function keepCookie(jar: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split(";")
  const [name = "", value = ""] = pair.split(/=(.*)/s)
  if (attributes.some((one) => /^\s*max-age=0\s*$/i.test(one))) jar.delete(name.trim())
  else jar.set(name.trim(), value.trim())
}
