import { type Browser, expect, test } from "@playwright/test"
import { about } from "../../app/_lib/messages/about.ts"
import { balance as words } from "../../app/_lib/messages/balance.ts"
import { bankFiles } from "../../app/_lib/messages/bank-files.ts"
import { claims } from "../../app/_lib/messages/claims.ts"
import { paymentWords } from "../../app/_lib/messages/payment-words.ts"
import { refundByBank } from "../../app/_lib/messages/refund-by-bank.ts"
import { answer, checkPage, openPage, untilAlive } from "../check.ts"
import { colleagueOf } from "../colleague.ts"
import * as deeds from "../deeds.ts"
import { entered, locale, open, operator, price } from "./desk.ts"

test.slow()

test("a line of the bank's is matched by hand, and another is taken back that was set aside", async ({
  browser,
}) => {
  const t = bankFiles[locale]
  const { selling, buying, running } = await entered()
  const bought = await deeds.buyByBank(buying, await deeds.anOffer(selling, running))
  const number = () => `CN${deeds.unique().toUpperCase()}`
  const day = new Date().toISOString().slice(0, 10)
  const csv = [
    "交易日期,收入,支出,对方户名,摘要,流水号",
    `${day},199.00,,Somebody,no reference,${number()}`,
    `${day},,7.00,,fee,${number()}`,
  ].join("\r\n")
  const desk = await open(browser, operator, "/operator/bank-files")
  await untilAlive(desk.page)
  await desk.page.getByRole("button", { name: t.upload }).click()
  const dialog = desk.page.getByRole("dialog")
  await dialog
    .getByLabel(t.file)
    .setInputFiles({ name: "statement.csv", mimeType: "text/csv", buffer: Buffer.from(`${csv}\r\n`) })
  await dialog.getByRole("button", { name: t.upload }).click()
  await expect(dialog).toBeHidden()
  await desk.page.waitForURL(/bank-files\/\w+/)
  const file = desk.page.url()
  await desk.page.getByRole("row").filter({ hasText: "199.00" }).getByRole("link").first().click()
  await expect(desk.page.getByRole("heading", { name: t.byHand })).toBeVisible()
  await desk.page.getByLabel(t.search).fill(bought.reference)
  await desk.page.getByRole("button", { name: t.find }).click()
  await desk.page.waitForURL(/reference=/)
  await checkPage(desk.page)
  const item = desk.page.getByRole("listitem").filter({ hasText: bought.reference })
  await answer(desk.page, t.choose, {}, item)
  await deeds.untilTrade(buying, bought.trade, "delivered")
  await expect(desk.page.getByRole("heading", { name: t.byHand })).toHaveCount(0)
  await checkPage(desk.page)

  await desk.page.goto(file)
  await desk.page.getByRole("row").filter({ hasText: "7.00" }).getByRole("link").first().click()
  await answer(desk.page, t.setAside, { [t.note]: "a fee" })
  await desk.page.waitForURL(file)
  await desk.page.goto(`${file}?show=aside`)
  await desk.page.getByRole("row").filter({ hasText: "7.00" }).getByRole("link").first().click()
  await answer(desk.page, t.takeBack)
  await expect(desk.page.getByRole("button", { name: t.setAside })).toBeVisible()
  await checkPage(desk.page)
  expect(desk.complaints).toEqual([])
})

/** Paid by bank, accepted, and paid out. */
async function paidOut({ selling, buying, running }: Awaited<ReturnType<typeof entered>>) {
  const bought = await deeds.buyByBank(
    buying,
    await deeds.listProduct(selling, running, { title: `Weather ${deeds.unique()}`, amount: "199" }),
  )
  const bankNumber = () => `B-${deeds.unique()}`
  await running.ask.trades.confirmReceipt.mutate({
    commandId: deeds.makeCommand(),
    payment: bought.payment,
    amount: price,
    bankNumber: bankNumber(),
  })
  await deeds.untilTrade(buying, bought.trade, "delivered")
  await buying.ask.trades.accept.mutate({ commandId: deeds.makeCommand(), trade: bought.trade })
  const { due } = (await running.ask.payments.page.query({ payment: bought.payment })) as unknown as {
    due: { release: typeof price }
  }
  await running.ask.trades.confirmPayout.mutate({
    commandId: deeds.makeCommand(),
    payment: bought.payment,
    leg: "release",
    attempt: 1,
    amount: due.release,
    bankNumber: bankNumber(),
  })
  return bought
}

