import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { grantTransitions } from "./delivery.ts"
import { listingTransitions } from "./listing.ts"
import { partyTransitions } from "./party.ts"
import { paymentTransitions } from "./payment.ts"
import { registrationTransitions } from "./registration.ts"
import { requestTransitions } from "./request.ts"
import { freezeTransitions } from "./supervision.ts"
import { isWaiting, tradeDeadlines, tradeTransitions } from "./trade.ts"
import { isFinal, nextState, stepsFrom, toMermaid } from "./transition.ts"

type Table = Record<string, Record<string, string>>

const tables: Record<string, [Table, string]> = {
  trade: [tradeTransitions, "proposed"],
  payment: [paymentTransitions, "started"],
  listing: [listingTransitions, "published"],
  registration: [registrationTransitions, "submitted"],
  request: [requestTransitions, "open"],
  party: [partyTransitions, "registered"],
  grant: [grantTransitions, "active"],
  freeze: [freezeTransitions, "active"],
}

describe.each(Object.entries(tables))("the table of a %s", (_, [table, start]) => {
  test("leads only to states it has, and to every one of them", () => {
    const reached = new Set([start])
    for (const state of reached)
      for (const step of stepsFrom(table, state)) reached.add(nextState(table, state, step) ?? "nowhere")
    expect([...reached].sort()).toEqual(Object.keys(table).sort())
  })
})

test("every state of a trade ends by itself, waits for a job, or is final", () => {
  // accepted and resolved wait for a rail's answer, which the sweep of payments asks for until it comes.
  const byJob = new Set(["accepted", "resolved"])
  for (const state of Object.keys(tradeTransitions) as (keyof typeof tradeTransitions)[])
    expect(isWaiting(state) || byJob.has(state) || isFinal(tradeTransitions, state)).toBe(true)
  for (const [state, { step }] of Object.entries(tradeDeadlines))
    expect(nextState(tradeTransitions as Table, state, step)).not.toBeNull()
})

test("the diagram in ARCHITECTURE.md is the table's", () => {
  const text = readFileSync(new URL("../ARCHITECTURE.md", import.meta.url), "utf8")
  expect(text).toContain(toMermaid(tradeTransitions, "proposed"))
})
