import { expect, test } from "@playwright/test"
import { about } from "../../app/_lib/messages/about.ts"
import { balance as words } from "../../app/_lib/messages/balance.ts"
import { origin } from "../accounts.ts"
import { answer, checkPage, openPage, untilAlive } from "../check.ts"
import { colleagueOf } from "../colleague.ts"
import * as deeds from "../deeds.ts"
import { buyer, entered, locale, open, operator, price } from "./desk.ts"

test.slow()

test("withdrawals of one person alone: taken back, refused, checked by the operator, paid by another, come back", async ({
  browser,
}) => {
  const t = words[locale]
  const { running } = await entered()
  const { visitor, account } = await deeds.verifiedParty(running, "buyer")
  const word = deeds.unique()
  const { topUp } = (await visitor.ask.balances.startTopUp.mutate({
    commandId: deeds.makeCommand(),
    amount: price,
    rail: "bank",
  } as never)) as unknown as { topUp: string }
  await running.ask.balances.confirmTopUp.mutate({
    commandId: deeds.makeCommand(),
    topUp,
    amount: price,
    bankNumber: `BR-${word}`,
  } as never)
  const own = await open(browser, account, "/account/balance")
  const ask = async (amount: string) => {
    await answer(own.page, t.withdraw, { [t.amount]: amount })
    const row = own.page
      .getByRole("row")
      .filter({ hasText: /QW[0-9A-Z]{12}/ })
      .filter({ hasText: amount })
    await expect(row).toContainText(t.waitsOperator)
    return row
  }
  const back = await ask("11.11")
  await checkPage(own.page)
  await answer(own.page, t.takeBack, { [t.note]: "not now" }, back)
  await expect(back).toContainText("not now")

  const refused = await ask("12.12")
  const desk = await open(browser, operator, "/operator/payments?queue=withdrawals")
  await checkPage(desk.page)
  const at = (amount: string, of = desk.page) =>
    of
      .getByRole("row")
      .filter({ hasText: `Organisation ${account.email.split("@")[0]}` })
      .filter({ hasText: amount })
  await answer(desk.page, t.refuse, { [t.note]: "the account is closed" }, at("12.12"))
  await expect(at("12.12")).toHaveCount(0)
  await own.page.reload()
  await expect(refused).toContainText("the account is closed")

  const paid = await ask("13.13")
  await openPage(desk.page, `/${locale}/operator/payments?queue=withdrawals`)
  await answer(desk.page, t.approve, {}, at("13.13"))
  // Whoever has checked it does not pay it.
  await expect(at("13.13").getByRole("button", { name: t.pay, exact: true })).toBeDisabled()
  const second = await open(browser, await colleagueOf(running), "/operator/payments?queue=withdrawals")
  await answer(second.page, t.pay, { [about[locale].bankNumber]: `BP-${word}` }, at("13.13", second.page))
  await own.page.reload()
  await expect(paid).toContainText(`BP-${word}`)
  await openPage(desk.page, `/${locale}/operator/payments?queue=withdrawals`)
  await answer(desk.page, t.cameBack, { [t.note]: "no such account" }, at("13.13"))
  await own.page.reload()
  await expect(paid).toContainText("no such account")
  await checkPage(own.page)
  for (const { complaints } of [own, desk, second]) expect(complaints).toEqual([])
})

test("a top-up by card is left and taken up again", async ({ browser }) => {
  const t = words[locale]
  const amount = `31.${10 + Math.floor(Math.random() * 90)}`
  const mine = await open(browser, buyer, "/account/balance")
  await untilAlive(mine.page)
  await mine.page.getByRole("main").getByRole("button", { name: t.topUp, exact: true }).click()
  const dialog = mine.page.getByRole("dialog")
  await dialog.getByLabel(t.amount).fill(amount)
  await dialog.getByLabel(t.by).selectOption("card")
  await dialog.getByRole("button", { name: t.topUp, exact: true }).click()
  await mine.page.waitForURL((url) => url.origin !== origin())
  await openPage(mine.page, `/${locale}/account/balance`)
  await untilAlive(mine.page)
  const row = mine.page.getByRole("row").filter({ hasText: amount })
  await row.getByRole("button", { name: t.toPay }).click()
  await mine.page.waitForURL((url) => url.origin !== origin())
  await openPage(mine.page, `/${locale}/account/balance`)
  await answer(mine.page, t.cancel, {}, row)
  await expect(row).toContainText(t.topUpStates.failed)
  expect(mine.complaints).toEqual([])
})
