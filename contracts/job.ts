import type { Id } from "./ids.ts"

/** Work that happens after a commit, outside its transaction. Each job is safe to run twice. */
export type JobPayloads = {
  deliver: { trade: Id<"trade"> }
  /** Makes the intents of a payment's legs and calls the provider, or puts them in the operator's queue. */
  partPayment: { payment: Id<"payment"> }
  /** Takes back what a refund after release needs, then sends the refund. */
  carryRefund: { refund: Id<"refund"> }
  /** Asks the provider to pay the platform's own money out. */
  carryPayout: { payout: Id<"payout"> }
  /** Takes a transfer back from a seller. */
  carryDebt: { debt: Id<"debt"> }
  settleFree: { trade: Id<"trade"> }
  applyWebhook: { provider: string; event: string }
  expireCheckout: { payment: Id<"payment"> }
  /** Carries a freeze of a party or listing to its open trades, or its end. */
  spreadFreeze: { freeze: Id<"freeze"> }
  profile: { version: Id<"version"> }
  /** Draws the rows that a registration shows, once a checkpoint stands after its record. */
  drawSample: { registration: Id<"registration"> }
  /** Writes or removes a listing's entry in the search. */
  indexListing: { listing: Id<"listing"> }
  /** Removes what an erasure has erased from everywhere. */
  erase: { erasure: Id<"erasure"> }
  /** Writes the bundle of an export that was asked for. */
  export: { run: Id<"export"> }
}

export type JobTask = keyof JobPayloads

export type Job = {
  [T in JobTask]: {
    task: T
    payload: JobPayloads[T]
    /** Two jobs of one key are one job. */
    key?: string
    /** Not before this many milliseconds from now. */
    delayMs?: number
  }
}[JobTask]
