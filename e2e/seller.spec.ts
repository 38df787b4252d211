import { expect, type Page, test } from "@playwright/test"
import { creditCodeCheck } from "#contracts/credit-code.ts"
import type { Id } from "#contracts/ids.ts"
import { refusals } from "#contracts/refusal.ts"
import { account } from "../app/_lib/messages/account.ts"
import { evidence } from "../app/_lib/messages/evidence.ts"
import { listingForm } from "../app/_lib/messages/listing-form.ts"
import { party } from "../app/_lib/messages/party.ts"
import { rightsForm } from "../app/_lib/messages/rights-form.ts"
import { settings } from "../app/_lib/messages/settings.ts"
import { shell } from "../app/_lib/messages/shell.ts"
import { studio } from "../app/_lib/messages/studio.ts"
import { accountOf, origin } from "./accounts.ts"
import { checkPage, complaintsOf, openPage, untilAlive } from "./check.ts"
import { enter, makeCommand, unique } from "./deeds.ts"
import { testInTurns } from "./in-turns.ts"

type Locale = "zh" | "en"
const data = "node_modules/vega-datasets/data"
const password = "long enough for a seller"

/** A credit code that nobody has, with the check character of its own seventeen. */
function freshCreditCode(): string {
  const body = `91350211${String(Date.now()).slice(-7)}${Math.floor(Math.random() * 90 + 10)}`
  return body + creditCodeCheck(body)
}

/** The path alone: an address may carry another one in its query. */
const at = (path: string) => (url: URL) => url.pathname === path

/** Opens a page, waits until its script runs, and looks at it. */
async function open(page: Page, path: string): Promise<void> {
  await openPage(page, path)
  await untilAlive(page)
}

async function signUp(page: Page, locale: Locale): Promise<string> {
  const t = account[locale]
  const email = `seller-${unique()}@example.org`
  await open(page, `/${locale}/sign-up?next=/${locale}/account`)
  await page.getByLabel(t.name).fill("A. Seller")
  await page.getByLabel(t.email).fill(email)
  await page.getByLabel(t.password).fill(password)
  await page.getByRole("main").getByRole("button", { name: t.signUp }).click()
  await page.waitForURL(at(`/${locale}/account`))
  await untilAlive(page)
  return email
}

/** Registers an organisation by the form; a wrong check digit is called wrong while it is typed. */
async function register(page: Page, locale: Locale, name: string): Promise<Id<"party">> {
  const t = party[locale]
  await open(page, `/${locale}/account/party/new`)
  const code = freshCreditCode()
  const wrong = code.slice(0, 17) + (code.endsWith("0") ? "1" : "0")
  await page.getByLabel(locale === "zh" ? t.nameZh : t.nameEn).fill(name)
  await page.getByLabel(t.country).selectOption("CN")
  await page.getByLabel(t.creditCode).fill(wrong)
  await expect(page.getByText(refusals.credit_code_check_digit[locale])).toBeVisible()
  await page.getByLabel(t.creditCode).fill(code)
  await expect(page.getByText(t.identifierOk)).toBeVisible()
  await page.getByLabel(t.authorisedPerson).fill("A. Seller")
  await page.getByRole("checkbox", { name: shell[locale].roles.seller }).check()
  await page.getByRole("button", { name: t.register }).click()
  await page.waitForURL(`**/${locale}/account/party`)
  await untilAlive(page)
  await checkPage(page)
  return (await page.locator("code", { hasText: /^pty_/ }).first().innerText()) as Id<"party">
}

/** Sends a file by the page and waits until the market has measured or refused it. */
async function upload(
  page: Page,
  locale: Locale,
  file: string | { name: string; mimeType: string; buffer: Buffer },
): Promise<string> {
  await open(page, `/${locale}/studio/new`)
  await page.locator("input[type=file]").setInputFiles(file)
  await page.waitForURL("**/file")
  return new URL(page.url()).pathname.split("/")[4] ?? ""
}

