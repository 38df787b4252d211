import { type NextRequest, NextResponse } from "next/server"
import { isLocale, localeCookie, localeHeader, preferredLocale } from "./app/_lib/locale.ts"
import { contentSecurityPolicy, makeNonce } from "./server/security-headers.ts"

/**
 * Runs before every page: sends a path without a language to one with it, and gives each page its nonce. Next.js
 * reads the nonce from the request's own policy header and puts it on the scripts it writes.
 */
export function proxy(request: NextRequest): NextResponse {
  const first = request.nextUrl.pathname.split("/")[1]
  if (!isLocale(first)) return redirectToLocale(request)

  const nonce = makeNonce(crypto.getRandomValues(new Uint8Array(16)))
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development")
  const headers = new Headers(request.headers)
  headers.set("content-security-policy", policy)
  headers.set(localeHeader, first)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set("content-security-policy", policy)
  if (request.cookies.get(localeCookie)?.value !== first) {
    response.cookies.set(localeCookie, first, { maxAge: 31_536_000, sameSite: "lax", path: "/" })
  }
  return response
}

/** The language read last, else the one the browser asks for. */
function redirectToLocale(request: NextRequest): NextResponse {
  const remembered = request.cookies.get(localeCookie)?.value
  const locale = isLocale(remembered) ? remembered : preferredLocale(request.headers.get("accept-language"))
  const { pathname } = request.nextUrl
  const target = request.nextUrl.clone()
  target.pathname = `/${locale}${pathname === "/" ? "" : pathname}`
  const response = NextResponse.redirect(target, 307)
  response.headers.set("vary", "Accept-Language, Cookie")
  return response
}

/** Everything but doors that are not pages: the API, Next's own files, the ledger's raw files, and file names. */
export const config = {
  matcher: [
    "/((?!api/|_next/|preferences$|healthz$|readyz$|metrics$|ledger/(?:checkpoint|log\\.vkey|tile/|proof/)|.*\\.(?:svg|png|ico|txt|xml|webmanifest|html|mjs|js|css|woff2|pdf)$).*)",
  ],
}
