import { batchBreak } from "../commit/fact-batches.ts"
import type { BuiltLeaf, PendingRow } from "./build-leaves.ts"
import { ownText } from "./own-text.ts"
import { partsOf } from "./pending-parts.ts"

/** A row of facts that wait, as the writer packed them (commit/fact-batches.ts). */
export type PendingBatch = { readonly id: string; readonly facts: string }

/** The facts of a batch in their order, each taken apart. */
export function rowsOfBatch({ id, facts }: PendingBatch): PendingRow[] {
  return facts.split("\n").map((line) => {
    const subjectEnd = line.indexOf(" ")
    const versionEnd = line.indexOf(" ", subjectEnd + 1)
    const fact = line.slice(versionEnd + 1)
    const version = Number(line.slice(subjectEnd + 1, versionEnd))
    const subject = ownText(line.slice(0, subjectEnd))
    return { batch: id, line, subject, version, fact, parts: partsOf(fact) }
  })
}

/** What becomes of the batches when some of their facts are sealed. */
export type EmptiedBatches = {
  /** Those of which nothing is left. */
  readonly gone: readonly string[]
  /** Those of which something waits on, and what: texts with `batchBreak` between them. */
  readonly kept: readonly string[]
  readonly keptFacts: string
}

/** `rows` are all facts of the batches that the leaves are of. */
export function emptyBatches(rows: readonly PendingRow[], leaves: readonly BuiltLeaf[]): EmptiedBatches {
  const sealed = new Set(leaves.map(({ row }) => row))
  const touched = new Set(leaves.map(({ row }) => row.batch))
  const left = new Map<string, string[]>()
  for (const row of rows) {
    if (!touched.has(row.batch) || sealed.has(row)) continue
    const lines = left.get(row.batch)
    if (lines) lines.push(row.line)
    else left.set(row.batch, [row.line])
  }
  return {
    gone: [...touched].filter((batch) => !left.has(batch)),
    kept: [...left.keys()],
    keptFacts: [...left.values()].map((lines) => lines.join("\n")).join(batchBreak),
  }
}
