import type { Sql } from "postgres"
import { agrees, type Difference } from "#contracts/settlement.ts"
import { raiseAlert, withdrawOthers } from "../alerts/store.ts"
import type { Services } from "../services.ts"
import { loadBalances } from "./line-store.ts"
import { loadWaiting } from "./waiting-store.ts"

/**
 * Of each currency: what the provider says that it has, what its lines come to, what the book has there, and what of
 * the book and the lines is still on its way to the other. The provider's answer is asked for after the lines, so what
 * moved in between is on its way too.
 */
export async function differences({ sql, provider, writer }: Services): Promise<Difference[]> {
  const said = await provider.balance()
  const provided = new Map<string, bigint>()
  if ("ok" in said)
    for (const { minor, currency } of [...said.ok.pending, ...said.ok.available])
      provided.set(currency, (provided.get(currency) ?? 0n) + BigInt(minor))
  const [balances, waiting] = [
    await loadBalances(sql, provider.name, writer.now()),
    await loadWaiting(sql, provider.name),
  ]
  const known = new Map(balances.map((balance) => [balance.currency, balance]))
  return [...new Set([...provided.keys(), ...known.keys()])].sort().map((currency) => ({
    currency,
    provider: "ok" in said ? String(provided.get(currency) ?? 0n) : "",
    lines: known.get(currency)?.total ?? "0",
    book: known.get(currency)?.book ?? "0",
    waiting: waiting.get(currency) ?? "0",
  }))
}

export async function tellBalances(sql: Sql, balances: readonly Difference[]): Promise<void> {
  const wrong = balances.filter((balance) => balance.provider !== "" && !agrees(balance))
  for (const { currency, ...detail } of wrong)
    await raiseAlert(sql, { kind: "balance", subject: currency, code: "balance_differs", detail })
  await withdrawOthers(
    sql,
    "balance",
    wrong.map(({ currency }) => currency),
  )
}
