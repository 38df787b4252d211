import Stripe from "stripe"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { startCheckedHarness } from "./checked-harness.ts"
import type { Harness } from "./harness.ts"

let harness: Harness
beforeAll(async () => {
  harness = await startCheckedHarness()
})
afterAll(() => harness.close())

const raw = (path: string, init: RequestInit = {}, key = "sk_test_raw") =>
  fetch(`${harness.sandbox.origin}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${key}`, ...init.headers },
  })

const post = (path: string, body: string, idempotencyKey: string) =>
  raw(path, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "idempotency-key": idempotencyKey,
    },
  })

describe("idempotency", () => {
  test("the same key and body replays, another body is refused", async () => {
    const charge = await harness.paid(10_000, "usd", "trade-idem")
    const body = `charge=${charge.id}&amount=100`
    const first = await post("/v1/refunds", body, "refund:1")
    const second = await post("/v1/refunds", body, "refund:1")
    expect(await second.text()).toBe(await first.text())
    expect(second.headers.get("idempotent-replayed")).toBe("true")
    expect(second.headers.get("original-request")).toBe(first.headers.get("request-id"))
    const other = await post("/v1/refunds", `charge=${charge.id}&amount=200`, "refund:1")
    expect(other.status).toBe(400)
    expect(await other.json()).toMatchObject({ error: { type: "idempotency_error" } })
    expect((await harness.stripe.charges.retrieve(charge.id)).amount_refunded).toBe(100)
  })

  test("a refusal of the execution is replayed, one of the parameters is not", async () => {
    const charge = await harness.paid(10_000, "usd", "trade-idem-2")
    const body = `charge=${charge.id}&amount=10001`
    await post("/v1/refunds", body, "refund:2")
    expect((await post("/v1/refunds", body, "refund:2")).headers.get("idempotent-replayed")).toBe("true")
    await post("/v1/refunds", `charge=${charge.id}&amount=x`, "refund:3")
    expect((await post("/v1/refunds", `charge=${charge.id}&amount=1`, "refund:3")).status).toBe(200)
  })

  test("a key in flight is a conflict, and one of yesterday is forgotten", async () => {
    const { control } = harness
    const charge = await harness.paid(10_000, "usd", "trade-idem-3")
    const body = `charge=${charge.id}&amount=100`
    await control("POST", "faults", { kind: "latency", path: "/v1/refunds", latency_ms: 300 })
    const slow = post("/v1/refunds", body, "refund:4")
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await post("/v1/refunds", body, "refund:4")).status).toBe(409)
    expect((await slow).status).toBe(200)
    await control("POST", "clock", { advance_seconds: 86_401 })
    const again = await post("/v1/refunds", body, "refund:4")
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([200, null])
    expect((await harness.stripe.charges.retrieve(charge.id)).amount_refunded).toBe(200)
  })
})

describe("the door", () => {
  test.each([
    ["no key", "", 401],
    ["a live key", "sk_live_abc", 401],
    ["a publishable key", "pk_test_abc", 401],
    ["a test key", "sk_test_abc", 200],
  ])("%s", async (_name, key, status) => {
    const response = await raw("/v1/balance", {}, key)
    expect([response.status, response.headers.get("request-id")?.slice(0, 4)]).toEqual([status, "req_"])
  })

  test.each([
    ["an unknown path", "/v1/unicorns", 404],
    ["an unknown object", "/v1/charges/ch_none", 404],
    ["a property that cannot be expanded", "/v1/balance?expand[]=available", 200],
    ["an expansion of nothing", "/v1/events?expand[]=data.nothing", 400],
    ["a broken key", "/v1/events?a[b=1", 400],
    ["a limit out of range", "/v1/events?limit=101", 400],
    ["a cursor of nothing", "/v1/events?starting_after=evt_none", 404],
  ])("%s", async (_name, path, status) => {
    expect((await raw(path)).status).toBe(status)
  })

  test("another host's name and a form post to the control API are refused", async () => {
    const { port } = harness.sandbox
    const { request } = await import("node:http")
    const status = await new Promise((resolve) => {
      request({ port, host: "127.0.0.1", path: "/v1/balance", headers: { host: "evil.example" } }, (answer) =>
        resolve(answer.statusCode),
      ).end()
    })
    expect(status).toBe(403)
    const form = await fetch(`${harness.sandbox.origin}/_sandbox/topup`, {
      method: "POST",
      body: new URLSearchParams({ amount: "1", currency: "usd" }),
    })
    expect(form.status).toBe(415)
  })

  test("a connection is kept for a minute in which nothing is asked", async () => {
    const answer = await fetch(`${harness.sandbox.origin}/v1/balance`)
    expect(answer.headers.get("keep-alive")).toBe("timeout=65")
  })

  test("pages of a list go on where the last one ended, forwards and backwards", async () => {
    const { stripe } = harness
    const all = (await stripe.events.list({ limit: 100 })).data.map(({ id }) => id)
    const paged: string[] = []
    for await (const { id } of stripe.events.list({ limit: 2 })) paged.push(id)
    expect(paged).toEqual(all)
    expect(all.length).toBeGreaterThan(6)
    const back = await stripe.events.list({ limit: 2, ending_before: all[4] ?? "" })
    expect(back.data.map(({ id }) => id)).toEqual(all.slice(2, 4))
  })

  test("with the same seed and the same clock the same calls give the same, byte for byte", async () => {
    const run = async (seed: string) => {
      const each = await startCheckedHarness({ seed, clock: 1_790_000_000 })
      const { stripe, control } = each
      const charge = await each.paid(10_000, "usd", "trade-same")
      await stripe.refunds.create({ charge: charge.id, amount: 100 }, { idempotencyKey: "refund:same" })
      await control("POST", `charges/${charge.id}/dispute`, {})
      await control("POST", "clock", { advance_seconds: 10 * 86_400 })
      const events = await stripe.events.list({ limit: 100 })
      const told = JSON.stringify(events.data).replaceAll(each.sandbox.origin, "")
      await each.close()
      return { told, types: events.data.map(({ type }) => type) }
    }
    const [one, same, other] = [await run("s"), await run("s"), await run("t")]
    expect(one.types[0]).toBe("charge.dispute.closed")
    expect(same.told).toBe(one.told)
    expect(other.told).not.toBe(one.told)
    expect(other.types).toEqual(one.types)
  })
})

