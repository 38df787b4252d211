import { assert } from "#contracts/assert.ts"
import { type Correction, type CorrectionStep, correctionTransitions } from "#contracts/correction.ts"
import { type Account, balanced, type Journal, journalHash } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { FactBody, FactSecret, FactType, Json } from "#contracts/ledger/fact.ts"
import { compareMoney, isZero, type Money } from "#contracts/money.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Time } from "#contracts/time.ts"
import { nextState } from "#contracts/transition.ts"
import { type Decision, decide, type FactActor, type PendingFact } from "../decision.ts"
import { credit, debit } from "../escrow/book.ts"

/** Both people are the operator's, and act for the party whose book it is. */
export type Person = { user: Id<"user">; party: Id<"party"> }

export type Made = Pick<Correction, "id" | "nonce" | "owner">
export type Asked = Pick<
  Correction,
  "kind" | "amount" | "direction" | "reason" | "reference" | "provider" | "journal" | "note"
>

/** One person says what it is; it is booked when another has confirmed it. */
export function askCorrection(made: Made, asked: Asked, by: Person, now: Time): Decision | Refusal {
  if (isZero(asked.amount)) return refuse("invalid_input", "amount")
  const correction: Correction = {
    ...made,
    ...asked,
    version: 1,
    state: "asked",
    askedBy: by.user,
    decidedBy: null,
    askedAt: now,
    updatedAt: now,
  }
  const { kind, reason, amount, reference, note } = correction
  return told(
    correction,
    correctionFact("correction.asked@1", correction, by, { kind, reason }, { amount, reference, note }),
  )
}

export function dropCorrection(correction: Correction, by: Person, now: Time): Decision | Refusal {
  const dropped = advance(correction, "drop", by, now)
  return isRefusal(dropped)
    ? dropped
    : told(dropped, correctionFact("correction.dropped@1", dropped, by, {}, {}))
}

/**
 * Another person confirms it. A line that is a journal's is booked by the next comparison, with what the journal does
 * not say itself; all else is booked here. `payable`: what is still owed as tax.
 */
export function bookCorrection(
  correction: Correction,
  payable: Money,
  by: Person,
  now: Time,
): Decision | Refusal {
  if (correction.state === "asked" && correction.askedBy === by.user)
    return refuse("second_person", "correction")
  const booked = advance(correction, "book", by, now)
  if (isRefusal(booked)) return booked
  const { amount, reference, note, kind, reason, direction } = booked
  if (reason === "journal") {
    const journal = booked.journal ? `${booked.journal.type} ${booked.journal.id}` : ""
    return told(booked, correctionFact("correction.matched@1", booked, by, {}, { reference, journal, note }))
  }
  if (kind === "tax" && compareMoney(amount, payable) > 0)
    return refuse("tax_too_large", "amount", { most: payable.minor })
  const journal = bookedJournal(booked, now)
  const body = { reason, journalHash: journalHash(journal) }
  const type = kind === "tax" ? taxPaid : direction === "in" ? bookedIn : bookedOut
  return told(booked, correctionFact(type, booked, by, body, { amount, reference, note }), journal)
}

const [taxPaid, bookedIn, bookedOut] = [
  "correction.taxPaid@1",
  "correction.bookedIn@1",
  "correction.bookedOut@1",
] as const

/** Where money belongs that had come in, or gone out, without an explanation. */
function accountOf({ reason, direction }: Correction): Account {
  if (reason === "providerFee") return "provider_fees"
  if (reason === "ownMoney") return "platform_capital"
  return direction === "in" ? "other_income" : "other_cost"
}

function bookedJournal(correction: Correction, occurredAt: Time): Journal {
  const { id, nonce, kind, amount, direction } = correction
  const incoming = direction === "in"
  const [from, to]: [Account, Account] =
    kind === "tax"
      ? ["bank", "tax_payable"]
      : incoming
        ? [accountOf(correction), "suspense"]
        : ["suspense", accountOf(correction)]
  const type =
    kind === "tax" ? "correction.taxPaid" : incoming ? "correction.bookedIn" : "correction.bookedOut"
  const journal: Journal = {
    nonce,
    source: { type, id },
    trade: null,
    occurredAt,
    postings: [debit(to, amount), credit(from, amount)],
  }
  assert(balanced(journal), `${type} of ${id} balances`)
  return journal
}

function advance(correction: Correction, step: CorrectionStep, by: Person, now: Time): Correction | Refusal {
  const state = nextState(correctionTransitions, correction.state, step)
  if (!state) return refuse("correction_state", step, { state: correction.state })
  return { ...correction, state, version: correction.version + 1, decidedBy: by.user, updatedAt: now }
}

const told = (correction: Correction, fact: PendingFact, journal?: Journal): Decision =>
  decide({
    changes: [{ noun: "correction", row: correction }],
    facts: [fact],
    journals: journal ? [journal] : [],
    result: { correction: correction.id, state: correction.state },
  })

function correctionFact<T extends Extract<FactType, `correction.${string}`>>(
  type: T,
  correction: Correction,
  by: Person,
  body: Omit<FactBody<T>, "version">,
  secret: Record<FactSecret<T>, Json>,
): PendingFact {
  const actor: FactActor = { role: "operator", party: by.party, user: by.user }
  return {
    type,
    subject: { noun: "correction", id: correction.id, version: correction.version },
    threads: [{ id: correction.id }],
    actor,
    occurredAt: correction.updatedAt,
    body: { version: correction.version, ...body },
    secret,
    owner: correction.owner,
    readers: [correction.owner],
  } as unknown as PendingFact
}
