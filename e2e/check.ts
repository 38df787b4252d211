import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, type Locator, type Page } from "@playwright/test"
import { origin } from "./accounts.ts"
import { type Known, type Looked, lookAtPage } from "./look.ts"
import { SharedList } from "./shared.ts"

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

/**
 * One h1, no accessibility violation, and nothing that scrolls sideways, on a phone neither. Next.js sends the title
 * of a page that was led to by a link after the page itself: for a moment there is none.
 */
export async function checkPage(page: Page): Promise<void> {
  await expect(page.locator("h1")).toHaveCount(1)
  await expect(page).toHaveTitle(/\S/)
  await expectAccessible(page)
  await expectToFit(page)
  const before = page.viewportSize()
  if (!before || before.width === 390) return
  await page.setViewportSize({ width: 390, height: 844 })
  await expectToFit(page)
  await page.setViewportSize(before)
}

const axeScript = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8")

const looked = new SharedList<Looked>("looked")

/** No violation of axe's rules on the page; what a journey of this run looked at before is not looked at again. */
export async function expectAccessible(page: Page): Promise<void> {
  const before = looked.all()
  const known: Known = {
    structures: before.flatMap(({ structures }) => structures).join(),
    kinds: before.flatMap(({ kinds }) => kinds).join(),
  }
  let look = await page.evaluate(lookAtPage, known)
  if (look === "axe, please") {
    await page.evaluate(axeScript)
    look = await page.evaluate(lookAtPage, known)
  }
  if (look === "axe, please") throw new Error(`${page.url()} was left while it was looked at`)
  const { violations, structures, kinds } = look
  expect(violations, page.url()).toEqual([])
  if (structures.length + kinds.length > 0) looked.tell({ structures, kinds })
}

/** Nothing scrolls sideways at the page's width. */
export async function expectToFit(page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > globalThis.innerWidth)
  expect(wide, `${page.url()} scrolls sideways`).toBe(false)
}

/** No table of the page scrolls in its box on a phone: what a row says is seen at once. */
export async function expectTablesToFit(page: Page): Promise<void> {
  const before = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll("main section:has(> table)")]
      .filter((box) => box.scrollWidth > box.clientWidth)
      .map((box) => box.getAttribute("aria-label")),
  )
  expect(wide, `${page.url()} has tables that scroll`).toEqual([])
  if (before) await page.setViewportSize(before)
}

/** Waits until each field and button of the page has its script, so that nothing that is typed is lost. */
export async function untilAlive(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("main :is(input, select, textarea, button)")].every((one) =>
      Object.keys(one).some((key) => key.startsWith("__reactProps")),
    ),
  )
}

/** Opens the question behind a button, fills it in, sends it, and waits until it was taken. */
export async function answer(
  page: Page,
  label: string,
  fields: Record<string, string> = {},
  from: Locator = page.locator("main"),
): Promise<void> {
  await untilAlive(page)
  await from.getByRole("button", { name: label, exact: true }).first().click()
  const dialog = page.getByRole("dialog")
  for (const [name, value] of Object.entries(fields)) await dialog.getByLabel(name).fill(value)
  await dialog.getByRole("button", { name: label, exact: true }).click()
  await expect(dialog).toBeHidden()
}
