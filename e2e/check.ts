import AxeBuilder from "@axe-core/playwright"
import { expect, type Page } from "@playwright/test"
import { origin } from "./accounts.ts"

/** Notes what the page itself complains of; empty at the end of a journey that went well. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on("pageerror", (error) => complaints.push(error.message))
  page.on("console", (message) => {
    if (message.type() === "error" && /Content.Security.Policy/i.test(message.text()))
      complaints.push(message.text())
  })
  return complaints
}

/** Opens a page that must be there, and looks at it as `checkPage` does. */
export async function openPage(page: Page, path: string): Promise<void> {
  const answer = await page.goto(`${origin()}${path}`)
  expect(answer?.status(), path).toBe(200)
  await checkPage(page)
}

/** One h1, no accessibility violation, and nothing that scrolls sideways on a phone. */
export async function checkPage(page: Page): Promise<void> {
  await expect(page.locator("h1")).toHaveCount(1)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  const before = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > globalThis.innerWidth)
  expect(wide, `${page.url()} scrolls sideways`).toBe(false)
  if (before) await page.setViewportSize(before)
}
