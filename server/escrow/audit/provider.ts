import type { TransactionSql } from "postgres"
import { loadBalances } from "../../settlements/line-store.ts"
import { loadWaiting } from "../../settlements/waiting-store.ts"
import { type Finding, finding } from "./accounts.ts"

/**
 * What the book has at the provider is what the provider's lines come to, but for what one of the two does not know
 * yet. Each provider's lines are a book of their own, and one market has one provider.
 */
export async function providerLines(sql: TransactionSql): Promise<Finding[]> {
  const [kept] = await sql<{ provider: string }[]>`select provider from provider_lines limit 1`
  const provider = kept?.provider ?? ""
  const waiting = await loadWaiting(sql, provider)
  const found: Finding[] = []
  for (const { currency, total, book } of await loadBalances(sql, provider, "")) {
    const onItsWay = waiting.get(currency) ?? "0"
    if (BigInt(book) - BigInt(onItsWay) !== BigInt(total))
      found.push(finding("line", currency, { currency, lines: total, book, waiting: onItsWay }))
  }
  return found
}
