import { afterAll, beforeAll, expect, test } from "vitest"
import { startCheckedHarness } from "./checked-harness.ts"
import type { Harness } from "./harness.ts"

let harness: Harness
beforeAll(async () => {
  harness = await startCheckedHarness()
})
afterAll(() => harness.close())

const look = async (path: string) => (await fetch(`${harness.sandbox.origin}${path}`)).text()
const pressed = (fields: Record<string, string>, origin = harness.sandbox.origin) =>
  fetch(`${harness.sandbox.origin}/_sandbox/do?lang=en`, {
    method: "POST",
    redirect: "manual",
    headers: { origin },
    body: new URLSearchParams(fields),
  })

/** The fields of the page's form whose button has this label. */
function formOf(html: string, label: string): Record<string, string> {
  const form = html.split("<form").find((part) => part.includes(`>${label}</button>`))
  if (form === undefined) throw new Error(`there is no button "${label}"`)
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
  return Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, value]))
}

test("an untouched sandbox has an overview, in both languages, with the honest banner", async () => {
  const chinese = await look("/_sandbox/?lang=zh")
  for (const part of ['lang="zh-CN"', "本地模拟，不涉及真实资金", "暂无。"]) expect(chinese).toContain(part)
  const english = await look("/")
  expect(english).toContain("Local stand-in for Stripe, no real money")
  expect(english).not.toContain("<script")
})

test("a payment's page tells what happened, and its buttons do what they say", async () => {
  const { control, stripe } = harness
  const session = await harness.openSession(10_000, "cny", "<b>trade</b>", ["card", "alipay"])
  await control("POST", `sessions/${session.id}/pay`, { alipay: "succeeds_later" })
  expect(await look("/_sandbox/")).toContain("&lt;b&gt;trade&lt;/b&gt;")
  const path = `/_sandbox/payments/${session.id}`
  const before = await look(path)
  expect(before).toContain("awaiting the money")
  const settled = await pressed(formOf(before, "Money arrives"))
  expect([settled.status, settled.headers.get("location")]).toEqual([303, `${path}?lang=en`])
  await pressed(formOf(await look(path), "Open a dispute"))
  const disputed = await look(path)
  expect(disputed).toContain("The cardholder disputed the charge")
  expect(disputed).toMatch(/<code>dispute<\/code><\/td><td class="n">−CNY 100.00/)
  await pressed(formOf(disputed, "Merchant wins"))
  expect(await look(path)).toContain("dispute won")
  expect((await stripe.disputes.list()).data[0]?.status).toBe("won")
  const again = await pressed(formOf(disputed, "Merchant wins"))
  expect([again.status, await again.text()]).toEqual([400, expect.stringContaining("Not done: ")])
})

test("the overview moves the clock, fails payouts and ends faults", async () => {
  const { control, stripe } = harness
  await control("POST", "topup", { amount: 5000, currency: "usd" })
  const payout = await stripe.payouts.create({ amount: 5000, currency: "usd" })
  await control("POST", "faults", { kind: "latency", path: "/v1/nothing" })
  const before = (await control("GET", "clock")).now as number
  await pressed(formOf(await look("/_sandbox/"), "Advance 1 day"))
  expect(((await control("GET", "clock")).now as number) - before).toBeGreaterThanOrEqual(86_400)
  await pressed(formOf(await look("/_sandbox/"), "Send it back"))
  expect((await stripe.payouts.retrieve(payout.id)).status).toBe("failed")
  await pressed(formOf(await look("/_sandbox/"), "End"))
  expect((await control("GET", "faults")).data).toEqual([])
})

test("a form of another site is refused, and only pages of the dashboard are led back to", async () => {
  const clock = { act: "clock", advance_seconds: "3600" }
  const before = (await harness.control("GET", "clock")).now as number
  expect((await pressed(clock, "http://evil.example")).status).toBe(403)
  expect(((await harness.control("GET", "clock")).now as number) - before).toBeLessThan(60)
  const away = await pressed({ ...clock, back: "//evil.example/" })
  expect(away.headers.get("location")).toBe("/_sandbox/?lang=en")
  expect((await pressed({ act: "nothing" })).status).toBe(400)
})