describe("faults fire, and are told apart from what was done", () => {
  const faults = [
    ["rate_limit", Stripe.errors.StripeRateLimitError, false],
    ["error_before", Stripe.errors.StripeAPIError, false],
    ["error_after", Stripe.errors.StripeAPIError, true],
    ["truncate", Stripe.errors.StripeConnectionError, true],
    ["latency", Stripe.errors.StripeConnectionError, true],
  ] as const
  test.each(faults)("%s", async (kind, expected, done) => {
    const { control, stripe } = harness
    const charge = await harness.paid(10_000, "usd", `trade-${kind}`)
    await control("POST", "faults", { kind, method: "POST", path: "/v1/refunds", latency_ms: 400 })
    const call = stripe.refunds.create({ charge: charge.id, amount: 100 }, { timeout: 150 })
    await expect(call).rejects.toBeInstanceOf(expected)
    await new Promise((resolve) => setTimeout(resolve, kind === "latency" ? 400 : 0))
    expect((await stripe.refunds.list({ charge: charge.id })).data).toHaveLength(done ? 1 : 0)
    const listed = (await control("GET", "faults")).data as { kind: string; fired: unknown[] }[]
    expect(listed.find((fault) => fault.kind === kind)?.fired).toHaveLength(1)
    await control("DELETE", "faults")
  })

  test.each([
    ["hang_before", 0],
    ["hang_after", 1],
  ])("%s: no answer ever comes, and refunds made are %i", async (kind, made) => {
    const { control, stripe } = harness
    const charge = await harness.paid(10_000, "usd", `trade-${kind}`)
    await control("POST", "faults", { kind, path: "/v1/refunds" })
    const call = stripe.refunds.create({ charge: charge.id, amount: 100 }, { timeout: 200 })
    await expect(call).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError)
    expect((await stripe.refunds.list({ charge: charge.id })).data).toHaveLength(made)
    await control("DELETE", "faults")
  })

  test("faults by chance hit the same requests for the same seed, and are ended one by one", async () => {
    const { control, stripe } = harness
    const pattern = async (seed: string) => {
      const fault = { kind: "rate_limit", path: "/v1/balance", percent: 40, seed }
      const { id } = await control("POST", "faults", fault)
      const hits: boolean[] = []
      for (let i = 0; i < 30; i++)
        hits.push(
          await stripe.balance.retrieve().then(
            () => false,
            () => true,
          ),
        )
      const listed = (await control("GET", "faults")).data as { id: string; seen: number; fired: unknown[] }[]
      const one = listed.find((each) => each.id === id)
      expect([one?.seen, one?.fired.length]).toEqual([30, hits.filter((hit) => hit).length])
      await control("DELETE", `faults/${String(id)}`)
      return hits
    }
    const [first, again, other] = [await pattern("a"), await pattern("a"), await pattern("b")]
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    expect(first.filter((hit) => hit).length).toBeGreaterThan(3)
    expect((await control("DELETE", "faults/fault_none")).error).toBeDefined()
  })

  test("a 500 after the commit is replayed under its key, and a reset is answered by the retry", async () => {
    const { control, stripe } = harness
    const charge = await harness.paid(10_000, "usd", "trade-replay")
    await control("POST", "faults", { kind: "error_after", path: "/v1/refunds" })
    const options = { idempotencyKey: "refund:500" }
    const call = () => stripe.refunds.create({ charge: charge.id, amount: 100 }, options)
    await expect(call()).rejects.toBeInstanceOf(Stripe.errors.StripeAPIError)
    await expect(call()).rejects.toBeInstanceOf(Stripe.errors.StripeAPIError)
    await control("POST", "faults", { kind: "reset_after", path: "/v1/refunds", nth: 2 })
    await stripe.refunds.create({ charge: charge.id, amount: 10 })
    await stripe.refunds.create({ charge: charge.id, amount: 20 })
    expect((await stripe.charges.retrieve(charge.id)).amount_refunded).toBe(130)
  })
})
