import type { Json } from "../fact.ts"
import type { SentenceTable } from "./table.ts"
import {
  amount,
  amountIfAny,
  balanceWords,
  dutiesIn,
  filterWords,
  freezeReason,
  freezeScopeWords,
  localized,
  moment,
  railWords,
  regionsIn,
  rotationWords,
  sideWords,
  text,
  tradeStateWords,
  word as wordOf,
} from "./words.ts"

const word = (code: string) => wordOf(code, "en")
const listed = (codes: readonly string[]) => codes.map(word).join(", ")
const time = (value: string) => moment(value, "en")
const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1)

/** `before value after` where the value was opened, else nothing. */
const where = (before: string, value: string | null, after = "") =>
  value === null ? "" : `${before}${value}${after}`

const coded = (value: Json | undefined) => {
  const code = text(value)
  return code === null ? null : word(code)
}
/** Who owes what belongs to a trade, or to none. */
const owing = (trade: string | undefined) => (trade === undefined ? "party" : "seller")

const paidUp = (settled: boolean) => (settled ? "; nothing more is owed" : "; the rest is still owed")

const paidBefore = (what: "freeze" | "accountChange" | undefined) =>
  what === undefined
    ? ""
    : what === "freeze"
      ? "; the bank had paid it before the freeze"
      : "; the bank had paid it before the account was changed"

const legs = (release: string | null, refund: string | null) =>
  release === null || refund === null ? "" : `: ${release} to the seller, ${refund} back to the buyer`

const until = (value: Json | undefined) => (typeof value === "string" ? time(value) : null)

// What two versions of a fact say in the same words.
const rankedIn = (candidates: number, rules: string) =>
  `The market ranked ${candidates} listing${candidates === 1 ? "" : "s"} for the request by rules ${rules}.`
const deliveredIn = (check: "same" | "different") =>
  check === "same"
    ? "The stored bytes were found to be the registered ones and the buyer was given access."
    : "The stored bytes were found to differ from the registered ones."
const frozen = "Supervision froze the trade: money, delivery and deadlines stand still."
const unfrozen = (deadline: string | null) =>
  `The freeze ended and the trade goes on${where("; the next step is due by ", deadline && time(deadline))}.`

const proposed = (
  { deadline }: { deadline: string | null },
  { buyer, seller, listing, price }: { buyer?: Json; seller?: Json; listing?: Json; price?: Json },
  tax?: Json,
  order?: Json,
) =>
  `The buyer${where(", ", text(buyer), ",")} proposed a trade${where(" to ", text(seller))}${where(
    " for “",
    text(listing),
    "”",
  )}${where(" at ", amount(price))}${where(", of which tax is ", amountIfAny(tax))}${where(
    ", by its order ",
    text(order),
  )}${where("; both sides can confirm until ", deadline && time(deadline))}.`

