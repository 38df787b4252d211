import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto"
import { type Id, isId } from "#contracts/ids.ts"
import { type Refusal, refuse } from "#contracts/refusal.ts"
import { addMs, hourMs, type Time, toMs, toTime } from "#contracts/time.ts"
import type { DeliveredFile } from "./range.ts"
import type { Fetcher } from "./rules.ts"

/**
 * A signed link lets a command line fetch one file of one grant for one person, without a session, for a short
 * time. It gives no more than its holder had: the grant, the membership and the freezes are asked again.
 */
export const linkLifeMs = hourMs

type Linked = { grant: Id<"grant">; name: string }

/** Where a granted file is fetched. */
export const filePath = ({ grant, name }: Linked): string =>
  `/api/grants/${encodeURIComponent(grant)}/files/${encodeURIComponent(name)}`

/** `<user>.<party>.<expiry in unix seconds>.<HMAC-SHA-256, base64url>`; grant and file are signed with it. */
export function makeToken(file: Linked, { user, party }: Fetcher, now: Time, authSecret: string): string {
  const head = `${user}.${party}.${Math.floor(toMs(addMs(now, linkLifeMs)) / 1000)}`
  return `${head}.${sign(head, file, authSecret)}`
}

/** Who holds the link. Refuses `not_found` when it was not made here for this file, `grant_expired` when it is old. */
export function readToken(token: string, file: Linked, now: Time, authSecret: string): Fetcher | Refusal {
  const [user, party, seconds = "", signature = "", ...more] = token.split(".")
  if (more.length > 0 || !isId("user", user) || !isId("party", party) || !/^\d{1,12}$/.test(seconds))
    return refuse("not_found")
  const expected = Buffer.from(sign(`${user}.${party}.${seconds}`, file, authSecret))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return refuse("not_found")
  const expires = toTime(Number(seconds) * 1000)
  return expires > now ? { user, party } : refuse("grant_expired", "token", { expires })
}

/** The name is last and may hold anything; what stands before it cannot hold a line break. */
function sign(head: string, { grant, name }: Linked, authSecret: string): string {
  const key = hkdfSync("sha256", authSecret, "", "quanheng/download/v1", 32)
  return createHmac("sha256", Buffer.from(key)).update(`${head}\n${grant}\n${name}`).digest("base64url")
}

/** Lines to paste into a shell: fetch (again to resume), then compare the hash. */
export type DownloadLines = { url: string; fetch: string; check: string; expires: Time }

export function downloadLines(
  grant: Id<"grant">,
  file: DeliveredFile,
  by: Fetcher,
  now: Time,
  config: { publicUrl: string; authSecret: string },
): DownloadLines {
  const linked = { grant, name: file.name }
  const url = `${config.publicUrl}${filePath(linked)}?token=${makeToken(linked, by, now, config.authSecret)}`
  const name = quote(`./${file.name}`)
  return {
    url,
    fetch: `curl --fail --continue-at - --output ${name} ${quote(url)}`,
    check: `printf '%s  %s\\n' ${file.sha256} ${name} | sha256sum --check`,
    expires: addMs(now, linkLifeMs),
  }
}

/** POSIX shell quoting: nothing is special between single quotes but the quote itself. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
