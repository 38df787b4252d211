import { rm } from "node:fs/promises"
import path from "node:path"
import { openFilledLog } from "./filled-log.ts"
import { type BenchOptions, type BenchResult, type Measure, measureOf, median } from "./measure.ts"
import { readerRates } from "./reader-process.ts"
import { type HashRates, hashRates } from "./reference.ts"

const megabyte = 1024 * 1024

/** QUANHENG_RECORDS makes it smaller, to try it out: the figures are those of a million. */
const records = Number(process.env.QUANHENG_RECORDS ?? 1_000_000)

type Round = {
  readonly hashed: HashRates
  readonly whole: Measured
  readonly bare: Measured
  readonly replay: Measured
}

type Measured = { readonly rate: number; readonly perProcessor: number; readonly peakBytes: number }

/**
 * Seals a million records such as a market makes, exports them, and verifies the bundle in a process of its own,
 * with `sha256sum` and `openssl` over records.jsonl before each round.
 */
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
    const all: Round[] = []
    for (let round = 1; round <= rounds; round++) {
      say(`Verification ${round} of ${rounds} …`)
      const hashed = await hashRates(path.join(folder, "records.jsonl"))
      const run = (what: "whole" | "bare" | "replay") => readerRates(what, folder, log.vkey)
      all.push({
        hashed,
        whole: await run("whole"),
        bare: await run("bare"),
        replay: await run("replay"),
      })
    }
    return tell(all, { exports, exportPeak, sealed: records / log.sealSeconds })
  } finally {
    await log.close()
  }
}

type OfTheLog = { readonly exports: readonly number[]; readonly exportPeak: number; readonly sealed: number }

function tell(all: readonly Round[], { exports, exportPeak, sealed }: OfTheLog): BenchResult {
  const middle = (of: (round: Round) => number): number => median(all.map(of))
  const sha256sum = middle(({ hashed }) => hashed.sha256sum) * records
  const openssl = middle(({ hashed }) => hashed.openssl) * records
  const reference = { name: "sha256sum of records.jsonl", value: sha256sum }
  const figure = (bench: string, measure: string, value: number, unit: string) => ({
    bench,
    measure,
    value,
    unit,
  })
  const rate = "records/s"
  const whole = middle((round) => round.whole.rate)
  const measures: Measure[] = [
    measureOf(figure("verify", "verify, every check of every file, one thread", whole, rate), reference),
    measureOf(figure("verify", "the same", whole, rate), { name: "openssl dgst -sha256", value: openssl }),
    measureOf(
      figure(
        "verify",
        "canonical form, chain, threads, meaning and root of records.jsonl alone, one thread",
        middle((round) => round.bare.rate),
        rate,
      ),
      reference,
    ),
    measureOf(
      figure(
        "verify",
        "replay of meaning",
        middle((round) => round.replay.rate),
        rate,
      ),
      null,
    ),
    measureOf(
      figure("verify", "memory of verify", middle((round) => round.whole.peakBytes) / megabyte, "MiB"),
      null,
    ),
    measureOf(figure("export", "export of all files", median(exports), rate), reference),
    measureOf(
      figure("export", "memory of export, with that of making the log", exportPeak / megabyte, "MiB"),
      null,
    ),
    measureOf(figure("seal", "seal, without appends", sealed, rate), null),
  ]
  const busy = (of: (round: Round) => Measured): string =>
    (1e6 / middle((round) => of(round).perProcessor)).toFixed(2)
  return {
    measures,
    notes: [
      `Processor time for a record: verify ${busy((round) => round.whole)} µs, records.jsonl alone ${busy((round) => round.bare)} µs, replay ${busy((round) => round.replay)} µs.`,
      "The bundle holds no opened values and no agreement texts, as for a reader who is not entitled to them.",
    ],
  }
}
