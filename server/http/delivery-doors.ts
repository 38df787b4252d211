import { isId } from "#contracts/ids.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { fetcherOf, fetchFile } from "../delivery/commands.ts"
import { entityTag } from "../delivery/range.ts"
import { sendFile } from "../delivery/send-file.ts"
import type { Door } from "./door.ts"

/** A granted file, whole or a range of it: by the buyer's session, or by a signed link (`token`). */
const grantFile: Door = {
  method: "GET",
  pattern: /^\/api\/grants\/(?<grant>[^/]+)\/files\/(?<name>[^/]+)$/,
  async open({ services, request, response, url, parts, actor }) {
    const { grant } = parts
    const name = decoded(parts.name ?? "")
    if (!isId("grant", grant) || name === null) return refuse("not_found")
    const by = await fetcherOf(services, actor, { grant, name }, url.searchParams.get("token"))
    if (isRefusal(by)) return by
    const { range, "if-range": ifRange, "if-none-match": ifNoneMatch } = request.headers
    const headOnly = request.method === "HEAD"
    const asked = { grant, name, range, ifRange: firstOf(ifRange), ifNoneMatch, headOnly }
    const answer = await fetchFile(services, by, asked, (stored, file, part) =>
      sendFile(response, stored, file, part, headOnly),
    )
    if (isRefusal(answer)) return answer
    if (answer !== "sent")
      response.writeHead(304, { ETag: entityTag(answer.same), "Cache-Control": "private, no-store" }).end()
    return undefined
  },
}

const firstOf = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header)

/** A path segment's text, or null when its percent-encoding is broken. */
function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}

export const deliveryDoors: readonly Door[] = [grantFile]
