import { readFileSync } from "node:fs"
import { expect as expectSoon, test } from "@playwright/test"
import { accountOf, origin, signIn } from "./accounts.ts"
import { answer, checkPage, complaintsOf, openPage } from "./check.ts"
import { inTurns } from "./in-turns.ts"

const words = {
  zh: {
    check: "立即对账",
    checking: "正在对账…",
    balances: "科目余额",
    runs: "对账记录",
    booked: "已入账",
    entry: "渠道对账",
    of: "交易、付款或其他编号",
    filter: "筛选",
    none: "没有符合条件的分录",
    suspense: "待查款项",
    export: "导出账簿（CSV）",
    noPermission: "您没有权限查看此页",
    refused: "签名错误、过期或时间超前",
    done: "处理完毕",
    note: "查明的情况",
  },
  en: {
    check: "Compare now",
    checking: "Comparing…",
    balances: "Balances",
    runs: "Reconciliations",
    booked: "Booked",
    entry: "Reconciliation",
    of: "Trade, payment or other id",
    filter: "Filter",
    none: "No journal fits",
    suspense: "In suspense",
    export: "Export the book (CSV)",
    noPermission: "You may not see this page",
    refused: "Its signature is wrong, stale or from the future",
    done: "Done",
    note: "What you found",
  },
} as const

// One after another: in both languages it is the same alert that is closed.
test.describe.configure({ timeout: 120_000, mode: "default" })
const expect = expectSoon.configure({ timeout: 30_000 })

for (const locale of inTurns("zh")) {
  const t = words[locale]

  test(`${locale}: the operator compares the books, goes from a comparison to its journal, and takes the book home`, async ({
    page,
  }) => {
    const complaints = complaintsOf(page)
    // A call at the provider's door by somebody else, for the operator to look at.
    const refused = await page.request.post(`${origin()}/webhooks/stripe`, { data: { id: "evt_1" } })
    expect(refused.status()).toBe(400)
    await signIn(page, locale, accountOf("operator"), "/operator/finance")
    const main = page.getByRole("main")
    const told = main.getByRole("listitem").filter({ has: page.getByRole("heading", { name: t.refused }) })
    await expect(told).toBeVisible()
    await checkPage(page)
    await answer(page, t.done, { [t.note]: "Not the provider's." }, told)
    await expect(told).toBeHidden()
    const runs = main.getByRole("region", { name: t.runs }).getByRole("row")
    await expect(main.getByRole("region", { name: t.balances })).toBeVisible()
    const newest = await runs.nth(1).getByRole("time").getAttribute("datetime")
    await main.getByRole("button", { name: t.check }).click()
    await expect(main.getByRole("button", { name: t.check })).toBeEnabled()
    await expect(runs.nth(1).getByRole("time")).not.toHaveAttribute("datetime", newest ?? "")

    await main.getByRole("link", { name: t.booked, exact: true }).first().click()
    await expect(page).toHaveURL(/\/operator\/finance\/journals\?of=stl_/)
    await checkPage(page)
    await expect(main.getByRole("rowheader", { name: t.entry }).first()).toBeVisible()

    await openPage(page, `/${locale}/operator/finance/journals?type=payment.parted`)
    await main.getByLabel(t.of).fill("nothing of ours")
    await main.getByRole("button", { name: t.filter }).click()
    await expect(main.getByText(t.none)).toBeVisible()

    await openPage(page, `/${locale}/operator/finance/corrections`)
    await expect(main.getByText(t.suspense, { exact: true }).first()).toBeVisible()

    await page.goto(`${origin()}/${locale}/operator/finance`)
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      main.getByRole("link", { name: t.export }).click(),
    ])
    const lines = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\r\n")
    expect(lines[0]).toBe("journal,of,leg,account,currency,debit,credit,trade,occurredAt")
    expect(lines.length).toBeGreaterThan(10)
    expect(complaints).toEqual([])
  })

  test(`${locale}: who supervises funds reads it and cannot act, a buyer does not get in`, async ({
    page,
  }) => {
    await signIn(page, locale, accountOf("regulator"), "/operator/finance")
    await checkPage(page)
    await expect(page.getByRole("main").getByRole("region", { name: t.balances })).toBeVisible()
    await expect(page.getByRole("button", { name: t.check })).toHaveCount(0)
    await page.context().clearCookies()
    await signIn(page, locale, accountOf("buyer"), "/operator/finance")
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.noPermission)
  })
}
