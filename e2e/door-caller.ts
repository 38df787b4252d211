import { randomBytes } from "node:crypto"
import { type APIRequestContext, expect } from "@playwright/test"
import { type Id, type IdKind, makeId } from "#contracts/ids.ts"
import { type DemoAccount, origin } from "./accounts.ts"

export const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, Date.now(), randomBytes(10))

/** Calls the market's doors with a request context's cookies, as a page's script would. */
export function doorsOf(request: APIRequestContext) {
  return {
    async do<T = Record<string, string>>(path: string, input: object): Promise<T> {
      const answer = await request.post(`${origin()}/api/trpc/${path}`, { data: input })
      const body = await answer.json()
      expect(body.error?.message ?? null, path).toBeNull()
      return body.result.data as T
    },
    async ask<T>(path: string, input: object = {}): Promise<T> {
      const query = `input=${encodeURIComponent(JSON.stringify(input))}`
      const answer = await request.get(`${origin()}/api/trpc/${path}?${query}`)
      const body = await answer.json()
      expect(body.error?.message ?? null, path).toBeNull()
      return body.result.data as T
    },
    signIn({ email, password }: Pick<DemoAccount, "email" | "password">) {
      return this.do("access.signIn", { email, password })
    },
    async signUp(name: string): Promise<{ email: string; password: string }> {
      const email = `${name}-${Date.now()}-${randomBytes(3).toString("hex")}@example.org`
      const password = randomBytes(9).toString("base64url")
      await this.do("access.signUp", { name, email, password })
      return { email, password }
    },
  }
}
