import { expect as expectSoon, type Locator, type Page, test } from "@playwright/test"
import { accountOf, origin, signIn } from "./accounts.ts"
import { checkPage, complaintsOf, openPage } from "./check.ts"
import * as deeds from "./deeds.ts"
import { testInTurns } from "./in-turns.ts"

const words = {
  zh: {
    noPermission: "您没有权限查看此页",
    verify: "通过核验",
    evidence: "核验依据",
    verified: "该主体已通过核验。",
    checkDigit: "校验位正确",
    sendBack: "退回",
    reason: "理由",
    personNotAuthorised: "授权代表未获授权",
    note: "说明",
    approve: "通过登记",
    approved: "已通过",
    sourceReason: "来源不清",
    sentBack: "已退回",
    confirmReceipt: "确认到账",
    received: "实际到账金额",
    currency: "币种",
    bankNumber: "银行流水号",
    held: "已存为待结算款",
    openStatement: "打开陈述",
    release: "付供方",
    refund: "退需方",
    half: "各半",
    wrongSum: "两项之和与待结算款不符。",
    decide: "作出裁定",
    grounds: "裁定理由",
    resolved: "已裁定，等待划转",
    paidSeller: "确认已付供方",
    refunded: "确认已退需方",
    closed: "已结清",
    settled: "已结算",
  },
  en: {
    noPermission: "You may not see this page",
    verify: "Verify",
    evidence: "Evidence",
    verified: "This organisation is verified.",
    checkDigit: "the check digit is right",
    sendBack: "Send back",
    reason: "Reason",
    personNotAuthorised: "The representative is not authorised",
    note: "Explanation",
    approve: "Approve",
    approved: "Approved",
    sourceReason: "The source is not clear",
    sentBack: "Sent back",
    confirmReceipt: "Confirm the receipt",
    received: "Amount received",
    currency: "Currency",
    bankNumber: "The bank's number",
    held: "Held",
    openStatement: "Open the statement",
    release: "To the seller",
    refund: "Back to the buyer",
    half: "Half each",
    wrongSum: "The two amounts do not add up to the held funds.",
    decide: "Decide",
    grounds: "Grounds",
    resolved: "Resolved, funds on their way",
    paidSeller: "Confirm: seller paid",
    refunded: "Confirm: buyer refunded",
    closed: "Closed",
    settled: "Settled",
  },
} as const

// Each journey makes what it needs over the doors first, and waits for the market's own jobs.
test.describe.configure({ timeout: 180_000 })
const expect = expectSoon.configure({ timeout: 45_000 })

const price = { minor: "19900", currency: "CNY" } as const
const queues = ["registrations", "parties", "payments", "disputes"] as const

/** Opens a dialog by its button; answers the dialog. */
async function ask(page: Page, button: string): Promise<Locator> {
  await page.getByRole("main").getByRole("button", { name: button, exact: true }).first().click()
  const dialog = page.getByRole("dialog")
  await expect(dialog).toBeVisible()
  return dialog
}

const operatorAt = (page: Page, locale: "zh" | "en", next: string) =>
  signIn(page, locale, accountOf("operator"), next)

