import { z } from "zod"
import { type Actor, isOwnMatter, type Person } from "#contracts/actor.ts"
import { type Id, isId } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { type Locale, readText } from "#contracts/localized-text.ts"
import { money } from "#contracts/money.ts"
import { legRail, type Payment } from "#contracts/payment.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { line } from "#contracts/rights.ts"
import { permit } from "../access/permit.ts"
import { tellRefusedStep } from "../alerts/refused.ts"
import { withdrawAlert } from "../alerts/store.ts"
import { decide } from "../decision.ts"
import type { PayInstruction } from "../escrow/hold-rail.ts"
import type { Services } from "../services.ts"
import { type payInput, startTradePayment } from "../trades/commands.ts"
import { applyCaptured, applyLegDone } from "../trades/funding-rules.ts"
import { frozenRefusal, type Scene, userActor } from "../trades/scene.ts"
import { accountOf } from "../trades/settlement-rules.ts"
import { loadListingTitle, loadScene } from "../trades/store.ts"
import {
  type BankTicket,
  bankTicket,
  changedAmount,
  noteBankUse,
  otherAmount,
  type ReturnLine,
  returnNumber,
  type SeenLine,
  takeTicket,
} from "./bank-numbers.ts"
import { checkoutExpiry } from "./provider.ts"
import { returnLeg, staleAttempt } from "./return-rules.ts"
import { type LegKind, legAmount, redirectRelease } from "./rules.ts"
import { loadPayment } from "./store.ts"

const paymentId = z
  .string()
  .refine((text): text is Id<"payment"> => isId("payment", text), { message: "not a payment's id" })
const commandId = z
  .string()
  .refine((text): text is Id<"command"> => isId("command", text), { message: "not a command's id" })
/** The bank's own number of a transfer: short plain text. */
const bankNumber = z
  .string()
  .trim()
  .regex(/^[\w./-]{4,64}$/)

/** Which payout of a leg is meant, as the page showed it: counts from 1, one higher each time it came back. */
const attempt = z.int().min(1)

export const confirmReceiptInput = z.strictObject({
  commandId,
  payment: paymentId,
  amount: money,
  bankNumber,
})
export const confirmPayoutInput = z.strictObject({
  commandId,
  payment: paymentId,
  leg: z.enum(["release", "refund"]),
  attempt,
  /** What was paid, as the page showed it: what leaves may have become less since. */
  amount: money,
  bankNumber,
  /** The bank had made this payment before supervision froze it: that is a fact, and no step out. */
  alreadyPaid: z.boolean().optional(),
})
export const confirmPayeeInput = z.strictObject({
  commandId,
  payment: paymentId,
  /** The account that the operator asked the seller about. */
  account: z.string().min(1).max(200),
})

export const returnPayoutInput = z.strictObject({
  commandId,
  payment: paymentId,
  leg: z.enum(["release", "refund"]),
  attempt,
  reason: line(200),
})

/** Starts the payment and answers what the buyer does next. Called again for the same trade it finds the same page. */
export async function payTrade(
  services: Services,
  actor: Actor,
  input: z.infer<typeof payInput>,
  locale: Locale,
): Promise<(PayInstruction & { payment: string }) | Refusal> {
  const started = await startTradePayment(services, actor, input)
  if (isRefusal(started)) return started
  const { payment } = started as { payment: Id<"payment"> }
  if (input.rail === "balance") return { kind: "paid", payment }
  return payInstruction(services, actor, payment, locale)
}

