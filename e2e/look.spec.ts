import { expect, test } from "@playwright/test"
import { expectAccessible } from "./check.ts"

/** The look that all journeys take at their pages finds what is wrong, also after it saw a page that is like it. */
const pageOf = (main: string) =>
  `<!doctype html><html lang="en"><head><title>Rain</title></head><body><main>${main}</main></body></html>`
const good = '<h1>Rain</h1><p>Daily rain of a year.</p><button type="button">Buy</button>'

test("a look finds a faint colour, a button without a name and a picture without words", async ({ page }) => {
  const look = async (main: string) => {
    await page.setContent(pageOf(main))
    await expectAccessible(page)
  }
  await look(good)
  await look(good.replace("Daily rain", "Hourly rain"))
  const faint = good.replace("<p>", '<p style="color: #bbb">')
  await expect(look(faint)).rejects.toThrow("color-contrast")
  await expect(look(faint)).rejects.toThrow("color-contrast")
  await expect(look(good.replace("Buy", ""))).rejects.toThrow("button-name")
  await expect(look(`${good}<img src="/rain.png">`)).rejects.toThrow("image-alt")
  const rows = (...more: string[]) =>
    `${good}<ul>${["<li><a href='/a'>A day</a></li>".repeat(3), ...more].join("")}</ul>`
  await look(rows())
  await look(rows("<li><a href='/b'>Another day</a></li>"))
  await expect(look(rows("<li><a href='/b'></a></li>"))).rejects.toThrow("link-name")
  await expect(look(rows("<li><a href='/b' style='color: #bbb'>A day</a></li>"))).rejects.toThrow(
    "color-contrast",
  )
  await expect(
    page.setContent(pageOf(good).replace('lang="en"', 'lang="e n"')).then(() => expectAccessible(page)),
  ).rejects.toThrow("html-lang-valid")
  await page.setContent(pageOf(good).replace('lang="en"', 'lang="zh-CN"'))
  await expectAccessible(page)
})

test("a look at a page that is known in light finds what is faint in the dark", async ({ page }) => {
  const night = "<style>@media (prefers-color-scheme: dark) { p { color: #eee } }</style>"
  await page.setContent(pageOf("<h1>Night rain</h1><p>Of a year.</p>").replace("</head>", `${night}</head>`))
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: "dark" })
  await expect(expectAccessible(page)).rejects.toThrow("color-contrast")
})

test("a look at a page that is known finds what is faint under the pointer", async ({ page }) => {
  const hovered = "<style>p:hover { color: #bbb }</style>"
  await page.setContent(pageOf("<h1>Warm rain</h1><p>Of a year.</p>").replace("</head>", `${hovered}</head>`))
  await expectAccessible(page)
  await page.getByText("Of a year.").hover()
  await expect(expectAccessible(page)).rejects.toThrow("color-contrast")
})
