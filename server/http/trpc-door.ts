import type { TRPCError } from "@trpc/server"
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http"
import { appRouter } from "../routers/root.ts"
import type { Call, Door } from "./door.ts"
import { headersOf } from "./front-door.ts"

const prefix = "/api/trpc/"

async function open(call: Call): Promise<undefined> {
  const { services, request, response, url, locale, requestId } = call
  await nodeHTTPRequestHandler({
    router: appRouter,
    req: request,
    res: response,
    path: url.pathname.slice(prefix.length),
    maxBodySize: 1024 * 1024,
    createContext: async () => ({
      services,
      locale,
      requestId,
      headers: headersOf(request),
      actor: await call.actor(),
      setCookie: (cookie: string) => response.appendHeader("Set-Cookie", cookie),
    }),
    onError: ({ error, path }: { error: TRPCError; path?: string | undefined }) => {
      if (error.code === "INTERNAL_SERVER_ERROR")
        console.error(`request ${requestId} ${path} failed:`, error.cause ?? error)
    },
  })
  return undefined
}

export const trpcDoors: readonly Door[] = [
  { method: "GET", pattern: /^\/api\/trpc\//, open },
  { method: "POST", pattern: /^\/api\/trpc\//, open },
]
