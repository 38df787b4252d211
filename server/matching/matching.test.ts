import { describe, expect, test } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import { contentHash } from "#contracts/content-hash.ts"
import type { Id } from "#contracts/ids.ts"
import { rerun } from "#contracts/match/rerun.ts"
import type { Round } from "#contracts/match.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import type { RequestInput } from "#contracts/request.ts"
import { fromForm } from "#contracts/rights/form.ts"
import { openForm } from "#contracts/rights/rights.test-data.ts"
import { addMs, dayMs } from "#contracts/time.ts"
import { editRow } from "#db/test-rows.ts"
import { readOwnValues } from "../ledger/disclosures.ts"
import { withdrawListing } from "../listings/commands.ts"
import { testMarket } from "../test-market.ts"
import { tradePage } from "../trades/queries.ts"
import { closeRequest, matchRequest, postRequest, takeMatch } from "./commands.ts"
import { sweepRequests } from "./jobs.ts"
import { myRequests, openRequests, requestPage, roundInputsOf, roundPage } from "./queries.ts"

const market = await testMarket()
const { services, owner } = market
const { sql, newId } = services
const seller = await market.party("seller")
const buyer = await market.party("buyer")
const yuan = (minor: string): Money => ({ minor, currency: "CNY" })

const need = (change: Partial<RequestInput> = {}): RequestInput => ({
  words: "rainfall by station",
  locale: "en",
  use: { actions: ["use", "derive"] },
  formats: [],
  domain: null,
  cap: yuan("20000"),
  deadline: addMs(services.writer.now(), 10 * dayMs),
  ...change,
})

/** What a command answered, or a failure that names the refusal. */
async function done<T>(answer: Promise<unknown>): Promise<T> {
  const got = await answer
  if (isRefusal(got)) throw new Error(`${got.refused} at ${got.at}`)
  return got as T
}

const post = async (by: UserActor = buyer, change: Partial<RequestInput> = {}) =>
  (
    await done<{ request: Id<"request"> }>(
      postRequest(services, by, { commandId: newId("command"), ...need(change) }),
    )
  ).request

const match = async (request: Id<"request">, by: UserActor = buyer) =>
  (await done<{ round: Id<"round"> }>(matchRequest(services, by, { commandId: newId("command"), request })))
    .round

const take = (
  round: Id<"round">,
  listing: Id<"listing">,
  by: UserActor = buyer,
  commandId = newId("command"),
) => takeMatch(services, by, { commandId, round, listing, locale: "en" })

const stored = (round: Id<"round">, by: UserActor = buyer) => done<Round>(roundInputsOf(services, by, round))

