import { rm } from "node:fs/promises"
import path from "node:path"
import { bundleFiles } from "#contracts/ledger/export.ts"
import { openFilledLog } from "./filled-log.ts"
import { type BenchOptions, type BenchResult, type Measure, measureOf, median } from "./measure.ts"
import { hashRates } from "./reference.ts"

const megabyte = 1024 * 1024

/** QUANHENG_RECORDS makes it smaller, to try it out: the figures are those of a million. */
const records = Number(process.env.QUANHENG_RECORDS ?? 1_000_000)

/** Seals a million records such as a market makes, and exports them, with `sha256sum` over records.jsonl beside it. */
export async function bench({ rounds, say }: BenchOptions): Promise<BenchResult> {
  say(`Making a log of ${records} records …`)
  const log = await openFilledLog(records)
  try {
    const folder = path.join(log.folder, "bundle")
    const exports: number[] = []
    for (let round = 1; round <= rounds; round++) {
      say(`Export ${round} of ${rounds} …`)
      await rm(folder, { recursive: true, force: true })
      const started = performance.now()
      await log.exportTo(folder)
      exports.push(records / ((performance.now() - started) / 1000))
    }
    const exportPeak = process.resourceUsage().maxRSS * 1024
    const { sha256sum } = await hashRates(path.join(folder, bundleFiles.records))
    return tell({ exports, exportPeak, sealed: records / log.sealSeconds, sha256sum: sha256sum * records })
  } finally {
    await log.close()
  }
}

type OfTheLog = {
  readonly exports: readonly number[]
  readonly exportPeak: number
  readonly sealed: number
  readonly sha256sum: number
}

function tell({ exports, exportPeak, sealed, sha256sum }: OfTheLog): BenchResult {
  const reference = { name: "sha256sum of records.jsonl", value: sha256sum }
  const figure = (bench: string, measure: string, value: number, unit: string) => ({
    bench,
    measure,
    value,
    unit,
  })
  const rate = "records/s"
  const measures: Measure[] = [
    measureOf(figure("export", "export of all files", median(exports), rate), reference),
    measureOf(
      figure("export", "memory of export, with that of making the log", exportPeak / megabyte, "MiB"),
      null,
    ),
    measureOf(figure("seal", "seal, without appends", sealed, rate), null),
  ]
  return { measures, notes: [] }
}
