import { readSession } from "../access/actor-of.ts"
import { printPdf } from "../documents/print.ts"
import type { InProcess } from "../in-process.ts"
import type { Services } from "../services.ts"
import { appRouter } from "./root.ts"
import { createCallerFactory } from "./trpc.ts"

const makeCaller = createCallerFactory(appRouter)
export type MarketCaller = ReturnType<typeof makeCaller>

/** The market for pages in this process. A page being rendered cannot set cookies, so none are. */
export const makeInProcess = (services: Services): InProcess => ({
  caller: (context) => makeCaller({ ...context, services, setCookie: () => {} }),
  session: (headers) => readSession(services, headers),
  print: printPdf,
  publicUrl: services.config.publicUrl,
})
