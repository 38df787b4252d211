import { stat } from "node:fs/promises"
import path from "node:path"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parseVerifierKey } from "#contracts/ledger/note.ts"
import { verifyBundle } from "#contracts/ledger/verify.ts"
import { nodeCrypto } from "#server/ledger/node-crypto.ts"
import { openFolder } from "../cli/verify-source.ts"
import { openFilledLog } from "./filled-log.ts"
import { type BenchOptions, type BenchResult, measureOf, median } from "./measure.ts"
import { sha256sumRate } from "./reference.ts"

const records = 100_000

/** Seals 100,000 records, exports them and verifies the bundle; beside it `sha256sum` of records.jsonl alone. */
export async function bench({ rounds, say }: BenchOptions): Promise<BenchResult> {
  say(`Making a log of ${records} records …`)
  const log = await openFilledLog(records)
  try {
    const folder = path.join(log.folder, "bundle")
    const exported = performance.now()
    await log.exportTo(folder)
    const exportSeconds = (performance.now() - exported) / 1000
    const key = parseVerifierKey(log.vkey, nodeCrypto.sha256)
    if (isMalformed(key)) throw new Error(key.malformed)
    const rates: number[] = []
    for (let round = 1; round <= rounds; round++) {
      say(`Round ${round} of ${rounds} …`)
      const started = performance.now()
      const report = await verifyBundle(await openFolder(folder), { crypto: nodeCrypto, keys: [key] })
      if (report.verdict !== "intact") throw new Error(JSON.stringify(report.failures[0]))
      rates.push(records / ((performance.now() - started) / 1000))
    }
    const file = path.join(folder, "records.jsonl")
    const { size } = await stat(file)
    const hashed = await sha256sumRate(file, size)
    const reference =
      hashed === null ? null : { name: "sha256sum of records.jsonl", value: (hashed / size) * records }
    const unit = "records/s"
    return {
      measures: [
        measureOf({ bench: "verify", measure: "verify", value: median(rates), unit }, reference),
        measureOf({ bench: "export", measure: "export", value: records / exportSeconds, unit }, reference),
        measureOf(
          { bench: "seal", measure: "seal, without appends", value: records / log.sealSeconds, unit },
          null,
        ),
      ],
      notes: reference === null ? ["There is no sha256sum here, so there is no reference."] : [],
    }
  } finally {
    await log.close()
  }
}
