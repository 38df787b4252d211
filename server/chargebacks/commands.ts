import { z } from "zod"
import { type Actor, isOwnMatter } from "#contracts/actor.ts"
import type { Chargeback } from "#contracts/chargeback.ts"
import { type Id, isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { permit } from "../access/permit.ts"
import { withdrawAlert } from "../alerts/store.ts"
import { markRefused } from "../payments/card-calls.ts"
import type { ProviderResult } from "../payments/provider.ts"
import type { DisputeFact, Evidence } from "../payments/provider-disputes.ts"
import { loadIntentsOf, markDone, markReady, markSent, openIntent } from "../payments/store.ts"
import type { Services } from "../services.ts"
import { userActor } from "../trades/scene.ts"
import { applyDispute, applyDisputeFact } from "./apply.ts"
import { buildEvidence, evidenceHashOf } from "./evidence.ts"
import { answerChargeback, concedeChargeback } from "./rules.ts"
import { loadChargeback } from "./store.ts"

export const onChargeback = z.strictObject({
  commandId: z.string().refine((text): text is Id<"command"> => isId("command", text)),
  chargeback: z.string().refine((text): text is Id<"chargeback"> => isId("chargeback", text)),
})
type Input = z.infer<typeof onChargeback>

/** The operator's, of trades of others, while the bank still takes an answer. */
async function answerable(services: Services, actor: Actor, id: Id<"chargeback">) {
  const user = permit(actor, "chargeback.answer")
  if (isRefusal(user)) return user
  const chargeback = await loadChargeback(services.sql, id)
  if (!chargeback) return refuse("not_found", "chargeback")
  if (isOwnMatter(user, chargeback.buyer, chargeback.seller)) return refuse("own_matter", "chargeback")
  if (chargeback.state !== "opened") return refuse("chargeback_state", "answer", { state: chargeback.state })
  if (chargeback.dueBy !== null && chargeback.dueBy <= services.writer.now())
    return refuse("deadline_passed", "answer")
  return { user, chargeback }
}

/** Sends the trade's evidence to the bank, once. What is sent is kept with the call, and its hash in the log. */
export async function sendEvidence(
  services: Services,
  actor: Actor,
  { commandId, chargeback: id }: Input,
): Promise<Json | Refusal> {
  const found = await answerable(services, actor, id)
  if (isRefusal(found)) return found
  const evidence = await buildEvidence(services, found.chargeback)
  if (isRefusal(evidence)) return evidence
  const parameters = { dispute: found.chargeback.reference, evidence }
  const sent = await call(services, found.chargeback, "evidence", parameters, (first, idempotencyKey) =>
    services.provider.submitEvidence({ ...first, idempotencyKey }),
  )
  if (isRefusal(sent)) {
    // It may have been answered at the provider, or decided: then nobody needs to try again.
    if (sent.at !== undefined) await applyDispute(services, found.chargeback.reference)
    return sent
  }
  const { user } = found
  const answered = await services.writer.run(
    { giver: user.party, id: commandId, action: "chargeback.answer", input: { chargeback: id } },
    async () => (await loadChargeback(services.sql, id)) ?? refuse("not_found", "chargeback"),
    (chargeback, now) =>
      answerChargeback(
        chargeback,
        evidenceHashOf(sent.parameters),
        userActor("operator", user.party, user.user),
        now,
      ),
  )
  if (isRefusal(answered) && answered.refused !== "chargeback_state") return answered
  // Some are decided at once.
  const applied = await applyDisputeFact(services, sent.fact)
  return isRefusal(applied) ? answered : applied
}

/**
 * Accepts that the chargeback is lost: it ends now, and not at its deadline. That is written first, with who decided
 * it; the provider is told then, and again by the sweep until it has heard.
 */
export async function acceptChargeback(
  services: Services,
  actor: Actor,
  { commandId, chargeback: id }: Input,
): Promise<Json | Refusal> {
  const user = permit(actor, "chargeback.answer")
  if (isRefusal(user)) return user
  const conceded = await services.writer.run(
    { giver: user.party, id: commandId, action: "chargeback.concede", input: { chargeback: id } },
    () => answerable(services, actor, id),
    ({ chargeback }, now) => concedeChargeback(chargeback, userActor("operator", user.party, user.user), now),
  )
  if (isRefusal(conceded)) return conceded
  const told = await tellConcession(services, id)
  return told === null || isRefusal(told) ? conceded : told
}

/** A provider that says no so often is not asked again: somebody is told, and what became of the dispute tells itself. */
const mostConcessions = 3

/** Tells the provider of a chargeback that was conceded. Null where there is nothing to tell. */
export async function tellConcession(
  services: Services,
  id: Id<"chargeback">,
): Promise<Json | Refusal | null> {
  const chargeback = await loadChargeback(services.sql, id)
  if (chargeback?.state !== "conceded") return null
  const refused = (await loadIntentsOf(services.sql, id)).filter(
    ({ kind, state }) => kind === "concession" && state === "failed",
  )
  if (refused.length >= mostConcessions) return null
  const parameters = { dispute: chargeback.reference }
  const sent = await call(services, chargeback, "concession", parameters, (first, idempotencyKey) =>
    services.provider.acceptDispute({ ...first, idempotencyKey }),
  )
  return isRefusal(sent) ? sent : applyDisputeFact(services, sent.fact)
}

type Parameters = { dispute: string; evidence?: Evidence }

/** One call about a dispute, its intent first (MONEY §3.1): repeated, it is the first one again. */
async function call<P extends Parameters>(
  { sql }: Pick<Services, "sql">,
  chargeback: Chargeback,
  kind: "evidence" | "concession",
  parameters: P,
  send: (first: P, key: string) => Promise<ProviderResult<DisputeFact>>,
): Promise<{ fact: DisputeFact; parameters: P } | Refusal> {
  const calls = (await loadIntentsOf(sql, chargeback.id)).filter((one) => one.kind === kind)
  const failed = calls.filter(({ state }) => state === "failed").length
  const key = `${kind}:${chargeback.id}:${failed + 1}`
  const about = { payment: chargeback.payment, subject: chargeback.id }
  const intent = await openIntent(sql, { key, ...about, kind, parameters })
  const first = intent.parameters as unknown as P
  await markSent(sql, key)
  const answer = await send(first, key)
  if ("unknown" in answer) return refuse("provider_unavailable")
  if ("failed" in answer) {
    if (answer.failed.retry === "same_key") await markReady(sql, key)
    else await markRefused(sql, key, answer.failed.code)
    return refuse("provider_unavailable", answer.failed.code)
  }
  await markDone(sql, key, chargeback.reference)
  if (failed > 0) await withdrawAlert(sql, "call", chargeback.id)
  return { fact: answer.ok, parameters: first }
}
