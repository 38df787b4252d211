import { readFileSync } from "node:fs"
import { join } from "node:path"
import { type BrowserContext, expect, type Page } from "@playwright/test"
import type { DemoAccount } from "#server/seed/accounts.ts"
import { SharedList } from "./shared.ts"

export type { DemoAccount }
export type Role = DemoAccount["role"]
type Locale = "zh" | "en"

export const origin = (): string => process.env.E2E_BASE_URL ?? "http://localhost:3000"

/** The demo accounts of a role, the main one first. */
export function accountsOf(role: Role): DemoAccount[] {
  const file = join(process.env.E2E_HOME ?? ".quanheng", "demo-accounts.json")
  const accounts = JSON.parse(readFileSync(file, "utf8")) as DemoAccount[]
  return accounts.filter((account) => account.role === role)
}

export function accountOf(role: Role, index = 0): DemoAccount {
  const account = accountsOf(role)[index]
  if (!account) throw new Error(`the demo market has no ${role} number ${index + 1}`)
  return account
}

const words = {
  zh: { email: "邮箱", password: "密码", submit: "登录" },
  en: { email: "E-mail", password: "Password", submit: "Sign in" },
} as const

type Credentials = Pick<DemoAccount, "email" | "password">
type Cookies = Parameters<BrowserContext["addCookies"]>[0]

/** Open sessions: checking a password is slow by intent, and the form has journeys of its own. */
const sessions = new SharedList<{ email: string; cookies: Cookies }>("sessions")

/** Signs a context in over the door, with the session that a worker opened before, if one did. */
export async function enterContext(context: BrowserContext, { email, password }: Credentials): Promise<void> {
  const open = sessions.all().find((session) => session.email === email)
  if (open) return context.addCookies(open.cookies)
  const door = `${origin()}/api/trpc/access.signIn`
  const answer = await context.request.post(door, { data: { email, password } })
  expect(answer.status(), email).toBe(200)
  sessions.tell({ email, cookies: await context.cookies(origin()) })
}

/** Signs a page in over the door and opens the page that `next` names (without language). */
export async function signIn(page: Page, locale: Locale, account: Credentials, next = ""): Promise<void> {
  await enterContext(page.context(), account)
  await page.goto(`${origin()}/${locale}${next}`)
}

/** Signs a page in by the form, as a person does, and stays on the page that `next` names (without language). */
export async function signInByForm(
  page: Page,
  locale: Locale,
  { email, password }: Credentials,
  next = "",
): Promise<void> {
  const { email: emailField, password: passwordField, submit } = words[locale]
  const place = `/${locale}${next}`
  await page.goto(`${origin()}/${locale}/sign-in?next=${encodeURIComponent(place)}`)
  await page.getByLabel(emailField).fill(email)
  await page.getByLabel(passwordField).fill(password)
  await page.getByRole("main").getByRole("button", { name: submit }).click()
  await page.waitForURL((url) => url.pathname === place.split("?")[0])
}
