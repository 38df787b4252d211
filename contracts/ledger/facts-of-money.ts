import { z } from "zod"
import { balanceReasons } from "../balance.ts"
import { correctionKinds } from "../correction.ts"
import { debtCauses } from "../debt.ts"
import { rails } from "../payment.ts"
import { refundSources } from "../refund.ts"
import { topUpRails } from "../top-up.ts"
import { factForms, none, noun } from "./fact-forms.ts"

const { hash, code, id } = factForms
const rail = z.enum(rails)
const ofTrade = id.optional()

/** The facts of payments, and of what moves money beside them; a part of the list in fact.ts. */
export const moneyFactTypes = {
  "payment.started@1": { clear: noun({ trade: id, rail }), secret: ["amount"] },
  "payment.failed@1": { clear: noun({ trade: id, reason: code }), secret: none },
  "payment.held@1": { clear: noun({ trade: id, rail, journalHash: hash }), secret: ["amount"] },
  /** Paid out of the buyer's balance: the payment begins with its money held. */
  "payment.prepaid@1": { clear: noun({ trade: id, journalHash: hash }), secret: ["amount"] },
  "payment.parted@1": { clear: noun({ trade: id, journalHash: hash }), secret: ["release", "fee", "refund"] },
  "payment.parted@2": {
    clear: noun({ trade: id, journalHash: hash }),
    secret: ["release", "fee", "tax", "refund"],
  },
  "payment.released@1": { clear: noun({ trade: id, journalHash: hash }), secret: ["amount", "reference"] },
  "payment.refunded@1": { clear: noun({ trade: id, journalHash: hash }), secret: ["amount", "reference"] },

  /** Less is held, or less of a release stands: what goes back to the buyer by this refund is booked here. */
  "payment.givenBack@1": {
    clear: noun({ trade: id, refund: id, journalHash: hash }),
    secret: ["amount", "fee", "tax"],
  },
  /** An operator has confirmed the account that the seller named since the parting. */
  "payment.redirected@1": { clear: noun({ trade: id }), secret: none },
  /** So much of the release is kept back for what the seller owes. */
  "payment.netted@1": { clear: noun({ trade: id }), secret: ["amount"] },

  "refund.asked@1": { clear: noun({ trade: id, payment: id, reason: code }), secret: ["amount", "note"] },
  "refund.decided@1": {
    clear: noun({ trade: id, payment: id, source: z.enum(refundSources), reason: code }),
    secret: ["amount", "note"],
  },
  "refund.dropped@1": { clear: noun({ trade: id, payment: id }), secret: none },
  "refund.repaid@1": {
    clear: noun({ trade: id, payment: id, journalHash: hash }),
    secret: ["amount", "reference"],
  },
  /** The money came back from the buyer's account; it is sent again. */
  "refund.returned@1": {
    clear: noun({ trade: id, payment: id, journalHash: hash }),
    secret: ["amount", "reference"],
  },
  /** It came back after a lost chargeback that the platform had borne: so much of it the buyer has by that already. */
  "refund.offset@1": {
    clear: noun({ trade: id, payment: id, ended: z.boolean(), journalHash: hash }),
    secret: ["amount"],
  },
  /** So much of it, or all that was left, the buyer has by a lost chargeback, whose own record has the journal. */
  "refund.lowered@1": { clear: noun({ trade: id, payment: id, chargeback: id }), secret: ["amount"] },
  "refund.chargedBack@1": { clear: noun({ trade: id, payment: id, chargeback: id }), secret: ["amount"] },

  /** The provider refuses it: somebody of the operator's asks that it be paid by bank, and a second person says so. */
  "refund.bankAsked@1": { clear: noun({ trade: id, payment: id }), secret: ["to", "note"] },
  "refund.bankDropped@1": { clear: noun({ trade: id, payment: id }), secret: none },
  "refund.toBank@1": { clear: noun({ trade: id, payment: id }), secret: ["to", "note"] },

  /** What a party owes for a top-up that its bank took back belongs to no trade. */
  "debt.opened@1": {
    clear: noun({
      trade: ofTrade,
      payment: ofTrade,
      cause: z.enum(debtCauses),
      start: z.enum(["reversing", "owed"]),
    }),
    secret: ["amount"],
  },
  "debt.owed@1": { clear: noun({ trade: ofTrade }), secret: ["reason"] },
  "debt.reversed@1": {
    clear: noun({ trade: ofTrade, settled: z.boolean(), journalHash: hash }),
    secret: ["amount", "reference"],
  },
  "debt.netted@1": {
    clear: noun({ trade: ofTrade, settled: z.boolean(), journalHash: hash }),
    secret: ["amount", "payment"],
  },
  "debt.repaid@1": {
    clear: noun({ trade: ofTrade, settled: z.boolean(), journalHash: hash }),
    secret: ["amount", "reference"],
  },
  /** Out of the seller's own balance. */
  "debt.takenBack@1": {
    clear: noun({ trade: ofTrade, settled: z.boolean(), journalHash: hash }),
    secret: ["amount"],
  },
  "debt.writeOffAsked@1": { clear: noun({ trade: ofTrade }), secret: ["note"] },
  /** Somebody of the operator's asks to take it out of the party's balance; a second person does (takenBack). */
  "debt.takeAsked@1": { clear: noun({ trade: ofTrade }), secret: ["note"] },
  "debt.writtenOff@1": { clear: noun({ trade: ofTrade, journalHash: hash }), secret: ["amount", "note"] },
  "payment.contested@1": { clear: noun({ trade: id, chargeback: id }), secret: none },
  "payment.cleared@1": { clear: noun({ trade: id, chargeback: id }), secret: none },
  /** What is left of its legs after a chargeback that was lost; the chargeback's own record has the journal. */
  "payment.chargedBack@1": {
    clear: noun({ trade: id, chargeback: id }),
    secret: ["lost", "release", "fee", "refund"],
  },
  /** A bank payout, or a refund, came back: the leg is under way again. */
  "payment.releaseReturned@1": {
    clear: noun({ trade: id, journalHash: hash }),
    secret: ["amount", "reference", "reason"],
  },
  "payment.refundReturned@1": {
    clear: noun({ trade: id, journalHash: hash }),
    secret: ["amount", "reference", "reason"],
  },
  /** A refund leg came back after a lost chargeback that the platform had borne: so much of it the buyer has already. */
  "payment.offset@1": { clear: noun({ trade: id, journalHash: hash }), secret: ["amount"] },

  /** The provider refuses the refund leg: somebody of the operator's asks that it be paid by bank, and a second person says so. */
  "payment.bankAsked@1": { clear: noun({ trade: id }), secret: ["to", "note"] },
  "payment.bankDropped@1": { clear: noun({ trade: id }), secret: none },
  "payment.toBank@1": { clear: noun({ trade: id }), secret: ["to", "note"] },

  "chargeback.opened@1": {
    clear: noun({ trade: id, payment: id, reason: code, journalHash: hash }),
    secret: ["amount", "fee"],
  },
  "chargeback.answered@1": { clear: noun({ trade: id }), secret: ["evidenceHash"] },
  "chargeback.conceded@1": { clear: noun({ trade: id }), secret: none },
  "chargeback.won@1": { clear: noun({ trade: id, journalHash: hash }), secret: ["amount", "feeReturned"] },
  "chargeback.lost@1": { clear: noun({ trade: id, journalHash: hash }), secret: ["amount"] },

  "payout.started@1": { clear: noun({}), secret: ["amount"] },
  "payout.paid@1": { clear: noun({ journalHash: hash }), secret: ["amount", "reference"] },
  "payout.failed@1": { clear: noun({ reason: code }), secret: none },
  /** It had been paid, and came back. */
  "payout.returned@1": { clear: noun({ reason: code, journalHash: hash }), secret: ["amount"] },

  "correction.asked@1": {
    clear: noun({ kind: z.enum(correctionKinds), reason: code }),
    secret: ["amount", "reference", "note"],
  },
  "correction.dropped@1": { clear: noun({}), secret: none },
  /** A line in suspense is that of a journal which no line had shown; the next comparison books it. */
  "correction.matched@1": { clear: noun({}), secret: ["reference", "journal", "note"] },
  "correction.bookedIn@1": {
    clear: noun({ reason: code, journalHash: hash }),
    secret: ["amount", "reference", "note"],
  },
  "correction.bookedOut@1": {
    clear: noun({ reason: code, journalHash: hash }),
    secret: ["amount", "reference", "note"],
  },
  "correction.taxPaid@1": {
    clear: noun({ reason: code, journalHash: hash }),
    secret: ["amount", "reference", "note"],
  },

  /**
   * A party's prepaid balance moved, in the thread of what moved it, and its version is that thing's: a thread or a
   * count of the balance's own would join all the trades of one party. What it comes to is told in confidence, and
   * `number` counts its movements.
   */
  "balance.moved@1": {
    clear: noun({ why: z.enum(balanceReasons) }),
    secret: ["balance", "number", "available", "reserved"],
  },

  "topUp.started@1": { clear: noun({ rail: z.enum(topUpRails) }), secret: ["amount"] },
  "topUp.failed@1": { clear: noun({ reason: code }), secret: none },
  "topUp.received@1": {
    clear: noun({ rail: z.enum(topUpRails), journalHash: hash }),
    secret: ["amount", "reference"],
  },
  /** The payer's bank took a card's payment back: so much of the balance is reserved until it has decided. */
  "topUp.contested@1": { clear: noun({ reason: code, journalHash: hash }), secret: ["amount", "fee"] },
  "topUp.cleared@1": { clear: noun({ journalHash: hash }), secret: ["amount"] },
  /** The bank keeps it: out of what was reserved; what that did not suffice for is a loss until the party pays. */
  "topUp.lost@1": { clear: noun({ journalHash: hash }), secret: ["amount", "missing"] },

  "withdrawal.asked@1": { clear: noun({}), secret: ["amount", "account"] },
  "withdrawal.approved@1": { clear: noun({ by: z.enum(["party", "operator"]) }), secret: none },
  "withdrawal.refused@1": { clear: noun({ by: z.enum(["party", "operator"]) }), secret: ["note"] },
  /** `before`: the bank had paid it before the party was frozen, or changed its account; told only later. */
  "withdrawal.paid@1": {
    clear: noun({ journalHash: hash, before: z.enum(["freeze", "accountChange"]).optional() }),
    secret: ["amount", "reference"],
  },
  /** The bank sent it back. */
  "withdrawal.returned@1": { clear: noun({ journalHash: hash }), secret: ["amount", "reference", "note"] },
} as const satisfies Record<string, { clear: z.ZodType; secret: readonly string[] }>
