import { mostFileBytes } from "#contracts/bank-file.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { decodeFile } from "./decode.ts"
import { checkEnds, type ParsedFile, type ReadingOf } from "./parsed.ts"
import { readCamt } from "./read-camt.ts"
import { readCsv } from "./read-csv.ts"

/** Reads a bank's statement of whatever form is known here; any other bytes are refused, none of them throw. */
export function readBankFile(bytes: Uint8Array, of: ReadingOf): ParsedFile | Refusal {
  if (bytes.length > mostFileBytes) return refuse("body_too_large", "file", { limit: mostFileBytes })
  const text = decodeFile(bytes)
  if (isRefusal(text)) return text
  const read = /^\s*</.test(text) ? readCamt(text.trimStart(), of) : readCsv(text, of)
  return isRefusal(read) ? read : checkEnds(read)
}
