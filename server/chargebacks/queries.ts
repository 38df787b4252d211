import type { Actor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import type { Evidence } from "../payments/provider-disputes.ts"
import { loadCallsFor } from "../payments/queue-store.ts"
import { loadIntentsOf } from "../payments/store.ts"
import type { Waiting } from "../queue.ts"
import type { Services } from "../services.ts"
import { loadRecords } from "../trades/store.ts"
import { buildEvidence } from "./evidence.ts"
import { loadPostingsOf } from "./postings.ts"
import { countChargebacks, loadChargebackCard, loadChargebackCards } from "./store.ts"

const pageSize = 100

/** All chargebacks, those to be answered first. */
export async function chargebackQueue({ sql, writer }: Services, actor: Actor) {
  const user = permit(actor, "payment.read")
  if (isRefusal(user)) return user
  return { chargebacks: await loadChargebackCards(sql, pageSize), now: writer.now() }
}

export const waitingChargebacks = ({ sql }: Pick<Services, "sql">): Promise<Waiting> => countChargebacks(sql)

/** One chargeback: what was sent or, while it may be answered, what would be; its records and journals. */
export async function chargebackPage(services: Services, actor: Actor, id: Id<"chargeback">) {
  const user = permit(actor, "payment.read")
  if (isRefusal(user)) return user
  const { sql, writer } = services
  const card = await loadChargebackCard(sql, id)
  if (!card) return refuse("not_found", "chargeback")
  const { chargeback } = card
  const [records, intents, journals] = await Promise.all([
    loadRecords(sql, chargeback.trade),
    loadIntentsOf(sql, id),
    loadPostingsOf(sql, chargeback.trade),
  ])
  const sent = intents.findLast(({ kind, state }) => kind === "evidence" && state === "done")
  const evidence = sent
    ? (sent.parameters as unknown as { evidence: Evidence }).evidence
    : chargeback.state === "opened"
      ? await buildEvidence(services, chargeback)
      : null
  return {
    ...card,
    evidence: isRefusal(evidence) ? null : evidence,
    sent: sent !== undefined,
    calls: await loadCallsFor(sql, id),
    records: records.filter(({ body, subject }) => subject === id || body.chargeback === id),
    journals: journals.filter(({ id: source }) => source === id),
    own: user.party === chargeback.buyer || user.party === chargeback.seller,
    now: writer.now(),
  }
}
