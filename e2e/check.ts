import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, type Page } from "@playwright/test"
import type axe from "axe-core"
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
declare const window: { axe?: typeof axe }

/**
 * All of axe's rules, run in the page itself, which has no frames; what passed is not worth its list. A colour on
 * its way to another is no colour of ours: a look during which one set out is taken again. Colours are the same in
 * both languages, and each journey is made in both: they take half of a look, so the English pages go without.
 */
export async function expectAccessible(page: Page): Promise<void> {
  if (await page.evaluate(() => !window.axe)) await page.evaluate(axeScript)
  const found = await page.evaluate(async () => {
    let setOut = 0
    const count = () => {
      setOut++
    }
    document.addEventListener("transitionrun", count)
    for (let look = 1; ; look++) {
      await new Promise((next) => requestAnimationFrame(next))
      const changes = document.getAnimations().filter((one) => one instanceof CSSTransition)
      await Promise.allSettled(changes.map(({ finished }) => finished))
      setOut = 0
      const rules = { "color-contrast": { enabled: !/^\/en(\/|$)/.test(location.pathname) } }
      const { violations } = await (window.axe as typeof axe).run({ resultTypes: ["violations"], rules })
      if (setOut > 0 && look < 5) continue
      document.removeEventListener("transitionrun", count)
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    }
  })
  expect(found, page.url()).toEqual([])
}

/** Nothing scrolls sideways at the page's width. */
export async function expectToFit(page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > globalThis.innerWidth)
  expect(wide, `${page.url()} scrolls sideways`).toBe(false)
}

/** Waits until each field and button of the page has its script, so that nothing that is typed is lost. */
export async function untilAlive(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("main :is(input, select, textarea, button)")].every((one) =>
      Object.keys(one).some((key) => key.startsWith("__reactProps")),
    ),
  )
}