for (const locale of ["zh", "en"] as const) {
  const t = words[locale]

  test(`${locale}: the desk and its queues read well, wide and narrow`, async ({ page }) => {
    const complaints = complaintsOf(page)
    await operatorAt(page, locale, "/operator")
    await checkPage(page)
    for (const queue of queues) await openPage(page, `/${locale}/operator/${queue}`)
    for (const kind of ["payouts", "stuck", "late"])
      await openPage(page, `/${locale}/operator/payments?queue=${kind}`)
    await openPage(page, `/${locale}/operator/registrations?state=approved`)
    expect(complaints).toEqual([])
  })

  testInTurns("zh", locale)(
    `${locale}: what is not there is not found, and nobody else gets in`,
    async ({ page }) => {
      await operatorAt(page, locale, "/operator")
      for (const queue of queues)
        expect((await page.goto(`${origin()}/${locale}/operator/${queue}/nothing`))?.status()).toBe(404)
      await page.context().clearCookies()
      await signIn(page, locale, accountOf("buyer"), "/operator")
      for (const path of ["", ...queues.map((queue) => `/${queue}`)]) {
        await page.goto(`${origin()}/${locale}/operator${path}`)
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.noPermission)
      }
    },
  )

  testInTurns("zh", locale)(
    `${locale}: one organisation is verified, another sent back with a reason`,
    async ({ page }) => {
      const [good, bad] = [deeds.unique(), deeds.unique()]
      const [one, other] = [await deeds.askForVerification(good), await deeds.askForVerification(bad)]
      await operatorAt(page, locale, "/operator/parties")
      await expect(page.getByRole("row").filter({ hasText: good })).toHaveCount(1)
      await page.getByRole("link", { name: good }).click()
      await expect(page.getByText(t.checkDigit)).toBeVisible()
      await checkPage(page)
      const verify = await ask(page, t.verify)
      await verify.getByLabel(t.evidence).fill("Extract no. 1")
      await verify.getByRole("button", { name: t.verify, exact: true }).dblclick()
      await expect(page.getByText(t.verified)).toBeVisible()
      await checkPage(page)

      await page.goto(`${origin()}/${locale}/operator/parties/${other.party}`)
      const back = await ask(page, t.sendBack)
      await back.getByLabel(t.reason).selectOption({ label: t.personNotAuthorised })
      await back.getByLabel(t.note).fill("No letter of authority")
      await back.getByRole("button", { name: t.sendBack, exact: true }).click()
      await page.waitForURL(`**/${locale}/operator/parties`)
      await expect(page.getByRole("row").filter({ hasText: bad })).toHaveCount(0)
      const { party } = await other.visitor.ask.parties.own.query()
      expect(party).toMatchObject({ state: "registered", rejection: { reason: "personNotAuthorised" } })
      expect((await one.visitor.ask.parties.own.query()).party.state).toBe("verified")
    },
  )

  testInTurns("en", locale)(
    `${locale}: one registration is approved, another sent back with a reason`,
    async ({ page }) => {
      const word = deeds.unique()
      const seller = await deeds.enter(accountOf("seller"))
      const one = await deeds.submitProduct(seller, { title: `Weather ${word}`, amount: "20" })
      const other = await deeds.submitProduct(seller, { title: `Weather again ${word}`, amount: "20" })
      await operatorAt(page, locale, `/operator/registrations/${one.registration}`)
      await expect(page.getByText("NOAA National Climatic Data Center")).toBeVisible()
      await expect(page.getByRole("row").filter({ hasText: "precipitation" }).first()).toBeVisible()
      await checkPage(page)
      const approve = await ask(page, t.approve)
      await approve.getByRole("button", { name: t.approve, exact: true }).dblclick()
      await expect(page.getByRole("main").getByText(t.approved, { exact: true })).toBeVisible()

      await page.goto(`${origin()}/${locale}/operator/registrations/${other.registration}`)
      const back = await ask(page, t.sendBack)
      await back.getByLabel(t.reason).selectOption({ label: t.sourceReason })
      await back.getByLabel(t.note).fill("Name the station")
      await back.getByRole("button", { name: t.sendBack, exact: true }).click()
      await page.waitForURL(`**/${locale}/operator/registrations`)
      await openPage(page, `/${locale}/operator/registrations/${other.registration}`)
      await expect(page.getByRole("main").getByText(t.sentBack, { exact: true })).toBeVisible()
      await expect(page.getByText("Name the station")).toBeVisible()
    },
  )

  testInTurns("zh", locale)(
    `${locale}: a bank transfer is confirmed once, with the right amount only`,
    async ({ page }) => {
      const word = deeds.unique()
      const [seller, buyer] = [await deeds.enter(accountOf("seller")), await deeds.enter(accountOf("buyer"))]
      const operator = await deeds.enter(accountOf("operator"))
      const offer = await deeds.anOffer(seller, operator)
      const bought = await deeds.buyByBank(buyer, offer)
      await operatorAt(page, locale, "/operator/payments")
      await page.getByRole("link", { name: bought.reference }).click()
      await page.waitForURL(`**/payments/${bought.payment}`)
      await checkPage(page)
      const dialog = await ask(page, t.confirmReceipt)
      await dialog.getByLabel(t.bankNumber).fill(`BR-${word}`)
      const confirm = dialog.getByRole("button", { name: t.confirmReceipt, exact: true })
      for (const [amount, currency] of [
        ["199.01", "CNY"],
        ["199", "USD"],
      ] as const) {
        await dialog.getByLabel(t.received).fill(amount)
        await dialog.getByLabel(t.currency).selectOption(currency)
        await confirm.click()
        await expect(dialog.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible()
      }
      await checkPage(page)
      await dialog.getByLabel(t.received).fill("199.00")
      await dialog.getByLabel(t.currency).selectOption("CNY")
      await confirm.dblclick()
      await expect(page.getByRole("main").getByText(t.held, { exact: true })).toBeVisible()
      await checkPage(page)
      await deeds.untilTrade(buyer, bought.trade, "delivered")
    },
  )

  testInTurns("en", locale)(
    `${locale}: a dispute is parted, paid out, and the trade is settled`,
    async ({ page }) => {
      const word = deeds.unique()
      const [seller, buyer] = [await deeds.enter(accountOf("seller")), await deeds.enter(accountOf("buyer"))]
      const operator = await deeds.enter(accountOf("operator"))
      const offer = await deeds.anOffer(seller, operator)
      const told = `The days of 2013 are missing (${word}).`
      const bought = await deeds.disputeDelivery(buyer, operator, offer, price, told)
      await operatorAt(page, locale, "/operator/disputes")
      await page.goto(`${origin()}/${locale}/operator/disputes/${bought.trade}`)
      await expect(page.getByText(told)).toHaveCount(0)
      await page.getByRole("button", { name: t.openStatement }).click()
      await expect(page.getByText(told)).toBeVisible()
      await checkPage(page)

      await page.getByLabel(t.release).fill("150")
      await expect(page.getByLabel(t.refund)).toHaveValue("49.00")
      await page.getByLabel(t.release).fill("300")
      await expect(page.getByRole("button", { name: t.decide, exact: true })).toBeDisabled()
      await expect(page.getByText(t.wrongSum).first()).toBeVisible()
      await page.getByRole("button", { name: t.half }).click()
      await expect(page.getByLabel(t.release)).toHaveValue("99.50")
      const dialog = await ask(page, t.decide)
      await dialog.getByLabel(t.grounds).fill("A part is missing")
      await checkPage(page)
      await dialog.getByRole("button", { name: t.decide, exact: true }).dblclick()
      await expect(page.getByText(t.resolved).first()).toBeVisible()
      await checkPage(page)

      await openPage(page, `/${locale}/operator/payments/${bought.payment}`)
      for (const leg of [t.refunded, t.paidSeller]) {
        const payout = await ask(page, leg)
        await payout.getByLabel(t.bankNumber).fill(`BP-${word}-${leg === t.refunded ? 2 : 1}`)
        await payout.getByRole("button", { name: leg, exact: true }).dblclick()
        await expect(page.getByRole("main").getByRole("button", { name: leg, exact: true })).toHaveCount(0)
      }
      await expect(page.getByRole("main").getByText(t.closed, { exact: true })).toBeVisible()
      await deeds.untilTrade(buyer, bought.trade, "settled")
      await page.context().clearCookies()
      await signIn(page, locale, accountOf("buyer"), `/trades/${bought.trade}`)
      await expect(page.getByRole("main").getByText(t.settled, { exact: true }).first()).toBeVisible()
    },
  )
}
