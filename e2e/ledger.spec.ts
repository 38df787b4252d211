import { spawnSync } from "node:child_process"
import { createHash, randomBytes } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { pathToFileURL } from "node:url"
import { expect, test } from "@playwright/test"
import { unzipSync } from "fflate"
import { makeId } from "#contracts/ids.ts"
import { verifyCertificateFile } from "#contracts/ledger/certificate-json.ts"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"
import { formatVerifierKey, parseVerifierKey, type VerifierKey, verifierKey } from "#contracts/ledger/note.ts"
import { demoProducts } from "#server/seed/products/catalogue.ts"
import { bytesOf } from "#server/seed/products/file.ts"
import { visit } from "#server/seed/visitor.ts"
import { explorer } from "../app/_lib/messages/explorer.ts"
import { recordCheck } from "../app/_lib/messages/record-check.ts"
import { accountOf, origin, signIn } from "./accounts.ts"
import { checkPage, complaintsOf, openPage, untilAlive } from "./check.ts"
import { enter } from "./deeds.ts"
import { testInTurns } from "./in-turns.ts"

let complaints: string[] = []
test.beforeEach(({ page }) => {
  complaints = complaintsOf(page)
})
test.afterEach(() => expect(complaints).toEqual([]))

const words = {
  zh: {
    find: "查找记录",
    certificate: "存证证明",
    verify: "开始核验",
    tamper: "篡改副本试试",
    key: /^验证公钥/,
    record: (n: number) => `记录 ${n}`,
    certificateOf: (n: number) => `记录 ${n} 的存证证明`,
    intactCertificate: "记录在日志中，签名由您的公钥验证",
    looseCertificate: "记录与证明相符，但未经认证",
    brokenCertificate: "证明无效",
    intact: "完好，且由您的公钥验证签名",
    loose: "完好，但未经认证",
    broken: "不完整：内容与签名记录不符",
    found: "改动已被发现",
    unreadable: "无法读取：文件已损坏或不完整",
    neither: "这既不是导出包",
    raw: "原始字节",
    opened: /对您可见 · 与承诺值相符/,
    misfit: /与承诺值不符/,
  },
  en: {
    find: "Find records",
    certificate: "Certificate",
    verify: "Verify",
    tamper: "Tamper with a copy",
    key: /^Verifier key/,
    record: (n: number) => `Record ${n}`,
    certificateOf: (n: number) => `Certificate of record ${n}`,
    intactCertificate: "The record is in the log, signed by your key",
    looseCertificate: "The record fits its proof, but is not authenticated",
    brokenCertificate: "The certificate is not valid",
    intact: "Intact, and signed by your key",
    loose: "Intact, but not authenticated",
    broken: "Not intact: this is not what was signed",
    found: "The change was found",
    unreadable: "Cannot be read: the file is damaged or incomplete",
    neither: "This is neither an export bundle",
    raw: "Raw bytes",
    opened: /Visible to you · fits its commitment/,
    misfit: /does not fit its commitment/,
  },
} as const

/** The market's key as a reader would have kept it, and what its log holds of trades. */
async function aTrade(): Promise<{ id: string; index: number }> {
  const page = (await visit(origin()).ask.ledger.latest.query({ before: null, family: "trade" })) as {
    records: { subject: string; index: number }[]
  }
  const [first] = page.records
  if (!first) throw new Error("the demo market has no trade")
  return { id: first.subject, index: first.index }
}
const keptKey = async (): Promise<string> => (await fetch(`${origin()}/ledger/log.vkey`)).text()

/** An export as a regulator takes it home, over the same doors as the page. */
async function takeExport(): Promise<Buffer> {
  const regulator = await enter(accountOf("regulator"))
  const id = makeId("export", Date.now(), randomBytes(10))
  await regulator.ask.ledger.requestExport.mutate({ id, from: null, to: null, reason: "annual inspection" })
  for (let i = 0; i < 240; i++) {
    const run = (await regulator.ask.ledger.export.query({ id })) as { state: string }
    if (run.state === "done") {
      const answer = await regulator.fetch(`/api/exports/${id}`)
      expect(answer.status).toBe(200)
      return Buffer.from(await answer.arrayBuffer())
    }
    expect(run.state).not.toBe("failed")
    await delay(250)
  }
  throw new Error("the export was not ready within a minute")
}
let made: Promise<Buffer> | null = null
const anExport = (): Promise<Buffer> => {
  made ??= takeExport()
  return made
}

