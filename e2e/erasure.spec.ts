import { expect, type Page, test } from "@playwright/test"
import { erasure } from "../app/_lib/messages/erasure.ts"
import { remit } from "../app/_lib/messages/remit.ts"
import { studio } from "../app/_lib/messages/studio.ts"
import { accountOf, origin, signIn } from "./accounts.ts"
import { checkPage, complaintsOf } from "./check.ts"
import * as deeds from "./deeds.ts"
import { inTurns } from "./in-turns.ts"

const locales = ["zh", "en"] as const
type Locale = (typeof locales)[number]

/** Signs a new person up over the door, in the page's own browser. */
async function newcomer(page: Page): Promise<string> {
  const email = `e${deeds.unique().toLowerCase()}@example.org`
  const answer = await page.request.post(`${origin()}/api/trpc/access.signUp`, {
    data: { name: email, email, password: deeds.unique().padEnd(12, "x") },
  })
  expect(answer.status()).toBe(200)
  return email
}

async function askForAccount(page: Page, locale: Locale): Promise<void> {
  const t = erasure[locale]
  const main = page.getByRole("main")
  await main.getByRole("button", { name: t.askAccount }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("button", { name: t.submit }).click()
  await expect(main.locator("tbody")).toContainText(t.states.requested)
}

for (const locale of inTurns("zh"))
  test(`${locale}: a person asks, the operator erases, and the account is gone`, async ({
    page,
    browser,
  }) => {
    const t = erasure[locale]
    const complaints = complaintsOf(page)
    const email = await newcomer(page)
    await page.goto(`${origin()}/${locale}/account/erasure`)
    await checkPage(page)
    await askForAccount(page, locale)

    const context = await browser.newContext()
    const desk = await context.newPage()
    const atDesk = complaintsOf(desk)
    await signIn(desk, locale, accountOf("operator"), "/operator/erasures")
    await checkPage(desk)
    await desk.getByRole("row").filter({ hasText: email }).getByRole("link").first().click()
    await expect(desk.getByRole("heading", { level: 1 })).toHaveText(t.kinds.account)
    await expect(desk.getByRole("main")).toContainText(t.mayErase)
    await checkPage(desk)
    await desk.getByRole("button", { name: t.approve }).click()
    await desk.getByRole("dialog").getByRole("button", { name: t.approve }).click()
    await expect(desk.getByRole("button", { name: t.approve })).toHaveCount(0)
    await expect
      .poll(
        async () => {
          await desk.reload()
          return desk.getByRole("main").textContent()
        },
        { timeout: 20_000 },
      )
      .toContain(t.states.done)
    await expect(desk.getByRole("main")).not.toContainText(email)
    await page.goto(`${origin()}/${locale}/account/erasure`)
    await expect(page.getByRole("button", { name: t.askAccount })).toHaveCount(0)

    await desk.goto(`${origin()}/${locale}/operator/regulators`)
    await checkPage(desk)
    await expect(desk.getByRole("main").locator("tbody")).toContainText(remit[locale].dutyNames.funds)
    await context.close()
    expect([...complaints, ...atDesk]).toEqual([])
  })

for (const locale of inTurns("en"))
  test(`${locale}: a seller asks for a product's data to be erased, and its pages say that they are gone`, async ({
    page,
    browser,
  }) => {
    const t = erasure[locale]
    const complaints = complaintsOf(page)
    const [seller, operator] = await Promise.all(
      [accountOf("seller"), accountOf("operator")].map((account) => deeds.enter(account)),
    )
    if (!seller || !operator) throw new Error("nobody has signed in")
    const { product, listing } = await deeds.listProduct(seller, operator, {
      title: `Gone ${deeds.unique()}`,
      amount: "0",
    })
    await signIn(page, locale, accountOf("seller"), `/studio/products/${product}`)
    await checkPage(page)
    await page.getByRole("main").getByRole("button", { name: t.askProduct }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel(t.reason).selectOption("unlawful")
    await dialog.getByLabel(t.basis).selectOption("order")
    await dialog.getByRole("button", { name: t.submit }).click()
    await expect(page.getByRole("main")).toContainText(t.productAsked)

    const asked = (await seller.ask.products.page.query({ product })) as { erasure: { id: string } | null }
    const context = await browser.newContext()
    const desk = await context.newPage()
    const atDesk = complaintsOf(desk)
    await signIn(desk, locale, accountOf("operator"), `/operator/erasures/${asked.erasure?.id}`)
    await expect(desk.getByRole("heading", { level: 1 })).toHaveText(t.kinds.product)
    await checkPage(desk)
    await desk.getByRole("button", { name: t.approve }).click()
    await desk.getByRole("dialog").getByRole("button", { name: t.approve }).click()
    await expect(desk.getByRole("button", { name: t.approve })).toHaveCount(0)
    await desk.goto(`${origin()}/${locale}/listings/${listing}`)
    await expect(desk.getByRole("main")).toContainText(t.productErased)
    await checkPage(desk)
    await page.reload()
    await expect(page.getByRole("main")).toContainText(t.productErased)
    // What is gone has no next step.
    await expect(page.getByText(studio[locale].allThere)).toHaveCount(0)
    await checkPage(page)
    await context.close()
    expect([...complaints, ...atDesk]).toEqual([])
  })

for (const locale of inTurns("zh"))
  test(`${locale}: a regulator places a legal hold and lifts it`, async ({ page }) => {
    const t = erasure[locale]
    const complaints = complaintsOf(page)
    const party = (locale === "zh" ? accountOf("buyer", 1) : accountOf("seller", 2)).partyId
    await signIn(page, locale, accountOf("regulator"), `/supervision/parties/${party}`)
    const document = `保全-${deeds.unique()}`
    await page.getByRole("main").getByRole("button", { name: t.place }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel(t.document).fill(document)
    await dialog.getByRole("button", { name: t.place }).click()
    await expect(page.getByRole("main").getByRole("button", { name: t.lift })).toBeVisible()
    await page.goto(`${origin()}/${locale}/supervision/holds`)
    await checkPage(page)
    const row = page.getByRole("row").filter({ hasText: document })
    await row.getByRole("button", { name: t.lift }).click()
    await page.getByRole("dialog").getByLabel(t.document).fill(`${document}-2`)
    await page.getByRole("dialog").getByRole("button", { name: t.lift }).click()
    await expect(row).toHaveCount(0)
    await page.goto(`${origin()}/${locale}/supervision`)
    await expect(page.getByRole("main")).toContainText(remit[locale].yours)
    expect(complaints).toEqual([])
  })
