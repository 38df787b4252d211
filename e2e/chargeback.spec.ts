import { expect as expectSoon, type Page, test } from "@playwright/test"
import type { Id } from "#contracts/ids.ts"
import { accountOf, signIn } from "./accounts.ts"
import { checkPage, complaintsOf } from "./check.ts"
import * as deeds from "./deeds.ts"
import { inTurns } from "./in-turns.ts"

/** Money that the buyer's bank takes back, and money that comes later than the buyer pays, as each side sees it. */
const words = {
  zh: {
    opened: "待申诉",
    send: "提交证据",
    sendTitle: "向银行提交证据？",
    answered: "银行裁定中",
    won: "不成立",
    lost: "成立",
    accept: "接受拒付",
    acceptTitle: "接受该拒付？",
    agreement: "Agreement: both sides confirmed",
    onTradeWon: "银行裁定拒付不成立，款项已退回。",
    onTradeLost: "银行裁定拒付成立，款项归需方。",
    withdrawn: "拒付占用款",
    onItsWay: "已付款，款项在途",
    delivered: "已交付，等待验收",
    panel: "拒付详情",
  },
  en: {
    opened: "To be answered",
    send: "Send the evidence",
    sendTitle: "Send the evidence to the bank?",
    answered: "With the bank",
    won: "Won",
    lost: "Lost",
    accept: "Accept the chargeback",
    acceptTitle: "Accept this chargeback?",
    agreement: "Agreement: both sides confirmed",
    onTradeWon: "The bank decided for the seller, and the money is back.",
    onTradeLost: "The bank decided for the buyer, who keeps the money.",
    withdrawn: "Withdrawn by the bank",
    onItsWay: "Paid, money on its way",
    delivered: "Delivered, waiting for acceptance",
    panel: "Chargeback",
  },
} as const
type Words = (typeof words)["zh" | "en"]

test.describe.configure({ timeout: 180_000 })
const expect = expectSoon.configure({ timeout: 60_000 })

/** A trade paid by card and delivered, whose payment the bank has then taken back. */
async function chargedBack() {
  const [seller, buyer, operator] = await Promise.all(
    (["seller", "buyer", "operator"] as const).map((role) => deeds.enter(accountOf(role))),
  )
  if (!seller || !buyer || !operator) throw new Error("the demo market has all roles")
  const bought = await deeds.buyByCard(buyer, await deeds.anOffer(seller, operator))
  await bought.provider(`sessions/${bought.session}/pay`, {})
  await deeds.untilTrade(buyer, bought.trade, "delivered")
  const { payment } = await operator.ask.payments.page.query({ payment: bought.payment })
  const dispute = (await bought.provider(`charges/${payment.charge}/dispute`, {
    reason: "product_not_received",
  })) as { id: string }
  const chargeback = await deeds.untilChargeback(operator, bought.trade)
  return { ...bought, dispute: dispute.id, chargeback }
}

async function openChargeback(page: Page, locale: "zh" | "en", id: Id<"chargeback">): Promise<void> {
  await signIn(page, locale, accountOf("operator"), `/operator/chargebacks/${id}`)
  await checkPage(page)
}

/** Presses the button, and the same one again in what is asked then. */
async function twice(page: Page, label: string, title: string): Promise<void> {
  await page.getByRole("button", { name: label }).click()
  await page.getByRole("dialog", { name: title }).getByRole("button", { name: label }).click()
}

/** Both sides see it on their trade, with where the money went. */
async function seenByBothSides(page: Page, locale: "zh" | "en", t: Words, trade: string, says: string) {
  for (const role of ["buyer", "seller"] as const) {
    await page.context().clearCookies()
    await signIn(page, locale, accountOf(role), `/trades/${trade}`)
    await expect(page.getByText(says).first()).toBeVisible()
    await expect(page.getByRole("rowheader", { name: t.withdrawn }).first()).toBeVisible()
    await checkPage(page)
  }
}

for (const locale of inTurns("en")) {
  const t = words[locale]

  test(`a chargeback is answered with the trade's evidence and won (${locale})`, async ({ page }) => {
    const complaints = complaintsOf(page)
    const made = await chargedBack()
    await signIn(page, locale, accountOf("operator"), "/operator/chargebacks")
    await checkPage(page)
    await openChargeback(page, locale, made.chargeback)
    await expect(page.getByText(t.agreement).first()).toBeVisible()
    await twice(page, t.send, t.sendTitle)
    await expect(page.getByText(t.answered, { exact: true }).first()).toBeVisible()
    await made.provider(`disputes/${made.dispute}/win`, {})
    await expect(async () => {
      await page.reload()
      await expectSoon(page.getByText(t.won, { exact: true }).first()).toBeVisible({ timeout: 2_000 })
    }).toPass({ timeout: 60_000 })
    await checkPage(page)
    await seenByBothSides(page, locale, t, made.trade, t.onTradeWon)
    expect(complaints).toEqual([])
  })

  test(`a chargeback is accepted and lost, and the trade ends (${locale})`, async ({ page }) => {
    const complaints = complaintsOf(page)
    const made = await chargedBack()
    await openChargeback(page, locale, made.chargeback)
    await twice(page, t.accept, t.acceptTitle)
    await expect(page.getByText(t.lost, { exact: true }).first()).toBeVisible()
    await checkPage(page)
    await seenByBothSides(page, locale, t, made.trade, t.onTradeLost)
    expect(complaints).toEqual([])
  })

  test(`money that comes later is on its way, and then held (${locale})`, async ({ page }) => {
    const complaints = complaintsOf(page)
    const [seller, buyer, operator] = await Promise.all(
      (["seller", "buyer", "operator"] as const).map((role) => deeds.enter(accountOf(role))),
    )
    if (!seller || !buyer || !operator) throw new Error("the demo market has all roles")
    const bought = await deeds.buyByCard(buyer, await deeds.anOffer(seller, operator))
    await bought.provider(`sessions/${bought.session}/pay`, { alipay: "succeeds_later" })
    await signIn(page, locale, accountOf("buyer"), `/trades/${bought.trade}`)
    await expect(async () => {
      await page.reload()
      await expectSoon(page.getByText(t.onItsWay).first()).toBeVisible({ timeout: 2_000 })
    }).toPass({ timeout: 60_000 })
    await checkPage(page)
    await page.goto(page.url().replace(/\/?$/, "/checkout"))
    await checkPage(page)
    await bought.provider(`sessions/${bought.session}/settle`, {})
    await deeds.untilTrade(buyer, bought.trade, "delivered")
    await signIn(page, locale, accountOf("buyer"), `/trades/${bought.trade}`)
    await expect(page.getByText(t.delivered).first()).toBeVisible()
    await checkPage(page)
    expect(complaints).toEqual([])
  })
}
