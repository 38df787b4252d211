import { expect, type Page, test } from "@playwright/test"
import { charges } from "../app/_lib/messages/charges.ts"
import { propose } from "../app/_lib/messages/propose.ts"
import { trade as tradeWords } from "../app/_lib/messages/trade.ts"
import { tradeWords as stateWords } from "../app/_lib/messages/trade-words.ts"
import { accountOf, origin, signIn } from "./accounts.ts"
import { checkPage, complaintsOf, openPage, untilAlive } from "./check.ts"
import * as deeds from "./deeds.ts"
import { inTurns } from "./in-turns.ts"

// Both change the invoicing details of one party.
test.describe.configure({ mode: "serial", timeout: 240_000 })

const main = (page: Page) => page.getByRole("main")
const reachState = (page: Page, state: string) =>
  expect(main(page).getByRole("heading", { name: state, exact: true })).toBeVisible({ timeout: 90_000 })

/** A plan whose currency has three decimals, and one that has none; tax added to the price, and within it. */
const cases = {
  zh: {
    currency: "KWD",
    amount: "12.340",
    tax: { taxRate: "5", taxIncluded: false },
    lines: { net: "12.340", tax: "0.620", gross: "12.960", fee: "1.230", payout: "11.110" },
    card: { number: "卡号", expiry: "有效期（月/年）", cvc: "安全码", pay: /^付款 / },
  },
  en: {
    currency: "JPY",
    amount: "10999",
    tax: { taxRate: "10", taxIncluded: true },
    lines: { net: "9,999", tax: "1,000", gross: "10,999", fee: "1,000", payout: "8,999" },
    card: { number: "Card number", expiry: "Expiry (MM/YY)", cvc: "Security code", pay: /^Pay (?!with)/ },
  },
} as const

/** What the buyer's invoices are made out to, written in the party's own page. */
async function fillBilling(page: Page, locale: "zh" | "en", title: string): Promise<void> {
  const t = charges[locale]
  await openPage(page, `/${locale}/account/party`)
  await untilAlive(page)
  await main(page).getByRole("button", { name: t.billingEdit }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel(t.billingFields.title).fill(title)
  await dialog.getByLabel(t.billingFields.taxNumber).fill("91999999DEM0000218")
  await dialog.getByRole("button", { name: t.save }).click()
  await expect(main(page).getByText(title, { exact: true })).toBeVisible()
}

/** Proposes with the buyer's own number of the order, confirms and pays by card; ends where the data are delivered. */
async function buy(page: Page, locale: "zh" | "en", listing: string, order: string): Promise<string> {
  const [t, w, c] = [tradeWords[locale], charges[locale], cases[locale]]
  await openPage(page, `/${locale}/trades/new?listing=${listing}`)
  await untilAlive(page)
  await expect(main(page).getByText(c.lines.gross).first()).toBeVisible()
  await page.getByLabel(w.purchaseOrder).fill(order)
  await main(page).getByRole("button", { name: propose[locale].propose }).click()
  await page.waitForURL(/\/trades\/trd_[a-z0-9]+$/)
  await checkPage(page)
  const trade = page.url().split("/").at(-1) ?? ""
  await main(page).getByRole("button", { name: t.confirm }).click()
  await main(page).getByRole("link", { name: t.toCheckout }).click()
  await page.waitForURL(/\/checkout$/)
  await expect(main(page).getByText(c.lines.tax).first()).toBeVisible()
  await main(page).getByRole("button", { name: t.payCard }).click()
  await page.getByLabel(c.card.number).fill("4000 0000 0000 0077")
  await page.getByLabel(c.card.expiry).fill("12/34")
  await page.getByLabel(c.card.cvc).fill("123")
  await expect(page.getByRole("button", { name: c.card.pay })).toContainText(c.lines.gross)
  await page.getByRole("button", { name: c.card.pay }).click()
  await page.waitForURL(`**/${locale}/trades/${trade}`)
  await reachState(page, stateWords[locale].states.delivered)
  return trade
}

for (const locale of inTurns("zh")) {
  const [t, w, c] = [tradeWords[locale], charges[locale], cases[locale]]

  test(`${locale}: ${c.currency}, tax, a purchase order, invoicing details and an invoice stand on the statement`, async ({
    page,
    browser,
  }) => {
    const complaints = complaintsOf(page)
    const [seller, operator] = [
      await deeds.enter(accountOf("seller")),
      await deeds.enter(accountOf("operator")),
    ]
    const word = deeds.unique()
    const { currency, amount, tax } = c
    const { listing } = await deeds.listProduct(seller, operator, {
      title: `Tax ${word}`,
      amount,
      currency,
      tax,
    })
    await signIn(page, locale, accountOf("buyer"))
    await fillBilling(page, locale, `Billing ${word}`)
    const trade = await buy(page, locale, listing, `PO-${word}`)
    await main(page).getByRole("button", { name: t.accept }).click()
    await page.getByRole("dialog").getByRole("button", { name: t.accept }).click()
    await reachState(page, stateWords[locale].states.settled)

    await openPage(page, `/${locale}/trades/${trade}/statement`)
    for (const part of [`PO-${word}`, `Billing ${word}`, w.noInvoice])
      await expect(main(page).getByText(part, { exact: true })).toBeVisible()
    for (const [key, said] of Object.entries(c.lines)) {
      const name = key === "tax" ? w.taxAt(tax.taxRate) : w.lines[key as keyof typeof c.lines]
      await expect(page.getByRole("row").filter({ hasText: name })).toContainText(said)
    }
    expect(complaints).toEqual([])

    const theirs = await (await browser.newContext()).newPage()
    await signIn(theirs, locale, accountOf("seller"), `/trades/${trade}/statement`)
    await untilAlive(theirs)
    await main(theirs).getByRole("button", { name: w.invoiceTitle }).click()
    const dialog = theirs.getByRole("dialog")
    await dialog.getByLabel(w.invoice).fill("1234")
    await dialog.getByRole("button", { name: w.invoiceSave }).click()
    await expect(dialog.getByText(/20/).first()).toBeVisible()
    await dialog.getByLabel(w.invoice).fill("26352000000012345678")
    await dialog.getByRole("button", { name: w.invoiceSave }).click()
    await expect(main(theirs).getByText("26352000000012345678")).toBeVisible()
    await checkPage(theirs)
    const pdf = await theirs.request.get(`${origin()}/${locale}/trades/${trade}/statement/statement.pdf`)
    expect(pdf.status()).toBe(200)
    await theirs.context().close()
  })
}
