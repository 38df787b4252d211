import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, type Page, test } from "@playwright/test"
import { lettersOf, type ReadPdf, readPdf } from "#server/documents/testing/read-pdf.ts"
import { certificate } from "../app/_lib/messages/certificate.ts"
import { charges } from "../app/_lib/messages/charges.ts"
import { trade as tradeWords } from "../app/_lib/messages/trade.ts"
import { tradeWords as stateWords } from "../app/_lib/messages/trade-words.ts"
import { accountOf, accountsOf, enterContext, origin, signIn } from "./accounts.ts"
import { checkPage, complaintsOf, openPage } from "./check.ts"
import { inTurns } from "./in-turns.ts"

/** `quanheng verify` as a process of its own, which is given the file and the key and nothing else. */
const verify = (...args: string[]): Promise<{ code: number; stdout: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ["cli/quanheng.ts", "verify", ...args], (error, stdout) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 2), stdout }),
    )
  })

async function downloadOf(page: Page, link: string): Promise<{ name: string; bytes: Uint8Array }> {
  const coming = page.waitForEvent("download")
  await page.getByRole("link", { name: link, exact: true }).click()
  const download = await coming
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(await download.path())) }
}

const jsonIn = ({ files }: ReadPdf) => JSON.parse(Buffer.from(files[0]?.bytes ?? []).toString("utf8"))

for (const locale of inTurns("zh")) {
  const t = certificate[locale]

  test(`a buyer takes the certificate of a step and the statement home, and checks them (${locale})`, async ({
    page,
    browser,
  }) => {
    test.setTimeout(180_000)
    const home = mkdtempSync(join(tmpdir(), "quanheng-receipt-"))
    try {
      const complaints = complaintsOf(page)
      await signIn(page, locale, accountOf("buyer"), "/trades")
      // Exactly this word: a trade that is still "being settled" has no statement yet.
      const state = page.getByText(stateWords[locale].states.settled, { exact: true })
      const settled = page.getByRole("row").filter({ has: state }).first()
      await settled.getByRole("link").first().click()
      await page.waitForURL(/\/trades\/trd_/)
      const step = page.locator("details", { hasText: t.files }).first()
      await step.locator("summary").click()
      await checkPage(page)

      const { name, bytes } = await downloadOf(page, t.short.pdf)
      const told = await readPdf(bytes)
      const index = /\d+(?=\.pdf$)/.exec(name)?.[0] ?? ""
      expect(name).toMatch(locale === "zh" ? /^存证证明-/ : /^certificate-/)
      expect(told.letters).toContain(lettersOf(t.opened))
      expect(told.letters).toContain(`${origin()}/${locale}/verify?record=${index}`)

      const door = `${origin()}/api/certificates/${index}`
      const own = await page.request.get(`${door}?values=own`)
      expect(jsonIn(told).opened).toEqual((await own.json()).opened)
      const key = join(home, "log.vkey")
      writeFileSync(key, await (await page.request.get(`${origin()}/ledger/log.vkey`)).text())
      const file = join(home, "certificate.json")
      writeFileSync(file, told.files[0]?.bytes ?? "")
      expect(await verify(file, "--vkey", key, "--json")).toMatchObject({ code: 0 })

      const pdf = `${origin()}/${locale}/certificates/${index}/certificate.pdf`
      const stranger = await browser.newContext()
      for (const address of [`${pdf}?values=own`, `${door}?values=own`])
        expect((await stranger.request.get(address)).status()).toBe(401)
      const open = await readPdf(new Uint8Array(await (await stranger.request.get(pdf)).body()))
      expect(open.letters).not.toContain(lettersOf(t.opened))
      expect(jsonIn(open)).not.toHaveProperty("opened")
      await enterContext(stranger, accountsOf("buyer").at(-1) ?? accountOf("evaluator"))
      for (const address of [`${pdf}?values=own`, `${door}?values=own`])
        expect((await stranger.request.get(address)).status()).toBe(404)
      await stranger.close()

      await page.getByRole("link", { name: tradeWords[locale].statement, exact: true }).click()
      await page.waitForURL(/\/statement$/)
      await checkPage(page)
      const statement = await downloadOf(page, tradeWords[locale].statementPdf)
      const said = await readPdf(statement.bytes)
      for (const line of [charges[locale].lines.gross, charges[locale].lines.payout])
        expect(said.letters).toContain(lettersOf(line))

      await openPage(page, `/${locale}/certificates/${index}`)
      await expect(page.getByRole("img", { name: /verify\?record=/ })).toBeVisible()
      await page.emulateMedia({ media: "print", colorScheme: "dark" })
      await expect(page.getByRole("banner")).toBeHidden()
      await expect(page.getByRole("contentinfo")).toBeHidden()
      await expect(page.getByRole("link", { name: t.pdf, exact: true })).toBeHidden()
      await expect(page.getByRole("img", { name: /verify\?record=/ })).toBeVisible()
      expect(complaints).toEqual([])
    } finally {
      rmSync(home, { recursive: true })
    }
  })
}
