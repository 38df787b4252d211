import type { IncomingMessage } from "node:http"

/** Methods that only read; whoever links to a page may cause them. */
const reading = new Set(["GET", "HEAD", "OPTIONS"])

/**
 * Did a browser send this on behalf of another site's page? Then it may carry our reader's cookie without their
 * will. Browsers say so by `Sec-Fetch-Site` and, on everything that writes, by `Origin`; callers that are no
 * browsers say neither, and have no cookie that somebody else could use.
 */
export function comesFromOtherSite(
  { method, headers }: Pick<IncomingMessage, "method" | "headers">,
  publicUrl: string,
): boolean {
  if (reading.has(method ?? "")) return false
  const site = headers["sec-fetch-site"]
  if (site !== undefined && site !== "same-origin" && site !== "none") return true
  const { origin } = headers
  if (origin === undefined || origin === new URL(publicUrl).origin) return false
  return URL.parse(origin)?.host !== headers.host
}
