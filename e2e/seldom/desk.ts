import type { Browser } from "@playwright/test"
import { accountOf, signIn } from "../accounts.ts"
import { complaintsOf } from "../check.ts"
import * as deeds from "../deeds.ts"

/** What people do seldom is pressed in one language, and only with QUANHENG_LARGE: its commands have tests of their own. */
export const locale = "en"
export const [seller, buyer, operator] = [accountOf("seller"), accountOf("buyer"), accountOf("operator")]
export const price = { minor: "19900", currency: "CNY" } as const

/** The three who trade, over the market's doors. */
export async function entered() {
  const [selling, buying, running] = await Promise.all([seller, buyer, operator].map(deeds.enter))
  if (!selling || !buying || !running) throw new Error("the demo has all three")
  return { selling, buying, running }
}

/** A page of somebody's own, beside those of the others. */
export async function open(browser: Browser, account: { email: string; password: string }, path: string) {
  const page = await (await browser.newContext()).newPage()
  const complaints = complaintsOf(page)
  await signIn(page, locale, account, path)
  return { page, complaints }
}
