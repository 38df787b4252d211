import type { IncomingMessage } from "node:http"

/**
 * The address of whoever calls: the connection's own, or, behind `proxies` reverse proxies that each append to
 * X-Forwarded-For, the one that the outermost of them saw. Further left anyone may have written anything.
 */
export function clientAddress(
  request: Pick<IncomingMessage, "headers" | "socket">,
  proxies: number,
): string | null {
  const own = request.socket.remoteAddress ?? null
  if (proxies === 0) return own
  const told = String(request.headers["x-forwarded-for"] ?? "").split(",")
  return told.at(-proxies)?.trim() || own
}
