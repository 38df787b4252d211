import { startMarket } from "./market.ts"

/** The market of the journeys; `npm test` has started one already, beside the tests before them. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.E2E_BASE_URL) return async () => {}
  const market = await startMarket()
  process.env.E2E_BASE_URL = market.origin
  process.env.E2E_HOME = market.home
  return market.stop
}
