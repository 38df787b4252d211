import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { applyDispute } from "../../chargebacks/apply.ts"
import { acceptChargeback, sendEvidence, tellConcession } from "../../chargebacks/commands.ts"
import { loadChargeback, loadChargebackByReference } from "../../chargebacks/store.ts"
import { sweepChargebacks } from "../../chargebacks/sweep.ts"
import { loadDebt, loadDebtsOf } from "../../debts/store.ts"
import type { OpenTrade, testTrading } from "../../escrow/trading.test-data.ts"
import { applyPayout, carryOutPayout } from "../../payouts/carry-out.ts"
import { payOut } from "../../payouts/commands.ts"
import { loadPayout } from "../../payouts/store.ts"
import { carryOutDebt } from "../../refunds/carry-out.ts"
import { giveMoneyBack } from "../../refunds/commands.ts"
import type { Services } from "../../services.ts"
import type { testMarket } from "../../test-market.ts"
import { loadIntentsOf, loadPayment } from "../store.ts"
import { type Call, keyOf, type Scene, wanted } from "./fault-scene.ts"

type Market = Awaited<ReturnType<typeof testMarket>>
type Trading = Awaited<ReturnType<typeof testTrading>>

const cny: Money = { minor: "10000", currency: "CNY" }

async function done<T>(answer: Promise<unknown>): Promise<T> {
  const got = await answer
  if (isRefusal(got)) throw new Error(`${got.refused} at ${got.at}`)
  return got as T
}

