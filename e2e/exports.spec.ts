import { execFile } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "@playwright/test"
import { exportWords } from "../app/_lib/messages/export-words.ts"
import { accountOf, origin, signIn } from "./accounts.ts"
import { checkPage, complaintsOf, openPage } from "./check.ts"
import * as deeds from "./deeds.ts"
import { inTurns } from "./in-turns.ts"

/** `quanheng verify` as a process of its own, which is given the zip and the key and nothing else. */
const verify = (...args: string[]): Promise<{ code: number; stdout: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ["cli/quanheng.ts", "verify", ...args], (error, stdout) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 2), stdout }),
    )
  })

for (const locale of inTurns("en")) {
  const t = exportWords[locale]

  test(`a seller takes the records of its trades home in two parts and verifies them (${locale})`, async ({
    page,
  }) => {
    test.setTimeout(240_000)
    const home = mkdtempSync(join(tmpdir(), "quanheng-own-export-"))
    try {
      const key = join(home, "quanheng.vkey")
      writeFileSync(key, await (await page.request.get(`${origin()}/ledger/log.vkey`)).text())
      const complaints = complaintsOf(page)
      await signIn(page, locale, accountOf("seller"), "/exports")
      await checkPage(page)
      const reason = `books ${deeds.unique()}`
      await expect(page.getByLabel(t.range, { exact: true })).toHaveValue("party")
      await page.getByLabel(t.exportReason, { exact: true }).fill(reason)
      await page.getByRole("button", { name: t.requestExport }).click()
      await page.waitForURL(/\/exports\/exp_/)
      const download = page.getByRole("link", { name: /^(下载|Download)/ })
      await expect(download).toBeVisible({ timeout: 90_000 })
      await checkPage(page)

      const address = `${origin()}${await download.getAttribute("href")}`
      const first = await page.request.get(address, { headers: { Range: "bytes=0-999" } })
      expect([first.status(), (await first.body()).length]).toEqual([206, 1000])
      const rest = await page.request.get(address, {
        headers: { Range: "bytes=1000-", "If-Range": first.headers().etag ?? "" },
      })
      expect(rest.status()).toBe(206)
      const zip = join(home, "bundle.zip")
      writeFileSync(zip, Buffer.concat([await first.body(), await rest.body()]))
      const told = await verify(zip, "--vkey", key, "--json")
      expect(told.code, told.stdout).toBe(0)
      expect(JSON.parse(told.stdout)).toMatchObject({ filter: { kind: "party" }, checked: { journals: 0 } })

      await openPage(page, `/${locale}/exports`)
      await expect(page.getByRole("row").filter({ hasText: reason })).toContainText(t.exportStates.done)
      await page.getByLabel(t.range, { exact: true }).selectOption("trade")
      await page.getByLabel(t.subjectIds.trade, { exact: true }).fill("trd_1")
      await page.getByLabel(t.exportReason, { exact: true }).fill(reason)
      await page.getByRole("button", { name: t.requestExport }).click()
      await expect(page.getByText(t.subjectWrong)).toBeVisible()
      await checkPage(page)
      expect(complaints).toEqual([])
    } finally {
      rmSync(home, { recursive: true })
    }
  })
}
