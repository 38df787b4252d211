import path from "node:path"
import { bundleFiles } from "#contracts/ledger/export.ts"
import { type ExportRates, exportRates } from "./export-process.ts"
import { openFilledLog } from "./filled-log.ts"
import { type BenchOptions, type BenchResult, type Measure, measureOf, median } from "./measure.ts"
import { type HashRates, hashRates } from "./reference.ts"

const megabyte = 1024 * 1024

/** QUANHENG_RECORDS makes it smaller, to try it out: the figures are those of a million. */
const records = Number(process.env.QUANHENG_RECORDS ?? 1_000_000)

type Round = {
  readonly hashed: HashRates
  readonly lines: ExportRates
  readonly whole: ExportRates
}

/**
 * Seals a million records such as a market makes, and exports them, records.jsonl by itself and the whole bundle, each
 * in a process of its own, with `sha256sum` and `openssl` over records.jsonl in each round.
 */
export async function bench({ rounds, say }: BenchOptions): Promise<BenchResult> {
  say(`Making a log of ${records} records …`)
  const log = await openFilledLog(records)
  try {
    const folder = path.join(log.folder, "bundle")
    const all: Round[] = []
    for (let round = 1; round <= rounds; round++) {
      say(`Export ${round} of ${rounds} …`)
      const lines = await exportRates("records", log, folder)
      const whole = await exportRates("whole", log, folder)
      all.push({ lines, whole, hashed: await hashRates(path.join(folder, bundleFiles.records)) })
    }
    return tell(all, records / log.sealSeconds)
  } finally {
    await log.close()
  }
}

function tell(all: readonly Round[], sealed: number): BenchResult {
  const middle = (of: (round: Round) => number): number => median(all.map(of))
  const hashed = (program: keyof HashRates): number => middle((round) => round.hashed[program]) * records
  const sha256sum = { name: "sha256sum of records.jsonl", value: hashed("sha256sum") }
  const openssl = { name: "openssl dgst -sha256", value: hashed("openssl") }
  const [rate, unit] = ["records/s", "MiB"]
  const lines = { bench: "export", measure: "export of records.jsonl", value: middle((r) => r.lines.rate) }
  const whole = { bench: "export", measure: "export of all files", value: middle((r) => r.whole.rate) }
  const memory = (measure: string, of: (round: Round) => ExportRates) =>
    measureOf(
      { bench: "export", measure, value: middle((round) => of(round).peakBytes) / megabyte, unit },
      null,
    )
  const measures: Measure[] = [
    measureOf({ ...lines, unit: rate }, sha256sum),
    measureOf({ ...lines, measure: "the same", unit: rate }, openssl),
    measureOf({ ...whole, unit: rate }, sha256sum),
    measureOf({ ...whole, measure: "the same", unit: rate }, openssl),
    memory("memory of export of records.jsonl", ({ lines }) => lines),
    memory("memory of export of all files", ({ whole }) => whole),
    measureOf({ bench: "seal", measure: "seal, without appends", value: sealed, unit: rate }, null),
  ]
  const spread = (name: string, of: (round: Round) => number): string => {
    const values = all.map((round) => Math.round(of(round)))
    return `${name}: ${Math.min(...values)} to ${Math.max(...values)} records/s over ${values.length} rounds.`
  }
  return {
    measures,
    notes: [
      spread("records.jsonl", ({ lines }) => lines.rate),
      spread("All files", ({ whole }) => whole.rate),
      spread("sha256sum", ({ hashed }) => hashed.sha256sum * records),
    ],
  }
}
