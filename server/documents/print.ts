import { type Refusal, refuse } from "#contracts/refusal.ts"
import type { PrintedDocument } from "./document.ts"
import { renderPdf } from "./render-pdf.ts"

/** One document takes some 150 ms of a processor: they are set one after another, and the line is short. */
const longestLine = 16
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/** The document as a PDF, or `too_busy` where too many wait already. */
export async function printPdf(document: PrintedDocument): Promise<Uint8Array | Refusal> {
  if (waiting >= longestLine) return refuse("too_busy")
  waiting++
  // Between two documents the process does what else has come.
  const turn = last.then(() => new Promise(setImmediate)).then(() => renderPdf(document))
  last = turn.catch(() => {})
  try {
    return await turn
  } finally {
    waiting--
  }
}
