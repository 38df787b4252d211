import { describe, expect, test } from "vitest"
import type { Chargeback } from "#contracts/chargeback.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { loadDebtsOf } from "../debts/store.ts"
import { auditBook } from "../escrow/audit.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { readOwnValues } from "../ledger/disclosures.ts"
import { carryOut } from "../payments/apply.ts"
import { applyWebhook } from "../payments/inbox.ts"
import { keepEvent } from "../payments/inbox-store.ts"
import { loadPayment } from "../payments/store.ts"
import { testMarket } from "../test-market.ts"
import { tradePage } from "../trades/queries.ts"
import { loadRecords, loadScene } from "../trades/store.ts"
import { applyDispute } from "./apply.ts"
import { acceptChargeback, sendEvidence } from "./commands.ts"
import { chargebackPage } from "./queries.ts"
import { loadChargebackByReference } from "./store.ts"
import { sweepChargebacks } from "./sweep.ts"

const market = await testMarket()
const { services, harness } = market
const { sql, newId } = services
const trading = await testTrading(market)
const { operator, buyer, seller } = trading
await harness.control("POST", "topup", { amount: 50_000_000, currency: "cny" })
const price: Money = { minor: "10000", currency: "CNY" }

type Opened = Awaited<ReturnType<typeof trading.open>>
const tradeOf = async ({ trade }: Opened) => {
  const scene = await loadScene(sql, trade)
  if (!scene) throw new Error("the trade is there")
  return scene.trade
}
const balance = async (account: string) => {
  const [row] = await sql<{ sum: string }[]>`
    select coalesce(sum(amount), 0)::text as sum from postings where account = ${account}`
  return Number(row?.sum)
}
const command = () => newId("command")

/** The bank takes the payment back; answers the provider's number of it. */
async function dispute({ payment }: Opened, amount?: number): Promise<string> {
  const { charge } = (await loadPayment(sql, payment)) ?? {}
  const made = (await harness.control("POST", `charges/${charge}/dispute`, amount ? { amount } : {})) as {
    id: string
  }
  return made.id
}
async function open(opened: Opened, amount?: number): Promise<Chargeback> {
  const id = await dispute(opened, amount)
  const applied = await applyDispute(services, id)
  if (isRefusal(applied)) throw new Error(applied.refused)
  return (await loadChargebackByReference(sql, id)) as Chargeback
}
const decide = async ({ reference }: Chargeback, how: "win" | "lose") => {
  await harness.control("POST", `disputes/${reference}/${how}`, {})
  return applyDispute(services, reference)
}
const stateOf = async ({ reference }: Chargeback) => (await loadChargebackByReference(sql, reference))?.state
const transfersOf = async ({ trade }: Opened) =>
  (await harness.stripe.transfers.list({ transfer_group: trade })).data.map(({ amount }) => amount)

describe("while it is open", () => {
  test("the money is away, no leg is sent, and what waited is sent when it is won", async () => {
    const opened = await trading.fund(price)
    const before = await balance("provider_available")
    const chargeback = await open(opened)
    expect(await loadPayment(sql, opened.payment)).toMatchObject({ state: "held", chargeback: chargeback.id })
    expect(await balance("provider_available")).toBe(before - 10_000 - Number(chargeback.fee.minor))
    await expect(trading.accept(opened)).rejects.toThrow("chargeback_open")
    await decide(chargeback, "win")
    await trading.settle(opened)
    expect(await transfersOf(opened)).toEqual([9_000])
    expect((await tradeOf(opened)).state).toBe("settled")
    expect(await balance("dispute_withdrawn")).toBe(0)
  })

  test("a release that was decided waits", async () => {
    const opened = await trading.fund(price)
    await trading.accept(opened)
    const chargeback = await open(opened)
    for (let i = 0; i < 2; i++) await carryOut(services, opened.payment)
    expect(await transfersOf(opened)).toEqual([])
    await decide(chargeback, "win")
    for (let i = 0; i < 2; i++) await carryOut(services, opened.payment)
    expect(await transfersOf(opened)).toEqual([9_000])
  })
})

