import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"

/**
 * What waits for a bank transfer with a reference: money that is to come in (a buyer's payment, a top-up), or that the
 * operator is to pay out (a withdrawal).
 */
export type WaitingForReference = { reference: string; amount: Money; direction: "in" | "out" } & (
  | { kind: "payment"; id: Id<"payment"> }
  | { kind: "topUp"; id: Id<"topUp"> }
  | { kind: "withdrawal"; id: Id<"withdrawal"> }
)

/** The references in a bank's text of a line: other words around them, small letters and spaces within are the bank's. */
export const referencesIn = (text: string): string[] => [
  ...new Set(
    [...text.toUpperCase().matchAll(/Q\s*([HCW])((?:[\s-]*[0-9A-Z]){12})/g)].map(
      ([, kind = "", rest = ""]) => `Q${kind}${rest.replace(/[\s-]/g, "")}`,
    ),
  ),
]

/**
 * What waits for these references; what has come or gone already, or was given up, does not. Each is confirmed by its
 * own command: `confirmReceipt`, `confirmTopUpReceipt`, `confirmWithdrawal`.
 */
export async function loadWaitingForReferences(
  sql: Sql,
  references: readonly string[],
): Promise<WaitingForReference[]> {
  const asked = [...references]
  return sql<WaitingForReference[]>`
    select 'payment' as kind, id, reference, row->'amount' as amount, 'in' as direction from payments
      where reference = any(${asked}::text[]) and rail = 'bank' and state = 'started'
    union all
    select 'topUp', id, reference, row->'amount', 'in' from top_ups
      where reference = any(${asked}::text[]) and rail = 'bank' and state = 'started'
    union all
    select 'withdrawal', id, reference, row->'amount', 'out' from withdrawals
      where reference = any(${asked}::text[]) and state = 'approved'`
}
