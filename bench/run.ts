import { parseArgs } from "node:util"
import { writeVerifiers } from "../scripts/verifiers.ts"
import type { Bench, Measure } from "./measure.ts"

/** Every bench by its name; loaded only when it is run. */
const benches: Readonly<Record<string, () => Promise<{ bench: Bench }>>> = {
  ledger: () => import("./ledger.ts"),
  seal: () => import("./whole-log.ts"),
  verify: () => import("./verify.ts"),
  browser: () => import("./browser.ts"),
  export: () => import("./whole-log.ts"),
  latency: () => import("./latency.ts"),
  trade: () => import("./trade.ts"),
  webhook: () => import("./webhook.ts"),
  reconcile: () => import("./reconcile.ts"),
}

const usage = `Usage: npm run bench -- <name> [--json] [--seconds N] [--rounds N]

Names: ${Object.keys(benches).join(", ")}. Each prints its figure and, measured in the same run, its reference.
--json prints one object a line. A round lasts --seconds (5); figures are medians of --rounds (3).
`

function tell({ bench, measure, value, unit, reference, referenceValue, ratio }: Measure): string {
  const digits = unit === "ms" ? 1 : 0
  const figure = `${bench}: ${measure} ${value.toFixed(digits)} ${unit}`
  if (reference === undefined || referenceValue === undefined || ratio === undefined) return figure
  return `${figure}; ${reference} ${referenceValue.toFixed(digits)}; ratio ${ratio.toFixed(2)}`
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      seconds: { type: "string", default: "5" },
      rounds: { type: "string", default: "3" },
    },
  })
  const [name = ""] = positionals
  const load = Object.hasOwn(benches, name) ? benches[name] : undefined
  const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)]
  if (load === undefined || !(seconds > 0) || !Number.isInteger(rounds) || rounds < 1) {
    process.stderr.write(usage)
    return 2
  }
  // An export holds the one-file verifiers.
  await writeVerifiers()
  const { bench } = await load()
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`)
  const { measures, notes } = await bench({ seconds, rounds, say })
  for (const measure of measures.filter((measure) => measure.bench === name))
    process.stdout.write(`${values.json ? JSON.stringify(measure) : tell(measure)}\n`)
  for (const note of notes) say(note)
  return 0
}

process.exitCode = await main()