export const english: SentenceTable = {
  "party.registered@1": ({ roles }, { name }) =>
    `A party${where(", ", localized(name, "en"), ",")} registered as ${roles.join(" and ")}.`,
  "party.verified@1": ({ method }, { name }) =>
    `The operator verified the identity of the party${where(" ", localized(name, "en"))} (${word(method)}).`,
  "party.rejected@1": ({ reason }, { note }) =>
    `The operator did not verify the party's identity (${word(reason)})${where(": ", text(note))}.`,
  "party.corrected@1": ({ fields }) => `The party corrected what it states of itself (${listed(fields)}).`,
  "party.submitted@1": () => "The party asked for its identity to be verified.",
  "party.updated@1": ({ fields }) => `The party changed how it is paid (${listed(fields)}).`,
  "party.updated@2": ({ fields }) => `The party changed how it is paid or invoiced (${listed(fields)}).`,
  "party.classified@1": (_, { class: of }) =>
    `The operator set the class by which the party's fees are reckoned${where(": ", text(of) && word(String(of)))}.`,
  "party.limited@1": () => "The party set who approves its purchases, and its budgets.",
  "party.appointed@1": ({ roles }) => `The party was given its roles in the market: ${roles.join(", ")}.`,
  "party.entrusted@1": ({ regions, duties }) =>
    regions.length === 0
      ? "The operator took the regulator's remit away."
      : `The operator entrusted the regulator with ${dutiesIn(duties, "en")} in ${regionsIn(regions, "en")}.`,
  "party.erased@1": ({ fields }) => `A field of the party's own data was erased (${listed(fields)}).`,
  "party.frozen@1": () => "Supervision froze the party: nothing of its trades moves on.",
  "party.unfrozen@1": () => "The freeze of the party ended.",

  "registration.submitted@1": () => "The seller submitted the rights evidence of a data product.",
  "registration.approved@1": ({ number }) => `The operator approved the registration under number ${number}.`,
  "registration.rejected@1": ({ reason }, { note }) =>
    `The operator rejected the registration (${word(reason)})${where(": ", text(note))}.`,

  "listing.published@1": () => "The seller published the listing with its rights policy and plans.",
  "listing.withdrawn@1": ({ reason }) => `The listing was withdrawn (${word(reason)}).`,
  "listing.frozen@1": () => "Supervision froze the listing: it cannot be bought and its trades stand still.",
  "listing.unfrozen@1": () => "The freeze of the listing ended.",

  "request.posted@1": ({ deadline }) => `A buyer posted a request, open until ${time(deadline)}.`,
  "request.closed@1": ({ reason }) => `The request was closed (${word(reason)}).`,
  "round.ranked@1": ({ candidates, rules }) => rankedIn(candidates, rules),
  "round.ranked@2": ({ candidates, rules }) => rankedIn(candidates, rules),

  "trade.proposed@1": (body, opened) => proposed(body, opened),
  "trade.proposed@2": (body, opened) => proposed(body, opened, opened.tax, opened.purchaseOrder),
  "trade.confirmed@1": ({ side }) => `${capital(sideWords[side].en)} confirmed the agreement.`,
  "trade.agreed@1": ({ side, standing }) =>
    standing
      ? `${capital(sideWords[side].en)} confirmed the agreement; the seller had confirmed it by publishing the plan.`
      : `${capital(sideWords[side].en)} confirmed the agreement; it is now agreed by both sides.`,
  "trade.cancelled@1": ({ side, reason }) =>
    `${capital(sideWords[side].en)} left the trade (${word(reason)}); it is cancelled.`,
  "trade.expired@1": ({ from }) =>
    `Nobody acted in time while the trade was ${tradeStateWords[from].en}; it expired.`,
  "trade.funding@1": ({ rail }) => `The buyer started the payment ${railWords[rail].en}.`,
  "trade.unfunded@1": ({ reason }) => `The payment ended without money (${word(reason)}).`,
  "trade.processing@1": ({ deadline }) =>
    `The buyer has paid and the money is on its way${where("; the trade waits for it until ", deadline && time(deadline))}.`,
  "trade.funded@1": () => "The buyer's payment arrived and is held.",
  "trade.delivered@1": ({ check }) => deliveredIn(check),
  "trade.delivered@2": ({ check }) => deliveredIn(check),
  "trade.accepted@1": ({ by }) =>
    by === "buyer"
      ? "The buyer accepted the delivery."
      : "The time to object passed; the delivery counts as accepted.",
  "trade.disputed@1": ({ reason }, { statement }) =>
    `The buyer disputed the delivery (${word(reason)})${where(": ", text(statement))}.`,
  "trade.resolved@1": ({ reason }, { release, refund, note }) => {
    const parts = legs(amount(release), amount(refund))
    if (reason === "undelivered")
      return `The delivery did not take place; the buyer's money goes back${parts}.`
    if (reason === "disputeUnanswered")
      return `The dispute was not decided in its time; the buyer's money goes back${parts}.`
    return `The operator decided the dispute${parts}${where(" — ", text(note))}.`
  },
  "trade.resolved@2": (_, { release, refund, note }) =>
    `All of the held funds go back to the buyer${legs(amount(release), amount(refund))}${where(" — ", text(note))}.`,
  "trade.settled@1": ({ payment }) =>
    payment ? "The seller was paid; the trade is settled." : "The trade, which cost nothing, is complete.",
  "trade.refunded@1": () => "The buyer's money went back; the trade is closed.",
  "trade.invoiced@1": (_, { invoice }) =>
    `The seller gave the number of its tax invoice${where(": ", text(invoice))}.`,
  "trade.chargedBack@1": () => "The buyer's bank took the payment back for good; the trade is closed.",
  "trade.frozen@1": () => frozen,
  "trade.unfrozen@1": ({ deadline }) => unfrozen(deadline),
  "trade.frozen@2": () => frozen,
  "trade.unfrozen@2": ({ deadline }) => unfrozen(deadline),

  "payment.started@1": ({ rail }, { amount: sum }) =>
    `A payment${where(" of ", amount(sum))} ${railWords[rail].en} was started.`,
  "payment.failed@1": ({ reason }) => `The payment failed (${word(reason)}).`,
  "payment.held@1": ({ rail }, { amount: sum }) =>
    `${where("", amount(sum), " ") || "Money "}arrived ${railWords[rail].en} and is held.`,
  "payment.prepaid@1": (_, { amount: sum }) =>
    `The buyer paid${where(" ", amount(sum))} from the prepaid balance; it is held.`,
  "payment.parted@1": (_, { release, fee, refund }) =>
    `It was decided how the held funds are parted${legs(amount(release), amount(refund))}${where(
      ", of which the fee is ",
      amount(fee),
    )}.`,
  "payment.parted@2": (_, { release, fee, tax, refund }) =>
    `It was decided how the held funds are parted${legs(amount(release), amount(refund))}${where(
      ", of which the fee is ",
      amount(fee),
    )}${where(" and tax ", amountIfAny(tax))}.`,
  "payment.released@1": (_, { amount: sum }) => `The seller was paid${where(" ", amount(sum))}.`,
  "payment.refunded@1": (_, { amount: sum }) => `The buyer was refunded${where(" ", amount(sum))}.`,
  "payment.givenBack@1": (_, { amount: sum, fee }) =>
    `${where("", amount(sum), " ") || "A part "}of the payment goes back to the buyer${where(
      ", of which the fee is ",
      amount(fee),
    )}.`,
  "payment.redirected@1": () => "The operator confirmed the account that the seller is paid on.",
  "payment.netted@1": (_, { amount: sum }) =>
    `${where("", amount(sum), " ") || "A part "}of the release is kept back for what the seller owes.`,

  "refund.asked@1": ({ reason }, { amount: sum, note }) =>
    `The operator asked for a refund${where(" of ", amount(sum))} (${word(reason)})${where(
      " — ",
      text(note),
    )}; a second person has to confirm it.`,
  "refund.decided@1": ({ source, reason }, { amount: sum, note }) =>
    `A refund${where(" of ", amount(sum))} out of ${
      source === "held" ? "the held funds" : "what the seller was paid"
    } was decided (${word(reason)})${where(" — ", text(note))}.`,
  "refund.dropped@1": () => "The refund that was asked for was not confirmed.",
  "refund.repaid@1": (_, { amount: sum }) => `The refund${where(" of ", amount(sum))} went to the buyer.`,
  "refund.returned@1": (_, { amount: sum }) =>
    `The refund${where(" of ", amount(sum))} came back from the buyer's account and is sent again.`,
  "refund.offset@1": (_, { amount: sum }) =>
    `The buyer has ${where("", amount(sum), " of ") || "a part of "}the refund that came back by a lost chargeback already; the platform keeps it against what it had borne of that.`,
  "refund.lowered@1": (_, { amount: sum }) =>
    `The buyer has money by the lost chargeback; the refund is less by ${where("", amount(sum)) || "as much"}.`,
  "refund.chargedBack@1": (_, { amount: sum }) =>
    `The buyer has the money by the lost chargeback; the refund${where(" of ", amount(sum))} is not sent.`,
  "refund.bankAsked@1": (_, { to, note }) =>
    `The provider refuses the refund; the operator asked to pay it by bank${where(" to ", text(to))}${where(
      " — ",
      text(note),
    )}. A second person has to confirm it.`,
  "refund.bankDropped@1": () => "That the refund be paid by bank was not confirmed.",
  "refund.toBank@1": (_, { to }) => `The refund is paid by bank${where(" to ", text(to))}.`,

  "debt.opened@1": ({ cause, start }, { amount: sum }) =>
    cause === "topUp"
      ? `The party owes${where(" ", amount(sum))} for a top-up that its bank took back and the balance did not suffice for.`
      : `The seller has to give back${where(" ", amount(sum))} of what they were paid, for a ${
          cause === "refund" ? "refund" : "chargeback"
        }; ${start === "reversing" ? "the transfer is being taken back" : "it is owed"}.`,
  "debt.owed@1": (_, { reason }) =>
    `The transfer could not be taken back${where(" (", coded(reason), ")")}; the seller owes the amount.`,
  "debt.reversed@1": ({ settled }, { amount: sum }) =>
    `${where("", amount(sum), " ") || "Money "}was taken back from the seller's account${paidUp(settled)}.`,
  "debt.netted@1": ({ settled, trade }, { amount: sum }) =>
    `${where("", amount(sum), " ") || "Money "}was kept back from ${trade ? "another" : "a"} release of the ${owing(trade)}'s${paidUp(settled)}.`,
  "debt.repaid@1": ({ settled, trade }, { amount: sum }) =>
    `The ${owing(trade)} repaid${where(" ", amount(sum))} by bank transfer${paidUp(settled)}.`,
  "debt.takenBack@1": ({ settled, trade }, { amount: sum }) =>
    `${where("", amount(sum), " ") || "Money "}was taken from the ${owing(trade)}'s prepaid balance${paidUp(settled)}.`,
  "debt.writeOffAsked@1": ({ trade }, { note }) =>
    `The operator asked to write the ${owing(trade)}'s debt off${where(" — ", text(note))}; a second person has to confirm it.`,
  "debt.takeAsked@1": ({ trade }, { note }) =>
    `The operator asked to take the debt out of the ${owing(trade)}'s prepaid balance${where(" — ", text(note))}; a second person has to confirm it.`,
  "debt.writtenOff@1": ({ trade }, { amount: sum, note }) =>
    `The platform wrote off${where(" ", amount(sum))} that the ${owing(trade)} owed${where(" — ", text(note))}.`,
  "payment.contested@1": () =>
    "A chargeback is open against the payment; no money leaves it until the bank has decided.",
  "payment.cleared@1": () => "The chargeback is over and took nothing from the payment.",
  "payment.chargedBack@1": (_, { lost, release, refund }) =>
    `The lost chargeback took ${where("", amount(lost), " ") || "its amount "}from the payment${legs(amount(release), amount(refund))}.`,
  "payment.releaseReturned@1": (_, { amount: sum, reason }) =>
    `The bank sent the payout to the seller${where(" of ", amount(sum))} back${where(" (", text(reason), ")")}; it is made again.`,
  "payment.refundReturned@1": (_, { amount: sum, reason }) =>
    `The bank sent the refund to the buyer${where(" of ", amount(sum))} back${where(" (", text(reason), ")")}; it is made again.`,
  "payment.offset@1": (_, { amount: sum }) =>
    `The buyer has ${where("", amount(sum), " of ") || "a part of "}the refund that came back by a lost chargeback already; the platform keeps it against what it had borne of that.`,
  "payment.bankAsked@1": (_, { to, note }) =>
    `The provider refuses the refund to the buyer; the operator asked to pay it by bank${where(" to ", text(to))}${where(
      " — ",
      text(note),
    )}. A second person has to confirm it.`,
  "payment.bankDropped@1": () => "That the refund to the buyer be paid by bank was not confirmed.",
  "payment.toBank@1": (_, { to }) => `The refund to the buyer is paid by bank${where(" to ", text(to))}.`,

  "chargeback.opened@1": ({ reason }, { amount: sum }) =>
    `The buyer's bank took ${where("", amount(sum), " ") || "the payment "}back (${word(reason)}); the money is away until the bank has decided.`,
  "chargeback.answered@1": () => "The market answered the chargeback with its evidence.",
  "chargeback.conceded@1": () => "The market accepted the chargeback and does not contest it.",
  "chargeback.won@1": (_, { amount: sum }) =>
    `The bank decided the chargeback for the seller and gave ${where("", amount(sum)) || "the money"} back.`,
  "chargeback.lost@1": (_, { amount: sum }) =>
    `The bank decided the chargeback for the buyer and keeps ${where("", amount(sum)) || "the money"}.`,

  "payout.started@1": (_, { amount: sum }) =>
    `The operator asked the provider to pay ${where("", amount(sum), " ")}out to the platform's bank account.`,
  "payout.paid@1": (_, { amount: sum }) =>
    `The payout${where(" of ", amount(sum))} to the platform's bank account was paid.`,
  "payout.failed@1": ({ reason }) => `The payout failed (${word(reason)}); nothing left the provider.`,
  "payout.returned@1": ({ reason }, { amount: sum }) =>
    `The bank sent the platform's payout${where(" of ", amount(sum))} back (${word(reason)}).`,

  "correction.asked@1": ({ kind, reason }, { amount: sum, reference, note }) =>
    kind === "tax"
      ? `The operator asked to book tax${where(" of ", amount(sum))} as paid${where(" by document ", text(reference))}${where(" — ", text(note))}; a second person has to confirm it.`
      : `The operator said what unexplained money${where(" of ", amount(sum))} at the provider is (${word(reason)})${where(" — ", text(note))}; a second person has to confirm it.`,
  "correction.dropped@1": () => "The operator's correction was dropped; nothing was booked.",
  "correction.matched@1": (_, { reference, journal }) =>
    `The provider's line${where(" ", text(reference))} was found to be that of a journal${where(" (", text(journal), ")")}, as two people of the operator's say.`,
  "correction.bookedIn@1": ({ reason }, { amount: sum }) =>
    `Unexplained money${where(" of ", amount(sum))} that had come in at the provider was booked (${word(reason)}).`,
  "correction.bookedOut@1": ({ reason }, { amount: sum }) =>
    `Unexplained money${where(" of ", amount(sum))} that had left the provider was booked (${word(reason)}).`,
  "correction.taxPaid@1": (_, { amount: sum, reference }) =>
    `Tax${where(" of ", amount(sum))} was paid to the authority${where(" (document ", text(reference), ")")}.`,

  "balance.moved@1": ({ why }, { available, reserved }) =>
    `A prepaid balance changed: ${balanceWords[why].en}${where("; available ", amount(available))}${where(
      ", set aside ",
      amountIfAny(reserved),
    )}.`,
  "topUp.started@1": ({ rail }, { amount: sum }) =>
    `A top-up${where(" of ", amount(sum))} ${railWords[rail].en} was started.`,
  "topUp.failed@1": ({ reason }) => `The top-up ended without money (${word(reason)}).`,
  "topUp.received@1": ({ rail }, { amount: sum }) =>
    `${where("", amount(sum), " ") || "A top-up "}arrived ${railWords[rail].en} and is credited to the prepaid balance.`,
  "topUp.contested@1": ({ reason }, { amount: sum }) =>
    `The payer's bank took ${where("", amount(sum)) || "the top-up"} back (${word(reason)}); as much of the balance is set aside until the bank has decided.`,
  "topUp.cleared@1": (_, { amount: sum }) =>
    `The bank gave ${where("", amount(sum)) || "the top-up"} back; the chargeback of the top-up is over.`,
  "topUp.lost@1": (_, { amount: sum, missing }) =>
    `The bank keeps ${where("", amount(sum)) || "the top-up"} that it took back${where(
      "; the balance did not suffice for ",
      amountIfAny(missing),
      ", which the party still has to pay",
    )}.`,
  "withdrawal.asked@1": (_, { amount: sum }) =>
    `A withdrawal${where(" of ", amount(sum))} from the prepaid balance was asked for; a second person has to approve it.`,
  "withdrawal.approved@1": ({ by }) =>
    by === "party"
      ? "A second person of the organisation approved the withdrawal."
      : "The operator approved the withdrawal, for the organisation has no second person who may.",
  "withdrawal.refused@1": ({ by }, { note }) =>
    `The withdrawal was ${by === "party" ? "taken back by the organisation" : "refused by the operator"}${where(" — ", text(note))}.`,
  "withdrawal.paid@1": ({ before }, { amount: sum }) =>
    `The withdrawal${where(" of ", amount(sum))} was paid to the organisation's bank account${paidBefore(before)}.`,
  "withdrawal.returned@1": (_, { amount: sum, note }) =>
    `The bank sent the withdrawal${where(" of ", amount(sum))} back${where(" (", text(note), ")")}; it is available again.`,

  "grant.issued@1": ({ expires }) => `The buyer may fetch the data until ${time(expires)}.`,
  "grant.fetched@1": () => "The buyer fetched the data.",
  "grant.issued@2": (_, { expires }) => `The buyer may fetch the data${where(" until ", until(expires))}.`,
  "grant.fetched@2": () => "The buyer fetched the data.",
  "grant.revoked@1": ({ reason }) => `The buyer's access was revoked (${word(reason)}).`,

  "freeze.imposed@1": ({ scope, reason, expires }, { document }) =>
    `Supervision froze ${freezeScopeWords[scope].en} (${freezeReason(reason, "en")})${where(
      " on document ",
      text(document),
    )}, until ${time(expires)}.`,
  "freeze.lifted@1": ({ scope, by }, { document }) =>
    by === "order"
      ? `Supervision lifted the freeze of ${freezeScopeWords[scope].en}${where(" on document ", text(document))}.`
      : `The freeze of ${freezeScopeWords[scope].en} reached its end.`,

  "hold.placed@1": ({ reason }, { document }) =>
    `Supervision placed a legal hold on a party (${word(reason)}${where("; ", text(document))}): nothing of it is erased.`,
  "hold.lifted@1": (_, { document }) => `Supervision lifted a legal hold${where(" (", text(document), ")")}.`,
  "erasure.requested@1": ({ kind, reason }) =>
    `The erasure of ${kind === "account" ? "a person's account" : "a field of a party's data"} was asked for (${word(reason)}).`,
  "erasure.requested@2": ({ reason }) =>
    `The erasure of the data of a product was asked for (${word(reason)}).`,
  "erasure.held@1": ({ rule, until }) =>
    `The erasure is held (${word(rule)})${until === null ? "" : ` until ${time(until)}`}.`,
  "erasure.refused@1": ({ reason }, { note }) =>
    `The operator refused the erasure (${word(reason)}${where("; ", text(note))}).`,
  "data.erased@1": ({ kind, reason, places }) =>
    kind === "account"
      ? `A person's account was erased (${word(reason)}).`
      : `${places.length} confidential ${places.length === 1 ? "value was" : "values were"} erased (${word(reason)}).`,
  "data.erased@2": ({ reason }) =>
    `The data of a product were erased (${word(reason)}): the key of its files is destroyed.`,
  "erasure.finished@1": () => "The erasure was carried out: values, salts and keys are gone.",

  "settlement.booked@1": ({ lines }) =>
    `The market's book was compared with the payment provider's: ${lines} steps of its lines were booked.`,
  "bankFile.imported@1": ({ lines, added }, { period }) =>
    `A statement of the platform's bank account${where(" for ", text(period))} was imported: ${lines} lines, ${added} of them new.`,
  "index.sealed@1": ({ size, keys }) =>
    `The map of all ${keys} threads of the first ${size} records was sealed.`,

  "key.rotated@1": ({ reason }) => `The log signs with a new key from here on, ${rotationWords[reason].en}.`,

  "audit.exported@1": ({ from, to }, { reason }) =>
    `Records ${from} to ${to - 1} were exported${where(" (", text(reason), ")")}.`,
  "audit.exported@2": ({ filter }, { reason }) =>
    `All records of ${filterWords[filter].en} were exported${where(" (", text(reason), ")")}.`,
  "audit.opened@1": ({ purpose, values }) =>
    `Supervision opened ${values} confidential value${values === 1 ? "" : "s"} (${word(purpose)}).`,
}