const fair = await market.listing(seller, { price: yuan("19900") })
const dear = await market.listing(seller, { price: yuan("20001") })
describe("a round", () => {
  test("ranks what is listed, and refuses what the rights or the cap do not allow", async () => {
    const request = await post(buyer, { use: { actions: ["use", "commercialise"] } })
    const inHouse = await market.listing(seller, {
      price: yuan("100"),
      policy: fromForm({ ...openForm, commercial: false }),
    })
    const round = await match(request)
    const page = await done<{ round: { ranked: unknown[]; refused: unknown[] }; request: object }>(
      requestPage(services, buyer, request),
    )
    expect(page.round.ranked).toContainEqual(
      expect.objectContaining({ listing: fair.listing, plan: fair.plan, price: yuan("19900") }),
    )
    expect(page.round.refused).toContainEqual(
      expect.objectContaining({
        listing: dear.listing,
        refused: "price_over_cap",
        cheapest: yuan("20001"),
        title: { original: "en", en: "Rainfall", zh: "降水" },
      }),
    )
    expect(page.round.refused).toContainEqual(
      expect.objectContaining({
        listing: inHouse.listing,
        refused: "purpose_not_permitted",
        rule: { because: "prohibited", action: "commercialise" },
      }),
    )
    expect(await roundPage(services, buyer, round)).toMatchObject({ rerun: { same: true } })
  })

  test("is run again from what is stored with the same result, and a changed copy is found out", async () => {
    const round = await match(await post())
    const kept = await stored(round)
    expect(rerun(kept)).toEqual({ same: true, inputsHash: kept.inputsHash, resultHash: kept.resultHash })
    const [fact] = await sql<{ fact: string }[]>`select fact from pending_facts where subject = ${round}`
    const { body } = JSON.parse(fact?.fact ?? "{}")
    expect(body).toMatchObject({ rules: "match-1", resultHash: { commit: expect.any(String) } })
    const opened = await readOwnValues(services, buyer, [{ subject: round, version: 1 }])
    const values = Object.fromEntries(opened.map(({ path, value }) => [path, value]))
    expect(values).toMatchObject({
      "/body/inputsHash": contentHash(kept.inputs),
      "/body/resultHash": contentHash(kept.result),
    })
    expect(await readOwnValues(services, seller, [{ subject: round, version: 1 }])).toEqual([])

    await editRow(owner.sql, "round", round, "inputs.words", "snow")
    expect(await roundPage(services, buyer, round)).toMatchObject({ rerun: { same: false } })
    await editRow(owner.sql, "round", round, "inputs.words", kept.inputs.words)
    await editRow(owner.sql, "round", round, "result.ranked", kept.result.ranked.slice(1))
    expect(await roundPage(services, buyer, round)).toMatchObject({ rerun: { same: false } })
  })

  test("does not see what is frozen, sold out or withdrawn", async () => {
    const soldOut = await market.listing(seller, { price: yuan("100"), seats: 1 })
    await owner.sql`update seats set free = 0 where plan = ${soldOut.plan}`
    const gone = await market.listing(seller, { price: yuan("100") })
    await done(
      withdrawListing(services, seller, {
        commandId: newId("command"),
        listing: gone.listing,
        reason: "seller",
      }),
    )
    const frozen = await market.listing(seller, { price: yuan("100") })
    await editRow(owner.sql, "listing", frozen.listing, "frozenBy", newId("freeze"))
    const { inputs } = await stored(await match(await post()))
    const seen = inputs.candidates.map(({ listing }) => listing)
    expect(seen).toContain(fair.listing)
    expect(seen).not.toContain(soldOut.listing)
    expect(seen).not.toContain(gone.listing)
    expect(seen).not.toContain(frozen.listing)
  })
})

describe("taking a match", () => {
  test("proposes the trade and ends the request, in one step and once for a double click", async () => {
    const request = await post()
    const round = await match(request)
    const commandId = newId("command")
    const answers = await Promise.all(
      [1, 2, 3].map(() => done<{ trade: Id<"trade"> }>(take(round, fair.listing, buyer, commandId))),
    )
    expect(new Set(answers.map(({ trade }) => trade)).size).toBe(1)
    const trade = answers[0]?.trade as Id<"trade">
    expect(await tradePage(services, buyer, trade)).toMatchObject({
      trade: { state: "proposed", price: yuan("19900"), origin: { kind: "match", request, round } },
    })
    expect(await requestPage(services, buyer, request)).toMatchObject({
      request: { state: "matched", trade },
    })
    expect(await matchRequest(services, buyer, { commandId: newId("command"), request })).toMatchObject({
      refused: "request_state",
    })
  })

  test("by two at the same moment is one trade", async () => {
    const request = await post()
    const round = await match(request)
    const answers = await Promise.all(Array.from({ length: 5 }, () => take(round, fair.listing)))
    expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1)
    for (const answer of answers) if (isRefusal(answer)) expect(answer.refused).toBe("request_state")
    expect(await sql`select 1 from trades where row->'origin'->>'request' = ${request}`).toHaveLength(1)
  })

  test("is refused for what the round refused, and for what was withdrawn since", async () => {
    const offer = await market.listing(seller, { price: yuan("500") })
    const request = await post()
    const round = await match(request)
    expect(await take(round, dear.listing)).toMatchObject({
      refused: "match_not_eligible",
      detail: { because: "price_over_cap" },
    })
    expect(await take(round, newId("listing"))).toMatchObject({ refused: "match_not_eligible" })
    await done(
      withdrawListing(services, seller, {
        commandId: newId("command"),
        listing: offer.listing,
        reason: "seller",
      }),
    )
    expect(await take(round, offer.listing)).toMatchObject({ refused: "listing_not_published" })
    expect(await requestPage(services, buyer, request)).toMatchObject({ request: { state: "open" } })
  })
})

