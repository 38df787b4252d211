import { partsLeft, partsOf, releasedLeft, releasedParts, sumOfParts } from "#contracts/charges.ts"
import { compareMoney, isZero, type Money, minus, plus, zero } from "#contracts/money.ts"
import { heldLeft, type Leg, type Payment } from "#contracts/payment.ts"

const least = (a: Money, b: Money): Money => (compareMoney(a, b) < 0 ? a : b)

/** From where a lost chargeback is paid; the members sum to its amount. */
export type Loss = {
  /** Out of funds that are held and not parted yet. */
  held: Money
  /** Of a refund leg that was not sent: the buyer has that money by the chargeback. */
  refund: Money
  /** Of the seller's part that was not sent. */
  payable: Money
  /** Of the seller's part that was sent: they owe it. */
  owed: Money
  fee: Money
  tax: Money
  /** What nobody can be asked for: the platform's loss. */
  loss: Money
}

const pending = (leg: Leg | null): Money | null => (leg?.state === "pending" ? leg.amount : null)

/**
 * Where a lost chargeback's money comes from, and what is left of the payment. Before release out of held funds;
 * then out of what was to go back to the buyer, out of the release, sent or not, in the ratio of its parts; what is
 * more than all of that is the platform's loss.
 */
export function splitLoss(payment: Payment, amount: Money): { loss: Loss; left: Partial<Payment> } {
  const none = zero(amount.currency)
  const loss: Loss = { held: none, refund: none, payable: none, owed: none, fee: none, tax: none, loss: none }
  if (payment.state === "held") {
    const held = least(amount, heldLeft(payment))
    const left = { givenBack: payment.givenBack ? plus(payment.givenBack, held) : held }
    return { loss: { ...loss, held, loss: minus(amount, held) }, left }
  }
  const refund = least(amount, pending(payment.refund) ?? none)
  const rest = minus(amount, refund)
  const fromRefund = isZero(refund) ? {} : { refund: lowered(payment.refund, refund) }
  const whole = payment.release && releasedLeft(payment)
  if (!whole || isZero(rest)) return { loss: { ...loss, refund, loss: rest }, left: fromRefund }
  const taken = least(rest, sumOfParts(whole))
  const parts = partsOf(whole, taken)
  const told = { ...loss, refund, fee: parts.fee, tax: parts.tax, loss: minus(rest, taken) }
  if (payment.release?.state === "done")
    return {
      loss: { ...told, owed: parts.seller },
      left: {
        ...fromRefund,
        takenBack: takenBackAfter(payment, { amount: taken, fee: parts.fee, tax: parts.tax }),
      },
    }
  const netted = payment.release?.netted ?? none
  const payable = least(parts.seller, minus(whole.seller, netted))
  const owed = minus(parts.seller, payable)
  const after = partsLeft(releasedParts(payment) ?? whole, parts)
  const leg = leftOver(lowered(payment.release, taken), netted, after.seller)
  return {
    loss: { ...told, payable, owed },
    left: {
      ...fromRefund,
      release: leg,
      fee: after.fee,
      ...(payment.tax === undefined ? {} : { tax: after.tax }),
    },
  }
}

/** The leg with so much less; none where nothing is left of it. */
function lowered(leg: Leg | null, by: Money): Leg | null {
  if (leg === null || compareMoney(leg.amount, by) === 0) return null
  return { ...leg, amount: minus(leg.amount, by) }
}

/** The leg that is left: done where all of the seller's part was kept back, as there is nothing to send. */
function leftOver(leg: Leg | null, netted: Money, seller: Money): Leg | null {
  if (leg === null) return null
  const kept = leg.netted ? { ...leg, netted: least(netted, seller) } : leg
  return compareMoney(seller, netted) <= 0 ? { ...kept, state: "done" } : kept
}

type Taken = { amount: Money; fee: Money; tax: Money }

function takenBackAfter({ takenBack }: Payment, taken: Taken): Taken {
  const none = zero(taken.amount.currency)
  const before = { amount: none, fee: none, tax: none, ...takenBack }
  return {
    amount: plus(before.amount, taken.amount),
    fee: plus(before.fee, taken.fee),
    tax: plus(before.tax, taken.tax),
  }
}
