import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest"
import type { Money } from "#contracts/money.ts"
import { hourMs, toTime } from "#contracts/time.ts"
import { type Harness, startHarness } from "../../sandbox/stripe/harness.ts"
import {
  type BalanceEntry,
  type CheckoutFact,
  checkoutExpiry,
  type PaymentProvider,
  type ProviderResult,
} from "./provider.ts"
import { makeStripeProvider } from "./stripe.ts"
import "./testing/quick-retries.ts"

const usd = (minor: string): Money => ({ minor, currency: "USD" })
const webhookSecret = "whsec_unused"

let harness: Harness
let provider: PaymentProvider
beforeAll(async () => {
  harness = await startHarness()
  provider = makeStripeProvider({
    secretKey: "sk_test_adapter",
    webhookSecret,
    apiBase: harness.sandbox.origin,
    production: true,
    timeoutMs: 600,
  })
})
afterAll(() => harness.close())
afterEach(() => harness.control("DELETE", "faults"))

function ok<T>(result: ProviderResult<T>): T {
  if ("ok" in result) return result.ok
  throw new Error(JSON.stringify(result))
}

const failure = (result: ProviderResult<unknown>) =>
  "failed" in result ? [result.failed.code, result.failed.retry] : Object.keys(result)

let count = 0
async function openCheckout(
  amount: Money,
): Promise<{ tradeId: string; paymentId: string; sessionId: string }> {
  count++
  const [tradeId, paymentId] = [`trd_${count}`, `pay_${count}`]
  const { sessionId } = ok(
    await provider.createCheckout({
      tradeId,
      paymentId,
      amount,
      description: "各省降水 2025",
      customerEmail: "buyer@example.org",
      successUrl: "http://127.0.0.1:3000/zh/paid?session={CHECKOUT_SESSION_ID}",
      cancelUrl: "http://127.0.0.1:3000/zh/back",
      expiresAt: toTime(Date.now() + hourMs),
      locale: "zh",
      idempotencyKey: `checkout:${paymentId}:1`,
    }),
  )
  return { tradeId, paymentId, sessionId }
}

const pay = (sessionId: string, card?: string) =>
  harness.control("POST", `sessions/${sessionId}/pay`, card === undefined ? {} : { card })

async function captured(amount: Money) {
  const ids = await openCheckout(amount)
  await pay(ids.sessionId)
  const fact: CheckoutFact = ok(await provider.retrieveCheckout(ids.sessionId))
  if (fact.kind !== "captured") throw new Error(`the session is ${fact.kind}`)
  return { ...ids, fact }
}

describe("checkout", () => {
  test("open, declined, captured: each fact carries amount, marks and what came of it", async () => {
    const { tradeId, paymentId, sessionId } = await openCheckout(usd("10000"))
    const marks = { tradeId, paymentId, key: `checkout:${paymentId}:1` }
    const open = ok(await provider.retrieveCheckout(sessionId))
    expect(open).toMatchObject({ kind: "open", marks, amount: usd("10000"), declined: null })
    await pay(sessionId, "4000000000009995")
    expect(ok(await provider.retrieveCheckout(sessionId))).toMatchObject({
      kind: "open",
      declined: { code: "insufficient_funds" },
    })
    await pay(sessionId)
    expect(ok(await provider.retrieveCheckout(sessionId))).toMatchObject({
      kind: "captured",
      marks,
      amount: usd("10000"),
      fee: usd("320"),
      refunded: usd("0"),
    })
    expect(failure(await provider.expireCheckout(sessionId))).toEqual(["invalid_request_error", "never"])
  })

  test("expired, and unknown to the provider", async () => {
    const { sessionId } = await openCheckout(usd("10000"))
    expect(ok(await provider.expireCheckout(sessionId)).kind).toBe("expired")
    expect(ok(await provider.retrieveCheckout(sessionId)).kind).toBe("expired")
    expect(failure(await provider.retrieveCheckout("cs_none"))).toEqual(["resource_missing", "new_key"])
  })

  test.each([
    ["JPY", "1234", "76"],
    ["KWD", "12340", "458"],
    ["CNY", "123456", "3780"],
  ] as const)("minor units of %s go there and come back", async (currency, minor, fee) => {
    const { fact } = await captured({ minor, currency })
    expect([fact.amount, fact.fee]).toEqual([
      { minor, currency },
      { minor: fee, currency },
    ])
  })

  test("an expiry fits the provider's window, whatever the deadline", () => {
    const now = toTime(Date.UTC(2026, 10, 24))
    const hours = (count: number) =>
      (Date.parse(checkoutExpiry(toTime(Date.parse(now) + count * hourMs), now)) - Date.parse(now)) / hourMs
    expect([hours(-1), hours(2), hours(100)]).toEqual([31 / 60, 2, 24 - 1 / 60])
  })
})

