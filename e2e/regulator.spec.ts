import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { type Browser, expect, type Page, test } from "@playwright/test"
import { unzipSync } from "fflate"
import { buyers } from "#server/seed/people.ts"
import { exportWords } from "../app/_lib/messages/export-words.ts"
import { freezeWords } from "../app/_lib/messages/freeze-words.ts"
import { openingWords } from "../app/_lib/messages/opening-words.ts"
import { recordCheck } from "../app/_lib/messages/record-check.ts"
import { supervisedTrade } from "../app/_lib/messages/supervised-trade.ts"
import { supervision } from "../app/_lib/messages/supervision.ts"
import { tradeWords } from "../app/_lib/messages/trade-words.ts"
import { accountOf, origin, signIn } from "./accounts.ts"
import { checkPage, complaintsOf, openPage } from "./check.ts"
import * as deeds from "./deeds.ts"
import { testInTurns } from "./in-turns.ts"

type Locale = "zh" | "en"
const locales = ["zh", "en"] as const

const words = {
  zh: {
    noPermission: "您没有权限查看此页",
    accept: "验收",
    frozen: "已被监管冻结，解除前不能继续。",
    frozenTrade: "已被监管冻结",
    paid: /199\.00/,
    reason: "涉嫌欺诈",
  },
  en: {
    noPermission: "You may not see this page",
    accept: "Accept",
    frozen: "Supervision has frozen this; it cannot go on until it is released.",
    frozenTrade: "Frozen by supervision",
    paid: /199\.00/,
    reason: "Suspected fraud",
  },
} as const

const price = { minor: "19900", currency: "CNY" as const }

/** A trade that was paid by bank and delivered, made for one journey over the market's doors. */
async function deliveredTrade() {
  const [seller, buyer, operator] = await Promise.all([
    deeds.enter(accountOf("seller")),
    deeds.enter(accountOf("buyer")),
    deeds.enter(accountOf("operator")),
  ])
  const offer = await deeds.anOffer(seller, operator)
  const { trade, payment } = await deeds.buyByBank(buyer, offer)
  await operator.ask.trades.confirmReceipt.mutate({
    commandId: deeds.makeCommand(),
    payment,
    amount: price,
    bankNumber: `BR-${deeds.unique()}`,
  })
  await deeds.untilTrade(buyer, trade, "delivered")
  const { agreementHash } = (
    (await buyer.ask.trades.page.query({ trade })) as unknown as { trade: { agreementHash: string } }
  ).trade
  return { ...offer, trade, agreementHash }
}

async function signedIn(browser: Browser, locale: Locale, role: "buyer" | "regulator", next: string) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await signIn(page, locale, accountOf(role), next)
  return { page, close: () => context.close() }
}

async function search(page: Page, locale: Locale, text: string): Promise<void> {
  await page.goto(`${origin()}/${locale}/supervision`)
  const main = page.getByRole("main")
  await main.getByRole("searchbox").fill(text)
  await main.getByRole("searchbox").press("Enter")
  await page.waitForURL((url) => url.searchParams.get("q") === text)
  await expect(main.getByRole("heading", { name: supervision[locale].results })).toBeVisible()
}

/** The buyer accepts with the session of this page, as its button does. */
const accept = (page: Page, locale: Locale, trade: string) =>
  page.request.post(`${origin()}/api/trpc/trades.accept`, {
    headers: { "x-locale": locale },
    data: { trade, commandId: deeds.makeCommand() },
  })

/** `quanheng verify` as somebody at home runs it: a program of its own, with nothing but the files. */
function verify(...args: string[]) {
  return new Promise<{ code: number; stdout: string }>((resolve) => {
    execFile(process.execPath, ["cli/quanheng.ts", "verify", ...args], (error, stdout) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout }),
    )
  })
}

