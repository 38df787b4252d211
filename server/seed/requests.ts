import { setTimeout as delay } from "node:timers/promises"
import type { Id } from "#contracts/ids.ts"
import type { RequestInput } from "#contracts/request.ts"
import { dayMs, toMs, toTime } from "#contracts/time.ts"
import type { Trading } from "./trades.ts"
import { answerOf, type Visitor } from "./visitor.ts"

type DemoRequest = { buyer: string; take: boolean; need: Omit<RequestInput, "deadline"> }

const demoRequests: readonly DemoRequest[] = [
  {
    buyer: "buyer-1@demo.example",
    take: false,
    need: {
      words: "逐日 气温 降水 气象观测",
      locale: "zh",
      use: { actions: ["use", "derive"], purpose: "research" },
      formats: ["csv"],
      domain: null,
      cap: { minor: "30000", currency: "CNY" },
    },
  },
  {
    buyer: "buyer-2@demo.example",
    take: true,
    need: {
      words: "airports with coordinates",
      locale: "en",
      use: { actions: ["use", "distribute"], purpose: "journalism" },
      formats: [],
      domain: null,
      cap: null,
    },
  },
]

/** Posts what the demo buyers need and lets the matcher rank what is listed; one of them takes the first match. */
export async function postRequests({ secret, members }: Trading): Promise<void> {
  for (const { buyer: email, take, need } of demoRequests) {
    const ask = members.get(email)?.visitor.ask
    if (!ask) throw new Error(`there is no ${email}`)
    const command = (what: string) => secret.command(`${what} request ${email}`)
    await untilFound(ask, need.words)
    // Counted from a day that stays the same when the seeding runs again, as the command's other input does.
    const { party } = await ask.parties.own.query()
    const deadline = toTime(toMs(party.registeredAt) + 60 * dayMs)
    const posted = await answerOf(ask.requests.post.mutate({ commandId: command("post"), ...need, deadline }))
    const { request } = posted as { request: Id<"request"> }
    const matched = await answerOf(ask.requests.match.mutate({ commandId: command("match"), request }))
    if (!take) continue
    const { round } = matched as { round: Id<"round"> }
    const [best] = (await answerOf(ask.requests.round.query({ round }))).ranked
    if (!best) throw new Error(`nothing matches the request of ${email}`)
    await ask.requests.take.mutate({
      commandId: command("take"),
      round,
      listing: best.listing,
      locale: need.locale,
    })
  }
}

/** A listing is found a moment after it is published: a job indexes it. */
async function untilFound(ask: Visitor["ask"], words: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if ((await answerOf(ask.listings.search.query({ words }))).total > 0) return
    await delay(150)
  }
  throw new Error(`the search finds nothing for "${words}"`)
}
