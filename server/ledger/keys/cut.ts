import type { LeafBody } from "#contracts/ledger/encoding.ts"
import type { FactBody } from "#contracts/ledger/fact.ts"
import type { BuiltLeaf, PendingContent, PendingRow, Unsealable } from "../build-leaves.ts"
import type { LogSigners } from "./signers.ts"

type Row = PendingRow & { readonly content: PendingContent | null }

const type = "key.rotated@1"

/**
 * The rows up to a change of the log's key, which is the last of its round, so that the head that is signed next is
 * the handover. One whose new key is not at hand waits, with its reason, and the others go on.
 */
export async function cutAtTurn(
  rows: readonly Row[],
  signers: LogSigners,
  size: number,
): Promise<{ rows: readonly Row[]; withheld: Unsealable[] }> {
  if (!rows.some(({ content }) => content?.type === type)) return { rows, withheld: [] }
  const taken: Row[] = []
  const withheld: Unsealable[] = []
  for (const row of rows) {
    const { content } = row
    const why = content?.type === type ? await whyNot(content.body, signers, size) : null
    if (why !== null) withheld.push({ row, why })
    else taken.push(row)
    if (content?.type === type && why === null) break
  }
  return { rows: taken, withheld }
}

const whyNot = ({ from, to }: LeafBody, signers: LogSigners, size: number): Promise<string | null> =>
  signers.whyNotTurn(from, to, size)

/** Tells the signers of a change that was sealed. */
export function noteTurn(leaves: readonly BuiltLeaf[], signers: LogSigners): void {
  const last = leaves.at(-1)
  if (last?.row.content?.type !== type) return
  const { from, to, reason } = last.row.content.body as FactBody<"key.rotated@1">
  signers.add({ index: last.index, from, to, reason })
}