for (const locale of locales)
  test.describe(locale, () => {
    const t = supervision[locale]
    const f = freezeWords[locale]
    const x = exportWords[locale]
    const o = openingWords[locale]
    const r = supervisedTrade[locale]
    const w = words[locale]

    testInTurns("zh", locale)(
      "finds a trade by its id, a credit code and a hash; reads, verifies, opens, and is logged",
      async ({ page }) => {
        test.setTimeout(240_000)
        const { trade, agreementHash } = await deliveredTrade()
        const complaints = complaintsOf(page)
        await signIn(page, locale, accountOf("regulator"), "/supervision")
        await checkPage(page)
        const total = page.getByRole("main").locator("dl").first()
        await expect(total).toContainText(locale === "zh" ? /\d+ \/ \d+/ : /\d+ of \d+/)

        await search(page, locale, buyers[0].identifier)
        await expect(page.getByRole("main").locator("tbody")).toContainText(buyers[0].name[locale])
        await checkPage(page)
        await search(page, locale, agreementHash)
        await expect(page.getByRole("main").locator("tbody a").first()).toHaveAttribute(
          "href",
          `/${locale}/supervision/trades/${trade}`,
        )
        await search(page, locale, trade)
        await page.getByRole("main").locator("tbody a").first().click()
        await page.waitForURL(`**/${locale}/supervision/trades/${trade}`)
        await expect(page.getByText(o.closed)).toBeVisible()
        await expect(page.getByRole("main")).not.toContainText("199.00")
        await expect(page.getByRole("list", { name: r.records })).toContainText(
          locale === "zh" ? "需方提出交易" : "The buyer proposed a trade",
        )
        await expect(page.getByText(t.checkSentences.records.done(8))).toBeVisible()
        await checkPage(page)

        await page.getByRole("button", { name: recordCheck[locale].one }).first().click()
        await expect(page.getByText(recordCheck[locale].goodFirst, { exact: true })).toBeVisible()

        await page.getByRole("button", { name: o.open }).click()
        const dialog = page.getByRole("dialog")
        await dialog.getByLabel(o.purpose).selectOption("inspection")
        await dialog.getByRole("button", { name: o.open }).click()
        await page.waitForURL(/opened=cmd_/)
        const main = page.getByRole("main")
        await expect(main).toContainText(w.paid)
        await expect(main).toContainText(buyers[0].name[locale])
        await expect(main.getByRole("heading", { name: r.book })).toBeVisible()
        await expect(async () => {
          await page.reload()
          await expect(main.getByRole("link", { name: /\d+$/ }).first()).toBeVisible()
          await expect(main.getByText(o.openedRecord(0).replace(/ ?0$/, ""))).toBeVisible({ timeout: 2_000 })
        }).toPass()
        await page.getByRole("button", { name: recordCheck[locale].many(8) }).click()
        await expect(main.getByText(recordCheck[locale].good, { exact: true })).toBeVisible()
        await expect(main).toContainText(
          locale === "zh" ? "项保密值与记录中的承诺值相符" : "fit their commitment",
        )
        await checkPage(page)

        await openPage(page, `/${locale}/supervision/openings`)
        const row = page
          .getByRole("row")
          .filter({ hasText: trade.slice(-6) })
          .first()
        await expect(row).toContainText(o.purposes.inspection)
        await expect(row.getByRole("link").last()).toHaveAttribute("href", /\/ledger\/records\/\d+$/)

        await openPage(page, `/${locale}/supervision/parties/${accountOf("buyer").partyId}`)
        await expect(page.getByRole("main")).toContainText(trade.slice(-6))
        expect(complaints).toEqual([])
      },
    )

    testInTurns("en", locale)(
      "freezes a trade with its reach shown; the buyer's step is refused until it is lifted",
      async ({ page, browser }) => {
        test.setTimeout(240_000)
        const { trade } = await deliveredTrade()
        const complaints = complaintsOf(page)
        const buyer = await signedIn(browser, locale, "buyer", `/trades/${trade}`)
        await signIn(page, locale, accountOf("regulator"), `/supervision/trades/${trade}`)
        await page.getByRole("link", { name: f.freeze, exact: true }).click()
        await page.waitForURL("**/freezes/new?**")
        const main = page.getByRole("main")
        await expect(main.getByText(f.reachTrades)).toBeVisible()
        await expect(main.locator("dl")).toContainText(w.paid)
        await expect(main.getByRole("row").filter({ hasText: trade.slice(-6) })).toBeVisible()
        await checkPage(page)
        const document = `SUP-${deeds.unique()}`
        await main.getByLabel(f.reason).selectOption({ label: w.reason })
        await main.getByLabel(f.document).fill(document)
        await main.getByRole("button", { name: f.confirmFreeze(1) }).click()
        await page.waitForURL(/\/freezes\/frz_/)
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(document)
        await checkPage(page)

        const refused = await accept(buyer.page, locale, trade)
        expect(refused.status()).toBe(423)
        expect(await refused.text()).toContain(w.frozen)
        await buyer.page.reload()
        await expect(buyer.page.getByRole("main")).toContainText(w.frozenTrade)
        await expect(buyer.page.getByRole("button", { name: w.accept })).toHaveCount(0)

        await openPage(page, `/${locale}/supervision/freezes`)
        await page.getByRole("row").filter({ hasText: document }).getByRole("link").click()
        await page.waitForURL(/\/freezes\/frz_/)
        await page.getByRole("button", { name: f.lift }).click()
        const dialog = page.getByRole("dialog")
        await dialog.getByLabel(f.liftDocument).fill(`${document}-L`)
        await dialog.getByRole("button", { name: f.lift }).click()
        await expect(page.getByText(f.freezeStates.lifted).first()).toBeVisible()
        // The list is of sealed records: the page shows the second once it is one.
        await expect(async () => {
          await page.reload()
          await expect(page.getByRole("list", { name: r.records }).locator("> li")).toHaveCount(2, {
            timeout: 1000,
          })
        }).toPass()

        expect((await accept(buyer.page, locale, trade)).status()).toBe(200)
        await buyer.page.reload()
        await expect(buyer.page.getByText(tradeWords[locale].states.accepted).first()).toBeVisible()
        await buyer.close()
        expect(complaints).toEqual([])
      },
    )

    testInTurns("zh", locale)(
      "takes home an export that verifies with the key kept before, and fails with one byte changed",
      async ({ page }) => {
        test.setTimeout(240_000)
        const home = mkdtempSync(join(tmpdir(), "quanheng-regulator-"))
        try {
          const key = join(home, "quanheng.vkey")
          writeFileSync(key, await (await page.request.get(`${origin()}/ledger/log.vkey`)).text())
          const complaints = complaintsOf(page)
          await signIn(page, locale, accountOf("regulator"), "/supervision/exports")
          await checkPage(page)
          const reason = `review ${deeds.unique()}`
          await page.getByLabel(x.range, { exact: true }).selectOption("positions")
          await page.getByLabel(x.from, { exact: true }).fill("5")
          await page.getByLabel(x.exportReason, { exact: true }).fill(reason)
          await page.getByRole("button", { name: x.requestExport }).click()
          await page.waitForURL(/\/exports\/exp_/)
          const download = page.getByRole("link", { name: /^(下载|Download)/ })
          await expect(download).toBeVisible({ timeout: 90_000 })
          await expect(page.getByText(`npx quanheng verify`)).toBeVisible()
          await checkPage(page)
          const manifest = await page.locator("code", { hasText: /^[0-9a-f]{64}$/ }).textContent()
          const [file] = await Promise.all([page.waitForEvent("download"), download.click()])
          const zip = join(home, "bundle.zip")
          await file.saveAs(zip)
          const whole = await verify(zip, "--vkey", key, "--json")
          expect(whole.code, whole.stdout).toBe(0)

          const copy = join(home, "copy")
          for (const [path, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
            mkdirSync(dirname(join(copy, path)), { recursive: true })
            if (!path.endsWith("/")) writeFileSync(join(copy, path), bytes)
          }
          const { createHash } = await import("node:crypto")
          const hash = createHash("sha256")
            .update(readFileSync(join(copy, "manifest.json")))
            .digest("hex")
          expect(hash).toBe(manifest)
          const records = readFileSync(join(copy, "records.jsonl"))
          const line = records.indexOf('"index":20,')
          expect(line).toBeGreaterThan(0)
          const at = records.indexOf('"at":"2', line - 400) + 6
          records[at] = (records[at] ?? 0) ^ 1
          writeFileSync(join(copy, "records.jsonl"), records)
          const spoiled = await verify(copy, "--vkey", key)
          expect(spoiled.code).toBe(1)
          expect(spoiled.stdout).toMatch(/(record|记录) (19|20|21)\b/)

          await openPage(page, `/${locale}/supervision/exports`)
          await expect(page.getByRole("row").filter({ hasText: reason })).toContainText(x.exportStates.done)
          expect(complaints).toEqual([])
        } finally {
          rmSync(home, { recursive: true })
        }
      },
    )

    testInTurns("en", locale)(
      "shows a wrong range as a sentence, and nothing found as a way on",
      async ({ page }) => {
        test.setTimeout(240_000)
        await signIn(page, locale, accountOf("regulator"), "/supervision/exports")
        await page.getByLabel(x.range, { exact: true }).selectOption("positions")
        await page.getByLabel(x.from, { exact: true }).fill("9")
        await page.getByLabel(x.to, { exact: true }).fill("3")
        await page.getByLabel(x.exportReason, { exact: true }).fill("review")
        await page.getByRole("button", { name: x.requestExport }).click()
        await page.waitForURL(/\/exports\/exp_/)
        await expect(page.getByText(x.failedLead)).toBeVisible({ timeout: 60_000 })
        await checkPage(page)
        await openPage(page, `/${locale}/supervision?q=${deeds.unique()}`)
        await expect(page.getByRole("link", { name: t.backToOverview }).first()).toBeVisible()
      },
    )

    testInTurns("zh", locale)(
      "is closed to buyers and sellers, and gives the operator no way to freeze",
      async ({ page }) => {
        test.setTimeout(240_000)
        const party = accountOf("buyer").partyId
        const places = ["", "/freezes", "/exports", "/openings", `/parties/${party}`]
        places.push(`/freezes/new?scope=party&target=${party}`)
        for (const role of ["buyer", "seller"] as const) {
          await signIn(page, locale, accountOf(role), "/supervision")
          for (const place of places) {
            await page.goto(`${origin()}/${locale}/supervision${place}`)
            await expect(page.getByRole("heading", { level: 1 }), place).toHaveText(w.noPermission)
          }
          await checkPage(page)
          await page.context().clearCookies()
        }
        await signIn(page, locale, accountOf("operator"), "/supervision")
        await openPage(page, `/${locale}/supervision/parties/${party}`)
        await expect(page.getByRole("button", { name: f.freeze, exact: true })).toBeDisabled()
        await expect(page.getByText(f.freezeWhy)).toBeVisible()
        await openPage(page, `/${locale}/supervision/freezes/new?scope=party&target=${party}`)
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(w.noPermission)
      },
    )
  })
