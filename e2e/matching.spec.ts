import { readFileSync } from "node:fs"
import { expect as expectSoon, type Page, test } from "@playwright/test"
import { rerun } from "#contracts/match/rerun.ts"
import type { Round } from "#contracts/match.ts"
import { accountOf, origin, signIn } from "./accounts.ts"
import { checkPage, complaintsOf, openPage } from "./check.ts"
import { enter, listProduct, makeCommand, unique } from "./deeds.ts"
import { testInTurns } from "./in-turns.ts"

const words = {
  zh: {
    post: "发布需求",
    description: "描述",
    commercial: "用于商业目的",
    cap: "最高出价",
    csv: "CSV",
    match: "开始匹配",
    again: "重新匹配",
    overCap: "最低价 ¥500.00，高于您的上限。",
    forbidden: "不得用于商业目的。",
    inWords: "需求中的 2 个词命中 2 个",
    rerun: "在浏览器中重新计算",
    same: "结果一致：输入、规则和结果都与存证的哈希相符。",
    download: "下载输入和结果 (JSON)",
    take: "选定并发起交易",
    proposed: "发起交易",
    matched: "已选定",
    close: "关闭需求",
    closed: "已关闭",
    noUse: "请至少选择一种用途。",
    badCap: "请填写不为负的金额",
    use: "在本组织内部使用数据",
    open: "公开的需求",
  },
  en: {
    post: "Post a request",
    description: "Description",
    commercial: "Use it to earn money",
    cap: "At most",
    csv: "CSV",
    match: "Match now",
    again: "Match again",
    overCap: "The lowest price is CN¥500.00, over your cap.",
    forbidden: "It is forbidden to use it to earn money.",
    inWords: "2 of the request's 2 words found",
    rerun: "Run it in this browser",
    same: "The same: inputs, rules and result match the certified hashes.",
    download: "Download inputs and result (JSON)",
    take: "Take and propose a trade",
    proposed: "Trade proposed",
    matched: "Matched",
    close: "Close the request",
    closed: "Closed",
    noUse: "Choose at least one use.",
    badCap: "Enter an amount that is not negative",
    use: "Use the data inside the organisation",
    open: "Open requests",
  },
} as const

/** Three listings of one word: one that fits, one over the cap, one whose rights forbid commerce. */
async function offers(word: string) {
  const [seller, operator] = [await enter(accountOf("seller")), await enter(accountOf("operator"))]
  const fair = await listProduct(seller, operator, { title: `Weather ${word}`, amount: "199" })
  await listProduct(seller, operator, { title: `Weather dear ${word}`, amount: "500" })
  await listProduct(seller, operator, {
    title: `Weather in-house ${word}`,
    amount: "20",
    answers: { commercial: false },
  })
  return fair
}

async function post(page: Page, locale: "zh" | "en", text: string) {
  const t = words[locale]
  await openPage(page, `/${locale}/requests/new`)
  await page.getByLabel(t.description).fill(text)
  await page.getByLabel(t.commercial).check()
  await page.getByLabel(t.csv).check()
  await page.getByLabel(t.cap).fill("200")
  await page.getByRole("button", { name: t.post }).click()
  await page.waitForURL(/\/requests\/req_/)
}

// Each journey makes what it needs over the doors first, and waits for the market's own jobs.
test.describe.configure({ timeout: 180_000 })
const expect = expectSoon.configure({ timeout: 45_000 })

for (const locale of ["zh", "en"] as const) {
  const t = words[locale]

  testInTurns("zh", locale)(
    `${locale}: a buyer posts a request, reads why, runs the round again and takes a match`,
    async ({ page }) => {
      const word = unique()
      await offers(word)
      const complaints = complaintsOf(page)
      await signIn(page, locale, accountOf("buyer"), "/requests")
      await checkPage(page)
      await post(page, locale, `weather ${word}`)
      await checkPage(page)

      await page.getByRole("button", { name: t.match }).click()
      const fair = page
        .getByRole("listitem")
        .filter({ hasText: `Weather ${word}` })
        .filter({ hasText: t.inWords })
      await expect(fair).toHaveCount(1)
      const refused = (title: string) => page.getByRole("listitem").filter({ hasText: `${title} ${word}` })
      await expect(refused("Weather dear")).toContainText(t.overCap)
      await expect(refused("Weather in-house")).toContainText(t.forbidden)
      await checkPage(page)

      await page.getByRole("button", { name: t.rerun }).click()
      await expect(page.getByText(t.same)).toBeVisible()
      const [saved] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: t.download }).click(),
      ])
      const round = JSON.parse(readFileSync(await saved.path(), "utf8")) as Round
      expect(rerun(round).same).toBe(true)
      expect(rerun({ ...round, inputs: { ...round.inputs, cap: null } }).same).toBe(false)

      await fair.getByRole("button", { name: t.take }).click()
      await page.getByRole("dialog").getByRole("button", { name: t.take }).dblclick()
      await page.waitForURL(/\/trades\/trd_/)
      await expect(page.getByText(t.proposed).first()).toBeVisible()

      await openPage(page, `/${locale}/requests`)
      const line = page.getByRole("row").filter({ hasText: `weather ${word}` })
      await expect(line).toContainText(t.matched)
      expect(complaints).toEqual([])
    },
  )

  testInTurns("en", locale)(
    `${locale}: a request without a use or with an unreadable cap is not sent; one is closed`,
    async ({ page }) => {
      const word = unique()
      await signIn(page, locale, accountOf("buyer"), "/requests/new")
      await page.getByLabel(t.description).fill(`weather ${word}`)
      await page.getByLabel(t.use).uncheck()
      await page.getByRole("button", { name: t.post }).click()
      await expect(page.getByText(t.noUse)).toBeVisible()
      await page.getByLabel(t.use).check()
      for (const amount of ["-5", "1.999", "a lot"]) {
        await page.getByLabel(t.cap).fill(amount)
        await page.getByRole("button", { name: t.post }).click()
        await expect(page.getByText(t.badCap)).toBeVisible()
      }
      await page.getByLabel(t.cap).fill("")
      await page.getByRole("button", { name: t.post }).click()
      await page.waitForURL(/\/requests\/req_/)
      const address = new URL(page.url()).pathname

      await page.getByRole("button", { name: t.close }).click()
      await page.getByRole("dialog").getByRole("button", { name: t.close }).click()
      await expect(page.getByRole("main").getByText(t.closed, { exact: true })).toBeVisible()
      await checkPage(page)

      await page.context().clearCookies()
      await signIn(page, locale, accountOf("buyer", 1), "/requests")
      expect((await page.goto(`${origin()}${address}`))?.status()).toBe(404)
    },
  )

  testInTurns("en", locale)(`${locale}: a seller sees what is looked for, not by whom`, async ({ page }) => {
    const word = unique()
    const buyer = await enter(accountOf("buyer"))
    await buyer.ask.requests.post.mutate({
      commandId: makeCommand(),
      words: `air quality ${word}`,
      locale,
      use: { actions: ["use"] },
      formats: [],
      domain: null,
      cap: { minor: "123400", currency: "CNY" },
      deadline: new Date(Date.now() + 5 * 86_400_000).toISOString(),
    })
    await signIn(page, locale, accountOf("seller"), "/requests")
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.open)
    await expect(page.getByRole("row").filter({ hasText: word })).toHaveCount(1)
    await expect(page.getByRole("main")).not.toContainText("1,234")
    await checkPage(page)
  })
}
