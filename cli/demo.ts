import { mkdir, writeFile } from "node:fs/promises"
import path from "node:path"
import { parseArgs } from "node:util"
import type { Id } from "#contracts/ids.ts"
import { newBuyer, signedIn, wholeTrade } from "./demo/buyer.ts"
import { sealedRecords, takeExport, verifyOffline } from "./demo/export.ts"
import { DemoFailure, type DemoMarket, demoAccounts, findMarket } from "./demo/market.ts"
import { makeSay, type Say } from "./demo/words.ts"

const usage = `Usage: quanheng demo [--json] [--out DIR] [--lang zh|en]

One whole trade with a new buyer, over the same doors as a browser, on the market of PORT (3000) and QUANHENG_HOME
(.quanheng), or on one that is started for it. Then an export, verified offline against the key taken at the start.

--json   as the last line of standard output {"tradeId","records","bundle","vkey","verified"}
--out    where the export and the key are put (the folder "demo" in the market's data folder)

Exit code 0: everything happened and the export verifies. 1: it does not. 2: the demo could not be carried out.
`

type Result = { tradeId: Id<"trade">; records: number; bundle: string; vkey: string; verified: boolean }

export async function run(args: string[]): Promise<number> {
  let market: DemoMarket | null = null
  try {
    const { values } = parseArgs({
      args,
      options: {
        json: { type: "boolean", default: false },
        out: { type: "string" },
        lang: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    })
    if (values.help) {
      process.stdout.write(usage)
      return 0
    }
    const locale = (values.lang ?? process.env.LC_ALL ?? process.env.LANG ?? "").startsWith("zh")
      ? "zh"
      : "en"
    const say = makeSay(locale)
    market = await findMarket(say)
    const result = await demonstrate(
      market,
      locale,
      path.resolve(values.out ?? path.join(market.home, "demo")),
      say,
    )
    if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`)
    return result.verified ? 0 : 1
  } catch (error) {
    process.stderr.write(`quanheng demo: ${tell(error)}\n`)
    return 2
  } finally {
    await market?.stop()
  }
}

async function demonstrate(
  { origin, home }: DemoMarket,
  locale: "zh" | "en",
  out: string,
  say: Say,
): Promise<Result> {
  const account = await demoAccounts(home, say)
  await mkdir(out, { recursive: true })
  const vkey = path.join(out, "log.vkey")
  await writeFile(vkey, await readVkey(origin))
  say("key", { file: vkey })
  const buyer = await newBuyer(origin, locale, account("operator"), say)
  const trade = await wholeTrade(buyer, locale, say)
  const indexes = await sealedRecords(buyer, trade)
  say("sealed", { records: indexes.length })
  say("exporting")
  const regulator = await signedIn(origin, locale, account("regulator"))
  const bundle = path.join(out, `${trade}.zip`)
  say("exported", { file: bundle, bytes: await takeExport(regulator, bundle, `demo ${trade}`) })
  say("verifying")
  const { code, report } = await verifyOffline(bundle, vkey)
  const range = report?.range ?? { from: 0, to: 0 }
  const within = indexes.every((index) => index >= range.from && index < range.to)
  const verified = code === 0 && within
  const records = report?.checked.records ?? 0
  if (verified) say("intact", { records })
  else
    say("broken", { reason: within || code !== 0 ? `verify ended with ${code}` : "the trade is not in it" })
  return { tradeId: trade, records, bundle, vkey, verified }
}

async function readVkey(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/ledger/log.vkey`)
  if (!answer.ok) throw new DemoFailure(`the log's key could not be fetched (${answer.status})`)
  return answer.text()
}

/** A door's refusal comes with its own sentence; what is none of ours is told by its message alone. */
function tell(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error"
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ""
  return `${error.message}${cause}`
}
