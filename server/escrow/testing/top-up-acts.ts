import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { applyDispute } from "../../chargebacks/apply.ts"
import { loadOwedBy } from "../../debts/store.ts"
import { applySession } from "../../payments/apply.ts"
import { cancelTopUp, topUp, topUpInstruction } from "../../top-ups/commands.ts"
import { payAt } from "./acts.ts"
import { payFromBalance, takeOut } from "./balance-acts.ts"
import { type Chance, chanceFrom } from "./chance.ts"
import { drawSome, settle } from "./claim-acts.ts"
import type { Lane } from "./lane.ts"
import { newToldTopUp, type Told, type ToldTopUp } from "./told.ts"

/** Acts of top-ups by card: what the buyer pays in on the provider's page, and what their bank takes back of it. */

/** The buyer pays in by card and comes back from the page. */
export async function payInByCard(lane: Lane, amount: Money): Promise<void> {
  const told = await start(lane, amount)
  if (!told) return
  await askPage(lane, told)
  if (told.session) await lane.control(`sessions/${told.session}/pay`, { card: "4242424242424242" })
  await comeBack(lane, told)
}

async function start(lane: Lane, amount: Money): Promise<ToldTopUp | null> {
  let told: ToldTopUp | null = null
  await lane.give(
    (services, commandId) => topUp(services, lane.buyer, { commandId, amount, rail: "card" }),
    (made: { topUp: Id<"topUp"> }) => {
      told = newToldTopUp(made.topUp, amount)
      lane.topUps.push(told)
      lane.market.jobs.own(made.topUp, lane.number)
    },
  )
  return told
}

async function askPage(lane: Lane, told: ToldTopUp): Promise<void> {
  const answer = await lane.again(() => topUpInstruction(lane.services, lane.buyer, told.topUp, "en"))
  if (isRefusal(answer) || answer.kind !== "page") return
  const session = /cs_\w+/.exec(answer.url)?.[0] ?? null
  if (told.session !== null && session !== told.session)
    lane.surprises.push(`${told.topUp} has two pages, ${told.session} and ${session}`)
  told.session = session
}

async function comeBack(lane: Lane, { session }: ToldTopUp): Promise<void> {
  if (session) await lane.tryOnce(() => applySession(lane.services, session))
}

/** A top-up is begun, or something happens to one; often one thing right after the other, or two at once. */
export async function moveTopUps(lane: Lane, told: Told, chance: Chance): Promise<void> {
  if (lane.topUps.length === 0 || chance.percent(25)) {
    const made = await start(lane, chance.percent(50) ? told.price : drawSome(chance, told.price))
    if (made && chance.percent(85)) await askPage(lane, made)
    // Whether anybody here hears of it is left to what comes next.
    if (made && chance.percent(50)) await payPage(lane, made, chance)
    return
  }
  const one = chance.one(lane.topUps)
  for (let acts = 1 + chance.below(3); acts > 0; acts--) {
    const [first, second] = [chance.one(possible), chance.one(possible)]
    const other = chanceFrom(chance.below(2 ** 31))
    if (chance.percent(75)) await first(lane, one, chance)
    else await Promise.all([first(lane, one, chance), second(lane, one, other)])
  }
}

const payPage = async (lane: Lane, { session }: ToldTopUp, chance: Chance): Promise<void> => {
  if (session) await payAt(lane, session, chance, chance.percent(15))
}

/** The party takes it back, and sometimes pays all the same: its page is still there. */
async function cancel(lane: Lane, told: ToldTopUp, chance: Chance): Promise<void> {
  const { topUp: id } = told
  await lane.give((services, commandId) => cancelTopUp(services, lane.buyer, { commandId, topUp: id }))
  if (chance.percent(70)) await payPage(lane, told, chance)
}

/** The payer's bank takes it back, or a part of it: also before anybody here has heard that it was paid. */
async function takeBack(lane: Lane, told: ToldTopUp, chance: Chance): Promise<void> {
  if (told.session === null || told.dispute !== null) return
  // What a balance has no longer cannot be reserved.
  if (chance.percent(60)) await takeOut(lane, told, chance)
  const { stripe } = lane.market.harness
  const session = await stripe.checkout.sessions.retrieve(told.session, { expand: ["payment_intent"] })
  const intent = typeof session.payment_intent === "object" ? session.payment_intent : null
  if (intent?.status !== "succeeded" || told.dispute !== null) return
  const charge = String(intent.latest_charge)
  const { minor } = drawSome(chance, told.amount)
  const part = chance.percent(40)
  const made = await lane.control(`charges/${charge}/dispute`, part ? { amount: Number(minor) } : {})
  if (typeof made.id !== "string") return
  told.dispute = { dispute: made.id, charge, minor: BigInt(made.amount as number) }
  lane.market.jobs.own(charge, lane.number)
}

/** The bank decides; sometimes somebody looks at once. */
export async function decideOnTopUp(lane: Lane, { dispute }: ToldTopUp, chance: Chance): Promise<void> {
  if (!dispute) return
  const said = chance.one([{}, { return_fee: true }] as const)
  await lane.control(`disputes/${dispute.dispute}/${chance.one(["win", "lose"])}`, said)
  if (chance.percent(30)) await hear(lane, dispute.dispute)
}

const hear = (lane: Lane, dispute: string) => lane.tryOnce(() => applyDispute(lane.services, dispute))

/** What the balance did not suffice for is repaid by bank, given up by two people or paid out of the balance. */
export async function settleOwn(lane: Lane, chance: Chance, whole = false): Promise<void> {
  const owed = await loadOwedBy(lane.market.services.sql, lane.buyer.party)
  if (owed.length === 0) return
  const debt = chance.one(owed)
  const told = lane.topUps.find(({ topUp: id }) => id === debt.causeId)
  if (!told) return void lane.surprises.push(`${debt.id} is owed for ${debt.causeId}, which nobody knows`)
  if (!whole && chance.percent(40)) return payFromBalance(lane, lane.buyer, debt, chance)
  await settle(lane, told, debt, chance, whole)
}

const possible = [
  askPage,
  payPage,
  payPage,
  payPage,
  comeBack,
  comeBack,
  cancel,
  cancel,
  takeBack,
  takeBack,
  takeBack,
  decideOnTopUp,
  (lane: Lane, { dispute }: ToldTopUp) => (dispute ? hear(lane, dispute.dispute) : Promise.resolve()),
  (lane: Lane, _told: ToldTopUp, chance: Chance) => settleOwn(lane, chance),
] as const

/** Whether one waits for its money or for the bank, or something is owed of one. */
export async function hasOpenTopUps({ market, topUps }: Lane): Promise<boolean> {
  if (topUps.length === 0) return false
  const [row] = await market.services.sql<{ open: boolean }[]>`
    select exists (select from top_ups where id = any(${topUps.map(({ topUp: id }) => id)}::text[])
        and (state = 'started' or row->'contested'->>'state' = 'open'))
      or exists (select from debts where row->>'causeId' = any(${topUps.map(({ topUp: id }) => id)}::text[])
        and state = 'owed') as open`
  return row?.open ?? false
}
