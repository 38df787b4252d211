import type { Actor } from "#contracts/actor.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { countAlerts } from "../alerts/store.ts"
import { waitingBalances } from "../balances/queries.ts"
import { waitingLines } from "../bank-files/queries.ts"
import { waitingChargebacks } from "../chargebacks/queries.ts"
import { waitingErasures } from "../erasure/queries.ts"
import { waitingParties } from "../parties/queries.ts"
import { waitingPayments } from "../payments/queries.ts"
import { waitingClaims } from "../refunds/queries.ts"
import { waitingRegistrations } from "../registrations/queries.ts"
import type { Services } from "../services.ts"
import { waitingDisputes } from "../trades/queries.ts"

/** What waits for the operator in each queue, and since when the longest does. */
export async function operatorOverview(services: Pick<Services, "sql" | "writer">, actor: Actor) {
  const user = permit(actor, "operations.read")
  if (isRefusal(user)) return user
  const [
    registrations,
    parties,
    payments,
    disputes,
    chargebacks,
    erasures,
    alerts,
    claims,
    bankLines,
    balances,
  ] = await Promise.all([
    waitingRegistrations(services),
    waitingParties(services),
    waitingPayments(services),
    waitingDisputes(services),
    waitingChargebacks(services),
    waitingErasures(services),
    countAlerts(services.sql),
    waitingClaims(services),
    waitingLines(services),
    waitingBalances(services),
  ])
  const now = services.writer.now()
  return {
    registrations,
    parties,
    payments,
    disputes,
    chargebacks,
    erasures,
    alerts,
    claims,
    bankLines,
    balances,
    now,
  }
}
