import { journalHash } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { Settlement } from "#contracts/settlement.ts"
import { type Decision, decide, type FactActor } from "../decision.ts"
import { type SettledSum, settledJournal } from "../escrow/book.ts"

/** Books what the steps of a run come to: one fact and one journal, however many lines there were. */
export function bookSettlement(
  settlement: Settlement,
  sums: readonly SettledSum[],
  actor: FactActor,
  /** The market's operator; the record has nothing confidential, but every record has an owner. */
  owner: Id<"party">,
): Decision {
  const { id, version, lines, linesHash, at } = settlement
  const journal = settledJournal(settlement, sums)
  return decide({
    changes: [{ noun: "settlement", row: settlement }],
    facts: [
      {
        type: "settlement.booked@1",
        subject: { noun: "settlement", id, version },
        threads: [{ id }],
        actor,
        occurredAt: at,
        body: { version, lines, linesHash, journalHash: journalHash(journal) },
        secret: {},
        owner,
        readers: [],
      },
    ],
    journals: [journal],
    result: { settlement: id, lines },
  })
}
