import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startMarket } from "./market.ts"

/** The market of the journeys; `npm test` has started one already, beside the tests before them. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "quanheng-shared-"))
  process.env.E2E_SHARED = folder
  const forget = () => rmSync(folder, { recursive: true, force: true })
  if (process.env.E2E_BASE_URL) return async () => forget()
  const market = await startMarket()
  process.env.E2E_BASE_URL = market.origin
  process.env.E2E_HOME = market.home
  return async () => {
    forget()
    await market.stop()
  }
}
