import { expect, type Page, test } from "@playwright/test"
import { bankFiles } from "../app/_lib/messages/bank-files.ts"
import { accountOf, signIn } from "./accounts.ts"
import { checkPage, complaintsOf, openPage, untilAlive } from "./check.ts"
import * as deeds from "./deeds.ts"
import { inTurns } from "./in-turns.ts"

const [seller, buyer, operator] = [accountOf("seller"), accountOf("buyer"), accountOf("operator")]
const payBank = { zh: "对公转账", en: "Pay by bank transfer" }
const shots = process.env.E2E_SHOTS

async function shoot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

/** The bank's file of today: a transfer with its reference as people write it, a wrong amount, and a fee. */
function statement(right: string, wrong: string): Buffer {
  const day = new Date().toISOString().slice(0, 10)
  const number = () => `CN${deeds.unique().toUpperCase()}`
  const rows = [
    ["交易日期", "收入", "支出", "对方户名", "摘要", "流水号"],
    [
      day,
      "199.00",
      "",
      "上海示例数据应用有限公司",
      `货款 ${right.slice(0, 6)}-${right.slice(6).toLowerCase()}`,
      number(),
    ],
    [day, "198.00", "", "上海示例数据应用有限公司", `货款 ${wrong}`, number()],
    [day, "", "5.00", "", "手续费", number()],
  ]
  return Buffer.from(`${rows.map((row) => row.join(",")).join("\r\n")}\r\n`)
}

for (const locale of inTurns("zh"))
  test(`a transfer started at checkout is found in the bank's file and confirmed (${locale})`, async ({
    page,
  }) => {
    const t = bankFiles[locale]
    const complaints = complaintsOf(page)
    const [selling, buying, running] = await Promise.all([seller, buyer, operator].map(deeds.enter))
    if (!selling || !buying || !running) throw new Error("the demo has all three")
    const offer = await deeds.anOffer(selling, running)
    const [trade, other] = [await deeds.agreeOn(buying, offer), await deeds.buyByBank(buying, offer)]

    await signIn(page, locale, buyer, `/trades/${trade}/checkout`)
    await untilAlive(page)
    await page.getByRole("main").getByRole("button", { name: payBank[locale] }).click()
    const reference =
      (await page
        .getByText(/^QH[0-9A-Z]{12}$/)
        .first()
        .textContent()) ?? ""
    await page.context().clearCookies()

    await signIn(page, locale, operator)
    await openPage(page, `/${locale}/operator/bank-files`)
    await untilAlive(page)
    const bring = async (buffer: Buffer) => {
      await page.getByRole("button", { name: t.upload }).click()
      const dialog = page.getByRole("dialog")
      await dialog.getByLabel(t.file).setInputFiles({ name: "statement.csv", mimeType: "text/csv", buffer })
      await dialog.getByRole("button", { name: t.upload }).click()
      return dialog
    }
    const broken = await bring(Buffer.from("日期,金额\n2026-11-25,12.3.4\n"))
    await expect(broken.getByRole("alert")).toContainText(locale === "zh" ? "第 2 行" : "Row 2")
    await shoot(page, `refused-${locale}`)
    await page.keyboard.press("Escape")

    const file = statement(reference, other.reference)
    await bring(file)
    await expect(
      page
        .getByRole("tab")
        .or(page.getByRole("link", { name: t.tabs.open }))
        .first(),
    ).toBeVisible()
    await expect(page.getByText(t.exactLead)).toBeVisible()
    await expect(page.getByText(t.doubts.amount)).toBeVisible()
    await expect(page.getByText(t.doubts.noReference)).toBeVisible()
    await checkPage(page)
    await shoot(page, `file-${locale}`)

    await untilAlive(page)
    await page.getByRole("button", { name: t.confirmAll(1) }).click()
    await page
      .getByRole("dialog")
      .getByRole("button", { name: t.confirmAll(1) })
      .dblclick()
    await expect(page.getByText(t.confirmDone[0])).toBeVisible()
    await deeds.untilTrade(buying, trade, "delivered")
    await shoot(page, `confirmed-${locale}`)

    const here = page.url()
    await page.getByRole("row").filter({ hasText: t.doubts.noReference }).getByRole("link").first().click()
    await expect(page.getByRole("heading", { name: t.byHand })).toBeVisible()
    await checkPage(page)
    await shoot(page, `line-${locale}`)
    await untilAlive(page)
    await page.getByRole("button", { name: t.setAside }).click()
    await page.getByRole("dialog").getByLabel(t.note).fill("The bank's fee of the month")
    await page.getByRole("dialog").getByRole("button", { name: t.setAside }).click()
    await expect(page).toHaveURL(here)
    await expect(page.getByText(t.doubts.noReference)).toHaveCount(0)

    // The same file again changes nothing, and says so.
    await openPage(page, `/${locale}/operator/bank-files`)
    await shoot(page, `list-${locale}`)
    await untilAlive(page)
    await bring(file)
    await expect(page.getByText(t.knownTitle)).toBeVisible()
    await checkPage(page)
    await shoot(page, `all-${locale}`)
    expect(complaints).toEqual([])
  })
