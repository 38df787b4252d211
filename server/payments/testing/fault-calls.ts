import type { UserActor } from "#contracts/actor.ts"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { type OpenTrade, testTrading } from "../../escrow/trading.test-data.ts"
import type { Services } from "../../services.ts"
import { reconcile } from "../../settlements/run.ts"
import type { testMarket } from "../../test-market.ts"
import { cancelTrade, startTradePayment } from "../../trades/commands.ts"
import { sweepDeadlines } from "../../trades/deadlines.ts"
import { appliers } from "../appliers.ts"
import { applySession, carryOut } from "../apply.ts"
import { payInstruction } from "../commands.ts"
import { expireCheckout, sweepEvents } from "../inbox.ts"
import { onboardPayee } from "../payees.ts"
import { loadPayment } from "../store.ts"
import { claimCalls } from "./fault-claims.ts"
import { type Call, keyOf, type Scene, wanted } from "./fault-scene.ts"

type Market = Awaited<ReturnType<typeof testMarket>>

const cny: Money = { minor: "10000", currency: "CNY" }
/** What a seller gets of a price of 100.00 at a fee of a tenth. */
const sellersPart = 9_000

/** The calls that the product makes, each in a scene of its own. */
export async function faultCalls(market: Market): Promise<Call[]> {
  const { services, harness } = market
  const { sql, newId } = services
  const { stripe } = harness
  const trading = await testTrading(market)
  // The float is the platform's own, and can be paid out, once the books have been compared.
  await reconcile(services)
  const commandId = () => newId("command")
  const stateOf = async (payment: Id<"payment">) => (await loadPayment(sql, payment))?.state

  async function transferred({ trade }: OpenTrade): Promise<string> {
    const { data } = await stripe.transfers.list({ transfer_group: trade })
    wanted(
      data.map(({ amount }) => amount),
      [sellersPart],
      `transfers of ${trade}`,
    )
    return "one transfer"
  }

  async function refunded({ payment }: OpenTrade): Promise<string> {
    const charge = (await loadPayment(sql, payment))?.charge ?? ""
    const { data } = await stripe.refunds.list({ charge })
    wanted(
      data.map(({ amount, status }) => [amount, status]),
      [[Number(cny.minor), "succeeded"]],
      `refunds of ${charge}`,
    )
    return "one refund"
  }

  /** A payment whose part is to leave: `release` once accepted, `refund` where nothing was delivered in time. */
  async function parting(kind: "release" | "refund", price = cny, card?: string): Promise<OpenTrade> {
    const opened = await trading.fund(price, "card", card)
    if (kind === "release") await trading.accept(opened)
    else {
      await market.passTime(opened.trade)
      await sweepDeadlines(services)
    }
    return opened
  }

  const leg = (opened: OpenTrade, moved: Scene["moved"]): Scene => ({
    act: (by) => carryOut(by, opened.payment),
    reached: async () => (await stateOf(opened.payment)) === "closed",
    moved,
  })

  /** A leg whose call was made and gave no answer. */
  async function unknown(kind: "release" | "refund", prelude: Services, key: string): Promise<OpenTrade> {
    const opened = await parting(kind)
    const path = kind === "release" ? "/v1/transfers" : "/v1/refunds"
    await harness.control("POST", "faults", { kind: "error_after", method: "POST", path, key })
    await carryOut(prelude, opened.payment)
    wanted(await stateOf(opened.payment), "parting", "the leg is still under way")
    return opened
  }

  async function startedWithoutPage(): Promise<Id<"payment">> {
    const trade = await trading.agree(cny)
    const answer = await startTradePayment(services, trading.buyer, {
      commandId: commandId(),
      trade,
      rail: "card",
    })
    return (answer as { payment: Id<"payment"> }).payment
  }

  const withUrl = async (answer: unknown) =>
    typeof answer === "object" && answer !== null && "url" in answer && !isRefusal(answer)

  async function onboarding(who: UserActor): Promise<Scene> {
    return {
      act: (by) => onboardPayee(by, who, "en"),
      reached: withUrl,
      moved: async () => {
        const [row] = await sql<{ payee: string | null }[]>`
          select row->>'payee' as payee from parties where id = ${who.party}`
        if (!row?.payee) throw new Error("the party has no account")
        return "no money"
      },
    }
  }

  return [
    {
      name: "createCheckout",
      method: "POST",
      path: "/v1/checkout/sessions",
      step: "the buyer asks for the payment page",
      prepare: async () => {
        const payment = await startedWithoutPage()
        return {
          act: (by) => payInstruction(by, trading.buyer, payment, "en"),
          reached: async (answer) => (await withUrl(answer)) || (await stateOf(payment)) === "failed",
          moved: async () => {
            const row = await loadPayment(sql, payment)
            wanted([row?.charge, row?.release, row?.refund], [null, null, null], `money of ${payment}`)
            return row?.state === "failed" ? "no money; the payment ended, the buyer pays anew" : "no money"
          },
        }
      },
    },
    {
      name: "retrieveCheckout",
      method: "GET",
      path: "/v1/checkout/sessions/*",
      step: "a paid page is fetched and applied",
      prepare: async () => {
        const opened = await trading.open(cny)
        await harness.control("POST", `sessions/${opened.session}/pay`, {})
        return {
          act: (by) => applySession(by, opened.session),
          reached: async () => (await stateOf(opened.payment)) === "held",
          moved: async () => {
            const rows = await sql`select 1 from postings
              where source_type = 'payment.held' and source_id = ${opened.payment}`
            wanted(rows.length, 2, "postings of the receipt")
            return "booked once"
          },
        }
      },
    },
    {
      name: "expireCheckout",
      method: "POST",
      path: "/v1/checkout/sessions/*/expire",
      step: "the page of a cancelled trade is closed",
      prepare: async () => {
        const { trade, payment, session } = await trading.open(cny)
        await cancelTrade(services, trading.buyer, { commandId: commandId(), trade, reason: "changedMind" })
        return {
          act: (by) => expireCheckout(by, payment),
          reached: async () => (await stateOf(payment)) === "failed",
          moved: async () => {
            wanted((await stripe.checkout.sessions.retrieve(session)).status, "expired", "the page")
            return "no money"
          },
        }
      },
    },
    {
      name: "transfer",
      method: "POST",
      path: "/v1/transfers",
      step: "the seller's part is released",
      prepare: async () => {
        const opened = await parting("release")
        return leg(opened, () => transferred(opened))
      },
    },
    {
      name: "payeeStatus",
      method: "GET",
      path: "/v2/core/accounts/*",
      step: "the seller's account is looked at before a release",
      prepare: async () => {
        const opened = await parting("release")
        return leg(opened, () => transferred(opened))
      },
    },
    {
      name: "findTransfers",
      method: "GET",
      path: "/v1/transfers",
      step: "a transfer without an answer is looked up",
      prepare: async (prelude) => {
        const opened = await unknown("release", prelude, keyOf(prelude))
        return leg(opened, () => transferred(opened))
      },
    },
    {
      name: "refund",
      method: "POST",
      path: "/v1/refunds",
      step: "the buyer's part goes back",
      prepare: async () => {
        const opened = await parting("refund")
        return leg(opened, () => refunded(opened))
      },
    },
    {
      name: "findRefunds",
      method: "GET",
      path: "/v1/refunds",
      step: "a refund without an answer is looked up",
      prepare: async (prelude) => {
        const opened = await unknown("refund", prelude, keyOf(prelude))
        return leg(opened, () => refunded(opened))
      },
    },
    {
      name: "retrieveRefund",
      method: "GET",
      path: "/v1/refunds/*",
      step: "a refund whose answer was lost is told of, fetched and applied",
      prepare: async (prelude) => {
        const opened = await unknown("refund", prelude, keyOf(prelude))
        const charge = (await loadPayment(sql, opened.payment))?.charge ?? ""
        const [made] = (await stripe.refunds.list({ charge })).data
        return {
          ...leg(opened, () => refunded(opened)),
          act: async (by) => appliers.refund?.(by, made?.id ?? ""),
        }
      },
    },
    ...claimCalls(market, trading),
    {
      name: "createPayee",
      method: "POST",
      path: "/v2/core/accounts",
      step: "a party asks for an account at the provider",
      prepare: async () => onboarding(await market.party("buyer")),
    },
    {
      name: "onboardingLink",
      method: "POST",
      path: "/v2/core/account_links",
      step: "a seller asks for the provider's own page",
      prepare: async () => onboarding(await market.party("seller")),
    },
    {
      name: "listEvents",
      method: "GET",
      path: "/v1/events",
      step: "events whose webhook never came are listed",
      prepare: async () => {
        const opened = await trading.open(cny)
        await harness.control("POST", `sessions/${opened.session}/pay`, {})
        const kept = () => sql`select 1 from inbox where object = ${opened.session}`
        return {
          act: (by) => sweepEvents(by),
          reached: async (answer) => typeof answer === "number" && (await kept()).length > 0,
          moved: async () => `the event is kept ${(await kept()).length === 1 ? "once" : "more than once"}`,
        }
      },
    },
    ...(["listBalance", "balance"] as const).map(
      (name): Call => ({
        name,
        method: "GET",
        path: name === "balance" ? "/v1/balance" : "/v1/balance_transactions",
        step:
          name === "balance"
            ? "the provider's balance is compared with the book"
            : "the provider's lines are read",
        prepare: async () => ({
          act: (by) => reconcile(by, { patience: 0 }),
          reached: async (answer) => typeof answer === "object" && answer !== null && !isRefusal(answer),
          moved: async () => "no money",
        }),
      }),
    ),
  ]
}
