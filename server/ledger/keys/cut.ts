import type { FactBody } from "#contracts/ledger/fact.ts"
import type { BuiltLeaf, PendingRow, Unsealable } from "../build-leaves.ts"
import type { PendingParts } from "../pending-parts.ts"
import type { LogSigners } from "./signers.ts"

const type = "key.rotated@1"

/**
 * The rows up to a change of the log's key, which is the last of its round, so that the head that is signed next is
 * the handover. One whose new key is not at hand waits, with its reason, and the others go on.
 */
export async function cutAtTurn(
  rows: readonly PendingRow[],
  signers: LogSigners,
  size: number,
): Promise<{ rows: readonly PendingRow[]; withheld: Unsealable[] }> {
  if (!rows.some(({ parts }) => parts?.type === type)) return { rows, withheld: [] }
  const taken: PendingRow[] = []
  const withheld: Unsealable[] = []
  for (const row of rows) {
    const { parts } = row
    const why = parts?.type === type ? await whyNot(bodyOf(parts), signers, size) : null
    if (why !== null) withheld.push({ row, why })
    else taken.push(row)
    if (parts?.type === type && why === null) break
  }
  return { rows: taken, withheld }
}

const bodyOf = (parts: PendingParts): FactBody<typeof type> => JSON.parse(parts.body)

const whyNot = (
  { from, to }: FactBody<typeof type>,
  signers: LogSigners,
  size: number,
): Promise<string | null> => signers.whyNotTurn(from, to, size)

/** Tells the signers of a change that was sealed. */
export function noteTurn(leaves: readonly BuiltLeaf[], signers: LogSigners): void {
  const last = leaves.at(-1)
  if (last?.row.parts?.type !== type) return
  const { from, to, reason } = bodyOf(last.row.parts)
  signers.add({ index: last.index, from, to, reason })
}
