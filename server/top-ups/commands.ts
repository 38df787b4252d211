import type { Actor, UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import { addMs, dayMs } from "#contracts/time.ts"
import type { ConfirmTopUp, OnTopUp, StartTopUp } from "#contracts/top-up.ts"
import { permit } from "../access/permit.ts"
import { sideActor } from "../balances/rules.ts"
import { loadBalance } from "../balances/store.ts"
import type { PayInstruction } from "../escrow/hold-rail.ts"
import { loadParty } from "../parties/store.ts"
import { bankTicket, noteBankUse, type SeenLine, takeTicket, userOf } from "../payments/bank-numbers.ts"
import { openPage } from "../payments/checkout-page.ts"
import { checkoutExpiry } from "../payments/provider.ts"
import { takeRandom } from "../random.ts"
import { runCommand } from "../run-command.ts"
import type { Services } from "../services.ts"
import { confirmTopUp, failTopUp, startTopUp } from "./rules.ts"
import { countOpenTopUps, loadTopUp, nextTopUpTicket } from "./store.ts"

/** A party announces money for its balance; by card the page comes from `topUpInstruction`. */
export function topUp(services: Services, actor: Actor, input: StartTopUp): Promise<Json | Refusal> {
  const { sql, newId } = services
  const made = { id: newId("topUp"), nonce: takeRandom(16).toString("hex") }
  return runCommand(
    services,
    actor,
    { may: "balance.topUp", action: "topUp.start", input },
    async (user) => {
      // Before those that wait are counted: one that starts in between takes the ticket away.
      const ticket = await nextTopUpTicket(sql, user.party)
      const [party, open] = await Promise.all([loadParty(sql, user.party), countOpenTopUps(sql, user.party)])
      return party ? { party, open, ticket } : refuse("not_found", "party")
    },
    ({ party, open, ticket }, user, now) => {
      const started = startTopUp(party, input, { ...made, user: user.user }, open, sideActor(user), now)
      return isRefusal(started) ? started : { ...started, seats: [ticket] }
    },
  )
}

/** The party no longer wants it. Money that comes all the same is credited. */
export const cancelTopUp = (services: Services, actor: Actor, input: OnTopUp): Promise<Json | Refusal> =>
  runCommand(
    services,
    actor,
    { may: "balance.topUp", action: "topUp.cancel", input },
    (user) => loadOwn(services, input.topUp, user),
    (found, user, now) => failTopUp(found, "cancelled", sideActor(user), now),
  )

async function loadOwn({ sql }: Services, id: Id<"topUp">, user: UserActor) {
  const found = await loadTopUp(sql, id)
  return found?.party === user.party ? found : refuse("not_found", "topUp")
}

/** The operator has seen the party's bank transfer on the platform's account. */
export function confirmTopUpReceipt(
  services: Services,
  actor: Actor,
  input: ConfirmTopUp,
  line: SeenLine = null,
): Promise<Json | Refusal> {
  const { topUp: thing, bankNumber: number } = input
  const confirmed = runCommand(
    services,
    actor,
    { may: "payment.confirmBank", action: "topUp.confirm", input },
    async () => {
      const ticket = await bankTicket(services.sql, number)
      const found = await loadTopUp(services.sql, thing)
      if (!found) return refuse("not_found", "topUp")
      const { party, amount } = found
      const now = services.writer.now()
      const balance = await loadBalance(services.sql, party, amount.currency, now)
      return { found, balance, ticket }
    },
    ({ found, balance, ticket }, user, now) =>
      takeTicket(confirmTopUp(found, balance, { amount: input.amount, charge: number }, user, now), ticket),
  )
  return noteBankUse(
    services.sql,
    { number, kind: "topUp", thing, attempt: 1, line, user: userOf(actor) },
    confirmed,
  )
}

/** What the party does for a started top-up of theirs: go to the provider's page, or make a transfer with a reference. */
export async function topUpInstruction(
  services: Services,
  actor: Actor,
  id: Id<"topUp">,
  locale: Locale,
): Promise<PayInstruction | Refusal> {
  const user = permit(actor, "balance.topUp")
  if (isRefusal(user)) return user
  const found = await loadOwn(services, id, user)
  if (isRefusal(found)) return found
  if (found.state !== "started") return refuse("top_up_state", "pay", { state: found.state })
  const { sql, provider, config, writer } = services
  if (found.rail === "bank")
    return { kind: "transfer", reference: found.reference, account: config.bankAccount }
  const now = writer.now()
  const back = `${config.publicUrl}/pay/return?topUp=${id}&locale=${locale}`
  return openPage(
    sql,
    provider,
    { key: `checkout:${id}:1`, payment: null, subject: id },
    {
      // The provider's marks of whose money it is: a top-up belongs to no trade.
      tradeId: id,
      paymentId: id,
      amount: found.amount,
      description: pageTitle[locale],
      successUrl: `${back}&session={CHECKOUT_SESSION_ID}`,
      cancelUrl: back,
      expiresAt: checkoutExpiry(addMs(now, dayMs), now),
      locale,
    },
  )
}

/** What the payer reads on the provider's page. */
const pageTitle: Record<Locale, string> = { zh: "预存款充值", en: "Top-up of the prepaid balance" }
