import { expect, test } from "@playwright/test"
import { visit } from "#server/seed/visitor.ts"
import { erasure } from "../../app/_lib/messages/erasure.ts"
import { party as partyWords } from "../../app/_lib/messages/party.ts"
import { studio } from "../../app/_lib/messages/studio.ts"
import { trade as tradeWords } from "../../app/_lib/messages/trade.ts"
import { origin } from "../accounts.ts"
import { answer, checkPage, openPage, untilAlive } from "../check.ts"
import * as deeds from "../deeds.ts"
import { newId } from "../door-caller.ts"
import { buyer, entered, locale, open, operator, seller } from "./desk.ts"

test.slow()

test("a trade is paid on a page that was left, and another is cancelled", async ({ browser }) => {
  const t = tradeWords[locale]
  const { selling, buying, running } = await entered()
  const offer = await deeds.anOffer(selling, running)
  const { trade } = await deeds.buyByCard(buying, offer)
  const mine = await open(browser, buyer, `/trades/${trade}/checkout`)
  await checkPage(mine.page)
  await untilAlive(mine.page)
  await mine.page.getByRole("main").getByRole("button", { name: t.continuePayment }).click()
  await mine.page.waitForURL((url) => url.origin !== origin())

  const other = await deeds.agreeOn(buying, offer)
  await openPage(mine.page, `/${locale}/trades/${other}`)
  await untilAlive(mine.page)
  await mine.page.getByRole("main").getByRole("button", { name: t.cancel }).click()
  await mine.page.getByRole("dialog").getByRole("button", { name: t.cancel }).click()
  await expect(mine.page.getByRole("dialog")).toBeHidden()
  await deeds.untilTrade(buying, other, "cancelled")
  await expect(mine.page.getByRole("main").getByRole("button", { name: t.cancel })).toHaveCount(0)
  await checkPage(mine.page)
  expect(mine.complaints).toEqual([])
})

test("an organisation corrects what it said of itself before it is verified", async ({ browser }) => {
  const t = partyWords[locale]
  const word = deeds.unique()
  const account = { email: `${word}@example.org`, password: `long enough ${word}` }
  const visitor = visit(origin())
  await visitor.ask.access.signUp.mutate({ name: word, ...account })
  await visitor.ask.parties.register.mutate({
    commandId: deeds.makeCommand(),
    name: { original: "en", en: `Wrong ${word}` },
    country: "CN",
    identifier: deeds.creditCode(),
    authorisedPerson: "—",
    roles: ["buyer"],
  } as never)
  const own = await open(browser, account, "/account/party")
  await checkPage(own.page)
  await untilAlive(own.page)
  await own.page.getByRole("button", { name: t.correct, exact: true }).click()
  const dialog = own.page.getByRole("dialog")
  await dialog.getByLabel(t.nameEn).fill(`Right ${word}`)
  await dialog.getByRole("button", { name: t.save, exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(own.page.getByText(`Right ${word}`).first()).toBeVisible()
  await checkPage(own.page)
  expect(own.complaints).toEqual([])
})

test("an upload that was begun is given up", async ({ browser }) => {
  const t = studio[locale]
  const { selling } = await entered()
  const { product } = (await selling.ask.products.open.mutate({
    id: newId("upload"),
    fileName: "left.csv",
    bytes: 1_000_000,
  } as never)) as unknown as { product: string }
  const own = await open(browser, seller, `/studio/products/${product}/file`)
  await checkPage(own.page)
  await untilAlive(own.page)
  await own.page.getByRole("main").getByRole("button", { name: t.cancel }).click()
  await expect(own.page.getByText(t.resumeTitle)).toHaveCount(0)
  await checkPage(own.page)
  expect(own.complaints).toEqual([])
})

test("an erasure is refused, with the reason told", async ({ browser }) => {
  const t = erasure[locale]
  const word = deeds.unique()
  const account = { email: `${word}@example.org`, password: `long enough ${word}` }
  await visit(origin()).ask.access.signUp.mutate({ name: word, ...account })
  const own = await open(browser, account, "/account/erasure")
  await untilAlive(own.page)
  await own.page.getByRole("main").getByRole("button", { name: t.askAccount }).click()
  await own.page.getByRole("dialog").getByRole("button", { name: t.submit }).click()
  await expect(own.page.getByRole("main").locator("tbody")).toContainText(t.states.requested)
  const desk = await open(browser, operator, "/operator/erasures")
  await desk.page.getByRole("row").filter({ hasText: word }).getByRole("link").first().click()
  await expect(desk.page.getByRole("heading", { level: 1 })).toHaveText(t.kinds.account)
  await answer(desk.page, t.refuse, { [t.note]: "It cannot be told who asks." })
  await expect(desk.page.getByText(t.states.refused).first()).toBeVisible()
  await checkPage(desk.page)
  await own.page.reload()
  await expect(own.page.getByText("It cannot be told who asks.").first()).toBeVisible()
  await checkPage(own.page)
  for (const { complaints } of [own, desk]) expect(complaints).toEqual([])
})
