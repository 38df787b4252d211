import { expect, test } from "vitest"
import type { Money } from "#contracts/money.ts"
import { editRow } from "#db/test-rows.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { applyWebhook } from "../payments/inbox.ts"
import { keepEvent } from "../payments/inbox-store.ts"
import type { DisputeFact } from "../payments/provider-disputes.ts"
import { loadPayment } from "../payments/store.ts"
import { testMarket } from "../test-market.ts"
import { applyDispute, applyDisputeFact } from "./apply.ts"
import { acceptChargeback, tellConcession } from "./commands.ts"
import { loadChargebackByReference } from "./store.ts"
import { sweepChargebacks } from "./sweep.ts"

/** Disputes that nobody told of. */
const market = await testMarket()
const { services, harness } = market
const { sql, newId } = services
const trading = await testTrading(market)
await harness.control("POST", "topup", { amount: 50_000_000, currency: "cny" })
const price: Money = { minor: "10000", currency: "CNY" }

/** The bank takes the payment back; answers the provider's number of it. */
async function dispute({ payment }: { payment: string }, amount?: number): Promise<string> {
  const { charge } = (await loadPayment(sql, payment as never)) ?? {}
  const made = await harness.control("POST", `charges/${charge}/dispute`, amount ? { amount } : {})
  return (made as { id: string }).id
}

test("one that nobody told of is found in the provider's list, whatever is wrong with those before it", async () => {
  const [stray, opened] = [await trading.fund(price), await trading.fund(price)]
  const { charge } = (await loadPayment(sql, stray.payment)) ?? {}
  await editRow(market.owner.sql, "payment", stray.payment, "charge", "ch_of_another")
  const wrong = (await harness.control("POST", `charges/${charge}/dispute`, {})) as { id: string }
  const id = await dispute(opened)
  await sweepChargebacks(services)
  expect((await loadChargebackByReference(sql, id))?.state).toBe("opened")
  expect((await loadPayment(sql, opened.payment))?.chargeback).toBeTruthy()
  expect(await loadChargebackByReference(sql, wrong.id)).toBeNull()
  const told = () => sql`select code from alerts where subject = ${wrong.id}`
  expect(await told()).toEqual([{ code: "payment_mismatch" }])
  await sweepChargebacks(services)
  expect(await told()).toHaveLength(1)
  await editRow(market.owner.sql, "payment", stray.payment, "charge", charge)
})

test("a bank that only asks moves nothing, and somebody is told once, until it asks no more", async () => {
  const opened = await trading.fund(price)
  const { charge } = (await loadPayment(sql, opened.payment)) ?? {}
  const about: DisputeFact = {
    kind: "dispute",
    dispute: "du_asks",
    status: "inquiry",
    charge: charge ?? "",
    marks: { paymentId: opened.payment, tradeId: opened.trade, key: null },
    amount: price,
    withdrawn: null,
    reinstated: null,
    reason: "fraudulent",
    dueBy: services.writer.now(),
    at: services.writer.now(),
  }
  const told = () => sql`select code, detail->>'payment' as payment, closed_at is null as open from alerts
    where kind = 'inquiry' and subject = 'du_asks'`
  const before = await sql`select count(*) from postings`
  for (let i = 0; i < 3; i++) expect(await applyDisputeFact(services, about)).toEqual({ state: "inquiry" })
  expect(await told()).toEqual([{ code: "fraudulent", payment: opened.payment, open: true }])
  expect(await loadChargebackByReference(sql, "du_asks")).toBeNull()
  expect((await loadPayment(sql, opened.payment))?.chargeback ?? null).toBeNull()
  await applyDisputeFact(services, { ...about, status: "inquiryOver" })
  expect(await told()).toEqual([{ code: "fraudulent", payment: opened.payment, open: false }])
  await applyDisputeFact(services, about)
  expect(await told()).toHaveLength(1)
  expect(await sql`select count(*) from postings`).toEqual(before)
})

test("a concession that the provider refuses three times is told of, and not sent again", async () => {
  const opened = await trading.fund(price)
  const reference = await dispute(opened)
  await applyDispute(services, reference)
  const { id } = (await loadChargebackByReference(sql, reference)) ?? { id: newId("chargeback") }
  let calls = 0
  const refusing: typeof services.provider = {
    ...services.provider,
    async acceptDispute() {
      calls++
      return { failed: { code: "dispute_evidence_late", message: "no", declined: false, retry: "never" } }
    },
  }
  const by = { ...services, provider: refusing }
  await acceptChargeback(by, trading.operator, { commandId: newId("command"), chargeback: id })
  for (let i = 0; i < 4; i++) await tellConcession(by, id)
  expect(calls).toBe(3)
  expect(await sql`select code from alerts where kind = 'call' and subject = ${id}`).toEqual([
    { code: "dispute_evidence_late" },
  ])
})

test("a second dispute of a payment waits for the first, and is opened after it", async () => {
  const opened = await trading.fund(price)
  const reference = await dispute(opened, 3_000)
  await applyDispute(services, reference)
  // The stand-in has one dispute a charge: the second is the first's under another number.
  const { retrieveDispute, listDisputes } = services.provider
  const another = <T extends { dispute: string }>(fact: T) => ({
    ...fact,
    dispute: "du_second",
    status: "open" as const,
  })
  const provider: typeof services.provider = {
    ...services.provider,
    async retrieveDispute(id) {
      const answer = await retrieveDispute(id === "du_second" ? reference : id)
      return id === "du_second" && "ok" in answer ? { ok: another(answer.ok) } : answer
    },
    async listDisputes(since) {
      const answer = await listDisputes(since)
      if (!("ok" in answer)) return answer
      return {
        ok: answer.ok.flatMap((fact) => (fact.dispute === reference ? [fact, another(fact)] : [fact])),
      }
    },
  }
  const both = { ...services, provider }
  const event = { provider: "stripe", event: "evt_second", object: "du_second" }
  await keepEvent(sql, { ...event, type: "charge.dispute.created", kind: "dispute", payload: {} })
  await expect(applyWebhook(both, "stripe", "evt_second")).rejects.toThrow("chargeback_open")
  const [kept] = await sql`select applied_at, refusal from inbox where event = 'evt_second'`
  expect(kept).toEqual({ applied_at: null, refusal: "chargeback_open" })
  await sweepChargebacks(both)
  expect(await loadChargebackByReference(sql, "du_second")).toBeNull()
  await harness.control("POST", `disputes/${reference}/win`, {})
  await sweepChargebacks(both)
  expect((await loadChargebackByReference(sql, "du_second"))?.state).toBe("opened")
})