async function payee(): Promise<string> {
  const made = ok(
    await provider.createPayee({
      partyId: `pty_${++count}`,
      displayName: "Harbour Data GmbH",
      country: "DE",
      idempotencyKey: `payee:${count}`,
    }),
  )
  expect(made.transfers).toBe("restricted")
  expect(made.due).toHaveLength(1)
  return made.account
}

const transferOf = (money: Awaited<ReturnType<typeof captured>>, destination: string, key: string) => ({
  tradeId: money.tradeId,
  paymentId: money.paymentId,
  amount: usd("9000"),
  destination,
  sourceCharge: money.fact.charge,
  transferGroup: money.tradeId,
  idempotencyKey: key,
})

describe("release and refund", () => {
  test("a transfer waits for the payee, is made once, found by its group, and reversed", async () => {
    const money = await captured(usd("10000"))
    const destination = await payee()
    const input = transferOf(money, destination, `release:${money.tradeId}:1`)
    const early = await provider.transfer(input)
    expect(failure(early)).toEqual(["insufficient_capabilities_for_transfer", "new_key"])
    const link = ok(
      await provider.onboardingLink({
        account: destination,
        returnUrl: "http://127.0.0.1:3000/done",
        refreshUrl: "http://127.0.0.1:3000/again",
      }),
    )
    await fetch(link.url, {
      method: "POST",
      body: new URLSearchParams({ action: "complete" }),
      redirect: "manual",
    })
    expect(ok(await provider.payeeStatus(destination))).toMatchObject({ transfers: "active", due: [] })
    expect(failure(await provider.transfer(input))[0]).toBe("insufficient_capabilities_for_transfer")
    const second = { ...input, idempotencyKey: `release:${money.tradeId}:2` }
    const made = ok(await provider.transfer(second))
    expect(ok(await provider.transfer(second))).toEqual(made)
    expect(failure(await provider.transfer({ ...second, amount: usd("1") }))).toEqual([
      "idempotency_error",
      "never",
    ])
    expect(made).toMatchObject({
      destination,
      amount: usd("9000"),
      sourceCharge: money.fact.charge,
      group: money.tradeId,
      marks: { tradeId: money.tradeId, paymentId: money.paymentId, key: second.idempotencyKey },
    })
    expect(ok(await provider.findTransfers(money.tradeId))).toEqual([made])
    const back = ok(
      await provider.reverse({ transfer: made.transfer, amount: usd("4000"), idempotencyKey: "reverse:1" }),
    )
    expect(back).toMatchObject({ transfer: made.transfer, amount: usd("4000") })
    expect(ok(await provider.retrieveTransfer(made.transfer)).reversed).toEqual(usd("4000"))
  })

  test("a refund is made once and found by its charge", async () => {
    const { tradeId, paymentId, fact } = await captured(usd("10000"))
    const input = {
      tradeId,
      paymentId,
      charge: fact.charge,
      amount: usd("2500"),
      idempotencyKey: `refund:${tradeId}:1`,
    }
    const made = ok(await provider.refund(input))
    expect(made).toMatchObject({ kind: "refunded", amount: usd("2500"), charge: fact.charge })
    expect(ok(await provider.refund(input))).toEqual(made)
    expect(ok(await provider.findRefunds(fact.charge))).toEqual([made])
    const more = { ...input, amount: usd("7501"), idempotencyKey: `refund:${tradeId}:2` }
    expect(failure(await provider.refund(more))).toEqual(["invalid_request_error", "never"])
    expect(ok(await provider.retrieveRefund(made.refund))).toEqual(made)
  })
})

