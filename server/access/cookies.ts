import type { Id } from "#contracts/ids.ts"
import { type AccessServices, isSecure, sessionSeconds } from "./auth.ts"

/** Which of their parties a person acts for. It grants nothing: membership is looked up with every request. */
export const partyCookie = "party"

/** A cookie's value out of a `Cookie` header (RFC 6265 §4.2), or null. */
export function readCookie(header: string, name: string): string | null {
  for (const pair of header.split(";")) {
    const [key, value] = pair.split("=", 2)
    if (key?.trim() === name) return value?.trim() ?? ""
  }
  return null
}

/** The `Set-Cookie` line that chooses a party; null forgets the choice. */
export function writePartyCookie(config: AccessServices["config"], party: Id<"party"> | null): string {
  const age = party === null ? 0 : sessionSeconds
  const secure = isSecure(config) ? "; Secure" : ""
  return `${partyCookie}=${party ?? ""}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`
}
