import { expect, test } from "vitest"
import { isId } from "#contracts/ids.ts"
import { readFailure } from "./failure.ts"
import { makeIntents } from "./intent.ts"

test("the same input keeps its command id until it has succeeded", () => {
  const intents = makeIntents()
  const first = intents.idFor({ trade: "trd_1" })
  expect(isId("command", first)).toBe(true)
  expect(intents.idFor({ trade: "trd_1" })).toBe(first)
  intents.fulfilled()
  expect(intents.idFor({ trade: "trd_1" })).not.toBe(first)
})

test("another input is another intent, at once", () => {
  const intents = makeIntents()
  const first = intents.idFor({ price: "1" })
  expect(intents.idFor({ price: "2" })).not.toBe(first)
  const nothing = intents.idFor(undefined)
  expect(intents.idFor(undefined)).toBe(nothing)
})

test("a refusal is read as the server formats it", () => {
  const thrown = Object.assign(new Error("名额已满。"), {
    data: { code: "no_seat_left", at: "plan", detail: null, transient: false, requestId: "r1" },
  })
  expect(readFailure(thrown, "zh")).toEqual({
    sentence: "名额已满。",
    code: "no_seat_left",
    at: "plan",
    detail: null,
    requestId: "r1",
    transient: false,
  })
})

test.each([new TypeError("Failed to fetch"), "text", null, undefined, { data: "x" }])(
  "no answer at all (%j) says that it is safe to try again",
  (thrown) => {
    const failure = readFailure(thrown, "en")
    expect(failure).toMatchObject({ code: null, requestId: null, transient: true })
    expect(failure.sentence).toContain("safe to try again")
  },
)