/** The calls that take back from sellers, answer a buyer's bank and pay out the platform's own money. */
export function claimCalls(market: Market, trading: Trading): Call[] {
  const { services, harness } = market
  const { sql, newId } = services
  const { stripe } = harness
  const commandId = () => newId("command")

  /** A seller who was paid gives all of it back: their transfer is to be taken back first. */
  async function owing(): Promise<{ opened: OpenTrade; debt: Id<"debt"> }> {
    const opened = await trading.fund(cny)
    await trading.settle(opened)
    await done(
      giveMoneyBack(services, trading.seller, {
        commandId: commandId(),
        trade: opened.trade,
        amount: cny,
        reason: "agreed",
        note: "all of it",
      }),
    )
    const [debt] = await loadDebtsOf(sql, opened.trade)
    if (!debt) throw new Error("the seller owes nothing")
    return { opened, debt: debt.id }
  }

  const takingBack = ({ opened, debt }: Awaited<ReturnType<typeof owing>>): Scene => ({
    act: (by) => carryOutDebt(by, debt),
    reached: async () => (await loadDebt(sql, debt))?.state === "paid",
    moved: async () => {
      const { data } = await stripe.transfers.list({ transfer_group: opened.trade })
      wanted(
        data.map((one) => one.amount_reversed),
        [9_000],
        `what was taken back of ${opened.trade}`,
      )
      return "one reversal"
    },
  })

  /** A payment that the buyer's bank takes back; the provider's number of that. */
  async function disputed(): Promise<{ opened: OpenTrade; dispute: string }> {
    const opened = await trading.fund(cny)
    await trading.deliver(opened)
    const charge = (await loadPayment(sql, opened.payment))?.charge
    const { id } = (await harness.control("POST", `charges/${charge}/dispute`, {})) as { id: string }
    return { opened, dispute: id }
  }

  async function contested(): Promise<{ id: Id<"chargeback">; dispute: string }> {
    const { dispute } = await disputed()
    await done(applyDispute(services, dispute))
    const row = await loadChargebackByReference(sql, dispute)
    if (!row) throw new Error("no chargeback")
    return { id: row.id, dispute }
  }

  const answered = async (id: Id<"chargeback">) => (await loadChargeback(sql, id))?.state === "answered"

  const bookedOnce = async (type: string, id: string, end: string): Promise<string> => {
    const rows =
      await sql`select 1 from postings where source_type = ${type} and source_id = ${id} and leg = 1`
    wanted(rows.length, 1, `journals ${type} of ${id}`)
    return end
  }

  async function startedPayout(): Promise<Id<"payout">> {
    const amount: Money = { minor: "100", currency: "CNY" }
    const input = { commandId: commandId(), amount }
    return (await done<{ payout: Id<"payout"> }>(payOut(services, trading.operator, input))).payout
  }

  async function paidOnce(payout: Id<"payout">): Promise<string> {
    const { data } = await stripe.payouts.list({ limit: 100 })
    wanted(data.filter(({ metadata }) => metadata?.payout === payout).length, 1, `payouts of ${payout}`)
    return "one payout"
  }

  const payingOut = (payout: Id<"payout">): Scene => ({
    act: (by) => carryOutPayout(by, payout),
    reached: async () => (await loadIntentsOf(sql, payout)).some(({ reference }) => reference !== null),
    moved: () => paidOnce(payout),
  })

  return [
    {
      name: "retrieveTransfer",
      method: "GET",
      path: "/v1/transfers/*",
      step: "a transfer is looked at before it is taken back",
      prepare: async () => takingBack(await owing()),
    },
    {
      name: "reverse",
      method: "POST",
      path: "/v1/transfers/*/reversals",
      step: "a seller's part is taken back",
      prepare: async () => takingBack(await owing()),
    },
    {
      name: "findReversals",
      method: "GET",
      path: "/v1/transfers/*/reversals",
      step: "a reversal without an answer is looked up",
      prepare: async (prelude) => {
        const owed = await owing()
        const path = "/v1/transfers/*/reversals"
        await harness.control("POST", "faults", {
          kind: "error_after",
          method: "POST",
          path,
          key: keyOf(prelude),
        })
        wanted(await carryOutDebt(prelude, owed.debt), "reversing", "the debt is still being taken back")
        return takingBack(owed)
      },
    },
    {
      name: "retrieveDispute",
      method: "GET",
      path: "/v1/disputes/*",
      step: "a chargeback is fetched and applied",
      prepare: async () => {
        const { dispute } = await disputed()
        const row = () => loadChargebackByReference(sql, dispute)
        return {
          act: (by) => applyDispute(by, dispute),
          reached: async () => (await row())?.state === "opened",
          moved: async () => bookedOnce("chargeback.opened", (await row())?.id ?? "", "booked once"),
        }
      },
    },
    {
      name: "listDisputes",
      method: "GET",
      path: "/v1/disputes",
      step: "chargebacks of which nothing was heard are listed and applied",
      prepare: async () => {
        const { dispute } = await disputed()
        const row = () => loadChargebackByReference(sql, dispute)
        return {
          // None but those listed: what the sweep asks of each open one are other calls.
          act: (by) => sweepChargebacks(by, 0),
          reached: async (answer) => typeof answer === "number" && (await row())?.state === "opened",
          moved: async () => bookedOnce("chargeback.opened", (await row())?.id ?? "", "booked once"),
        }
      },
    },
    {
      name: "submitEvidence",
      method: "POST",
      path: "/v1/disputes/*",
      step: "the operator answers a chargeback",
      prepare: async () => {
        const { id, dispute } = await contested()
        let sent = false
        return {
          // A key whose answer was an error gives that error again: what the dispute shows is asked for first.
          act: async (by) => {
            if (sent && !isRefusal(await applyDispute(by, dispute)) && (await answered(id))) return null
            sent = true
            return sendEvidence(by, trading.operator, { commandId: commandId(), chargeback: id })
          },
          reached: () => answered(id),
          moved: async () => {
            const { evidence_details: told } = await stripe.disputes.retrieve(dispute)
            wanted(told.submission_count, 1, `submissions to ${dispute}`)
            return "no money; sent once"
          },
        }
      },
    },
    {
      name: "acceptDispute",
      method: "POST",
      path: "/v1/disputes/*/close",
      step: "the operator accepts a chargeback",
      prepare: async () => {
        const { id, dispute } = await contested()
        const conceded = async () => (await loadChargeback(sql, id))?.state === "conceded"
        return {
          // As the sweep does: what the dispute shows is asked for first.
          act: async (by) => {
            if (!(await conceded()))
              return acceptChargeback(by, trading.operator, { commandId: commandId(), chargeback: id })
            const shown = await applyDispute(by, dispute)
            return isRefusal(shown) ? shown : tellConcession(by, id)
          },
          reached: async () => (await loadChargeback(sql, id))?.state === "lost",
          moved: () => bookedOnce("chargeback.lost", id, "booked once"),
        }
      },
    },
    {
      name: "createPayout",
      method: "POST",
      path: "/v1/payouts",
      step: "the platform's own money is paid out",
      prepare: async () => payingOut(await startedPayout()),
    },
    {
      name: "listPayouts",
      method: "GET",
      path: "/v1/payouts",
      step: "a payout without an answer is looked up",
      prepare: async (prelude) => {
        const payout = await startedPayout()
        const key = keyOf(prelude)
        const fault = { kind: "error_after", method: "POST", path: "/v1/payouts", key }
        await harness.control("POST", "faults", fault)
        await carryOutPayout(prelude, payout)
        const intents = await loadIntentsOf(sql, payout)
        wanted(
          intents.map(({ state }) => state),
          ["unknown"],
          "the payout is still under way",
        )
        return payingOut(payout)
      },
    },
    {
      name: "retrievePayout",
      method: "GET",
      path: "/v1/payouts/*",
      step: "what became of a payout is fetched and applied",
      prepare: async (prelude: Services) => {
        const payout = await startedPayout()
        await carryOutPayout(prelude, payout)
        const [intent] = await loadIntentsOf(sql, payout)
        const reference = intent?.reference ?? ""
        return {
          act: (by) => applyPayout(by, reference),
          reached: async (answer) =>
            answer !== null && !isRefusal(answer) && (await loadPayout(sql, payout)) !== null,
          moved: () => paidOnce(payout),
        }
      },
    },
  ]
}
