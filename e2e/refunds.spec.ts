import { expect, type Page, test } from "@playwright/test"
import { about } from "../app/_lib/messages/about.ts"
import { claims } from "../app/_lib/messages/claims.ts"
import { paymentWords } from "../app/_lib/messages/payment-words.ts"
import { accountOf, signIn } from "./accounts.ts"
import { answer, checkPage, complaintsOf, expectAccessible, openPage, untilAlive } from "./check.ts"
import { colleagueOf } from "./colleague.ts"
import * as deeds from "./deeds.ts"
import { inTurns } from "./in-turns.ts"

const [seller, buyer, operator] = [accountOf("seller"), accountOf("buyer"), accountOf("operator")]
const shots = process.env.E2E_SHOTS

async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

async function entered() {
  const [selling, buying, running] = await Promise.all([seller, buyer, operator].map(deeds.enter))
  if (!selling || !buying || !running) throw new Error("the demo has all three")
  return { selling, buying, running }
}

/** Paid by bank and delivered: the money is held. */
async function heldTrade(offer: Parameters<typeof deeds.buyByBank>[1]) {
  const { buying, running } = await entered()
  const bought = await deeds.buyByBank(buying, offer)
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
    const { selling: offering, running: desk } = await entered()
    const { trade, payment } = await heldTrade(await deeds.anOffer(offering, desk))
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
    await expect(running.getByText(paymentWords[locale].paymentDone)).toHaveCount(0)
    await untilAlive(running)
    await running.getByRole("button", { name: t.bankDone, exact: true }).click()
    await expect(running.getByRole("dialog")).toContainText("49.50")
    await running.keyboard.press("Escape")
    await answer(running, t.bankDone, { [about[locale].bankNumber]: `BP-${deeds.unique()}` })
    await expect(running.getByText(t.states.repaid).first()).toBeVisible()
    await checkPage(running)
    await shoot(running, `payment-${locale}`)
    await openPage(selling, `/${locale}/trades/${trade}`)
    await expect(selling.getByText(t.states.repaid).first()).toBeVisible()

    // The bank sends it back: it is owed as before, and paid again under the next attempt.
    await answer(running, t.cameBack)
    await expect(running.getByRole("button", { name: t.bankDone })).toBeVisible()
    await checkPage(running)
    await answer(running, t.bankDone, { [about[locale].bankNumber]: `BP-${deeds.unique()}` })
    await expect(running.getByRole("button", { name: t.cameBack })).toBeVisible()
    await shoot(selling, `trade-repaid-${locale}`)
    await openPage(selling, `/${locale}/studio`)
    await shoot(selling, `studio-${locale}`)
    expect(complaints).toEqual([])
  })

for (const locale of inTurns("zh"))
  test(`a payout comes back, and two operators write off what a seller owes (${locale})`, async ({
    page,
  }) => {
    test.slow()
    const [t, o] = [claims[locale], paymentWords[locale]]
    const { buying, running } = await entered()
    const { visitor: selling } = await deeds.verifiedParty(running, "seller")
    const offer = { title: `Weather ${deeds.unique()}`, amount: "199" }
    const { trade, payment } = await heldTrade(await deeds.listProduct(selling, running, offer))
    await buying.ask.trades.accept.mutate({ commandId: deeds.makeCommand(), trade })
    const paidOut = async (attempt: number) =>
      running.ask.trades.confirmPayout.mutate({
        commandId: deeds.makeCommand(),
        payment,
        leg: "release",
        attempt,
        amount: { minor: "17910", currency: "CNY" },
        bankNumber: `BP-${deeds.unique()}`,
      })
    await paidOut(1)

    const complaints = complaintsOf(page)
    await signIn(page, locale, operator, `/operator/payments/${payment}`)
    await answer(page, o.returned.release, { [o.returnReason]: "户名不符" })
    await expect(page.getByRole("button", { name: o.payoutTitle.release })).toBeVisible()
    await checkPage(page)
    await paidOut(2)

    // Paid out by bank, it cannot be taken back: what the seller gives back now is owed.
    const note = `一年中缺半年 ${deeds.unique()}`
    await selling.ask.trades.giveBack.mutate({
      commandId: deeds.makeCommand(),
      trade,
      amount: { minor: "2000", currency: "CNY" },
      reason: "agreed",
      note,
    })
    await openPage(page, `/${locale}/operator/payments?queue=debts`)
    const owed = page.getByRole("listitem").filter({ has: page.locator(`a[href$="/payments/${payment}"]`) })
    await answer(page, t.writeOff, { [t.note]: note }, owed)
    await expect(owed).toContainText(t.writeOffAsked(note))
    await checkPage(page)
    // Whoever asked is not the second person.
    await owed.getByRole("button", { name: t.writeOffSecond }).click()
    const asked = page.getByRole("dialog")
    await asked.getByLabel(t.note).fill(note)
    await asked.getByRole("button", { name: t.writeOffSecond }).click()
    await expect(asked.getByRole("alert")).toBeVisible()
    await expectAccessible(page)

    await page.context().clearCookies()
    await signIn(page, locale, await colleagueOf(running), "/operator/payments?queue=debts")
    await answer(page, t.writeOffSecond, { [t.note]: note }, owed)
    await expect(owed).toHaveCount(0)
    await checkPage(page)
    expect(complaints).toEqual([])
  })
