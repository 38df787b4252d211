import { type Journal, journalHash } from "#contracts/escrow.ts"
import type { Money } from "#contracts/money.ts"
import type { Refund } from "#contracts/refund.ts"
import { isRefusal, type Refusal } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { type Decision, decide, type FactActor } from "../decision.ts"
import { repaidJournal, returnedJournal } from "../escrow/claims-book.ts"
import { sentTwice } from "../payments/rules.ts"
import { advance, refundFact } from "./rules.ts"

/** What has become of a refund that was decided: it reached the buyer, or came back from them. */

/**
 * The refund has reached the buyer, by the provider or the operator's bank transfer; `sent` is how much the provider was
 * asked for, which may be more than is due by now.
 */
export function refundRepaid(
  refund: Refund,
  reference: string,
  actor: FactActor,
  now: Time,
  sent: Money | null = null,
): Decision | Refusal {
  const repaid = advance(refund, "repay", now, { reference })
  if (isRefusal(repaid)) return repaid
  const journal = repaidJournal(repaid, now, sentTwice(sent, repaid.amount))
  return withJournal("refund.repaid@1", repaid, journal, reference, actor)
}

/**
 * What was repaid came back from the buyer's account: it is owed to them as before, and a new attempt begins. An account
 * that two people named took it no more than the provider did, which is asked again.
 */
export function refundReturned(refund: Refund, actor: FactActor, now: Time): Decision | Refusal {
  const reference = refund.reference ?? ""
  const back = advance(refund, "return", now, { reference: null, attempt: refund.attempt + 1 })
  if (isRefusal(back)) return back
  const { to, ...rest } = back
  const next: Refund = to === undefined ? back : { ...rest, rail: "card" }
  const decision = withJournal("refund.returned@1", next, returnedJournal(back, now), reference, actor)
  return { ...decision, jobs: [{ task: "carryRefund", payload: { refund: back.id } }] }
}

/** The record tells what is owed no more, or again; its journal also what was sent beyond that. */
function withJournal(
  type: "refund.repaid@1" | "refund.returned@1",
  refund: Refund,
  journal: Journal,
  reference: string,
  actor: FactActor,
): Decision {
  const body = { payment: refund.payment, journalHash: journalHash(journal) }
  return decide({
    changes: [{ noun: "refund", row: refund }],
    facts: [refundFact(type, refund, actor, body, { amount: refund.amount, reference })],
    journals: [journal],
    result: { refund: refund.id, state: refund.state },
  })
}
