import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "@playwright/test"
import type { DemoAccount } from "#server/seed/accounts.ts"

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

/** Signs a page in by the form, as a person does, and stays on the page that `next` names (without language). */
export async function signIn(
  page: Page,
  locale: Locale,
  { email, password }: Pick<DemoAccount, "email" | "password">,
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
