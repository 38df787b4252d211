import { partyClasses } from "#contracts/fees.ts"
import { currencies } from "#contracts/money.ts"
import { taxTreatments } from "#contracts/tax.ts"
import type { ModelMarket } from "./market.ts"

/**
 * What has truly come in a run, counted where it was written down. An act that is drawn and always refused, or a state
 * that is never reached, tests nothing: so a run of some length fails where one of these never came.
 */
export async function countWhatCame({
  services: { sql },
  refusals,
}: ModelMarket): Promise<Map<string, number>> {
  const rows = await sql.unsafe<{ what: string; count: number }[]>(
    Object.entries(kinds)
      .map(
        ([what, query]) =>
          `select $what$${what}$what$ as what, (select count(*)::int from ${query}) as count`,
      )
      .join(" union all "),
  )
  return new Map([
    ...rows.map(({ what, count }) => [what, count] as const),
    ...refused.map((code) => [`commands refused: ${code}`, Number(refusals.get(code) ?? 0n)] as const),
  ])
}

/** What people try that may not be. */
const refused = [
  "approver_is_requester",
  "approval_needs_administrator",
  "budget_exceeded",
  "member_role_not_allowed",
] as const

const contested = "row->'contested'->>'state'"
const charges = "row->'charges'"
const terms = `${charges}->'feeTerms'`
const kinds: Record<string, string> = {
  "top-ups by bank": "top_ups where rail = 'bank' and state = 'received'",
  "top-ups by card": "top_ups where rail = 'card' and state = 'received'",
  "top-ups whose page ended": "top_ups where rail = 'card' and row->>'failure' = 'expired'",
  "top-ups taken back by the party": "top_ups where rail = 'card' and row->>'failure' = 'cancelled'",
  "top-ups that failed later":
    "top_ups where rail = 'card' and row->>'failure' not in ('expired', 'cancelled')",
  "top-ups that were paid later": `(select distinct object from inbox where payload::text like '%"tup_%'
    and type = 'checkout.session.async_payment_succeeded') paid`,
  "top-ups whose page nobody learnt of": `intents where subject like 'tup_%' and kind = 'checkout'
    and reference is null`,
  "top-ups paid after they were given up": `top_ups t where rail = 'card' and state = 'received' and exists (
    select from pending_facts f where f.subject = t.id and f.fact::json->>'type' like 'topUp.failed@%')`,
  "top-ups that a bank kept": `top_ups where ${contested} = 'lost'`,
  "top-ups that a bank gave back": `top_ups where ${contested} = 'cleared'`,
  "top-ups of which a bank took a part": `top_ups where ${contested} is not null
    and row->'contested'->'amount'->>'minor' <> row->'amount'->>'minor'`,
  "debts of top-ups paid": "debts where trade is null and state = 'paid'",
  "debts of top-ups given up": "debts where trade is null and state = 'writtenOff'",
  ...Object.fromEntries(
    Object.keys(currencies).map((code) => [
      `trades settled in ${code}`,
      `trades where state = 'settled' and row->'price'->>'currency' = '${code}'`,
    ]),
  ),
  ...Object.fromEntries(
    taxTreatments.map((treatment) => [
      `trades settled with tax ${treatment}`,
      `trades where state = 'settled' and ${charges}->>'treatment' = '${treatment}'`,
    ]),
  ),
  ...Object.fromEntries(
    partyClasses.map((one) => [
      `trades settled of a seller that is ${one}`,
      `trades where state = 'settled' and ${terms}->>'class' = '${one}'`,
    ]),
  ),
  "trades settled with a fixed fee": `trades where state = 'settled' and ${terms}->'fixed'->>'minor' <> '0'`,
  "trades settled at the least fee": `trades where state = 'settled'
    and ${terms}->'minimum'->>'minor' = ${charges}->'fee'->>'minor'`,
  "trades settled at the most fee": `trades where state = 'settled' and
    round((${charges}->'net'->>'minor')::numeric * (${terms}->>'capBasisPoints')::numeric / 10000) = (${charges}->'fee'->>'minor')::numeric`,
  "trades settled under the buyer's own number":
    "trades where state = 'settled' and row->>'purchaseOrder' is not null",
  "trades settled that another approved than asked for them": `trades t where state = 'settled' and exists (
    select from json_array_elements(row->'confirmations') c
    where c->>'side' = 'buyer' and c->>'user' <> row->>'requestedBy')`,
  "trades whose tax went back in part": `payments where (row->'takenBack'->'tax'->>'minor')::bigint > 0`,
}
