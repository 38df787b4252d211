import type { Id } from "#contracts/ids.ts"
import { applyDispute } from "../../chargebacks/apply.ts"
import { acceptChargeback, sendEvidence } from "../../chargebacks/commands.ts"
import { payOut } from "../../payouts/commands.ts"
import type { Chance } from "./chance.ts"
import { drawPart } from "./claim-acts.ts"
import type { Lane } from "./lane.ts"
import type { Told } from "./told.ts"

/** Acts of the buyer's bank, of the platform's, and of the seller's account at the provider. */

/**
 * The buyer's bank takes a payment back, or a part of it; some are answered at the provider itself. Of a charge that a
 * bank keeps a part of, the provider makes no refund of the rest.
 */
export async function chargeBack(lane: Lane, told: Told, chance: Chance): Promise<void> {
  const { payments } = await lane.look(told)
  const paid = payments.filter(
    ({ rail, charge, id }) =>
      rail === "card" && charge && told.disputes.every(({ payment }) => payment !== id),
  )
  if (paid.length === 0) return
  const { id: payment, charge } = chance.one(paid)
  const { minor } = drawPart(chance, told.price)
  const part = chance.percent(40) && minor !== "0"
  const made = await lane.control(`charges/${charge}/dispute`, part ? { amount: Number(minor) } : {})
  if (typeof made.id !== "string") return
  told.disputes.push({ dispute: made.id, charge: charge ?? "", payment })
  if (part && chance.percent(50))
    await lane.market.harness.stripe.disputes.update(made.id, {
      evidence: { uncategorized_text: "delivered" },
      submit: true,
    })
}

/** The bank decides, whether or not anybody has answered. */
export async function decideAtBank(lane: Lane, told: Told, chance: Chance): Promise<void> {
  if (told.disputes.length === 0) return
  const { dispute } = chance.one(told.disputes)
  await lane.control(
    `disputes/${dispute}/${chance.one(["win", "lose"])}`,
    chance.one([{}, { return_fee: true }] as const),
  )
  if (chance.percent(30)) await lane.tryOnce(() => applyDispute(lane.services, dispute))
}

/** The operator answers a chargeback, or accepts it. */
export async function answer(lane: Lane, told: Told, chance: Chance): Promise<void> {
  const open = (await lane.look(told)).chargebacks.filter(({ state }) => state === "opened")
  if (open.length === 0) return
  const { id: chargeback } = chance.one(open)
  const act = chance.percent(65) ? sendEvidence : acceptChargeback
  await lane.give((services, commandId) => act(services, lane.operator, { commandId, chargeback }))
}

/** The platform has money of its own paid out to its bank; a little, so that there is some left. */
export async function payOutOwn(lane: Lane, told: Told, chance: Chance): Promise<void> {
  const { currency } = told.price
  const minor = chance.one(["10", "1230", "99990", "900000000"])
  await lane.give(
    (services, commandId) => payOut(services, lane.operator, { commandId, amount: { minor, currency } }),
    ({ payout }: { payout: Id<"payout"> }) => {
      lane.payouts.push(payout)
      lane.market.jobs.own(payout, lane.number)
      if (minor === "900000000") lane.surprises.push(`${payout} pays out more than there is`)
    },
  )
}

/** The bank sends a payout back, before or after it was paid. */
export async function failPayout(lane: Lane, _told: Told, chance: Chance): Promise<void> {
  const [row] = await lane.market.services.sql<{ reference: string }[]>`
    select row->>'reference' as reference from payouts
    where id = any(${lane.payouts}::text[]) and row->>'reference' is not null order by id desc limit 1 offset ${chance.below(2)}`
  if (row) await lane.control(`payouts/${row.reference}/fail`)
}

/** The seller has what they were paid sent to their own bank: it can no longer be taken back from their account. */
export async function emptyAccount(lane: Lane, told: Told): Promise<void> {
  const { stripe } = lane.market.harness
  const account = { stripeAccount: lane.payee }
  const currency = told.price.currency.toLowerCase()
  const { available } = await stripe.balance.retrieve({}, account)
  const amount = available.find((one) => one.currency === currency)?.amount ?? 0
  if (amount > 0) await stripe.payouts.create({ amount, currency }, account).catch(() => undefined)
}
