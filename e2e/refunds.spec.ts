import { expect, type Page, test } from "@playwright/test"
import { claims } from "../app/_lib/messages/claims.ts"
import { accountOf, signIn } from "./accounts.ts"
import { checkPage, complaintsOf, openPage, untilAlive } from "./check.ts"
import * as deeds from "./deeds.ts"
import { inTurns } from "./in-turns.ts"

const [seller, buyer, operator] = [accountOf("seller"), accountOf("buyer"), accountOf("operator")]
const shots = process.env.E2E_SHOTS

async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

/** Paid by bank and delivered: the money is held. */
async function heldTrade() {
  const [selling, buying, running] = await Promise.all([seller, buyer, operator].map(deeds.enter))
  if (!selling || !buying || !running) throw new Error("the demo has all three")
  const bought = await deeds.buyByBank(buying, await deeds.anOffer(selling, running))
  await running.ask.trades.confirmReceipt.mutate({
    commandId: deeds.makeCommand(),
    payment: bought.payment,
    amount: { minor: "19900", currency: "CNY" },
    bankNumber: `BR-${deeds.unique()}`,
  })
  await deeds.untilTrade(buying, bought.trade, "delivered")
  return bought
}

for (const locale of inTurns("en"))
  test(`a seller gives a part back, and the operator pays it by bank (${locale})`, async ({ browser }) => {
    test.slow()
    const t = claims[locale]
    const { trade, payment } = await heldTrade()
    const selling = await (await browser.newContext()).newPage()
    const complaints = complaintsOf(selling)
    await signIn(selling, locale, seller)
    await openPage(selling, `/${locale}/trades/${trade}`)
    await untilAlive(selling)
    await selling.getByRole("button", { name: t.giveBack }).click()
    const dialog = selling.getByRole("dialog")
    await dialog.getByLabel(t.amount).fill("500")
    await dialog.getByLabel(t.note).fill("A half of one year is missing.")
    await dialog.getByRole("button", { name: t.send }).click()
    // More than is held is refused where it was asked for.
    await expect(dialog.getByRole("alert")).toBeVisible()
    await shoot(selling, `give-back-refused-${locale}`)
    await dialog.getByLabel(t.amount).fill("49.50")
    await dialog.getByRole("button", { name: t.send }).click()
    await expect(dialog).toBeHidden()
    await expect(selling.getByText(t.states.decided).first()).toBeVisible()
    await checkPage(selling)
    await shoot(selling, `trade-decided-${locale}`)

    const running = await (await browser.newContext()).newPage()
    await signIn(running, locale, operator)
    await openPage(running, `/${locale}/operator/payments?queue=refunds`)
    await shoot(running, `queue-${locale}`)
    await openPage(running, `/${locale}/operator/payments?queue=debts`)
    await openPage(running, `/${locale}/operator/payments/${payment}`)
    await untilAlive(running)
    await running.getByRole("button", { name: t.bankDone }).click()
    const asked = running.getByRole("dialog")
    await asked.getByLabel(t.bankNumber).fill(`BP-${deeds.unique()}`)
    await asked.getByRole("button", { name: t.bankDone }).click()
    await expect(asked).toBeHidden()
    await expect(running.getByText(t.states.repaid).first()).toBeVisible()
    await checkPage(running)
    await shoot(running, `payment-${locale}`)

    await openPage(selling, `/${locale}/trades/${trade}`)
    await expect(selling.getByText(t.states.repaid).first()).toBeVisible()
    await shoot(selling, `trade-repaid-${locale}`)
    await openPage(selling, `/${locale}/studio`)
    await shoot(selling, `studio-${locale}`)
    expect(complaints).toEqual([])
  })