test("a refund after the release is asked for by one person and decided by another, and what the seller owes is paid", async ({
  browser,
}) => {
  const t = claims[locale]
  const roles = await entered()
  const { visitor: selling, account } = await deeds.verifiedParty(roles.running, "seller")
  const { trade, payment } = await paidOut({ ...roles, selling })
  const desk = await open(browser, operator, `/operator/payments/${payment}`)
  const ask = async (amount: string, note: string) => {
    await untilAlive(desk.page)
    await desk.page.getByRole("main").getByRole("button", { name: t.giveBack }).click()
    const dialog = desk.page.getByRole("dialog")
    await dialog.getByLabel(t.amount).fill(amount)
    await dialog.getByLabel(t.note).fill(note)
    await dialog.getByRole("button", { name: t.send }).click()
    await expect(dialog).toBeHidden()
  }
  await ask("20.00", "first")
  await answer(desk.page, t.dropIt)
  await expect(desk.page.getByText(t.states.dropped).first()).toBeVisible()
  await ask("30.00", "second")
  // Whoever asked is not the second person.
  await untilAlive(desk.page)
  await desk.page.getByRole("button", { name: t.confirmIt, exact: true }).click()
  await desk.page.getByRole("dialog").getByRole("button", { name: t.confirmIt, exact: true }).click()
  await expect(desk.page.getByRole("dialog").getByRole("alert")).toBeVisible()
  const second = await open(browser, await colleagueOf(roles.running), `/operator/payments/${payment}`)
  await answer(second.page, t.confirmIt)
  await expect(second.page.getByText(t.states.decided).first()).toBeVisible()
  await checkPage(second.page)
  await openPage(second.page, `/${locale}/operator/payments?queue=debts`)
  const owed = second.page
    .getByRole("listitem")
    .filter({ has: second.page.locator(`a[href$="/payments/${payment}"]`) })
  await answer(
    second.page,
    t.repaid,
    { [t.repaidAmount]: "10.00", [about[locale].bankNumber]: `BR-${deeds.unique()}` },
    owed,
  )
  await expect(owed).toContainText("17.00")

  const { topUp } = (await selling.ask.balances.startTopUp.mutate({
    commandId: deeds.makeCommand(),
    amount: { minor: "1700", currency: "CNY" },
    rail: "bank",
  } as never)) as unknown as { topUp: string }
  await roles.running.ask.balances.confirmTopUp.mutate({
    commandId: deeds.makeCommand(),
    topUp,
    amount: { minor: "1700", currency: "CNY" },
    bankNumber: `BR-${deeds.unique()}`,
  } as never)
  const own = await open(browser, account, "/account/balance")
  await checkPage(own.page)
  const debt = own.page.getByRole("listitem").filter({ has: own.page.locator(`a[href$="/trades/${trade}"]`) })
  await untilAlive(own.page)
  await debt.getByRole("button").click()
  const dialog = own.page.getByRole("dialog")
  await dialog.getByRole("button").last().click()
  await expect(dialog).toBeHidden()
  await expect(debt).toHaveCount(0)
  await expect(own.page.getByText(words[locale].owedPaid).first()).toBeVisible()
  await checkPage(own.page)
  for (const { complaints } of [desk, second, own]) expect(complaints).toEqual([])
})

