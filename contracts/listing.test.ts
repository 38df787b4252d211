import { describe, expect, it } from "vitest"
import {
  defaultWindows,
  type ListingState,
  type ListingStep,
  listingInput,
  listingTransitions,
  type PlanInput,
  planInput,
  priced,
} from "./listing.ts"
import { type RegistrationState, type RegistrationStep, registrationTransitions } from "./registration.ts"
import { type RequestState, type RequestStep, requestInput, requestTransitions } from "./request.ts"
import { fromForm } from "./rights/form.ts"
import { openForm } from "./rights/rights.test-data.ts"
import { nextState } from "./transition.ts"

const plan = {
  kind: "one-off",
  price: { minor: "19950", currency: "CNY" },
  seats: null,
  approval: false,
  template: "data-supply",
}

const listing = {
  title: { original: "zh", zh: "西雅图逐日天气" },
  description: { original: "zh", zh: "温度、风与降水。" },
  domain: "environment",
  policy: fromForm(openForm),
  plans: [plan],
}

describe("plans", () => {
  it("have the market's windows where the seller says nothing", () => {
    const parsed: PlanInput = planInput.parse(plan)
    expect(parsed).toMatchObject(defaultWindows)
    expect(priced([parsed])).toBe(true)
  })

  it.each([
    ["a free plan with a price", { kind: "free" }],
    ["a one-off plan without one", { price: { minor: "0", currency: "CNY" } }],
    ["a negative price", { price: { minor: "-5", currency: "CNY" } }],
    ["a price with decimals", { price: { minor: "1.5", currency: "CNY" } }],
    ["an unknown currency", { price: { minor: "100", currency: "XYZ" } }],
    ["no seat", { seats: 0 }],
    ["a window of no time", { deliveryHours: 0 }],
    ["a window over 30 days", { acceptanceHours: 721 }],
    ["an unknown template", { template: "other" }],
    ["a member unheard of", { discount: 5 }],
  ])("refuse %s", (_, change) => {
    expect(planInput.safeParse({ ...plan, ...change }).success).toBe(false)
  })
})

describe("listings", () => {
  it.each([
    ["as it is", {}, true],
    ["a title of 110", { title: { original: "en", en: "x".repeat(110) } }, true],
    ["a title of 111", { title: { original: "en", en: "x".repeat(111) } }, false],
    ["a description of 7,500", { description: { original: "en", en: "x".repeat(7_500) } }, true],
    ["a description of 7,501", { description: { original: "en", en: "x".repeat(7_501) } }, false],
    ["no plan", { plans: [] }, false],
    ["an unknown domain", { domain: "astrology" }, false],
    ["a policy of another version", { policy: { ...listing.policy, v: 2 } }, false],
  ])("%s", (_, change, good) => {
    expect(listingInput.safeParse({ ...listing, ...change }).success).toBe(good)
  })
})

describe("requests", () => {
  const request = {
    words: "daily weather",
    locale: "en",
    use: { actions: ["use"], purpose: "research" },
    formats: ["parquet", "csv", "csv"],
    domain: null,
    cap: null,
    deadline: "2026-12-24T00:00:00.000Z",
  }
  it("are brought to normal form", () => {
    expect(requestInput.parse(request).formats).toEqual(["csv", "parquet"])
  })
  it.each([
    ["no action", { use: { actions: [] } }],
    ["kinds of training without training", { use: { actions: ["use"], training: ["evaluate"] } }],
    ["one letter", { words: "x" }],
    ["a date that is no time", { deadline: "2026-12-24" }],
  ])("refuse %s", (_, change) => {
    expect(requestInput.safeParse({ ...request, ...change }).success).toBe(false)
  })
})

describe("the state tables", () => {
  it("take the steps they name and no other", () => {
    const listing = (from: ListingState, step: ListingStep) => nextState(listingTransitions, from, step)
    const registration = (from: RegistrationState, step: RegistrationStep) =>
      nextState(registrationTransitions, from, step)
    const request = (from: RequestState, step: RequestStep) => nextState(requestTransitions, from, step)
    expect(listing("published", "withdraw")).toBe("withdrawn")
    expect(listing("withdrawn", "withdraw")).toBeNull()
    expect(registration("rejected", "submit")).toBe("submitted")
    expect(registration("approved", "reject")).toBeNull()
    expect(request("open", "take")).toBe("matched")
    expect(request("matched", "close")).toBeNull()
  })
})
