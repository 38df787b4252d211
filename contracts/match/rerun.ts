import { contentHash } from "../content-hash.ts"
import type { Round } from "../match.ts"
import { rank } from "./rank.ts"

/** What running a round again gave, beside what was certified. */
export type Rerun = { same: boolean; inputsHash: string; resultHash: string }

/** What is needed of a round to run it again. */
export type CheckedRound = Pick<Round, "inputs" | "inputsHash" | "result" | "resultHash">

/**
 * Runs the rules again over a round's stored inputs. `same` only when inputs, stored result and new result all
 * have the hashes that were certified.
 */
export function rerun(round: CheckedRound): Rerun {
  const inputsHash = contentHash(round.inputs)
  const resultHash = contentHash(rank(round.inputs))
  const same =
    inputsHash === round.inputsHash &&
    resultHash === round.resultHash &&
    contentHash(round.result) === round.resultHash
  return { same, inputsHash, resultHash }
}
