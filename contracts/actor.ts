import type { Id } from "./ids.ts"
import type { Remit } from "./remit.ts"

/** The part a party takes in the market, and the parts a user may have inside their party (DESIGN §2). */
export const partyRoles = ["seller", "buyer", "evaluator", "operator", "regulator"] as const
export type PartyRole = (typeof partyRoles)[number]

export const memberRoles = ["administrator", "approver", "requester"] as const
export type MemberRole = (typeof memberRoles)[number]

/** A signed-in person acting for one of their parties. */
export type UserActor = {
  kind: "user"
  user: Id<"user">
  party: Id<"party">
  roles: readonly PartyRole[]
  memberRole: MemberRole
  /** All parties that the person is a member of; only `party` where nothing is said. */
  parties?: readonly Id<"party">[]
  /** Of a regulator: what it may see and do. Without one it sees nothing. */
  remit?: Remit | null
}

/** Who decides: the party that they act for, and all that they are a member of. */
export type Person = Pick<UserActor, "party" | "parties">

/**
 * Whether something concerns a party of whoever decides it. It is the person who may not judge their own matter: a
 * member of the operator who is one of the seller too does not decide on the seller by choosing the operator's seat.
 */
export const isOwnMatter = (
  { party, parties }: Person,
  ...concerned: readonly (Id<"party"> | null)[]
): boolean => concerned.some((one) => one !== null && (one === party || parties?.includes(one)))

/** Whoever asks: a person for a party, a person without a party yet, one of our own jobs, or nobody we know. */
export type Actor =
  | UserActor
  | { kind: "person"; user: Id<"user"> }
  | { kind: "system"; job: string }
  | { kind: "anonymous" }

/**
 * What can be done in the market. The table below says which party role may do it; that the thing is the
 * party's own is asked besides, in each command, where the thing is loaded.
 */
export const actions = {
  "product.draft": ["seller"],
  "product.read": ["seller", "operator"],
  "registration.submit": ["seller"],
  "registration.review": ["operator"],
  "listing.publish": ["seller"],
  "listing.withdraw": ["seller", "operator"],
  "request.post": ["buyer"],
  "request.close": ["buyer"],
  "request.match": ["buyer"],
  "trade.propose": ["buyer"],
  "trade.confirm": ["buyer", "seller"],
  "trade.cancel": ["buyer", "seller"],
  "trade.pay": ["buyer"],
  "trade.accept": ["buyer"],
  "trade.invoice": ["seller"],
  "trade.dispute": ["buyer"],
  "trade.resolve": ["operator"],
  "trade.read": ["buyer", "seller", "operator", "regulator"],
  "payment.confirmBank": ["operator"],
  "trade.giveBack": ["seller", "operator"],
  "refund.decide": ["operator"],
  "debt.read": ["seller", "operator"],
  "debt.decide": ["operator"],
  "payment.read": ["operator"],
  "chargeback.answer": ["operator"],
  "payout.start": ["operator"],
  "balance.read": ["buyer", "seller"],
  "balance.topUp": ["buyer", "seller"],
  "balance.withdraw": ["buyer", "seller"],
  "withdrawal.decide": ["operator"],
  "finance.read": ["operator", "regulator"],
  "finance.check": ["operator"],
  "correction.ask": ["operator"],
  "correction.decide": ["operator"],
  "bankFile.read": ["operator"],
  "bankFile.import": ["operator"],
  "grant.fetch": ["buyer"],
  "party.verify": ["operator"],
  "party.submit": partyRoles,
  "party.manage": partyRoles,
  "party.classify": ["operator"],
  "regulator.entrust": ["operator"],
  "ledger.export": ["regulator", "operator"],
  "ledger.exportOwn": ["buyer", "seller"],
  "operations.read": ["operator"],
  "supervision.search": ["regulator", "operator"],
  "supervision.freeze": ["regulator"],
  "supervision.read": ["regulator", "operator"],
  "supervision.hold": ["regulator"],
  "erasure.request": partyRoles,
  "erasure.decide": ["operator"],
} as const satisfies Record<string, readonly PartyRole[]>

export type Action = keyof typeof actions

/**
 * What not every member of a party may do. What binds the party, or moves its money or its data, an approver
 * does; what the party itself is, an administrator changes. Every other action is open to each member.
 */
export const memberActions: Readonly<Partial<Record<Action, readonly MemberRole[]>>> = {
  "party.manage": ["administrator"],
  "party.submit": ["administrator"],
  "listing.publish": ["administrator", "approver"],
  "trade.confirm": ["administrator", "approver"],
  "trade.pay": ["administrator", "approver"],
  "trade.accept": ["administrator", "approver"],
  "trade.resolve": ["administrator", "approver"],
  "payment.confirmBank": ["administrator", "approver"],
  "trade.giveBack": ["administrator", "approver"],
  "refund.decide": ["administrator", "approver"],
  "debt.decide": ["administrator", "approver"],
  "chargeback.answer": ["administrator", "approver"],
  "payout.start": ["administrator", "approver"],
  "balance.topUp": ["administrator", "approver"],
  "balance.withdraw": ["administrator", "approver"],
  "withdrawal.decide": ["administrator", "approver"],
  "finance.check": ["administrator", "approver"],
  "correction.ask": ["administrator", "approver"],
  "correction.decide": ["administrator", "approver"],
  "bankFile.import": ["administrator", "approver"],
  "party.verify": ["administrator", "approver"],
  "party.classify": ["administrator", "approver"],
  "regulator.entrust": ["administrator", "approver"],
  "registration.review": ["administrator", "approver"],
  "supervision.freeze": ["administrator", "approver"],
  "supervision.hold": ["administrator", "approver"],
  "erasure.request": ["administrator"],
  "erasure.decide": ["administrator", "approver"],
}