describe("lost", () => {
  test("before release the trade ends without a refund, and its access with it", async () => {
    const opened = await trading.fund(price)
    const chargeback = await open(opened)
    await decide(chargeback, "lose")
    expect(await tradeOf(opened)).toMatchObject({ state: "refunded", seatHeld: false })
    expect(await loadPayment(sql, opened.payment)).toMatchObject({ state: "closed", chargeback: null })
    expect(await balance(`held:${opened.trade}`)).toBe(0)
    await carryOut(services, opened.payment)
    const refunds = (await harness.stripe.refunds.list({ limit: 100 })).data
    expect(refunds.filter(({ metadata }) => metadata?.payment === opened.payment)).toEqual([])
  })

  test("with the release decided and not sent, nobody is paid", async () => {
    const opened = await trading.fund(price)
    await trading.accept(opened)
    const payable = await balance(`seller_payable:${seller.party}`)
    const chargeback = await open(opened)
    await decide(chargeback, "lose")
    await carryOut(services, opened.payment)
    expect(await transfersOf(opened)).toEqual([])
    expect((await tradeOf(opened)).state).toBe("refunded")
    expect(await balance(`seller_payable:${seller.party}`)).toBe(payable + 9_000)
  })

  test("a part of what is held: the rest is parted as ever", async () => {
    const opened = await trading.fund(price)
    const chargeback = await open(opened, 4_000)
    await decide(chargeback, "lose")
    expect((await tradeOf(opened)).state).toBe("funded")
    await trading.settle(opened)
    expect(await transfersOf(opened)).toEqual([5_400])
    expect(await balance(`held:${opened.trade}`)).toBe(0)
  })

  test("after release the seller owes their part, and the fee goes back", async () => {
    const opened = await trading.fund(price)
    await trading.settle(opened)
    const fees = await balance("platform_fee")
    const chargeback = await open(opened)
    await decide(chargeback, "lose")
    expect((await tradeOf(opened)).state).toBe("settled")
    const [debt] = await loadDebtsOf(sql, opened.trade)
    expect(debt).toMatchObject({
      state: "reversing",
      cause: "chargeback",
      causeId: chargeback.id,
      amount: { minor: "9000" },
    })
    expect(await balance("platform_fee")).toBe(fees + 1_000)
    expect(await balance(`seller_receivable:${seller.party}`)).toBe(9_000)
    const told = async (actor: typeof seller) =>
      JSON.stringify(await tradePage(services, actor, opened.trade))
    expect(await told(seller)).toContain(`seller_receivable:${seller.party}`)
    expect(await told(operator)).toContain(`seller_receivable:${seller.party}`)
    expect(await told(buyer)).toContain("chargeback.lost")
    expect(await told(buyer)).not.toMatch(/seller_receivable|seller_payable|"debt\./)
  })

  test("a transfer that was under way when it was opened has arrived: the seller owes it", async () => {
    const opened = await trading.fund(price)
    await trading.accept(opened)
    await harness.control("POST", "faults", {
      kind: "reset_after",
      method: "POST",
      path: "/v1/transfers",
      times: 9,
    })
    await carryOut(services, opened.payment)
    await harness.control("DELETE", "faults")
    expect((await loadPayment(sql, opened.payment))?.state).toBe("parting")
    const chargeback = await open(opened)
    await decide(chargeback, "lose")
    expect(await stateOf(chargeback)).toBe("lost")
    expect(await transfersOf(opened)).toEqual([9_000])
    const [debt] = await loadDebtsOf(sql, opened.trade)
    expect(debt).toMatchObject({ amount: { minor: "9000" } })
  })

  test("a transfer of which nobody can tell yet is waited for", async () => {
    const opened = await trading.fund(price)
    await trading.accept(opened)
    await harness.control("POST", "faults", {
      kind: "error_before",
      method: "POST",
      path: "/v1/transfers",
      times: 9,
    })
    await carryOut(services, opened.payment)
    await harness.control("DELETE", "faults")
    const chargeback = await open(opened)
    expect(await decide(chargeback, "lose")).toMatchObject({ refused: "chargeback_waits" })
    await market.owner
      .sql`update intents set last_sent_at = last_sent_at - interval '1 hour' where payment = ${opened.payment}`
    await sweepChargebacks(services)
    expect(await stateOf(chargeback)).toBe("lost")
    expect(await transfersOf(opened)).toEqual([])
    expect(await loadDebtsOf(sql, opened.trade)).toEqual([])
  })
})

describe("in any order and number", () => {
  const deliver = async (event: string, object: string) => {
    await keepEvent(sql, {
      provider: "stripe",
      event,
      type: "charge.dispute.x",
      kind: "dispute",
      object,
      payload: {},
    })
    await applyWebhook(services, "stripe", event).catch(() => {})
  }

  test("one that is decided when it is first heard of takes every step, and events after it change nothing", async () => {
    for (const how of ["win", "lose"] as const) {
      const opened = await trading.fund(price)
      const id = await dispute(opened)
      await harness.control("POST", `disputes/${id}/${how}`, {})
      for (let i = 0; i < 3; i++) await deliver(`evt_${how}_${i}`, id)
      const journals =
        await sql`select distinct source_type from postings p join chargebacks c on c.id = p.source_id
        where c.reference = ${id} order by 1`
      expect(journals.map((row) => row.source_type)).toEqual(
        ["chargeback.opened", how === "win" ? "chargeback.won" : "chargeback.lost"].sort(),
      )
    }
  })

  test("a dispute of a payment that is not applied yet applies that first", async () => {
    const opened = await trading.open(price)
    await harness.control("POST", `sessions/${opened.session}/pay`, {})
    const { data } = await harness.stripe.charges.list({ transfer_group: opened.trade })
    const made = (await harness.control("POST", `charges/${data[0]?.id}/dispute`, {})) as { id: string }
    await Promise.all([1, 2, 3].map((n) => deliver(`evt_early_${n}`, made.id)))
    await deliver("evt_early_4", made.id)
    expect(await loadPayment(sql, opened.payment)).toMatchObject({ state: "held" })
    expect((await loadChargebackByReference(sql, made.id))?.state).toBe("opened")
  })
})

describe("answered by the operator", () => {
  test("with the delivery check, the agreement's hash and certificates, once", async () => {
    const opened = await trading.fund(price)
    await trading.settle(opened)
    const chargeback = await open(opened)
    const page = await chargebackPage(services, operator, chargeback.id)
    if (isRefusal(page)) throw new Error(page.refused)
    expect(page.evidence?.statement).toContain((await tradeOf(opened)).agreementHash)
    expect(page.evidence?.statement).toContain("result: same")
    const ask = (actor = operator) =>
      sendEvidence(services, actor, { commandId: command(), chargeback: chargeback.id })
    expect(await ask(buyer)).toMatchObject({ refused: "role_not_allowed" })
    for (const own of [{ party: seller.party }, { parties: [operator.party, seller.party] }])
      expect(await ask({ ...operator, ...own })).toMatchObject({ refused: "own_matter" })
    expect(isRefusal(await ask())).toBe(false)
    expect(await stateOf(chargeback)).toBe("answered")
    expect(await ask()).toMatchObject({ refused: "chargeback_state" })
    const kept = await harness.stripe.disputes.retrieve(chargeback.reference)
    expect(kept.evidence.uncategorized_text).toBe(page.evidence?.statement)
    await decide(chargeback, "win")
    expect(await stateOf(chargeback)).toBe("won")
  })

  test.each(["error_after", "reset_after", "truncate"])(
    "an answer that was lost (%s) is found again",
    async (kind) => {
      const opened = await trading.fund(price)
      const chargeback = await open(opened)
      await harness.control("POST", "faults", { kind, method: "POST", path: "/v1/disputes/*", times: 9 })
      const first = await sendEvidence(services, operator, {
        commandId: command(),
        chargeback: chargeback.id,
      })
      await harness.control("DELETE", "faults")
      if (isRefusal(first)) await sweepChargebacks(services)
      const row = await loadChargebackByReference(sql, chargeback.reference)
      expect([row?.state, row?.evidenceHash]).toEqual(["answered", expect.stringMatching(/^[0-9a-f]{64}$/)])
      const [{ count } = { count: 0 }] = await sql<
        { count: number }[]
      >`select count(*)::int from intents where subject = ${chargeback.id}`
      expect(count).toBe(1)
    },
  )

  test("that the provider refuses, for the bank has decided: what it decided is heard, and nobody has to look", async () => {
    const opened = await trading.fund(price)
    const chargeback = await open(opened)
    await harness.control("POST", `disputes/${chargeback.reference}/lose`, {})
    const ask = () => sendEvidence(services, operator, { commandId: command(), chargeback: chargeback.id })
    expect(await ask()).toMatchObject({ refused: "provider_unavailable" })
    expect(await stateOf(chargeback)).toBe("lost")
    expect(await ask()).toMatchObject({ refused: "chargeback_state" })
  })

  test("that the provider refuses again and again is put before somebody, until the bank has decided", async () => {
    const opened = await trading.fund(price)
    const chargeback = await open(opened)
    const waiting = () => sql`select code from alerts where subject = ${chargeback.id} and closed_at is null`
    await harness.stripe.disputes.update(chargeback.reference, {
      evidence: { uncategorized_text: "answered at the provider" },
      submit: true,
    })
    const hearsNothing = {
      ...services,
      provider: new Proxy(services.provider, {
        get: (target, name) =>
          name === "retrieveDispute"
            ? async () => ({ unknown: "nothing is heard" })
            : Reflect.get(target, name),
      }),
    }
    for (let i = 0; i < 3; i++)
      await sendEvidence(hearsNothing, operator, { commandId: command(), chargeback: chargeback.id })
    expect(await waiting()).toEqual([{ code: "invalid_request_error" }])
    await decide(chargeback, "win")
    expect([await stateOf(chargeback), await waiting()]).toEqual(["won", []])
  })

  test("accepted, it is lost at once, and who accepted it is kept first", async () => {
    const opened = await trading.fund(price)
    const chargeback = await open(opened)
    const input = { commandId: command(), chargeback: chargeback.id }
    const accept = (actor = operator) => acceptChargeback(services, actor, input)
    expect(await accept({ ...operator, party: seller.party })).toMatchObject({ refused: "own_matter" })
    expect(isRefusal(await accept())).toBe(false)
    expect(isRefusal(await accept())).toBe(false)
    expect(await stateOf(chargeback)).toBe("lost")
    expect((await tradeOf(opened)).state).toBe("refunded")
    expect(await concededBy(chargeback)).toEqual([[operator.party, operator.user]])
  })

  test("accepted while the provider cannot be reached, it stays so until it has heard, and is not answered", async () => {
    const opened = await trading.fund(price)
    const chargeback = await open(opened)
    const path = `/v1/disputes/${chargeback.reference}/close`
    const fault = { kind: "error_before", method: "POST", path, times: 9 }
    await harness.control("POST", "faults", fault)
    const accepted = await acceptChargeback(services, operator, {
      commandId: command(),
      chargeback: chargeback.id,
    })
    await harness.control("DELETE", "faults")
    expect(accepted).toMatchObject({ state: "conceded" })
    expect(await stateOf(chargeback)).toBe("conceded")
    expect(
      await sendEvidence(services, operator, { commandId: command(), chargeback: chargeback.id }),
    ).toMatchObject({ refused: "chargeback_state" })
    for (let i = 0; i < 2; i++) await sweepChargebacks(services)
    expect(await stateOf(chargeback)).toBe("lost")
    expect(await concededBy(chargeback)).toEqual([[operator.party, operator.user]])
  })
})

/** Who the log says has conceded it, as that party's own key opens it. */
async function concededBy({ id, trade }: Chargeback): Promise<[party: string, user: string][]> {
  const records = (await loadRecords(sql, trade)).filter(
    ({ subject, type }) => subject === id && type === "chargeback.conceded@1",
  )
  const opened = await readOwnValues(services, operator, records)
  return opened
    .filter(({ path }) => path === "/actor")
    .map(({ value }) => [(value as { party: string }).party, (value as { user: string }).user])
}

test("and the book keeps all its rules", async () => {
  const found = await auditBook(services.sql)
  expect(found.filter(({ rule }) => rule !== "coverage")).toEqual([])
})