describe("faults: what is not known is looked up, and happened at most once", () => {
  test.each([
    ["truncate", 1, true],
    ["reset_after", 4, true],
    ["error_after", 1, true],
    ["latency", 4, true],
    ["error_before", 4, false],
  ] as const)(
    "%s × %i",
    async (kind, times, happened) => {
      const { tradeId, paymentId, fact } = await captured(usd("10000"))
      await harness.control("POST", "faults", {
        kind,
        times,
        method: "POST",
        path: "/v1/refunds",
        latency_ms: 2000,
      })
      const input = {
        tradeId,
        paymentId,
        charge: fact.charge,
        amount: usd("2500"),
        idempotencyKey: `refund:${tradeId}:1`,
      }
      expect(Object.keys(await provider.refund(input))).toEqual(["unknown"])
      const faults = (await harness.control("GET", "faults")).data as { fired: unknown[] }[]
      expect(faults[0]?.fired.length).toBeGreaterThan(0)
      await harness.control("DELETE", "faults")
      const expected = happened ? [input.idempotencyKey] : []
      await vi.waitFor(async () => {
        const found = ok(await provider.findRefunds(fact.charge))
        expect(found.map((refund) => refund.marks.key)).toEqual(expected)
      }, 4000)
    },
    15_000,
  )

  test("a rate limit is a plain no that may be repeated", async () => {
    const { tradeId, paymentId, fact } = await captured(usd("10000"))
    await harness.control("POST", "faults", { kind: "rate_limit", path: "/v1/refunds" })
    const input = {
      tradeId,
      paymentId,
      charge: fact.charge,
      amount: usd("1"),
      idempotencyKey: "refund:limit",
    }
    expect(failure(await provider.refund(input))).toEqual(["rate_limit", "same_key"])
    expect(ok(await provider.refund(input)).kind).toBe("refunded")
  })

  test("nobody listens: unknown", async () => {
    const other = await startHarness()
    const lonely = makeStripeProvider({
      secretKey: "sk_test_adapter",
      webhookSecret,
      apiBase: other.sandbox.origin,
      production: false,
      timeoutMs: 200,
    })
    await other.close()
    expect(Object.keys(await lonely.retrieveCheckout("cs_1"))).toEqual(["unknown"])
  }, 15_000)
})

test("events are listed oldest first, the provider's book by pages, and the book adds up", async () => {
  const since = toTime(Date.now() - hourMs)
  const { sessionId } = await captured(usd("5000"))
  const events = ok(await provider.listEvents(since))
  const last = events.findLast(({ type }) => type === "checkout.session.completed")
  expect(last?.object).toEqual({ kind: "checkout", id: sessionId })
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted())
  const all: BalanceEntry[] = []
  for await (const page of provider.listBalance(since)) all.push(...ok(page))
  const entries = all.filter(({ net }) => net.currency === "USD")
  expect(entries[0]).toMatchObject({ kind: "charge", marks: { paymentId: expect.stringMatching(/^pay_/) } })
  const sum = entries.reduce((total, { net }) => total + Number(net.minor), 0)
  const balance = await harness.stripe.balance.retrieve()
  const of = (parts: { currency: string; amount: number }[]) =>
    parts.find(({ currency }) => currency === "usd")?.amount ?? 0
  expect(sum).toBe(of(balance.available) + of(balance.pending))
  const said = ok(await provider.balance())
  const minor = (parts: { minor: string; currency: string }[]) =>
    Number(parts.find(({ currency }) => currency === "USD")?.minor ?? 0)
  expect([minor(said.available), minor(said.pending)]).toEqual([of(balance.available), of(balance.pending)])
  expect(ok(await provider.listEvents(toTime(Date.now() + hourMs)))).toEqual([])
})

test.each([
  ["a live key and another address", "sk_live_a", "http://127.0.0.1:1", true, /another address/],
  ["a test key in production", "sk_test_a", null, true, /without money/],
  ["no secret key", "pk_test_a", null, false, /secret key/],
  ["a stand-in elsewhere", "sk_test_a", "http://stripe.example", false, /loopback/],
])("does not start with %s", (_name, secretKey, apiBase, production, message) => {
  expect(() => makeStripeProvider({ secretKey, webhookSecret, apiBase, production })).toThrow(message)
})
