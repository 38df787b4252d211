import { isOwnMatter } from "#contracts/actor.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Refund } from "#contracts/refund.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { type Decision, decide, type FactActor, factOfTrade } from "../decision.ts"
import { frozenRefusal, guardsOf, type Scene } from "../trades/scene.ts"
import { advance, type Giver } from "./rules.ts"

/**
 * A card refund that the provider refuses for good is paid by bank: one person of the operator's asks for it with the
 * buyer's account, a second confirms. From then on no call is made for it.
 */

/** `refused`: the last attempt was refused by the provider, and no call is under way. */
type Asked = { scene: Scene; refund: Refund; refused: boolean }

export function askBank(
  { scene, refund, refused }: Asked,
  wanted: { to: string; note: string },
  by: Giver,
  now: Time,
): Decision | Refusal {
  const stopped = check({ scene, refund, refused }, by)
  if (stopped) return stopped
  const asked = advance(refund, "askBank", now, { byBank: { ...wanted, user: by.user, at: now } })
  return isRefusal(asked) ? asked : told("refund.bankAsked@1", scene, asked, by, wanted)
}

/** The second person's word. What they do not confirm goes on by the provider. */
export function decideBank(
  { scene, refund, refused }: Asked,
  confirm: boolean,
  by: Giver,
  now: Time,
): Decision | Refusal {
  const { byBank } = refund
  if (!byBank) return refuse("refund_state", "byBank", { state: refund.state })
  if (!confirm) {
    if (isOwnMatter(by, refund.seller, refund.buyer)) return refuse("own_matter", "refund")
    const dropped = advance(refund, "dropBank", now, {})
    return isRefusal(dropped) ? dropped : told("refund.bankDropped@1", scene, dropped, by, {})
  }
  const stopped = check({ scene, refund, refused }, by)
  if (stopped) return stopped
  if (byBank.user === by.user) return refuse("second_person", "refund")
  const { to, note } = byBank
  const next = advance(refund, "toBank", now, { rail: "bank", to })
  return isRefusal(next) ? next : told("refund.toBank@1", scene, next, by, { to, note })
}

function check({ scene, refund, refused }: Asked, by: Giver): Refusal | null {
  if (isOwnMatter(by, refund.seller, refund.buyer)) return refuse("own_matter", "refund")
  const frozen = frozenRefusal(scene)
  if (frozen) return frozen
  const chargeback = scene.payment?.chargeback
  if (chargeback) return refuse("chargeback_open", "payment", { chargeback })
  if (refund.state !== "decided") return refuse("refund_state", "byBank", { state: refund.state })
  if (refund.rail !== "card") return refuse("rail_not_available", refund.rail)
  return refused ? null : refuse("refund_not_refused", "refund")
}

type Told = "refund.bankAsked@1" | "refund.bankDropped@1" | "refund.toBank@1"

/** The seller has no business with the buyer's account. */
function told(
  type: Told,
  scene: Scene,
  refund: Refund,
  by: Giver,
  secret: { [member: string]: Json },
): Decision {
  const actor: FactActor = { role: by.role, party: by.party, user: by.user }
  const fact = factOfTrade(
    type as "refund.toBank@1",
    { noun: "refund", row: refund, actor, owner: by.party, readers: [refund.buyer] },
    { payment: refund.payment },
    secret as { to: Json; note: Json },
  )
  return decide({
    changes: [{ noun: "refund", row: refund }],
    guards: [...guardsOf(scene), { noun: "trade", id: scene.trade.id, version: scene.trade.version }],
    facts: [fact],
    result: { refund: refund.id, state: refund.state },
  })
}