describe("the end of a request", () => {
  test("comes when its buyer closes it, once", async () => {
    const request = await post()
    const close = () => closeRequest(services, buyer, { commandId: newId("command"), request })
    expect(await close()).toEqual({ request, state: "closed" })
    expect(await close()).toMatchObject({ refused: "request_state", detail: { state: "closed" } })
  })

  test("comes with the deadline: nothing is taken after it, and the sweep ends it once", async () => {
    const request = await post()
    const round = await match(request)
    const early = await sweepRequests(services)
    expect(early).toBe(0)
    await editRow(owner.sql, "request", request, "deadline", addMs(services.writer.now(), -1000))
    expect(await take(round, fair.listing)).toMatchObject({ refused: "deadline_passed" })
    expect(await matchRequest(services, buyer, { commandId: newId("command"), request })).toMatchObject({
      refused: "deadline_passed",
    })
    const swept = await Promise.all([sweepRequests(services), sweepRequests(services)])
    expect(await requestPage(services, buyer, request)).toMatchObject({ request: { state: "expired" } })
    expect(Math.max(...swept)).toBe(1)
    expect(await sweepRequests(services)).toBe(0)
    expect(await take(round, fair.listing)).toMatchObject({ refused: "request_state" })
  })

  test.each([
    ["over", -1],
    ["more than a year away", 367],
  ])("a deadline that is %s is refused", async (_what, days) => {
    const input = need({ deadline: addMs(services.writer.now(), days * dayMs) })
    expect(await postRequest(services, buyer, { commandId: newId("command"), ...input })).toMatchObject({
      refused: "invalid_input",
      at: "deadline",
    })
  })
})

describe("who may see and do what", () => {
  test("another party's request and its rounds are not found, to read and to act on", async () => {
    const request = await post()
    const round = await match(request)
    const stranger = await market.party("buyer")
    const commandId = () => newId("command")
    for (const answer of [
      await requestPage(services, stranger, request),
      await roundPage(services, stranger, round),
      await roundInputsOf(services, stranger, round),
      await matchRequest(services, stranger, { commandId: commandId(), request }),
      await closeRequest(services, stranger, { commandId: commandId(), request }),
      await take(round, fair.listing, stranger),
    ])
      expect(answer).toMatchObject({ refused: "not_found" })
    expect(await myRequests(services, stranger, { after: null })).toMatchObject({ requests: [] })
  })

  test("a seller posts nothing, and sees neither who asks nor what they would pay", async () => {
    expect(await postRequest(services, seller, { commandId: newId("command"), ...need() })).toMatchObject({
      refused: "role_not_allowed",
    })
    const words = "penguins of the southern ocean"
    const request = await post(buyer, { words })
    const { requests } = await done<{ requests: { id: string; words: string }[] }>(
      openRequests(services, seller, { after: null }),
    )
    const found = requests.find(({ id }) => id === request)
    expect(found).toMatchObject({ words })
    expect(JSON.stringify(found)).not.toContain(buyer.party)
    expect(found).not.toHaveProperty("cap")
    expect(await openRequests(services, buyer, { after: null })).toMatchObject({
      refused: "role_not_allowed",
    })
  })

  test("pages follow one another without a gap or a double", async () => {
    const many = await market.party("buyer")
    const made: string[] = []
    for (let i = 0; i < 33; i++) made.push(await post(many))
    const first = await done<{ requests: { request: { id: string } }[]; next: string | null }>(
      myRequests(services, many, { after: null }),
    )
    const second = await done<typeof first>(myRequests(services, many, { after: first.next }))
    expect(second.next).toBeNull()
    const read = [...first.requests, ...second.requests].map(({ request }) => request.id)
    expect(read).toEqual(made.toReversed())
  })

  test("a frozen buyer posts and matches nothing", async () => {
    const stopped = await market.party("buyer")
    const request = await post(stopped)
    await editRow(owner.sql, "party", stopped.party, "frozenBy", newId("freeze"))
    expect(await postRequest(services, stopped, { commandId: newId("command"), ...need() })).toMatchObject({
      refused: "frozen",
    })
    expect(await matchRequest(services, stopped, { commandId: newId("command"), request })).toMatchObject({
      refused: "frozen",
    })
  })
})

test("every change of a request and every round has its fact", async () => {
  const rows = await sql`
    select id, version from (select id, version from requests union all select id, version from rounds) t
    where version <> (select count(*) from pending_facts f where f.subject = t.id)`
  expect(rows).toEqual([])
})
