import type { Id } from "./ids.ts"
import type { Time } from "./time.ts"

/**
 * One comparison with the provider's own book (对账), as it was booked: what its lines told that no journal had said
 * yet (fees, money that became available, the platform's own), and what nothing explains, in `suspense`. Booked once,
 * and never changed.
 */
export type Settlement = {
  id: Id<"settlement">
  version: 1
  provider: string
  /** How many steps of lines it books. */
  lines: number
  /** SHA-256, hex, of those steps: server/settlements/store.ts says how. */
  linesHash: string
  /** Keeps the hashes from being guessed (contracts/escrow.ts). */
  nonce: string
  at: Time
}

/** Of one currency, in minor units: what the provider says, what its lines come to, what the book has there. */
export type Difference = { currency: string; provider: string; lines: string; book: string; waiting: string }

/** Whether nothing is left over: the provider has what its lines say, and the book has that and what is on its way. */
export const agrees = ({ provider, lines, book, waiting }: Difference): boolean =>
  provider === lines && BigInt(book) - BigInt(waiting) === BigInt(lines)
