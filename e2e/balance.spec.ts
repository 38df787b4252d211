import { type Browser, expect, type Page, test } from "@playwright/test"
import type { Locale } from "#contracts/localized-text.ts"
import { about } from "../app/_lib/messages/about.ts"
import { balance as words } from "../app/_lib/messages/balance.ts"
import { accountOf, signIn } from "./accounts.ts"
import { answer, checkPage, complaintsOf, expectTablesToFit, openPage, untilAlive } from "./check.ts"
import { colleagueOf } from "./colleague.ts"
import * as deeds from "./deeds.ts"
import { inTurns } from "./in-turns.ts"

const [seller, buyer, operator] = [accountOf("seller"), accountOf("buyer"), accountOf("operator")]
const shots = process.env.E2E_SHOTS

async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

const cents = (): string => String(10 + Math.floor(Math.random() * 90))

async function open(browser: Browser, locale: Locale, account: { email: string; password: string }) {
  const page = await (await browser.newContext()).newPage()
  const complaints = complaintsOf(page)
  await signIn(page, locale, account)
  return { page, complaints }
}

for (const locale of inTurns("en"))
  test(`a balance is topped up by bank, pays a trade, and is withdrawn by three people (${locale})`, async ({
    browser,
  }) => {
    test.slow()
    const t = words[locale]
    const [selling, buying, running] = await Promise.all([seller, buyer, operator].map(deeds.enter))
    if (!selling || !buying || !running) throw new Error("the demo has all three")
    const offer = await deeds.anOffer(selling, running)
    const mine = await open(browser, locale, buyer)
    await openPage(mine.page, `/${locale}/account/balance`)
    // An amount by which this one is known beside what others pay in meanwhile.
    const [amount, taken] = [`200.${cents()}`, `12.${cents()}`]
    await answer(mine.page, t.topUp, { [t.amount]: amount })
    const started = mine.page.getByRole("row").filter({ hasText: amount })
    const reference = await started
      .getByText(/^QC[0-9A-Z]{12}$/)
      .first()
      .innerText()
    await checkPage(mine.page)
    await expectTablesToFit(mine.page)
    await shoot(mine.page, `balance-top-up-${locale}`)

    const desk = await open(browser, locale, operator)
    await openPage(desk.page, `/${locale}/operator/payments?queue=topUps`)
    await shoot(desk.page, `balance-queue-top-ups-${locale}`)
    const row = desk.page.getByRole("row").filter({ hasText: reference })
    await answer(
      desk.page,
      t.confirm,
      { [t.amount]: amount, [about[locale].bankNumber]: `BR-${deeds.unique()}` },
      row,
    )
    await expect(row).toHaveCount(0)

    const trade = await deeds.agreeOn(buying, offer)
    await openPage(mine.page, `/${locale}/trades/${trade}/checkout`)
    await untilAlive(mine.page)
    await shoot(mine.page, `balance-checkout-${locale}`)
    await mine.page.getByRole("button", { name: t.payBalance("¤").slice(0, 6) }).click()
    await mine.page.waitForURL((url) => url.pathname === `/${locale}/trades/${trade}`)
    await deeds.untilTrade(buying, trade, "delivered")
    await buying.ask.trades.accept.mutate({ commandId: deeds.makeCommand(), trade })
    await deeds.untilTrade(buying, trade, "settled")
    await openPage(mine.page, `/${locale}/account/balance`)
    await expect(mine.page.getByText(t.paid).first()).toBeVisible()
    await shoot(mine.page, `balance-paid-${locale}`)

    const colleague = await colleagueOf(selling)
    const own = await open(browser, locale, seller)
    await openPage(own.page, `/${locale}/account/balance`)
    await expect(own.page.getByText(t.earned).first()).toBeVisible()
    await answer(own.page, t.withdraw, { [t.amount]: taken })
    const asked = own.page
      .getByRole("row")
      .filter({ hasText: /QW[0-9A-Z]{12}/ })
      .filter({ hasText: taken })
      .filter({ hasText: t.withdrawalStates.asked })
    const withdrawal = await asked
      .first()
      .getByText(/^QW[0-9A-Z]{12}$/)
      .first()
      .innerText()
    await shoot(own.page, `balance-asked-${locale}`)

    const second = await open(browser, locale, colleague)
    await openPage(second.page, `/${locale}/account/balance`)
    const waiting = second.page.getByRole("row").filter({ hasText: withdrawal })
    await shoot(second.page, `balance-approve-${locale}`)
    await answer(second.page, t.approve, {}, waiting)

    await openPage(desk.page, `/${locale}/operator/payments?queue=withdrawals`)
    await shoot(desk.page, `balance-queue-withdrawals-${locale}`)
    const payable = desk.page.getByRole("row").filter({ hasText: withdrawal })
    // Of several that wait, the dialog says which one it is and where the money goes.
    await untilAlive(desk.page)
    await payable.getByRole("button", { name: t.pay, exact: true }).click()
    const paying = desk.page.getByRole("dialog")
    for (const told of [withdrawal, taken]) await expect(paying).toContainText(told)
    await desk.page.keyboard.press("Escape")
    await answer(desk.page, t.pay, { [about[locale].bankNumber]: `BP-${deeds.unique()}` }, payable)
    await openPage(own.page, `/${locale}/account/balance`)
    await expect(own.page.getByRole("row").filter({ hasText: withdrawal })).toContainText(
      t.withdrawalStates.paid,
    )
    await expectTablesToFit(own.page)
    await shoot(own.page, `balance-withdrawn-${locale}`)
    for (const { complaints } of [mine, desk, own, second]) expect(complaints).toEqual([])
  })
