import type { Json } from "#contracts/ledger/fact.ts"
import type { Failure } from "#contracts/ledger/failure.ts"
import type { Report } from "#contracts/ledger/report.ts"
import type { WitnessReport } from "#contracts/ledger/trust.ts"

/** A file as it was chosen or dropped, with its path when it came in a folder. */
export type GivenFile = { readonly path: string; readonly file: Blob }

/** What the page asks of the worker; nothing in it leaves this device. */
export type VerifyRequest = {
  readonly files: readonly GivenFile[]
  /** The reader's verifier key and kept checkpoint as they typed them; empty when they have none. */
  readonly key: string
  readonly kept: string
  /** Notes of checkpoints that this browser kept, of logs each. */
  readonly keptHeads: readonly string[]
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
  /** The reader's key leads to that of the head only through one that somebody else may have. */
  readonly compromised: boolean
  /** What the witnesses of the reader's policy have said; null without a policy. */
  readonly witnesses: WitnessReport | null
  /** How many changes of the log's key were given beside it. */
  readonly rotations: number
  readonly index: number | null
  readonly log: string | null
  readonly size: number | null
  readonly type: string | null
  readonly at: string | null
}

/** What could not even be tried, by what the reader can mend. */
export const unusable = ["key", "kept", "nothing", "neither", "rotations"] as const
export type Unusable = (typeof unusable)[number]

export type Outcome = (
  | { readonly kind: "bundle"; readonly report: Report }
  | CertificateOutcome
  | { readonly kind: "unusable"; readonly what: Unusable; readonly detail: string }
) & {
  readonly tampering: Tampering | null
  readonly tookMs: number
  /** The note of the checkpoint under which all of it stands, where that could be read. */
  readonly note: string | null
  /** Whether the log was shown to continue the one that this browser kept; null: that was not tried. */
  readonly continuesKept: boolean | null
}

/** A record whose certificate is to be checked, with the values in it that were opened to the reader. */
export type GivenRecord = {
  readonly index: number
  readonly certificate: string
  /** The hash of the record as the page shows it, where the page shows it. */
  readonly leafHash?: string
  readonly opened: readonly OpenedValue[]
}

/** A value that was opened to the reader, with the salt that ties it to its record. */
export type OpenedValue = { readonly path: string; readonly salt: string; readonly value: Json }

export type RecordCheck = {
  readonly index: number
  /** The signed head's note, and how many records it covers; null when it could not be read. */
  readonly note: string | null
  readonly size: number | null
  readonly failures: readonly Failure[]
  /** The certificate is of another content than the page shows. */
  readonly differs: boolean
  /** Paths of opened values that are not those the record committed to. */
  readonly misfits: readonly string[]
  readonly fits: number
}

export type HeadCheck = {
  readonly size: number
  readonly note: string
  /** The earlier checkpoint that it was shown to continue; null where there was none to compare with. */
  readonly from: number | null
  readonly failures: readonly Failure[]
}

/**
 * What the worker does, one task in its life. `key` is the reader's, a verifier key or a policy; `rotations` are
 * proofs that the log changed its key, from the first change on, where the key alone does not do.
 */
export type Tasks = {
  readonly verify: { readonly asks: VerifyRequest; readonly answers: Outcome }
  readonly records: {
    readonly asks: {
      readonly records: readonly GivenRecord[]
      readonly key: string
      readonly rotations: readonly string[]
    }
    readonly answers: readonly RecordCheck[] | "key"
  }
  /** A checkpoint's note, and the proof that it continues an earlier one, in its file's form. */
  readonly head: {
    readonly asks: {
      readonly size: number
      readonly note: string
      readonly growth: string | null
      readonly key: string
      readonly rotations: readonly string[]
    }
    readonly answers: HeadCheck | "key"
  }
  /** Whether the proof, in its file's form, shows that one checkpoint's note continues another's. */
  readonly growth: {
    readonly asks: { readonly older: string; readonly newer: string; readonly growth: string }
    readonly answers: boolean
  }
  /** Answers the SHA-256 of a file in lower-case hex. */
  readonly hash: { readonly asks: { readonly file: Blob }; readonly answers: string }
}
export type TaskName = keyof Tasks
export type WorkerRequest = {
  [Name in TaskName]: { readonly task: Name; readonly asks: Tasks[Name]["asks"] }
}[TaskName]

/** What the worker tells: how far it is, then once what it found. */
export type WorkerMessage<Answer> =
  | { readonly progress: { readonly done: number; readonly total: number } }
  | { readonly answer: Answer }
