import type { Sql } from "postgres"
import type { Actor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import type { Money } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { permit } from "../access/permit.ts"
import type { Services } from "../services.ts"
import { payeeState } from "./payees.ts"
import { legAmount } from "./rules.ts"

/** Why the seller's part of a payment has not left yet; `moving`: nothing is missing, it is on its way. */
export type WaitReason =
  | "frozen"
  | "contested"
  | "accountChanged"
  | "noAccount"
  | "accountDue"
  | "operator"
  | "moving"

export type WaitingRelease = {
  trade: Id<"trade">
  title: LocalizedText
  amount: Money
  since: Time
  reason: WaitReason
}

type Row = { payment: Payment; title: LocalizedText; frozen: boolean; swapped: boolean }

const load = (sql: Sql, seller: Id<"party">): Promise<Row[]> => sql<Row[]>`
  select p.row as payment, l.row->'title' as title, coalesce(t.row->>'frozenBy', l.row->>'frozenBy',
      b.row->>'frozenBy', s.row->>'frozenBy') is not null as frozen,
    p.row->'release'->>'to' is not null and p.row->'release'->>'to' is distinct from
      case p.rail when 'bank' then s.row->>'bankAccount' else s.row->>'payee' end as swapped
  from trades t join payments p on p.id = t.payment join listings l on l.id = t.listing
    join parties b on b.id = t.buyer join parties s on s.id = t.seller
  where t.seller = ${seller} and p.state = 'parting' and p.row->'release'->>'state' = 'pending'
  order by p.id limit 50`

/** A seller's releases that were decided and are not paid yet, each with what it waits for. */
export async function waitingReleases(
  services: Services,
  actor: Actor,
): Promise<{ releases: WaitingRelease[] } | Refusal> {
  const user = permit(actor, "debt.read")
  if (isRefusal(user)) return user
  const rows = await load(services.sql, user.party)
  // The provider is asked only where somebody waits for it.
  const card = rows.some(({ payment }) => payment.rail === "card") ? await payeeState(services, actor) : null
  const state = card === null || isRefusal(card) ? "active" : card.state
  return {
    releases: rows.map((row) => ({
      trade: row.payment.trade,
      title: row.title,
      amount: legAmount(row.payment, "release"),
      since: row.payment.updatedAt,
      reason: reasonOf(row, state),
    })),
  }
}

function reasonOf({ payment, frozen, swapped }: Row, card: string): WaitReason {
  if (frozen) return "frozen"
  if (payment.chargeback) return "contested"
  if (swapped) return "accountChanged"
  if (payment.rail === "bank") return "operator"
  if (payment.rail === "balance") return "moving"
  if (card === "none") return "noAccount"
  return card === "due" ? "accountDue" : "moving"
}