for (const locale of ["zh", "en"] as const) {
  const t = words[locale]

  test.describe(`the ledger in ${locale}`, () => {
    testInTurns("zh", locale)(
      "is found by a record's number, a trade's id and a file, and read with scripts off",
      async ({ page, browser }) => {
        const trade = await aTrade()
        await openPage(page, `/${locale}/ledger`)
        const box = page.getByRole("main").getByRole("searchbox", { name: t.find })
        await box.fill(String(trade.index))
        await box.press("Enter")
        await page.waitForURL(`**/${locale}/ledger/records/${trade.index}`)
        await openPage(page, `/${locale}/ledger?q=${trade.id}`)
        await page.getByRole("rowheader").first().getByRole("link").click()
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(/\d+/)

        const plain = await browser.newContext({ javaScriptEnabled: false })
        const still = await plain.newPage()
        await still.goto(`${origin()}/${locale}/ledger/records/${trade.index}`)
        await expect(still.getByRole("heading", { name: t.raw })).toBeVisible()
        await expect(still.getByRole("main").locator("svg[role=img]")).toBeVisible()
        await plain.close()
      },
    )

    testInTurns("en", locale)(
      "finds a dropped file by a hash that is made here, and sends none of its bytes",
      async ({ page }) => {
        const e = explorer[locale]
        const product = demoProducts.find(({ outcome, as }) => outcome === "published" && as === undefined)
        if (!product) throw new Error("the demo catalogue has no file as it is")
        const { name, bytes } = await bytesOf(product)
        await openPage(page, `/${locale}/ledger`)
        await untilAlive(page)
        const sent: string[] = []
        page.on("request", (request) =>
          sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`),
        )
        const dropped = await page.evaluateHandle(
          ([text, called]) => {
            const transfer = new DataTransfer()
            const content = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
            transfer.items.add(new File([content], called))
            return transfer
          },
          [bytes.toString("base64"), name] as const,
        )
        await page.locator("[data-drop=file]").dispatchEvent("drop", { dataTransfer: dropped })
        await page.waitForURL(new RegExp(`file=${createHash("sha256").update(bytes).digest("hex")}`))
        const main = page.getByRole("main")
        await expect(main).toContainText(e.fileFound)
        await expect(main.getByRole("link", { name: /^(记录|Record) \d+$/ }).first()).toBeVisible()
        await checkPage(page)

        const secret = randomBytes(24).toString("hex")
        await main.locator("input[type=file]").setInputFiles({
          name: `${secret}.bin`,
          mimeType: "application/octet-stream",
          buffer: Buffer.from(secret),
        })
        await expect(main).toContainText(e.fileNotFound)
        await checkPage(page)
        const firstLine = bytes.toString("latin1").split("\n")[0] ?? ""
        expect(sent.filter((one) => !one.startsWith("GET "))).toEqual([])
        expect(
          sent.filter((one) => one.includes(secret) || one.includes(firstLine) || one.includes(name)),
        ).toEqual([])
      },
    )

    testInTurns("zh", locale)(
      "verifies a record and a checkpoint here, and says by which key",
      async ({ page }) => {
        const c = recordCheck[locale]
        const { index } = await aTrade()
        await openPage(page, `/${locale}/ledger/records/${index}`)
        const main = page.getByRole("main")
        const verify = main.getByRole("button", { name: c.one, exact: true })
        await verify.click()
        await expect(main.getByText(c.goodFirst, { exact: true })).toBeVisible()
        await checkPage(page)
        // A key that is not the log's, as if this browser had kept that of another history.
        const served = parseVerifierKey(await keptKey(), nobleCrypto.sha256) as VerifierKey
        const other = formatVerifierKey(verifierKey(served.name, randomBytes(32), nobleCrypto.sha256))
        await page.evaluate(
          (vkey) =>
            localStorage.setItem(
              "quanheng-log-key",
              JSON.stringify({ vkey, since: "2026-01-02T03:04:05.000Z" }),
            ),
          other,
        )
        await openPage(page, `/${locale}/ledger/checkpoints`)
        await page.getByRole("rowheader").first().getByRole("link").click()
        await page.waitForURL(/checkpoints\/\d+$/)
        await expect(main.locator("svg[role=img]")).toBeVisible()
        await verify.click()
        await expect(main.getByText(c.otherKey, { exact: true })).toBeVisible()
        await expect(main.getByText(c.bad, { exact: true })).toBeVisible()
        await checkPage(page)
        await main.getByRole("button", { name: c.takeServed }).click()
        await expect(main.getByText(c.good, { exact: true })).toBeVisible()
        await expect(main.getByText(c.otherKey, { exact: true })).toHaveCount(0)
      },
    )

    testInTurns("en", locale)(
      "opens to a party what its own trade holds, and to nobody else",
      async ({ page }) => {
        const buyer = await enter(accountOf("buyer"))
        const mine = (await buyer.ask.trades.mine.query({ side: "buyer" })) as {
          trades: { trade: { id: string } }[]
        }
        const found = (await buyer.ask.ledger.lookUp.query({
          text: mine.trades[0]?.trade.id ?? "",
        })) as {
          records: readonly { index: number }[]
        }
        const path = `/ledger/records/${found.records[0]?.index}`
        await openPage(page, `/${locale}${path}`)
        await expect(page.getByText(t.opened)).toHaveCount(0)
        await signIn(page, locale, accountOf("buyer"), path)
        await expect(page.getByText(t.opened).first()).toBeVisible()
        await expect(page.getByText(t.misfit)).toHaveCount(0)
        await checkPage(page)
      },
    )

    testInTurns("en", locale)(
      "shows a record with its proof, and a certificate whose files verify",
      async ({ page, request }) => {
        const { index } = await aTrade()
        await openPage(page, `/${locale}/ledger/records/${index}`)
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.record(index))
        await expect(page.getByRole("main").locator("svg[role=img]")).toBeVisible()
        await page.getByRole("link", { name: t.certificate, exact: true }).click()
        await page.waitForURL(`**/certificates/${index}`)
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.certificateOf(index))
        await checkPage(page)
        const key = parseVerifierKey(await keptKey(), nobleCrypto.sha256) as VerifierKey
        for (const path of [`/api/certificates/${index}`, `/ledger/proof/${index}`]) {
          const text = await (await request.get(`${origin()}${path}`)).text()
          const report = verifyCertificateFile(text, { keys: [key], crypto: nobleCrypto })
          expect(report).toMatchObject({ failures: [], authenticated: true, index })
        }
        await page.setViewportSize({ width: 390, height: 844 })
        await openPage(page, `/${locale}/ledger/records/${index}`)
        await openPage(page, `/${locale}/certificates/${index}`)
      },
    )

    testInTurns("zh", locale)(
      "verifies a certificate on the verify page, and finds a changed bit",
      async ({ page }) => {
        const { index } = await aTrade()
        await openPage(page, `/${locale}/verify?record=${index}`)
        await page.getByRole("button", { name: t.verify, exact: true }).click()
        const verdict = page.locator("[data-verdict]")
        await expect(verdict.getByRole("heading", { level: 2 })).toHaveText(t.looseCertificate)
        await page.getByLabel(t.key).fill(await keptKey())
        await page.getByRole("button", { name: t.verify, exact: true }).click()
        await expect(verdict.getByRole("heading", { level: 2 })).toHaveText(t.intactCertificate)
        await checkPage(page)
        await page.getByRole("button", { name: t.tamper }).click()
        await expect(verdict.getByRole("heading", { level: 2 })).toHaveText(t.brokenCertificate)
        await expect(verdict).toContainText(t.found)
        await expect(verdict).toContainText(t.record(index))
        await checkPage(page)
      },
    )

    testInTurns("en", locale)(
      "verifies a regulator's bundle in the browser, asking no server for anything",
      async ({ page }) => {
        const zip = await anExport()
        await openPage(page, `/${locale}/verify`)
        const input = page.locator("input[type=file]").first()
        await input.setInputFiles({ name: "bundle.zip", mimeType: "application/zip", buffer: zip })
        await page.getByLabel(t.key).fill(await keptKey())
        // The worker made ready beforehand has arrived.
        await page.waitForLoadState("networkidle")
        const requests: string[] = []
        let watching = true
        page.on("request", (request) => {
          if (watching) requests.push(request.url())
        })
        const verdict = page.locator("[data-verdict]")
        await page.getByRole("button", { name: t.verify, exact: true }).click()
        await expect(verdict.getByRole("heading", { level: 2 })).toHaveText(t.intact)
        // After the verdict the next worker is made ready; that is the one request there may be.
        watching = false
        expect(requests.filter((url) => !url.endsWith("/verify/worker.js"))).toEqual([])
        expect(requests.length).toBeLessThanOrEqual(1)
        await checkPage(page)

        await page.getByRole("button", { name: t.tamper }).click()
        await expect(verdict.getByRole("heading", { level: 2 })).toHaveText(t.broken)
        await expect(verdict).toContainText(t.found)
        await expect(verdict).toContainText(locale === "zh" ? /记录 \d+：/ : /Record \d+: /)
        await checkPage(page)

        await page.getByLabel(t.key).fill("")
        await page.getByRole("button", { name: t.verify, exact: true }).click()
        await expect(verdict.getByRole("heading", { level: 2 })).toHaveText(t.loose)

        await input.setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("hello") })
        await page.getByRole("button", { name: t.verify, exact: true }).click()
        await expect(page.getByRole("main").getByRole("alert")).toContainText(t.neither)

        await input.setInputFiles({
          name: "cut.zip",
          mimeType: "application/zip",
          buffer: zip.subarray(0, -40),
        })
        await page.getByRole("button", { name: t.verify, exact: true }).click()
        await expect(verdict.getByRole("heading", { level: 2 }).first()).toHaveText(t.unreadable)
      },
    )
  })
}

test("verify.html, opened from the disk, and verify.mjs say the same of a bundle, whole and changed", async ({
  page,
}) => {
  test.slow()
  const zip = await anExport()
  const folder = mkdtempSync(join(tmpdir(), "quanheng-offline-"))
  const bundle = join(folder, "bundle")
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    mkdirSync(dirname(join(bundle, path)), { recursive: true })
    writeFileSync(join(bundle, path), bytes)
  }
  const vkey = join(folder, "log.vkey")
  writeFileSync(vkey, await keptKey())
  const asked: string[] = []
  page.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) asked.push(request.url())
  })
  await page.goto(pathToFileURL(join(bundle, "verify.html")).href)
  await checkPage(page)
  await page.locator("#key").fill(await keptKey())
  const verdict = page.locator("[data-verdict]")
  const records = unzipSync(zip)["records.jsonl"] as Uint8Array
  const at = records.length >> 1
  const changes: [string, Uint8Array, string][] = [
    ["0", records, "intact"],
    ["1", records.with(at, (records[at] as number) ^ 1), "broken"],
  ]
  for (const [code, bytes, said] of changes) {
    writeFileSync(join(bundle, "records.jsonl"), bytes)
    await page.locator("#folder").setInputFiles(bundle)
    await page.locator("#start").click()
    await expect(verdict).toHaveAttribute("data-verdict", said)
    const run = spawnSync(process.execPath, [join(bundle, "verify.mjs"), bundle, "--vkey", vkey, "--json"])
    expect(String(run.status)).toBe(code)
    const report = JSON.parse(run.stdout.toString()) as { verdict: string; failures: { code: string }[] }
    expect(report.verdict).toBe(said)
    expect(await verdict.locator("code").allTextContents()).toEqual(report.failures.map((one) => one.code))
    await checkPage(page)
  }
  expect(asked).toEqual([])
  rmSync(folder, { recursive: true, force: true })
})
