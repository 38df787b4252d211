import type { TransactionSql } from "postgres"
import { type AccountKind, accountKinds } from "#contracts/escrow.ts"

/**
 * `journal`: a journal's debits are not its credits. `negative`: an account stands on its wrong side. `coverage`: what
 * there is of money is less than what is owed. `trade`: a trade's money does not add up to what came in.
 * `payment`: a payment's row and its journals tell different things. `fact`: a journal without its fact, or the reverse.
 * `line`: the book and the provider's lines differ. `balance`: a party's balance is not what the book has of it.
 */
export type AuditRule =
  | "journal"
  | "negative"
  | "coverage"
  | "trade"
  | "payment"
  | "fact"
  | "line"
  | "balance"

/** `subject` is an account, a trade, a payment, a journal or a currency; amounts are in minor units. */
export type Finding = { rule: AuditRule; subject: string; detail: Record<string, string> }

export const finding = (rule: AuditRule, subject: string, detail: Record<string, string>): Finding => ({
  rule,
  subject,
  detail,
})

/** What may never stand on its other side: liabilities, and what is owed to us or lies with somebody. */
const kindsOf = (...of: string[]): AccountKind[] =>
  (Object.keys(accountKinds) as AccountKind[]).filter((kind) => of.includes(accountKinds[kind]))
const liabilities = kindsOf("liability")
const owedToUs = ["dispute_withdrawn", "seller_receivable"] satisfies AccountKind[]
/** Where money lies. What the provider has is one sum: a transfer may leave it before its charge is available. */
const money = ["provider_pending", "provider_available", "bank", "dispute_withdrawn"] satisfies AccountKind[]

type Sum = { account: string; currency: string; sum: string }

/** Every account's balance from one reading of the book: journals, signs and coverage are judged by it. */
export async function accountSums(sql: TransactionSql): Promise<Finding[]> {
  const unbalanced = await sql<{ source: string; currency: string; sum: string }[]>`
    select source_type || ' ' || source_id as source, currency, sum(amount)::text as sum
    from postings group by source_type, source_id, currency having sum(amount) <> 0`
  const sums = await sql<Sum[]>`
    select account, currency, sum(amount)::text as sum from postings
    group by account, currency having sum(amount) <> 0`
  const paidTax = await sql<{ currency: string; sum: string }[]>`
    select currency, sum(amount)::text as sum from postings
    where account = 'tax_payable' and source_type = 'correction.taxPaid' group by currency`
  return [
    ...unbalanced.map(({ source, currency, sum }) => finding("journal", source, { currency, sum })),
    ...sums
      .filter((sum) => wrongSide(sum, paidTax))
      .map(({ account, currency, sum }) => finding("negative", account, { currency, sum })),
    ...coverage(sums),
  ]
}

const kindOf = (account: string): AccountKind => account.split(":", 1)[0] as AccountKind

/**
 * Tax that was paid to the authority is owed back by it when the sale is given back later: `tax_payable` may stand on
 * its other side by as much as was paid.
 */
function wrongSide({ account, currency, sum }: Sum, paidTax: readonly Omit<Sum, "account">[]): boolean {
  const kind = kindOf(account)
  if (kind === "tax_payable")
    return BigInt(sum) > BigInt(paidTax.find((paid) => paid.currency === currency)?.sum ?? 0)
  if (liabilities.includes(kind)) return BigInt(sum) > 0n
  return (owedToUs as AccountKind[]).includes(kind) && BigInt(sum) < 0n
}

function coverage(sums: readonly Sum[]): Finding[] {
  const found: Finding[] = []
  for (const currency of new Set(sums.map((sum) => sum.currency))) {
    const total = (kinds: readonly AccountKind[]) =>
      sums
        .filter((sum) => sum.currency === currency && kinds.includes(kindOf(sum.account)))
        // What the tax authority owes back covers nothing that is owed to others.
        .filter(({ account, sum }) => kindOf(account) !== "tax_payable" || BigInt(sum) < 0n)
        .reduce((all, { sum }) => all + BigInt(sum), 0n)
    const [has, owes] = [total(money), -total(liabilities)]
    if (has < owes)
      found.push(finding("coverage", currency, { currency, has: String(has), owes: String(owes) }))
  }
  return found
}
