import type { Sql, TransactionSql } from "postgres"
import { accountSums, type Finding } from "./audit/accounts.ts"
import { balanceRows } from "./audit/balances.ts"
import { factJournals } from "./audit/facts.ts"
import { paymentJournals } from "./audit/payments.ts"
import { providerLines } from "./audit/provider.ts"
import { tradeSums } from "./audit/trades.ts"

export type { AuditRule, Finding } from "./audit/accounts.ts"

/**
 * The rules of MONEY §4 over the whole database: each answers what breaks it, and none of them mends anything. Run
 * every night, on the finance page, and after each sequence of the model's tests. All read one snapshot.
 */
const rules = [accountSums, tradeSums, paymentJournals, balanceRows, factJournals, providerLines]

export const auditBook = (sql: Sql): Promise<Finding[]> =>
  sql.begin("isolation level repeatable read read only", auditSnapshot)

/** The same within a transaction of the caller's. */
export async function auditSnapshot(snapshot: TransactionSql): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const rule of rules) findings.push(...(await rule(snapshot)))
  return findings
}
