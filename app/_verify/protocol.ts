import type { Failure } from "#contracts/ledger/failure.ts"
import type { Report } from "#contracts/ledger/report.ts"

/** A file as it was chosen or dropped, with its path when it came in a folder. */
export type GivenFile = { readonly path: string; readonly file: Blob }

/** What the page asks of the worker; nothing in it leaves this device. */
export type VerifyRequest = {
  readonly files: readonly GivenFile[]
  /** The reader's verifier key and kept checkpoint as they typed them; empty when they have none. */
  readonly key: string
  readonly kept: string
  /** From 0 to below 1, says where in the records of a copy one bit is turned over; null leaves all as it is. */
  readonly tamper: number | null
}

/** What a copy's bit was turned over in. */
export type Tampering = {
  readonly file: string
  readonly offset: number
  readonly from: number
  readonly to: number
}

export type CertificateOutcome = {
  readonly kind: "certificate"
  readonly failures: readonly Failure[]
  readonly authenticated: boolean
  readonly index: number | null
  readonly log: string | null
  readonly size: number | null
  readonly type: string | null
  readonly at: string | null
}

/** What could not even be tried, by what the reader can mend. */
export const unusable = ["key", "kept", "nothing", "neither", "zip"] as const
export type Unusable = (typeof unusable)[number]

export type Outcome = (
  | { readonly kind: "bundle"; readonly report: Report }
  | CertificateOutcome
  | { readonly kind: "unusable"; readonly what: Unusable; readonly detail: string }
) & { readonly tampering: Tampering | null; readonly tookMs: number }

/** What the worker tells: bytes read so far, then once the outcome. */
export type WorkerMessage =
  | { readonly progress: { readonly done: number; readonly total: number } }
  | { readonly outcome: Outcome }