for (const locale of ["zh", "en"] as const) {
  const t = studio[locale]

  testInTurns("zh", locale)(
    `a seller's journey from signing up to withdrawing (${locale})`,
    async ({ page }) => {
      test.setTimeout(480_000)
      const errors = complaintsOf(page)
      const mark = unique()
      await signUp(page, locale)
      await checkPage(page)
      const id = await register(page, locale, locale === "zh" ? `海潮数据 ${mark}` : `Tidal Data ${mark}`)

      // Verification: submitted here, decided by the operator.
      const p = party[locale]
      await page.getByRole("button", { name: p.submit, exact: true }).click()
      await expect(page.getByText(p.waitingTitle)).toBeVisible()
      const operator = await enter(accountOf("operator"))
      const { version } = await operator.ask.parties.forReview.query({ party: id })
      await operator.ask.parties.verify.mutate({
        commandId: makeCommand(),
        party: id,
        version,
        method: "registryExtract",
        evidence: "extract of the register",
      })
      await open(page, `/${locale}/account/party`)
      await expect(page.getByText(p.verifiedTitle, { exact: true }).last()).toBeVisible()
      await open(page, `/${locale}/parties/${id}`)

      // The file: measured, nothing typed.
      await open(page, `/${locale}/studio`)
      const product = await upload(page, locale, `${data}/seattle-weather.csv`)
      await expect(page.getByText("1,461", { exact: true })).toBeVisible({ timeout: 60_000 })
      await expect(page.getByRole("rowheader", { name: "precipitation" })).toBeVisible()
      await expect(page.getByText(t.screeningNone)).toBeVisible()
      await open(page, `/${locale}/studio/products/${product}`)

      // The registration: the strip follows the answers, and the gate refuses what is missing.
      const e = evidence[locale]
      const base = `/${locale}/studio/products/${product}`
      await open(page, `${base}/registration`)
      const strip = page.getByRole("region", { name: e.strip })
      await expect(page.getByLabel(locale === "zh" ? e.titleZh : e.titleEn)).toHaveValue("seattle-weather")
      await page.getByLabel(locale === "zh" ? e.titleZh : e.titleEn).fill(`${mark} weather`)
      await page.getByRole("button", { name: e.save, exact: true }).click()
      await expect(page.getByText(e.saved)).toBeVisible()
      await page.getByRole("button", { name: e.submit, exact: true }).click()
      await expect(page.getByText(e.gate, { exact: true })).toBeVisible()
      await expect(page.getByText("source_missing")).toBeVisible()
      await page.getByLabel(e.obtained).selectOption("public-download")
      await page.getByLabel(e.sourceName).fill("NOAA National Climatic Data Center")
      await page.getByLabel(e.sourceUrl).fill("https://www.ncdc.noaa.gov/cdo-web/datatools/records")
      await page.getByRole("radio", { name: e.bases.licence }).check()
      await page.getByLabel(e.licence, { exact: true }).selectOption("us-public-domain")
      for (const right of ["holding", "use", "operation"])
        await page.locator(`select[name="rights.${right}.by"]`).selectOption("licence")
      await page.getByLabel(e.dataClass, { exact: true }).selectOption("public")
      await expect(strip.first().getByText(e.inOrder)).toHaveCount(4)
      await page.getByRole("button", { name: e.save, exact: true }).click()
      await expect(page.getByText(e.saved)).toBeVisible()
      await checkPage(page)
      await page.getByRole("button", { name: e.submit, exact: true }).click()
      await expect(page.getByText(e.states.submitted)).toBeVisible()

      // The rights: a contradiction is refused in words, then the source's licence is passed on.
      const r = rightsForm[locale]
      await open(page, `${base}/rights`)
      await page.getByRole("radio", { name: r.ways.answers }).check()
      await page.locator("input[name=from]").fill("2027-06-01")
      await page.locator("input[name=until]").fill("2027-01-01")
      await expect(page.getByText(r.conflict)).toBeVisible()
      await page.getByRole("button", { name: r.save }).click()
      await expect(page.getByText(refusals.policy_contradictory[locale])).toBeVisible()
      await page.locator("input[name=until]").fill("2028-01-01")
      await expect(page.getByText(r.conflict)).toBeHidden()
      await page.getByRole("button", { name: r.save }).click()
      await expect(page.getByText(r.saved)).toBeVisible()
      await checkPage(page)

      // The operator approves; the market draws the rows.
      const registration = `reg_${await versionOf(page)}` as Id<"registration">
      await operator.ask.registrations.approve.mutate({ commandId: makeCommand(), registration })

      // The listing: a price with the wrong decimals is refused where it stands.
      const l = listingForm[locale]
      await open(page, `${base}/listing`)
      await page
        .getByLabel(locale === "zh" ? l.descriptionZh : l.descriptionEn)
        .fill(`${mark}: daily weather of Seattle, 2012 to 2015.`)
      await page.getByLabel(l.domain).selectOption("environment")
      for (const [amount, currency] of [
        ["-5", "CNY"],
        ["10.005", "CNY"],
        ["1.5", "JPY"],
      ] as const) {
        await page.getByLabel(l.currency).selectOption(currency)
        await page.getByLabel(l.amount, { exact: true }).fill(amount)
        await expect(page.getByText(refusals.price_invalid[locale])).toBeVisible()
      }
      await page.getByRole("button", { name: l.save, exact: true }).click()
      await expect(page.getByText(refusals.price_invalid[locale])).toHaveCount(2)
      await page.getByLabel(l.currency).selectOption("CNY")
      await page.getByLabel(l.amount, { exact: true }).fill("1,280.50")
      await page.getByRole("button", { name: l.save, exact: true }).click()
      await expect(page.getByText(l.saved)).toBeVisible()
      await page.locator("summary").click()
      await expect(page.getByText("{sellerName}").first()).toBeVisible()
      await checkPage(page)
      await page.getByRole("button", { name: l.publish }).click()
      await expect(page.getByText(l.publishedTitle, { exact: true })).toBeVisible({ timeout: 60_000 })

      // Anyone may read it; then it is withdrawn.
      const listing = `lst_${product.slice(4)}` as Id<"listing">
      const reading = await page.goto(`${origin()}/${locale}/listings/${listing}`)
      expect(reading?.status()).toBe(200)
      await expect(page.locator("h1")).toContainText(mark)
      await open(page, `${base}/listing`)
      await page.getByRole("button", { name: l.withdraw, exact: true }).click()
      const dialog = page.getByRole("dialog")
      await dialog.getByRole("button", { name: l.withdraw, exact: true }).click()
      await expect(page.getByText(l.withdrawnTitle, { exact: true }).last()).toBeVisible()
      await open(page, `/${locale}/studio`)
      await expect(page.getByRole("row", { name: new RegExp(mark) })).toContainText(t.listings.withdrawn)
      expect(errors).toEqual([])
    },
  )

  testInTurns("en", locale)(
    `files that cannot be read are refused with the row and a way out (${locale})`,
    async ({ page }) => {
      test.setTimeout(180_000)
      const errors = complaintsOf(page)
      await signUp(page, locale)
      await register(page, locale, `Files ${unique()}`)

      await open(page, `/${locale}/studio/new`)
      await page
        .locator("input[type=file]")
        .setInputFiles({ name: "empty.csv", mimeType: "text/csv", buffer: Buffer.alloc(0) })
      const alert = page.getByRole("main").getByRole("alert")
      await expect(alert).toContainText(refusals.file_empty[locale])
      await expect(alert).toContainText(/[0-9a-f]{16}/)

      const broken = Buffer.from("station,mm\nA,1\nB,2,3\n")
      await upload(page, locale, { name: "broken.csv", mimeType: "text/csv", buffer: broken })
      await expect(page.getByText(t.refusedTitle)).toBeVisible({ timeout: 60_000 })
      await expect(page.getByText(refusals.file_malformed[locale])).toContainText(/3.*2|2.*3/)
      await expect(page.getByText("file_malformed", { exact: true })).toBeVisible()
      await checkPage(page)

      // The way out: the same product takes the right file. GB18030 is detected and read.
      const right = Buffer.concat([
        Buffer.from("station,mm\n"),
        Buffer.from([0xcf, 0xc3, 0xc3, 0xc5]),
        Buffer.from(",1\n"),
        Buffer.from([0xb8, 0xa3, 0xd6, 0xdd]),
        Buffer.from(",2\n"),
      ])
      await page
        .locator("input[type=file]")
        .setInputFiles({ name: "right.csv", mimeType: "text/csv", buffer: right })
      await expect(page.getByText("GB18030", { exact: true })).toBeVisible({ timeout: 60_000 })
      await expect(page.getByRole("rowheader", { name: "station" })).toBeVisible()

      // Another party's product is not there, whoever asks.
      const foreign = await page.goto(`${origin()}/${locale}/studio/products/prd_${"0".repeat(26)}`)
      expect(foreign?.status()).toBe(404)
      expect(errors).toEqual([])
    },
  )

  testInTurns("en", locale)(
    `a person's own settings: password, devices, members (${locale})`,
    async ({ page, browser }) => {
      test.setTimeout(120_000)
      const errors = complaintsOf(page)
      const s = settings[locale]
      const email = await signUp(page, locale)
      await page.getByLabel(s.current).fill("not the password at all")
      await page.getByLabel(s.next).fill("another long password")
      await page.getByRole("main").getByRole("button", { name: s.change }).click()
      await expect(page.getByText(s.wrongPassword)).toBeVisible()

      // A second device signs in and is ended from here.
      const other = await browser.newContext()
      const away = await other.newPage()
      await away.goto(`${origin()}/${locale}/sign-in?next=/${locale}/account`)
      await untilAlive(away)
      await away.getByLabel(account[locale].email).fill(email)
      await away.getByLabel(account[locale].password).fill(password)
      await away.getByRole("main").getByRole("button", { name: account[locale].signIn }).click()
      await away.waitForURL(at(`/${locale}/account`))
      await open(page, `/${locale}/account`)
      await page.getByRole("button", { name: new RegExp(`^${s.end} `) }).click()
      await expect(page.getByRole("button", { name: new RegExp(`^${s.end} `) })).toHaveCount(0)
      await away.reload()
      await expect(away.getByRole("main")).not.toContainText(email)
      await other.close()

      const p = party[locale]
      await register(page, locale, `Members ${unique()}`)
      await page.getByRole("button", { name: p.add }).click()
      const dialog = page.getByRole("dialog")
      await dialog.getByLabel(p.email).fill("nobody-at-all@example.org")
      await dialog.getByRole("button", { name: p.add }).click()
      await expect(dialog.getByText(p.unknownEmail)).toBeVisible()
      await page.keyboard.press("Escape")
      await page.getByRole("button", { name: p.openCard }).click()
      await page.waitForURL((url) => !url.href.startsWith(origin()))
      expect(errors).toEqual([])
    },
  )
}

/** The current version's id, whose registration shares it, out of the product's own page data. */
async function versionOf(page: Page): Promise<string> {
  const product = new URL(page.url()).pathname.split("/")[4] ?? ""
  const input = encodeURIComponent(JSON.stringify({ product }))
  const answer = await page.request.get(`${origin()}/api/trpc/products.page?input=${input}`)
  const { result } = (await answer.json()) as { result: { data: { version: { id: string } } } }
  return result.data.version.id.slice(4)
}
