import { signOut } from "../access/commands.ts"
import { type Door, localeOf } from "./door.ts"
import { headersOf } from "./front-door.ts"

/** The way out for a plain form, with JavaScript off too. */
const signOutDoor: Door = {
  method: "POST",
  pattern: /^\/api\/auth\/sign-out$/,
  async open({ services, request, response }) {
    const { cookies } = await signOut(services, headersOf(request))
    const place = `/${localeOfPage(request.headers.referer) ?? localeOf(request)}`
    response.writeHead(303, { Location: place, "Set-Cookie": cookies, "Cache-Control": "no-store" }).end()
    return undefined
  },
}

/** The language of the page that the form stood on. */
function localeOfPage(referer: string | undefined): string | null {
  const path = URL.parse(referer ?? "")?.pathname ?? ""
  return /^\/(zh|en)(?=\/|$)/.exec(path)?.[1] ?? null
}

export const accessDoors: readonly Door[] = [signOutDoor]
