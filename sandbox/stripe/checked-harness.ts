import { type Harness, startHarness } from "./harness.ts"
import { cachedSchemas } from "./schema/cached.ts"
import { wrongIn } from "./schema/check.ts"
import type { SandboxOptions } from "./server.ts"

/** A harness whose sandbox fails on an answer or an event that does not have the shape that the SDK declares. */
export function startCheckedHarness(options: Partial<SandboxOptions> = {}): Promise<Harness> {
  const schemas = cachedSchemas()
  return startHarness({
    ...options,
    check: (answer) => {
      // As it stands on the wire: members that are undefined are not there.
      const problem = wrongIn(schemas, JSON.parse(JSON.stringify(answer)))
      if (problem !== null) throw new Error(`an answer does not have Stripe's shape: ${problem}`)
    },
  })
}
