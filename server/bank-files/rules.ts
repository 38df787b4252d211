import type { BankFile } from "#contracts/bank-file.ts"
import { type Decision, decide } from "../decision.ts"
import { userActor } from "../trades/scene.ts"

/**
 * One statement of the bank as one fact, however many lines it has. `linesHash` is over the nonce and the keys of all
 * its lines in their order (server/bank-files/line-keys.ts), each ended by 0x0A.
 */
export function importBankFile(file: BankFile): Decision {
  const { id, version, lines, added, linesHash, fileHash, account, opening, closing, credits, debits } = file
  return decide({
    changes: [{ noun: "bankFile", row: file }],
    facts: [
      {
        type: "bankFile.imported@1",
        subject: { noun: "bankFile", id, version },
        threads: [{ id }],
        actor: userActor("operator", file.owner, file.user),
        occurredAt: file.at,
        body: { version, lines, added, linesHash },
        secret: {
          fileHash,
          account,
          period: file.from === file.to ? file.from : `${file.from} – ${file.to}`,
          opening,
          closing,
          credits,
          debits,
        },
        owner: file.owner,
        readers: [file.owner],
      },
    ],
    result: { file: id, lines, added },
  })
}
