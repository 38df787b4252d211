"use client"

import { createTRPCClient, httpBatchLink } from "@trpc/client"
import type { AppRouter } from "#server/routers/root.ts"
import { defaultLocale, isLocale } from "./locale.ts"
import { doors } from "./paths.ts"

/** The typed client of the market's own API, for components in the browser. Sentences come back in the page's language. */
export const trpc = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: doors.trpc, headers: () => ({ "x-locale": pageLocale() }) })],
})

function pageLocale() {
  const first = globalThis.location?.pathname.split("/")[1]
  return isLocale(first) ? first : defaultLocale
}
