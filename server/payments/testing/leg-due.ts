import type { Sql } from "postgres"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { type LegKind, legAmount } from "../rules.ts"
import { loadPayment } from "../store.ts"

/** What leaves on a leg by now, as an operator reads it who has just loaded the payment's page. */
export async function legDue(sql: Sql, id: Id<"payment">, leg: LegKind): Promise<Money> {
  const payment = await loadPayment(sql, id)
  return payment?.[leg] ? legAmount(payment, leg) : { minor: "1", currency: "CNY" }
}
