import { fromUtf8 } from "../bytes.ts"
import type { Journal } from "../escrow.ts"
import type { FactType } from "./fact.ts"
import type { KeyTable } from "./key-table.ts"
import { endsByPayment, noKey, type Replay } from "./replay.ts"
import { isClaim } from "./replay-claim.ts"
import { stateAt } from "./scan-body.ts"
import { afterLiteral } from "./scan-bytes.ts"
import type { LeafScan } from "./scan-leaf.ts"
import type { ChainAudit } from "./verify-chain.ts"

const noValues = new Map<string, never>()

type Parts = { readonly chain: ChainAudit; readonly keys: KeyTable; readonly replay: Replay }

/** The threads of a record that was scanned, and the step that it tells of, as they lie in its bytes. */
export function readMeaning(scan: LeafScan, { chain, keys, replay }: Parts, journal: Journal | null): void {
  const { bytes, index, bodyScan, threads, key, keyEnd, n, prevIndex } = scan
  if (bodyScan === null) return
  let subjects = 0
  let subject = 0
  for (let i = 0; i < threads; i++) {
    const id = keys.idOf(bytes, key[i] as number, keyEnd[i] as number)
    chain.checkThread(index, id, n[i] as number, prevIndex[i] as number)
    if (afterLiteral(bytes, key[i] as number, bodyScan.subjectPrefix) < 0) continue
    subject = id
    subjects += 1
  }
  const { noun, type } = bodyScan
  if (subjects !== 1) {
    replay.withoutSubject(index, noun)
    return
  }
  replay.checkVersion(index, subject, scan.version)
  if (noun === "trade") stepTrade(scan, { keys, replay }, subject, type)
  if (isClaim(noun)) replay.stepClaim(index, subject, type, noValues, journal)
  else replay.stepMoney(index, subject, type, noValues, journal)
}

function stepTrade(
  { bytes, index, state, stateEnd, payment, paymentEnd }: LeafScan,
  { replay, keys }: Pick<Parts, "replay" | "keys">,
  trade: number,
  type: FactType,
): void {
  const isNamed = paymentEnd > payment && endsByPayment(type)
  const key = isNamed ? keys.find(bytes, payment, paymentEnd) : noKey
  const text = isNamed ? fromUtf8(bytes.subarray(payment, paymentEnd)) : null
  replay.stepTrade(index, trade, type, stateAt(bytes, state, stateEnd), key, text)
}
