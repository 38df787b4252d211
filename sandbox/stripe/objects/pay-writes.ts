import type Stripe from "stripe"
import type { World } from "../state/world.ts"
import { record } from "./balance.ts"
import { makeCharge, makeIntent } from "./charge-shape.ts"
import { feeOf } from "./currencies.ts"
import { addCustomer } from "./customers.ts"
import { emit } from "./events.ts"
import type { Payer } from "./methods.ts"

type Session = Stripe.Checkout.Session
type Intent = Stripe.PaymentIntent

/** One attempt to pay a session. */
export type Try = { world: World; session: Session; intent: Intent; payer: Payer }

/** Why an attempt failed, as the intent tells it. */
export type Failure = {
  code: string
  declineCode?: string
  message: string
  type: "card_error" | "api_error"
}

/** The session's payment intent; made at the first attempt, as Stripe does for hosted pages. */
export function intentOf(world: World, session: Session): Intent {
  if (typeof session.payment_intent === "string") {
    const known = world.store.get("intent", session.payment_intent)
    if (known !== undefined) return known
  }
  const plan = world.store.get("plan", session.id)
  if (plan === undefined || session.amount_total === null || session.currency === null)
    throw new Error(`session ${session.id} has no plan`)
  const intent = makeIntent({
    id: world.newId("pi_3"),
    created: world.now(),
    amount: session.amount_total,
    currency: session.currency,
    customer: typeof session.customer === "string" ? session.customer : null,
    methodTypes: session.payment_method_types,
    ...plan.intent,
  })
  world.store.put("intent", intent.id, intent)
  emit(world, "payment_intent.created", intent)
  return intent
}

export const newCharge = ({ world, intent, payer }: Try, authenticated: boolean): Stripe.Charge =>
  makeCharge({
    id: world.newId("ch_3"),
    created: world.now(),
    intent,
    paymentMethod: world.newId("pm_1"),
    payer,
    authenticated,
  })

/** The charge's money comes in, and is available after `pendingSeconds`. */
export function capture(world: World, charge: Stripe.Charge, pendingSeconds: number): Stripe.Charge {
  const move = record(world, {
    owner: null,
    type: "charge",
    amount: charge.amount,
    fee: feeOf(charge.amount, charge.currency),
    currency: charge.currency,
    source: charge.id,
    availableOn: world.now() + pendingSeconds,
  })
  return world.store.put("charge", charge.id, {
    ...charge,
    amount_captured: charge.amount,
    balance_transaction: move.id,
    captured: true,
    paid: true,
    status: "succeeded",
  })
}

export function saveSuccess(world: World, intent: Intent, charge: Stripe.Charge): void {
  const paid = world.store.put("intent", intent.id, {
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: charge.payment_method,
    processing: null,
    status: "succeeded",
  })
  emit(world, "charge.succeeded", charge)
  emit(world, "payment_intent.succeeded", paid)
}

/** The session as the payer leaves it: complete, whether or not the money has arrived. */
export function complete({ world, session, intent, payer }: Try, payment_status: "paid" | "unpaid"): Session {
  const named =
    typeof session.customer === "string" ? world.store.get("customer", session.customer) : undefined
  const known = named?.deleted === true ? undefined : named
  const email = payer.email ?? session.customer_email ?? known?.email ?? null
  const made =
    session.customer_creation === "always"
      ? addCustomer(world, { email: email ?? undefined, name: payer.name ?? undefined })
      : undefined
  return world.store.put("session", session.id, {
    ...session,
    customer: made?.id ?? session.customer,
    customer_details: {
      address: null,
      business_name: null,
      email,
      individual_name: null,
      name: payer.name ?? known?.name ?? null,
      phone: null,
      tax_exempt: "none",
      tax_ids: null,
    },
    payment_intent: intent.id,
    payment_status,
    status: "complete",
    url: null,
  })
}

/** Writes a failed attempt; `charge` is null where none was made, as when the payer did not approve. */
export function saveFailure(
  { world, session, intent }: Omit<Try, "payer">,
  { charge, failure, method }: { charge: Stripe.Charge | null; failure: Failure; method: string },
): Session {
  const failed =
    charge === null
      ? null
      : world.store.put("charge", charge.id, {
          ...charge,
          failure_code: failure.code,
          failure_message: failure.message,
          status: "failed",
        })
  const failedIntent = world.store.put("intent", intent.id, {
    ...intent,
    last_payment_error: {
      ...(failed === null ? {} : { charge: failed.id }),
      code: failure.code as Stripe.PaymentIntent.LastPaymentError.Code,
      ...(failure.declineCode === undefined ? {} : { decline_code: failure.declineCode }),
      message: failure.message,
      payment_method_type: method,
      type: failure.type,
    },
    latest_charge: failed?.id ?? intent.latest_charge,
    next_action: null,
    status: "requires_payment_method",
  })
  const open = world.store.put("session", session.id, { ...session, payment_intent: intent.id })
  if (failed !== null) emit(world, "charge.failed", failed)
  emit(world, "payment_intent.payment_failed", failedIntent)
  return open
}