/** What the buyer has to do for a started payment of theirs. */
export async function payInstruction(
  services: Services,
  actor: Actor,
  id: Id<"payment">,
  locale: Locale,
): Promise<(PayInstruction & { payment: string }) | Refusal> {
  const user = permit(actor, "trade.pay")
  if (isRefusal(user)) return user
  const payment = await loadPayment(services.sql, id)
  if (!payment || payment.buyer !== user.party) return refuse("not_found", "payment")
  const scene = await loadScene(services.sql, payment.trade)
  if (!scene) return refuse("not_found", "trade")
  // A page for a trade that has ended would only take money that goes back.
  if (scene.trade.state !== "funding")
    return refuse("trade_step_not_allowed", "fund", { state: scene.trade.state })
  if (payment.state !== "started" || scene.trade.payment !== id)
    return refuse("payment_state", "pay", { state: payment.state })
  const instruction = await services.rails[payment.rail].hold(
    payment,
    await payPage(services, payment, scene.trade.deadline, locale),
  )
  return isRefusal(instruction) ? instruction : { ...instruction, payment: id }
}

async function payPage(services: Services, payment: Payment, deadline: string | null, locale: Locale) {
  const now = services.writer.now()
  const title = await loadListingTitle(services.sql, payment.trade)
  const back = `${services.config.publicUrl}/pay/return?trade=${payment.trade}&locale=${locale}`
  return {
    description: title ? readText(title, locale).text : payment.trade,
    successUrl: `${back}&session={CHECKOUT_SESSION_ID}`,
    cancelUrl: back,
    expiresAt: checkoutExpiry(deadline ?? now, now),
    locale,
  }
}

/** The operator has seen a buyer's bank transfer on the platform's account. */
export async function confirmReceipt(
  services: Services,
  actor: Actor,
  input: z.infer<typeof confirmReceiptInput>,
  line: SeenLine = null,
): Promise<Json | Refusal> {
  const user = permit(actor, "payment.confirmBank")
  if (isRefusal(user)) return user
  const { payment: thing, bankNumber: number } = input
  const use = { number, kind: "receipt", thing, attempt: 1, line, user: user.user } as const
  return noteBankUse(
    services.sql,
    use,
    services.writer.run(
      { giver: user.party, id: input.commandId, action: "payment.confirmReceipt", input },
      () => loadBank(services, user, thing, number),
      ({ scene, payment, ticket }, now) => {
        const captured = { amount: input.amount, charge: number, providerFee: null }
        const by = userActor("operator", user.party, user.user)
        return takeTicket(applyCaptured(scene, payment, captured, by, now), ticket)
      },
    ),
  )
}

/** The operator has paid out a leg by bank. */
export async function confirmPayout(
  services: Services,
  actor: Actor,
  input: z.infer<typeof confirmPayoutInput>,
  line: SeenLine = null,
): Promise<Json | Refusal> {
  const user = permit(actor, "payment.confirmBank")
  if (isRefusal(user)) return user
  const { payment: thing, bankNumber: number, leg, attempt } = input
  const kind = leg === "release" ? "release" : "refundLeg"
  const answer = await noteBankUse(
    services.sql,
    { number, kind, thing, attempt, line, user: user.user },
    services.writer.run(
      { giver: user.party, id: input.commandId, action: "payment.confirmPayout", input },
      () => loadBank(services, user, thing, number, leg),
      ({ scene, payment, ticket }, now) => {
        if (leg === "release" && isSwapped(scene, payment)) return refuse("payee_changed", "payment")
        const stale = staleAttempt(payment[leg], attempt)
        if (stale) return stale
        const due = payment[leg] && legAmount(payment, leg)
        const other = due && (otherAmount(line, due) ?? changedAmount(input.amount, due))
        if (other) return other
        // What the bank's own statement tells, or a person of before the freeze, is a fact, and no step out.
        const stopped = input.alreadyPaid || line !== null ? null : stoppedRefusal(scene, payment)
        if (stopped) return stopped
        const by = userActor("operator", user.party, user.user)
        return takeTicket(applyLegDone(scene, payment, leg, number, by, now), ticket)
      },
    ),
  )
  if (isRefusal(answer) && answer.refused === "payee_changed")
    await tellRefusedStep(services.sql, thing, answer, user.user)
  return answer
}

