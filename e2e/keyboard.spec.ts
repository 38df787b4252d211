import { expect, type Locator, type Page, test } from "@playwright/test"
import { trade as words } from "../app/_lib/messages/trade.ts"
import { accountOf, signIn } from "./accounts.ts"
import { checkPage, complaintsOf, untilAlive } from "./check.ts"
import { inTurns } from "./in-turns.ts"

const labels = {
  zh: { skip: "跳到正文", search: "搜索数据", propose: "发起交易" },
  en: { skip: "Skip to the content", search: "Search data", propose: "Propose a trade" },
} as const
const send = { zh: "发起交易", en: "Propose the trade" } as const

const hasFocus = (one: Locator): Promise<boolean> =>
  one.evaluate((element) => element === document.activeElement)

/** Goes on by Tab until the one has the focus, and sees that this shows. */
async function tabTo(page: Page, one: Locator): Promise<void> {
  await untilAlive(page)
  for (let presses = 0; presses < 60 && !(await hasFocus(one)); presses++) await page.keyboard.press("Tab")
  await expect(one).toBeFocused()
  await expect(one).not.toHaveCSS("outline-style", "none")
}

for (const locale of inTurns("en"))
  test(`a buyer finds, proposes and confirms a trade by the keyboard alone (${locale})`, async ({ page }) => {
    const [t, said] = [words[locale], labels[locale]]
    const main = page.getByRole("main")
    const complaints = complaintsOf(page)
    await signIn(page, locale, accountOf("buyer"), "/search")
    await tabTo(page, page.getByRole("link", { name: said.skip }))
    await page.keyboard.press("Enter")
    await tabTo(page, main.getByRole("searchbox", { name: said.search }))
    await page.keyboard.type("Wildlife strikes on aircraft")
    await page.keyboard.press("Enter")
    await page.waitForURL(/Wildlife/)
    await tabTo(page, page.getByRole("article").getByRole("link"))
    await page.keyboard.press("Enter")
    await page.waitForURL(/\/listings\/lst_/)
    await tabTo(page, page.getByRole("link", { name: said.propose }))
    await page.keyboard.press("Enter")
    await page.waitForURL(/\/trades\/new/)

    // One stop for the languages, and arrows among them.
    await tabTo(page, main.locator('input[name="language"]:checked'))
    await page.keyboard.press("ArrowDown")
    await expect(main.locator(`input[name="language"][value="${locale}"]`)).not.toBeChecked()
    await expect(main.locator('input[name="language"]:checked')).toBeFocused()
    await tabTo(page, main.getByRole("button", { name: send[locale] }))
    await page.keyboard.press("Enter")
    await page.waitForURL(/\/trades\/trd_/)

    // The question keeps the focus inside; Escape gives it back to what asked.
    const cancel = main.getByRole("button", { name: t.cancel })
    await tabTo(page, cancel)
    await page.keyboard.press("Enter")
    const dialog = page.getByRole("dialog")
    await expect(dialog).toBeVisible()
    for (let presses = 0; presses < 6; presses++) {
      await page.keyboard.press("Tab")
      const place = await dialog.evaluate((one) =>
        one.contains(document.activeElement) ? "inside" : document.activeElement?.tagName,
      )
      // Beyond the last stop is the browser itself, which to the page is its body.
      expect(["inside", "BODY"]).toContain(place)
    }
    await page.keyboard.press("Escape")
    await expect(dialog).toBeHidden()
    await expect(cancel).toBeFocused()

    await page.keyboard.press("Shift+Tab")
    const confirm = main.getByRole("button", { name: t.confirm })
    for (let presses = 0; presses < 9 && !(await hasFocus(confirm)); presses++)
      await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    const pay = main.getByRole("link", { name: t.toCheckout })
    await expect(pay).toBeVisible()
    // The button is gone: whoever pressed it goes on where it was.
    const around = main.locator("section", { has: page.getByRole("link", { name: t.toCheckout }) }).last()
    await expect(around).toBeFocused()
    await tabTo(page, pay)
    await checkPage(page)
    expect(complaints).toEqual([])
  })
