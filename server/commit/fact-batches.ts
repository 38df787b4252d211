import { assert } from "#contracts/assert.ts"

/** Of UTF-8: a row that long, with all that PostgreSQL puts around it, still lies in one page of 8 KiB. */
const largestBatch = 8_000

/** A fact that waits as a line: the sequencer (ledger/pending-batches.ts) and the view `pending_facts` read it. */
export function factLine(subject: string, version: number, fact: string): string {
  assert(subject !== "" && !subject.includes(" "), "a subject has no blanks")
  return `${subject} ${version} ${fact}`
}

/** Lines of facts as the texts of rows, each of about a page; one that is longer goes by itself. */
export function packFacts(lines: readonly string[]): string[] {
  const batches: string[] = []
  let batch = ""
  let bytes = 0
  for (const line of lines) {
    const more = Buffer.byteLength(line) + 1
    if (batch !== "" && bytes + more > largestBatch) {
      batches.push(batch)
      batch = ""
      bytes = 0
    }
    batch = batch === "" ? line : `${batch}\n${line}`
    bytes += more
  }
  if (batch !== "") batches.push(batch)
  return batches
}

/** Between two texts of rows, none of which has an empty line. */
export const batchBreak = "\n\n"
