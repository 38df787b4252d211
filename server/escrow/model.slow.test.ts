import type { Sql } from "postgres"
import { describe, expect, test, vi } from "vitest"
import { sealAll, verifyExported } from "../ledger/test-export.ts"
import { countWhatCame } from "./testing/came.ts"
import { Lane } from "./testing/lane.ts"
import { openMarket } from "./testing/market.ts"
import { drawSequences, Runner } from "./testing/run.ts"
import { explain } from "./testing/shrink.ts"

/**
 * Random sequences of what people, the provider, the network, the clock and dying processes can do to money; then
 * all that MONEY §4 asks must be so, every kind of thing (testing/came.ts) must have come at least once, and an export
 * of it all verifies. The same seed each time, for what chance draws should not decide whether a change lands; another
 * one each time under QUANHENG_LARGE. QUANHENG_MODEL_STEPS asks for more steps, QUANHENG_MODEL_SEED for another seed.
 */
const large = Boolean(process.env.QUANHENG_LARGE)
const all = Number(process.env.QUANHENG_MODEL_STEPS ?? (large ? "200000" : "20000"))
const seed = Number(process.env.QUANHENG_MODEL_SEED ?? (large ? Date.now() % 1_000_000_007 : 1))
const [width, rounds] = [25, 100]
/** As many steps as one market takes: each look at a book takes longer the more is in it. */
const most = 20_000
const parts = Array.from({ length: Math.ceil(all / most) }, (_, part) => ({
  steps: Math.min(most, all - part * most),
  from: seed + part * Math.ceil(most / width / rounds),
}))

// Refused events are told of on the console, and here they are many.
vi.spyOn(console, "warn").mockImplementation(() => undefined)

describe.each(parts)("$steps steps of chance (seed $from)", async ({ steps, from }) => {
  const market = await openMarket({ float: true })
  const operator = await market.party("operator")
  const lanes = await Promise.all(Array.from({ length: width }, (_, i) => Lane.open(market, i, operator)))

  test(
    "money is right after them",
    async () => {
      const runner = new Runner(market, lanes)
      for (let group = 0; runner.took < steps; group++) {
        const sequences = drawSequences(from + group, width, rounds)
        const { wrongs } = await runner.run(sequences)
        if (wrongs.length > 0) {
          const story = await explain(runner, sequences, wrongs)
          expect.fail(
            `found within ${runner.took} steps; QUANHENG_MODEL_SEED=${from + group} finds at once:\n${wrongs.slice(0, 12).join("\n")}\n\n${story}`,
          )
        }
      }
      console.log(
        `${runner.took} steps, ${runner.died} deaths, ${JSON.stringify(Object.fromEntries(runner.fired))}`,
        await whatCame(market.services.sql),
      )
      const came = await countWhatCame(market)
      console.log([...came].map(([what, count]) => `${count} ${what}`).join(", "))
      if (runner.took >= most)
        expect([...came].filter(([, count]) => count === 0).map(([what]) => what)).toEqual([])
    },
    Math.max(180_000, steps * 20),
  )

  test(
    "an export of all of it verifies for whoever gets it: what the records tell is what the book has",
    async () => {
      const { services } = market
      await sealAll(services.sql, services.config.home)
      const { verdict, failures } = await verifyExported(services, services.config.home)
      const records = failures.flatMap(({ record }) => record ?? [])
      const named = await services.sql`select index::int, convert_from(leaf, 'UTF8')::json->>'type' as type
        from sealed_facts where index = any(${records}::bigint[]) order by index`
      expect({ verdict, failures }, JSON.stringify(named)).toEqual({ verdict: "intact", failures: [] })
    },
    Math.max(60_000, steps * 5),
  )
})

/** How many of each thing came to which end. */
async function whatCame(sql: Sql): Promise<string> {
  const rows = await sql.unsafe<{ noun: string; state: string; count: number }[]>(
    ["trades", "refunds", "debts", "chargebacks", "payouts", "top_ups", "withdrawals", "freezes"]
      .map((noun) => `select '${noun}' as noun, state, count(*)::int as count from ${noun} group by state`)
      .join(" union all "),
  )
  const nouns = Map.groupBy(rows, ({ noun }) => noun)
  return [...nouns]
    .map(([noun, of]) => `${noun}: ${of.map((one) => `${one.count} ${one.state}`).join(", ")}`)
    .join("; ")
}
