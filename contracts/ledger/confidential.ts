import type { RetentionRule } from "../retention.ts"
import type { FactSecret, FactType } from "./fact.ts"

/**
 * Of each confidential member of each fact: how long it must be kept, and whether it can be erased by itself. What
 * cannot is what a trade, an order of supervision or the market's own record consists of: it names no natural person
 * but by a random id, or it is money in the book.
 */
export type FieldRule = { readonly keep: RetentionRule; readonly erasable: boolean }

const kept = (keep: RetentionRule): FieldRule => ({ keep, erasable: false })
const erasable = (keep: RetentionRule): FieldRule => ({ keep, erasable: true })
const identity = { name: kept("identity"), country: kept("identity"), identifier: kept("identity") }
const person = { authorisedPerson: erasable("identity") }
const amounts = { release: kept("accounts"), refund: kept("accounts") }
const booked = { amount: kept("accounts"), reference: kept("accounts"), note: kept("accounts") }
const transfer = { amount: kept("accounts"), reference: kept("accounts") }

/** A type with a confidential member that is not named here does not compile. */
export const confidentialFields: { readonly [T in FactType]: Readonly<Record<FactSecret<T>, FieldRule>> } = {
  "party.registered@1": identity,
  "party.corrected@1": { ...identity, ...person },
  "party.submitted@1": { identifier: kept("identity"), ...person },
  "party.verified@1": {
    name: kept("identity"),
    identifier: kept("identity"),
    ...person,
    evidence: erasable("identity"),
  },
  "party.rejected@1": { note: erasable("review") },
  "party.frozen@1": {},
  "party.unfrozen@1": {},
  "party.updated@1": { bankAccount: erasable("identity"), payee: erasable("identity") },
  "party.updated@2": {
    bankAccount: erasable("identity"),
    payee: erasable("identity"),
    billing: erasable("identity"),
  },
  "party.classified@1": { class: kept("accounts") },
  "party.limited@1": { procurement: kept("trade") },
  "party.appointed@1": {},
  "party.entrusted@1": {},
  "party.erased@1": {},

  "registration.submitted@1": {},
  "registration.approved@1": {},
  "registration.rejected@1": { note: kept("review") },

  "listing.published@1": {},
  "listing.withdrawn@1": {},
  "listing.frozen@1": {},
  "listing.unfrozen@1": {},

  "request.posted@1": { request: kept("review") },
  "request.closed@1": {},
  "round.ranked@1": {},
  "round.ranked@2": { inputsHash: kept("review"), resultHash: kept("review") },

  "trade.proposed@1": {
    buyer: kept("trade"),
    seller: kept("trade"),
    listing: kept("trade"),
    price: kept("accounts"),
  },
  "trade.proposed@2": {
    buyer: kept("trade"),
    seller: kept("trade"),
    listing: kept("trade"),
    price: kept("accounts"),
    tax: kept("accounts"),
    fee: kept("accounts"),
    purchaseOrder: kept("accounts"),
  },
  "trade.confirmed@1": { user: kept("trade") },
  "trade.agreed@1": { user: kept("trade") },
  "trade.cancelled@1": {},
  "trade.expired@1": {},
  "trade.funding@1": {},
  "trade.unfunded@1": {},
  "trade.processing@1": {},
  "trade.funded@1": {},
  "trade.delivered@1": {},
  "trade.delivered@2": { versionHash: kept("trade"), measuredHash: kept("trade") },
  "trade.accepted@1": {},
  "trade.disputed@1": { statement: kept("trade") },
  "trade.resolved@1": { ...amounts, note: kept("trade") },
  "trade.resolved@2": { ...amounts, note: kept("trade") },
  "trade.settled@1": {},
  "trade.refunded@1": {},
  "trade.invoiced@1": { invoice: kept("accounts") },
  "trade.chargedBack@1": {},
  "trade.frozen@1": {},
  "trade.unfrozen@1": {},
  "trade.frozen@2": { freeze: kept("supervision") },
  "trade.unfrozen@2": { freeze: kept("supervision") },

  "payment.started@1": { amount: kept("accounts") },
  "payment.failed@1": {},
  "payment.held@1": { amount: kept("accounts") },
  "payment.prepaid@1": { amount: kept("accounts") },
  "payment.parted@1": { ...amounts, fee: kept("accounts") },
  "payment.parted@2": { ...amounts, fee: kept("accounts"), tax: kept("accounts") },
  "payment.released@1": transfer,
  "payment.refunded@1": transfer,
  "payment.givenBack@1": { amount: kept("accounts"), fee: kept("accounts"), tax: kept("accounts") },
  "payment.redirected@1": {},
  "payment.netted@1": { amount: kept("accounts") },

  "refund.asked@1": { amount: kept("accounts"), note: kept("trade") },
  "refund.decided@1": { amount: kept("accounts"), note: kept("trade") },
  "refund.dropped@1": {},
  "refund.repaid@1": transfer,
  "refund.returned@1": transfer,
  "refund.offset@1": { amount: kept("accounts") },
  "refund.lowered@1": { amount: kept("accounts") },
  "refund.chargedBack@1": { amount: kept("accounts") },
  "refund.bankAsked@1": { to: kept("accounts"), note: kept("accounts") },
  "refund.bankDropped@1": {},
  "refund.toBank@1": { to: kept("accounts"), note: kept("accounts") },

  "debt.opened@1": { amount: kept("accounts") },
  "debt.owed@1": { reason: kept("accounts") },
  "debt.reversed@1": transfer,
  "debt.netted@1": { amount: kept("accounts"), payment: kept("accounts") },
  "debt.repaid@1": transfer,
  "debt.takenBack@1": { amount: kept("accounts") },
  "debt.writeOffAsked@1": { note: kept("trade") },
  "debt.takeAsked@1": { note: kept("trade") },
  "debt.writtenOff@1": { amount: kept("accounts"), note: kept("trade") },
  "payment.contested@1": {},
  "payment.cleared@1": {},
  "payment.chargedBack@1": { ...amounts, lost: kept("accounts"), fee: kept("accounts") },
  "payment.releaseReturned@1": { ...transfer, reason: kept("trade") },
  "payment.refundReturned@1": { ...transfer, reason: kept("trade") },
  "payment.offset@1": { amount: kept("accounts") },
  "payment.bankAsked@1": { to: kept("accounts"), note: kept("accounts") },
  "payment.bankDropped@1": {},
  "payment.toBank@1": { to: kept("accounts"), note: kept("accounts") },

  "chargeback.opened@1": { amount: kept("accounts"), fee: kept("accounts") },
  "chargeback.answered@1": { evidenceHash: kept("trade") },
  "chargeback.conceded@1": {},
  "chargeback.won@1": { amount: kept("accounts"), feeReturned: kept("accounts") },
  "chargeback.lost@1": { amount: kept("accounts") },

  "payout.started@1": { amount: kept("accounts") },
  "payout.paid@1": transfer,
  "payout.failed@1": {},
  "payout.returned@1": { amount: kept("accounts") },

  "correction.asked@1": booked,
  "correction.dropped@1": {},
  "correction.matched@1": { reference: kept("accounts"), journal: kept("accounts"), note: kept("accounts") },
  "correction.bookedIn@1": booked,
  "correction.bookedOut@1": booked,
  "correction.taxPaid@1": booked,

  "balance.moved@1": {
    balance: kept("accounts"),
    number: kept("accounts"),
    available: kept("accounts"),
    reserved: kept("accounts"),
  },
  "topUp.started@1": { amount: kept("accounts") },
  "topUp.failed@1": {},
  "topUp.received@1": transfer,
  "topUp.contested@1": { amount: kept("accounts"), fee: kept("accounts") },
  "topUp.cleared@1": { amount: kept("accounts") },
  "topUp.lost@1": { amount: kept("accounts"), missing: kept("accounts") },
  "withdrawal.asked@1": { amount: kept("accounts"), account: kept("accounts") },
  "withdrawal.approved@1": {},
  "withdrawal.refused@1": { note: kept("accounts") },
  "withdrawal.paid@1": transfer,
  "withdrawal.returned@1": { ...transfer, note: kept("accounts") },

  "grant.issued@1": {},
  "grant.fetched@1": { user: kept("trade") },
  "grant.issued@2": { versionHash: kept("trade"), expires: kept("trade") },
  "grant.fetched@2": { sha256: kept("trade"), user: kept("trade") },
  "grant.revoked@1": {},

  "freeze.imposed@1": {
    document: kept("supervision"),
    target: kept("supervision"),
    note: kept("supervision"),
  },
  "freeze.lifted@1": { document: kept("supervision") },

  "hold.placed@1": { document: kept("supervision"), target: kept("supervision"), note: kept("supervision") },
  "hold.lifted@1": { document: kept("supervision") },

  "erasure.requested@1": { subject: kept("supervision") },
  "erasure.requested@2": { subject: kept("supervision") },
  "erasure.held@1": {},
  "erasure.refused@1": { note: kept("supervision") },
  "erasure.finished@1": {},
  "data.erased@1": {},
  "data.erased@2": {},

  "settlement.booked@1": {},
  "bankFile.imported@1": {
    fileHash: kept("accounts"),
    account: kept("accounts"),
    period: kept("accounts"),
    opening: kept("accounts"),
    closing: kept("accounts"),
    credits: kept("accounts"),
    debits: kept("accounts"),
  },

  "index.sealed@1": {},
  "key.rotated@1": {},
  "audit.exported@1": { reason: kept("supervision") },
  "audit.exported@2": { reason: kept("supervision"), subject: kept("supervision") },
  "audit.opened@1": { records: kept("supervision") },
}

/** The rule of one member, by names that come from outside; null where there is none. */
export function fieldRule(type: string, field: string): FieldRule | null {
  const fields: Readonly<Record<string, FieldRule>> | undefined = Object.hasOwn(confidentialFields, type)
    ? confidentialFields[type as FactType]
    : undefined
  return fields && Object.hasOwn(fields, field) ? (fields[field] as FieldRule) : null
}