test("the seller's account changes before the release is paid, and the operator confirms the new one", async ({
  browser,
}) => {
  const t = claims[locale]
  const { buying, running } = await entered()
  const { visitor: selling } = await deeds.verifiedParty(running, "seller")
  const bought = await deeds.buyByBank(
    buying,
    await deeds.listProduct(selling, running, { title: `Weather ${deeds.unique()}`, amount: "199" }),
  )
  await running.ask.trades.confirmReceipt.mutate({
    commandId: deeds.makeCommand(),
    payment: bought.payment,
    amount: price,
    bankNumber: `B-${deeds.unique()}`,
  })
  await deeds.untilTrade(buying, bought.trade, "delivered")
  await buying.ask.trades.accept.mutate({ commandId: deeds.makeCommand(), trade: bought.trade })
  await selling.ask.parties.updatePayee.mutate({
    commandId: deeds.makeCommand(),
    bankAccount: "Another bank, Holder, 6222 0008",
  })
  const desk = await open(browser, operator, `/operator/payments/${bought.payment}`)
  await checkPage(desk.page)
  await answer(desk.page, t.confirmPayee)
  await expect(desk.page.getByText(t.swappedTitle)).toHaveCount(0)
  expect(desk.complaints).toEqual([])
})

/** A trade paid by card of which so much is to go back, which the provider refuses; the operator's page of its payment. */
async function refusedRefund(browser: Browser, amount: { minor: string; currency: "CNY" }) {
  const { selling, buying, running } = await entered()
  const bought = await deeds.buyByCard(buying, await deeds.anOffer(selling, running))
  await bought.provider(`sessions/${bought.session}/pay`, {})
  await deeds.untilTrade(buying, bought.trade, "delivered")
  // Somebody has given all of it back at the provider's.
  const { payment } = await running.ask.payments.page.query({ payment: bought.payment })
  const made = await fetch(`${bought.stand}/v1/refunds`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_any", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ charge: payment.charge ?? "" }),
  })
  expect(made.status, await made.clone().text()).toBe(200)
  await selling.ask.trades.giveBack.mutate({
    commandId: deeds.makeCommand(),
    trade: bought.trade,
    amount,
    reason: "agreed",
    note: "it is missing",
  })
  const path = `/operator/payments/${bought.payment}`
  const desk = await open(browser, operator, path)
  await expect(async () => {
    await desk.page.reload()
    const button = desk.page.getByRole("button", { name: refundByBank[locale].byBank })
    await expect(button).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 60_000 })
  await checkPage(desk.page)
  const second = await open(browser, await colleagueOf(running), path)
  return { desk, second, buying, trade: bought.trade }
}

const toAccount = {
  [claims[locale].toAccount]: "Bank, Buyer, 6222 0001",
  [claims[locale].reason]: "the card is closed",
}

test("what the provider refuses to pay back goes by bank, when two people say so", async ({ browser }) => {
  const [t, b] = [claims[locale], refundByBank[locale]]
  const { desk, second } = await refusedRefund(browser, { minor: "7000", currency: "CNY" })
  await answer(desk.page, b.byBank, toAccount)
  await answer(desk.page, t.dropIt)
  await answer(desk.page, b.byBank, toAccount)
  await second.page.reload()
  await checkPage(second.page)
  await answer(second.page, b.byBankConfirm)
  await answer(second.page, t.bankDone, { [about[locale].bankNumber]: `BP-${deeds.unique()}` })
  await expect(second.page.getByText(t.states.repaid).first()).toBeVisible()
  await checkPage(second.page)
  for (const { complaints } of [desk, second]) expect(complaints).toEqual([])
})

test("a refund of all that the provider refuses goes by bank too", async ({ browser }) => {
  const [b, o] = [refundByBank[locale], paymentWords[locale]]
  const { desk, second, buying, trade } = await refusedRefund(browser, price)
  await answer(desk.page, b.byBank, toAccount)
  await second.page.reload()
  await answer(second.page, b.byBankConfirm)
  await checkPage(second.page)
  await answer(second.page, o.payoutTitle.refund, { [about[locale].bankNumber]: `BP-${deeds.unique()}` })
  await deeds.untilTrade(buying, trade, "refunded")
  await checkPage(second.page)
  for (const { complaints } of [desk, second]) expect(complaints).toEqual([])
})
