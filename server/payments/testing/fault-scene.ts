import type { Services } from "../../services.ts"
import type { PaymentProvider } from "../provider.ts"

/** One call of the provider at the moment when the product makes it. */
export type Scene = {
  /** The product's own step that makes the call; it may throw, as jobs do. */
  act(services: Services): Promise<unknown>
  /** Whether what the step is for has been reached. */
  reached(answer: unknown): Promise<boolean>
  /** What has truly moved or been made at the provider, in words of the table; throws where it is wrong. */
  moved(): Promise<string>
}

export type Call = {
  name: keyof PaymentProvider
  method: "GET" | "POST"
  path: string
  /** In the table: what the product does with it. */
  step: string
  prepare(prelude: Services): Promise<Scene>
}

/** The secret key of a process, by which its faults are its own. */
export const keyOf = (process: Services): string => (process as Services & { faultKey: string }).faultKey

export function wanted<T>(actual: T, expected: T, what: string): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected))
    throw new Error(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`)
}
