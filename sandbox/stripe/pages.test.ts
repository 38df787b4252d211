import { afterAll, beforeAll, expect, test } from "vitest"
import { type Harness, startHarness } from "./harness.ts"

let harness: Harness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness.close())

const submit = (url: string, number: string, more: Record<string, string> = {}) =>
  fetch(url, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ number, expiry: "12/44", cvc: "123", name: "Wei Li", email: "", ...more }),
  })

test("the payer is told of a decline, tries another card, and is sent to the merchant once", async () => {
  const session = await harness.openSession(123_456, "cny", "trade-page")
  const url = session.url ?? ""
  const page = await (await fetch(`${url}?lang=zh`)).text()
  for (const part of ['lang="zh-CN"', "本地模拟，不涉及真实资金", "CNY 1,234.56", "Rainfall 2025"])
    expect(page).toContain(part)
  const declined = await submit(`${url}?lang=en`, "4000 0000 0000 0002")
  expect(declined.status).toBe(402)
  expect(await declined.text()).toMatch(/role="alert">Your card was declined. Please try another card/)
  const paid = await submit(url, "4242 4242 4242 4242")
  expect([paid.status, paid.headers.get("location")]).toEqual([
    303,
    `http://127.0.0.1:3000/paid?session=${session.id}`,
  ])
  expect((await submit(url, "4242 4242 4242 4242")).headers.get("location")).toContain(session.id)
  const charges = await harness.stripe.charges.list({ transfer_group: "trade-page" })
  expect(charges.data.filter(({ paid: captured }) => captured)).toHaveLength(1)
  expect(await (await fetch(url)).text()).toContain("This payment is complete.")
})

test.each([
  ["a real card's number", "4111111111111111", {}, "Only the test cards"],
  ["an expiry in the past", "4242424242424242", { expiry: "01/20" }, "The expiry is wrong"],
  ["a month that is none", "4242424242424242", { expiry: "13/44" }, "The expiry is wrong"],
  ["no security code", "4242424242424242", { cvc: "" }, "The security code"],
  ["markup in a field", "<script>", {}, "Only the test cards"],
])("%s is refused and charges nothing", async (_name, number, more, expected) => {
  const session = await harness.openSession(5000, "usd", "trade-bad")
  const answer = await submit(session.url ?? "", number, more)
  const text = await answer.text()
  expect(answer.status).toBe(402)
  expect(text).toContain(expected)
  expect(text).not.toContain("<script")
  expect((await harness.stripe.checkout.sessions.retrieve(session.id)).status).toBe("open")
})

test("an expired page says so and an unknown one is 404", async () => {
  const session = await harness.openSession(5000, "usd", "trade-late")
  await harness.control("POST", "clock", { advance_seconds: 86_400 })
  const late = await submit(session.url ?? "", "4242424242424242")
  expect(late.status).toBe(410)
  expect(await late.text()).toContain("nothing was charged")
  expect((await fetch(`${harness.sandbox.origin}/c/pay/cs_none`)).status).toBe(404)
})
