import { expect, test } from "@playwright/test"
import { visit } from "#server/seed/visitor.ts"
import { charges } from "../../app/_lib/messages/charges.ts"
import { party as words } from "../../app/_lib/messages/party.ts"
import { settings } from "../../app/_lib/messages/settings.ts"
import { accountOf, origin } from "../accounts.ts"
import { answer, checkPage, untilAlive } from "../check.ts"
import { colleagueOf } from "../colleague.ts"
import * as deeds from "../deeds.ts"
import { entered, locale, open, operator } from "./desk.ts"

test.slow()

test("an organisation sets rules for its purchases and lifts them, changes a member's role, and removes the member", async ({
  browser,
}) => {
  const [t, c] = [words[locale], charges[locale]]
  const { running } = await entered()
  const { visitor, account } = await deeds.verifiedParty(running, "buyer")
  const colleague = await colleagueOf(visitor)
  const own = await open(browser, account, "/account/party")
  await checkPage(own.page)
  const setRules = async (amounts: [string, string, string]) => {
    await untilAlive(own.page)
    await own.page.getByRole("main").getByRole("button", { name: c.procurementEdit }).click()
    const dialog = own.page.getByRole("dialog")
    for (const [i, name] of ([c.rule.alone, c.rule.administratorAbove, c.rule.yearly] as const).entries())
      await dialog.getByLabel(name).fill(amounts[i] ?? "")
    await dialog.getByRole("button", { name: c.save, exact: true }).click()
    await expect(dialog).toBeHidden()
  }
  await setRules(["100", "1000", "100000"])
  await expect(own.page.getByText(c.procurementNone)).toHaveCount(0)
  await checkPage(own.page)
  await setRules(["", "", ""])
  await expect(own.page.getByText(c.procurementNone)).toBeVisible()

  const row = own.page.getByRole("row").filter({ hasText: colleague.email })
  await untilAlive(own.page)
  await row.getByRole("button", { name: t.changeRole }).click()
  await own.page.getByRole("dialog").getByLabel(t.memberRoles.requester).check()
  await own.page.getByRole("dialog").getByRole("button", { name: t.changeRole }).click()
  await expect(row).toContainText(t.memberRoles.requester)
  await checkPage(own.page)
  await answer(own.page, t.remove, {}, row)
  await expect(row).toHaveCount(0)
  await checkPage(own.page)

  expect(own.complaints).toEqual([])
})

test("a seller is put into another class of fees, and back", async ({ browser }) => {
  const c = charges[locale]
  const desk = await open(browser, operator, `/operator/parties/${accountOf("seller", 3).partyId}`)
  await checkPage(desk.page)
  const put = async (to: string) => {
    await untilAlive(desk.page)
    await desk.page.getByRole("main").getByRole("button", { name: c.setClass }).click()
    const dialog = desk.page.getByRole("dialog")
    await dialog.getByLabel(c.class).selectOption({ label: to })
    await dialog.getByRole("button", { name: c.save, exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(desk.page.locator("dd").filter({ hasText: to }).first()).toBeVisible()
  }
  await put(c.classes.small)
  await checkPage(desk.page)
  await put(c.classes.standard)
  expect(desk.complaints).toEqual([])
})

test("somebody changes the password, and later signs out everywhere", async ({ browser }) => {
  const t = settings[locale]
  const word = deeds.unique()
  const account = { email: `${word}@example.org`, password: `long enough ${word}` }
  const visitor = visit(origin())
  await visitor.ask.access.signUp.mutate({ name: word, ...account })
  const one = await open(browser, account, "/account")
  // Sessions are kept by e-mail: another device signs in by itself.
  const elsewhere = visit(origin())
  await elsewhere.ask.access.signIn.mutate(account)
  await untilAlive(one.page)
  const changed = { ...account, password: `longer still ${word}` }
  await one.page.getByLabel(t.current).fill(account.password)
  await one.page.getByLabel(t.next).first().fill(changed.password)
  await one.page.getByRole("button", { name: t.change, exact: true }).click()
  await expect(one.page.getByText(t.changed)).toBeVisible()
  await checkPage(one.page)
  expect(await elsewhere.ask.access.me.query()).toBeNull()
  await expect(elsewhere.ask.access.signIn.mutate(account)).rejects.toThrow()

  const again = visit(origin())
  await again.ask.access.signIn.mutate(changed)
  await answer(one.page, t.endAll)
  await one.page.waitForURL(/sign-in|\/en$/)
  expect(await again.ask.access.me.query()).toBeNull()
  expect(one.complaints).toEqual([])
})
