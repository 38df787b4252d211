import path from "node:path"
import { bundleFiles } from "#contracts/ledger/export.ts"
import { openBundle } from "./kept-bundle.ts"
import { type BenchOptions, type BenchResult, type Measure, measureOf, median } from "./measure.ts"
import { type ReaderRates, type Reading, readerRates } from "./reader-process.ts"
import { type HashRates, hashRates } from "./reference.ts"

const megabyte = 1024 * 1024

/** QUANHENG_RECORDS makes it smaller, to try it out: the figures are those of a million. */
const asked = Number(process.env.QUANHENG_RECORDS ?? 1_000_000)

const readings = {
  records: "canonical form, chain, threads, meaning, root and digest of records.jsonl, one thread",
  whole: "verify, every check of every file, one thread",
  records2: "records.jsonl alone as above, 2 workers",
  whole2: "verify, every check of every file, 2 workers",
  replay: "replay of meaning",
} as const satisfies Record<Reading, string>

type Round = { readonly hashed: HashRates; readonly read: Readonly<Record<Reading, ReaderRates>> }

/**
 * Verifies the bundle of a million records such as a market makes, in a process of its own, with `sha256sum` and
 * `openssl` over records.jsonl before and after each reading. QUANHENG_BUNDLE keeps the bundle for the next run.
 */
export async function bench({ rounds, say }: BenchOptions): Promise<BenchResult> {
  const { folder, records, close } = await openBundle(asked, say)
  try {
    const all: Round[] = []
    for (let round = 1; round <= rounds; round++) {
      say(`Verification ${round} of ${rounds} …`)
      all.push(await runRound(folder))
    }
    return tell(all, records)
  } finally {
    await close()
  }
}

async function runRound(folder: string): Promise<Round> {
  const hashed: HashRates[] = []
  const hash = async (): Promise<void> => {
    hashed.push(await hashRates(path.join(folder, bundleFiles.records)))
  }
  const read: Partial<Record<Reading, ReaderRates>> = {}
  await hash()
  for (const reading of Object.keys(readings) as Reading[]) {
    read[reading] = await readerRates(reading, folder)
    await hash()
  }
  const middle = (program: keyof HashRates): number => median(hashed.map((rates) => rates[program]))
  return {
    hashed: { sha256sum: middle("sha256sum"), openssl: middle("openssl") },
    read: read as Record<Reading, ReaderRates>,
  }
}

function tell(all: readonly Round[], records: number): BenchResult {
  const middle = (of: (round: Round) => number): number => median(all.map(of))
  const references = [
    { name: "sha256sum of records.jsonl", value: middle(({ hashed }) => hashed.sha256sum) * records },
    { name: "openssl dgst -sha256", value: middle(({ hashed }) => hashed.openssl) * records },
  ]
  const measures: Measure[] = []
  const notes: string[] = []
  for (const [reading, name] of Object.entries(readings) as [Reading, string][]) {
    const rate = middle(({ read }) => read[reading].rate)
    for (const reference of references)
      measures.push(measureOf({ bench: "verify", measure: name, value: rate, unit: "records/s" }, reference))
    const peak = Math.max(...all.map(({ read }) => read[reading].peakBytes)) / megabyte
    measures.push({ bench: "verify", measure: `${name}: most memory`, value: peak, unit: "MiB" })
    const ratios = all.map(({ hashed, read }) => read[reading].rate / records / hashed.sha256sum)
    const busy = (1e6 / middle(({ read }) => read[reading].perProcessor)).toFixed(2)
    notes.push(
      `${name}: ratio to sha256sum by rounds ${ratios.map((ratio) => ratio.toFixed(3)).join(", ")}; ${busy} µs of processor time a record.`,
    )
  }
  notes.push("The bundle holds no opened values and no agreement texts, as for a reader who is not entitled.")
  return { measures, notes }
}
