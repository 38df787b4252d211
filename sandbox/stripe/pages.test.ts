import { afterAll, beforeAll, expect, test } from "vitest"
import { startCheckedHarness } from "./checked-harness.ts"
import type { Harness } from "./harness.ts"

let harness: Harness
beforeAll(async () => {
  harness = await startCheckedHarness()
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

const press = (url: string, answer: string) =>
  fetch(url, { method: "POST", redirect: "manual", body: new URLSearchParams({ answer }) })

test("a card that asks for approval leads to the bank's page, back on refusal and on to the merchant", async () => {
  const session = await harness.openSession(5000, "usd", "trade-approve")
  const url = session.url ?? ""
  const asked = await submit(`${url}?lang=zh`, "4000 0025 0000 3155")
  const bank = new URL(asked.headers.get("location") ?? "", url).href
  expect([asked.status, bank]).toEqual([303, `${url.replace("/pay/", "/approve/")}?lang=zh`])
  expect(await (await fetch(bank)).text()).toContain("持卡人验证")
  const refused = await press(bank, "refuse")
  const back = await fetch(new URL(refused.headers.get("location") ?? "", url))
  expect(await back.text()).toContain("银行未能确认是您本人付款，未扣款。")
  expect((await fetch(bank, { redirect: "manual" })).status).toBe(303)
  await submit(url, "4000 0025 0000 3155")
  expect((await press(bank, "approve")).headers.get("location")).toContain(`session=${session.id}`)
})

test("Alipay is offered where the session takes it, and its page decides what becomes of the payment", async () => {
  const card = await harness.openSession(5000, "usd", "trade-no-alipay")
  expect(await (await fetch(card.url ?? "")).text()).not.toContain("Alipay")
  const session = await harness.openSession(5000, "cny", "trade-alipay", ["card", "alipay"])
  const url = session.url ?? ""
  expect(await (await fetch(url)).text()).toContain("Pay with Alipay")
  const wallet = url.replace("/pay/", "/alipay/")
  expect(await (await fetch(`${wallet}?lang=zh`)).text()).toContain("一小时后到账")
  const refused = await press(wallet, "refused")
  expect(await (await fetch(new URL(refused.headers.get("location") ?? "", url))).text()).toContain(
    "You did not pay in Alipay",
  )
  expect((await press(wallet, "succeeds_later")).headers.get("location")).toContain(session.id)
  expect(await (await fetch(url)).text()).toContain("completes when the money arrives")
})

test("an expired page says so and an unknown one is 404", async () => {
  const session = await harness.openSession(5000, "usd", "trade-late")
  await harness.control("POST", "clock", { advance_seconds: 86_400 })
  const late = await submit(session.url ?? "", "4242424242424242")
  expect(late.status).toBe(410)
  expect(await late.text()).toContain("nothing was charged")
  expect((await fetch(`${harness.sandbox.origin}/c/pay/cs_none`)).status).toBe(404)
})