/** The bank has sent a payout of a leg back; it is paid out again, under another number of the bank's. */
export async function returnPayout(
  services: Services,
  actor: Actor,
  input: z.infer<typeof returnPayoutInput>,
  line: ReturnLine = null,
): Promise<Json | Refusal> {
  const user = permit(actor, "payment.confirmBank")
  if (isRefusal(user)) return user
  const { payment: thing, leg, attempt } = input
  const paid = leg === "release" ? "release" : "refundLeg"
  const number = line && (await returnNumber(services.sql, line.number, paid, thing))
  const answer = services.writer.run(
    { giver: user.party, id: input.commandId, action: "payment.returnPayout", input },
    () => loadBank(services, user, thing, number, leg),
    ({ payment, ticket }, now) => {
      const other = payment[leg] && otherAmount(line, legAmount(payment, leg))
      if (other) return other
      const back = returnLeg(payment, input, userActor("operator", user.party, user.user), now)
      return ticket ? takeTicket(back, ticket) : back
    },
  )
  if (number === null) return answer
  const use = { number, kind: `${paid}Back`, thing, attempt, line, user: user.user } as const
  return noteBankUse(services.sql, use, answer)
}

/** A freeze; and of a refund that was to go back by card, that the bank may be taking that money just now. */
const stoppedRefusal = (scene: Scene, { chargeback }: Payment): Refusal | null =>
  chargeback ? refuse("chargeback_open", "payment", { chargeback }) : frozenRefusal(scene)

/** Whether the seller has another account now than when the release was decided. */
function isSwapped(scene: Scene, payment: Payment): boolean {
  const decided = payment.release?.to
  return Boolean(decided) && decided !== accountOf(scene, payment.rail)
}

/** The operator has asked the seller and confirms the account that they named after the release was decided. */
export async function confirmPayee(
  services: Services,
  actor: Actor,
  input: z.infer<typeof confirmPayeeInput>,
): Promise<Json | Refusal> {
  const user = permit(actor, "payment.confirmBank")
  if (isRefusal(user)) return user
  const answer = await services.writer.run(
    { giver: user.party, id: input.commandId, action: "payment.confirmPayee", input },
    () => loadOthers(services, user, input.payment),
    ({ scene, payment }, now) => {
      const by = userActor("operator", user.party, user.user)
      const account = accountOf(scene, payment.rail)
      // Another one since the page was read: it is this one that nobody has asked about.
      if (account !== input.account) return refuse("payee_changed", "account")
      const next = redirectRelease(payment, account, by, now)
      if (isRefusal(next)) return next
      return decide({
        changes: next.changes,
        facts: next.facts,
        guards: [{ noun: "party", id: scene.seller.id, version: scene.seller.version }],
        jobs: [{ task: "partPayment", payload: { payment: payment.id } }],
        result: { payment: payment.id },
      })
    },
  )
  if (!isRefusal(answer)) await withdrawAlert(services.sql, "command", input.payment)
  return answer
}

/** A bank payment of others, or a leg of one that goes by bank: nobody confirms what they themselves pay or are paid. */
async function loadBank<N extends string | null>(
  services: Services,
  operator: Person,
  id: Id<"payment">,
  number: N,
  leg: LegKind | null = null,
) {
  const ticket = number === null ? null : await bankTicket(services.sql, number)
  const found = await loadOthers(services, operator, id)
  if (isRefusal(found)) return found
  const { payment } = found
  if ((leg === null ? payment.rail : legRail(payment, leg)) !== "bank")
    return refuse("rail_not_available", "bank")
  return { ...found, ticket: ticket as N extends string ? BankTicket : null }
}

async function loadOthers(services: Services, operator: Person, id: Id<"payment">) {
  const payment = await loadPayment(services.sql, id)
  const scene = payment ? await loadScene(services.sql, payment.trade) : null
  if (!payment || !scene) return refuse("not_found", "payment")
  if (isOwnMatter(operator, payment.buyer, payment.seller)) return refuse("own_matter", "payment")
  return { payment, scene }
}
