import { expect, test } from "vitest"
import type { Money } from "#contracts/money.ts"
import { editRow } from "#db/test-rows.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { applyWebhook } from "../payments/inbox.ts"
import { keepEvent } from "../payments/inbox-store.ts"
import { loadPayment } from "../payments/store.ts"
import { testMarket } from "../test-market.ts"
import { applyDispute } from "./apply.ts"
import { loadChargebackByReference } from "./store.ts"
import { sweepChargebacks } from "./sweep.ts"

/** Disputes that nobody told of. */
const market = await testMarket()
const { services, harness } = market
const { sql } = services
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
