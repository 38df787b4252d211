import type { Refusal } from "#contracts/refusal.ts"
import type { Session } from "./access/actor-of.ts"
import type { PrintedDocument } from "./documents/document.ts"
import type { MarketCaller } from "./routers/caller.ts"
import type { Context } from "./routers/trpc.ts"

/**
 * What the web process gives to the pages that it renders: the market it has built already. Pages reach it here
 * and import only types of the server, so that the bundler makes no second copy of it.
 */
export type InProcess = {
  /** The routers as functions, for a page being rendered. */
  caller(context: Pick<Context, "actor" | "locale" | "requestId" | "headers">): MarketCaller
  session(headers: Headers): Promise<Session | null>
  /** The document as a PDF. */
  print(document: PrintedDocument): Promise<Uint8Array | Refusal>
  /** The market's address as its readers know it, without a slash at the end. */
  publicUrl: string
}

const place = globalThis as typeof globalThis & { quanhengInProcess?: InProcess }

export function provideInProcess(market: InProcess): void {
  place.quanhengInProcess = market
}

/** Throws where no market runs in this process. */
export function inProcess(): InProcess {
  const market = place.quanhengInProcess
  if (!market) throw new Error("no market runs in this process: start the web by server/web.ts")
  return market
}
