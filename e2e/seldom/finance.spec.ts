import { expect, test } from "@playwright/test"
import { chargeback } from "../../app/_lib/messages/chargeback.ts"
import { corrections } from "../../app/_lib/messages/corrections.ts"
import { answer, checkPage, openPage, untilAlive } from "../check.ts"
import { colleagueOf } from "../colleague.ts"
import * as deeds from "../deeds.ts"
import { entered, locale, open, operator } from "./desk.ts"

test.slow()

test("what the market has earned at the provider's is paid out", async ({ browser }) => {
  const t = chargeback[locale]
  const desk = await open(browser, operator, "/operator/payouts")
  await checkPage(desk.page)
  const amount = `1.${10 + Math.floor(Math.random() * 90)}`
  await answer(desk.page, t.payOut, { [t.amount]: amount })
  await expect(desk.page.getByRole("row").filter({ hasText: amount })).toContainText(
    new RegExp(`${t.payoutStates.started}|${t.payoutStates.paid}`),
  )
  await checkPage(desk.page)
  expect(desk.complaints).toEqual([])
})

test("tax that was paid is told by one person and confirmed by another, or dropped", async ({ browser }) => {
  const t = corrections[locale]
  const { running } = await entered()
  const path = "/operator/finance/corrections"
  const desk = await open(browser, operator, path)
  const tell = async (document: string) => {
    await answer(desk.page, t.payTax, {
      [t.amount]: "0.01",
      [t.document]: document,
      [t.note]: `receipt ${document}`,
    })
    await expect(desk.page.getByRole("row").filter({ hasText: document })).toContainText(t.states.asked)
  }
  const [first, second] = [`T-${deeds.unique()}`, `T-${deeds.unique()}`]
  await tell(first)
  await tell(second)
  await checkPage(desk.page)
  // Whoever has told it is not the second person.
  const row = desk.page.getByRole("row").filter({ hasText: first })
  await untilAlive(desk.page)
  await row.getByRole("button", { name: t.confirm, exact: true }).click()
  await expect(desk.page.getByRole("dialog")).toContainText(`receipt ${first}`)
  await desk.page.getByRole("dialog").getByRole("button", { name: t.confirm, exact: true }).click()
  await expect(desk.page.getByRole("dialog").getByRole("alert")).toBeVisible()
  const other = await open(browser, await colleagueOf(running), path)
  await answer(other.page, t.confirm, {}, other.page.getByRole("row").filter({ hasText: first }))
  await expect(other.page.getByRole("row").filter({ hasText: first })).toContainText(t.states.booked)
  await openPage(desk.page, `/${locale}${path}`)
  await answer(desk.page, t.drop, {}, desk.page.getByRole("row").filter({ hasText: second }))
  await expect(desk.page.getByRole("row").filter({ hasText: second })).toContainText(t.states.dropped)
  await checkPage(desk.page)
  for (const { complaints } of [desk, other]) expect(complaints).toEqual([])
})
