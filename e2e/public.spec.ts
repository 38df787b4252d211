import { expect, test } from "@playwright/test"
import { accountOf, origin, signInByForm } from "./accounts.ts"
import { complaintsOf, expectAccessible, expectToFit } from "./check.ts"

const pages = ["", "/search", "/trades", "/ledger", "/verify", "/sign-in", "/sign-up"]

/**
 * Colours and widths do not depend on each other by the language, so one of the two shows them all. The wide one is the
 * width of all journeys, whose looks need not be taken again.
 */
const wideAndNarrow = [
  [1280, "light"],
  [390, "dark"],
] as const
const looks = { zh: [...wideAndNarrow, [1280, "dark"], [390, "light"]], en: wideAndNarrow } as const

for (const locale of ["zh", "en"] as const)
  for (const path of pages)
    test(`/${locale}${path} has no accessibility violation and no error: light, dark, wide, narrow`, async ({
      page,
    }) => {
      const complaints = complaintsOf(page)
      const answer = await page.goto(`${origin()}/${locale}${path}`)
      expect(answer?.status()).toBe(200)
      await expect(page.locator("h1")).toHaveCount(1)
      expect(await page.locator("html").getAttribute("lang")).toContain(locale)
      for (const [width, colorScheme] of looks[locale]) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme })
        await expectToFit(page)
        await expectAccessible(page)
      }
      expect(complaints).toEqual([])
    })

test("doors answer as they should", async ({ request }) => {
  expect((await request.get(`${origin()}/healthz`)).status()).toBe(200)
  expect(await (await request.get(`${origin()}/readyz`)).json()).toMatchObject({ ok: true })
  const webhook = await request.post(`${origin()}/webhooks/stripe`, { data: "{}" })
  expect(webhook.status()).toBe(400)
  expect(await webhook.json()).toMatchObject({
    error: { code: "webhook_signature", requestId: expect.any(String) },
  })
  const refused = await request.get(`${origin()}/api/trpc/trades.mine?input=%7B%7D`, {
    headers: { "x-locale": "zh" },
  })
  expect(refused.status()).toBe(401)
  expect(await refused.text()).toContain("请先登录")
})

test("a person signs up, is known on the next page, and signs in again in Chinese", async ({ page }) => {
  const email = `person-${Date.now()}@example.org`
  await page.goto(`${origin()}/en/sign-up?next=/en/trades`)
  await page.getByLabel("Name").fill("A. Person")
  await page.getByLabel("E-mail").fill(email)
  await page.getByLabel("Password").fill("long enough for us")
  await page.getByRole("button", { name: "Create an account" }).click()
  await page.waitForURL("**/en/trades")
  await expect(page.getByRole("banner")).toContainText(email)
  await page.context().clearCookies()
  await page.goto(`${origin()}/zh/sign-in`)
  await page.getByLabel("邮箱").fill(email)
  await page.getByLabel("密码").fill("wrong password here")
  await page.getByRole("button", { name: "登录" }).click()
  await expect(page.getByText("邮箱或密码错误。")).toBeVisible()
  await page.getByLabel("密码").fill("long enough for us")
  await page.getByRole("button", { name: "登录" }).click()
  await page.waitForURL(/\/zh$/)
  await expect(page.getByRole("banner")).toContainText(email)
})

test("each demo account signs in by the form, in both languages", async ({ page }) => {
  for (const [role, locale] of [
    ["seller", "zh"],
    ["buyer", "en"],
    ["operator", "zh"],
    ["regulator", "en"],
  ] as const) {
    const account = accountOf(role)
    await signInByForm(page, locale, account, "/trades")
    await expect(page.getByRole("banner")).toContainText(account.email)
    await page.context().clearCookies()
  }
})
