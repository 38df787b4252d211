import type { Refusal, RefusalCode } from "#contracts/refusal.ts"
import { refuse } from "#contracts/refusal.ts"

/** Why a file is malformed: the reason in a refusal's detail. */
export type MalformedReason =
  | "column_count"
  | "json_syntax"
  | "no_columns"
  | "not_an_object"
  | "record_too_long"
  | "text_after_quote"
  | "too_deep"
  | "truncated"
  | "unclosed_quote"
  | "unreadable"
  | "zero_byte"

/** Ends the reading of a file from deep inside a stream; the outermost reader turns it into its refusal. */
export class FileRefused extends Error {
  override name = "FileRefused"
  readonly refusal: Refusal
  constructor(code: RefusalCode, detail?: Record<string, string | number>) {
    super(code)
    this.refusal = refuse(code, "file", detail)
  }
}

/** @param row 1-based number of the data row, where one is known. */
export function malformed(reason: MalformedReason, detail: Record<string, number> = {}): FileRefused {
  return new FileRefused("file_malformed", { reason, ...detail })
}
