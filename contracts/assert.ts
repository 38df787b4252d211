/**
 * Assertions are for bugs of ours: they throw. What a user or a rule may expect is a Refusal, which is a
 * value (refusal.ts).
 */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`)
}

/** Makes an unhandled member of a union a compile error, and a thrown bug at run time. */
export function assertNever(value: never, message = "unexpected value"): never {
  throw new Error(`${message}: ${JSON.stringify(value)}`)
}

/** The value, or a thrown bug naming what was missing. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`missing: ${what}`)
  return value
}
