import { expect, test } from "vitest"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import type { Refund } from "#contracts/refund.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { editRow } from "#db/test-rows.ts"
import { auditBook } from "../escrow/audit.ts"
import { testTrading } from "../escrow/trading.test-data.ts"
import { appliers } from "../payments/appliers.ts"
import { carryOut } from "../payments/apply.ts"
import { makeCardRail } from "../payments/card-rail.ts"
import type { PaymentProvider } from "../payments/provider.ts"
import { loadIntents, loadPayment } from "../payments/store.ts"
import { carryOutRefund } from "../refunds/carry-out.ts"
import { giveMoneyBack } from "../refunds/commands.ts"
import { loadRefund } from "../refunds/store.ts"
import { testMarket } from "../test-market.ts"
import { applyDispute, applyDisputeFact } from "./apply.ts"

/** A chargeback that comes, or is lost, while a call of the same payment is on its way out. */
const market = await testMarket({ retries: 0 })
const { services, harness, owner } = market
const { sql, provider, newId } = services
const trading = await testTrading(market)
await harness.control("POST", "topup", { amount: 50_000_000, currency: "cny" })
const price: Money = { minor: "10000", currency: "CNY" }

type Opened = Awaited<ReturnType<typeof trading.open>>
const paid = async ({ payment }: Opened): Promise<Payment> =>
  (await loadPayment(sql, payment)) ?? expect.fail("no such payment")
const transfersOf = async ({ trade }: Opened) =>
  (await harness.stripe.transfers.list({ transfer_group: trade })).data.map(({ amount }) => amount)
const fault = (kind: string, path: string) =>
  harness.control("POST", "faults", { kind, method: "POST", path, times: 9 })
const longAgo = ({ payment }: Opened) =>
  owner.sql`update intents set sent_at = sent_at - interval '1 hour',
    last_sent_at = last_sent_at - interval '1 hour' where payment = ${payment}`

/** Accepted; the first try of its transfer comes to this fault. */
async function accepted(kind?: string): Promise<Opened> {
  const opened = await trading.fund(price)
  await trading.accept(opened)
  if (kind === undefined) return opened
  await fault(kind, "/v1/transfers")
  await carryOut(services, opened.payment)
  await harness.control("DELETE", "faults")
  return opened
}

async function contest(opened: Opened, amount?: number): Promise<string> {
  const { charge } = await paid(opened)
  const made = (await harness.control("POST", `charges/${charge}/dispute`, amount ? { amount } : {})) as {
    id: string
  }
  const applied = await applyDispute(services, made.id)
  if (isRefusal(applied)) throw new Error(applied.refused)
  return made.id
}
async function lose(dispute: string) {
  await harness.control("POST", `disputes/${dispute}/lose`, {})
  return applyDispute(services, dispute)
}

/** The rail of somebody for whom a call of the provider takes as long as what happens meanwhile. */
const slowRail = (changes: Partial<PaymentProvider>) =>
  makeCardRail(sql, Object.assign(Object.create(provider) as PaymentProvider, changes), () =>
    services.writer.now(),
  )

const freeze = ({ trade }: Opened) =>
  editRow(owner.sql, "trade", trade, "frozenBy", "frz_00000000000000000000000000")

test("no first call for a leg is made once a chargeback is open", async () => {
  const opened = await accepted()
  const rail = slowRail({
    payeeStatus: async (payee) => {
      await contest(opened)
      return provider.payeeStatus(payee)
    },
  })
  expect(await rail.move(await paid(opened), "release")).toEqual({ kind: "waiting", reason: "pending" })
  expect(await transfersOf(opened)).toEqual([])
  expect(await loadIntents(sql, opened.payment, "release")).toEqual([])
})

test.each(["rate_limit", "error_before"])("no call for a leg is repeated (%s) then", async (kind) => {
  const opened = await accepted(kind)
  const before = await paid(opened)
  await contest(opened)
  expect(await services.rails.card.move(before, "release")).toEqual({ kind: "waiting", reason: "pending" })
  expect(await transfersOf(opened)).toEqual([])
})

test("a call that was given up is not sent by who had found it open", async () => {
  const opened = await accepted("error_before")
  const rail = slowRail({
    findTransfers: async (trade) => {
      const found = await provider.findTransfers(trade)
      const dispute = await contest(opened, 4_000)
      await longAgo(opened)
      expect(await lose(dispute)).not.toHaveProperty("refused")
      return found
    },
  })
  await rail.move(await paid(opened), "release")
  expect(await transfersOf(opened)).toEqual([])
  await carryOut(services, opened.payment)
  expect(await transfersOf(opened)).toEqual([5_400])
})

test("a call that was repeated of late may still take effect, however long ago it was first sent", async () => {
  const opened = await accepted("error_before")
  await longAgo(opened)
  await fault("error_before", "/v1/transfers")
  await carryOut(services, opened.payment)
  await harness.control("DELETE", "faults")
  const dispute = await contest(opened)
  expect(await lose(dispute)).toMatchObject({ refused: "chargeback_waits" })
})

const give = ({ trade }: Opened, minor: string) =>
  giveMoneyBack(services, trading.seller, {
    commandId: newId("command"),
    trade,
    amount: { minor, currency: "CNY" },
    reason: "agreed",
    note: "a part",
  })
/** What is left of a payment of which 40.00 were given back. */
const giveAll = (opened: Opened) => give(opened, "6000")

/** A refund of 40.00 out of held funds that the provider has not taken up. */
async function refunding(kind = "rate_limit") {
  const opened = await trading.fund(price)
  const answer = await give(opened, "4000")
  if (isRefusal(answer)) throw new Error(answer.refused)
  const { refund } = answer as { refund: Id<"refund"> }
  await fault(kind, "/v1/refunds")
  await carryOutRefund(services, refund)
  await harness.control("DELETE", "faults")
  return { opened, refund }
}
const balance = async (account: string) => {
  const [row] = await sql<{ sum: string }[]>`
    select coalesce(-sum(amount), 0)::text as sum from postings where account = ${account}`
  return Number(row?.sum)
}

test("no refund beside the legs is sent once a chargeback is open, nor when it has ended it", async () => {
  const { opened, refund } = await refunding()
  const [before, found] = [await paid(opened), await loadRefund(sql, refund)]
  const again = async () => services.rails.card.giveBack(found as Refund, before)
  const dispute = await contest(opened, 4_000)
  expect(await again()).toEqual({ kind: "waiting", reason: "pending" })
  expect(await lose(dispute)).not.toHaveProperty("refused")
  await owner.sql`update intents set created_at = created_at - interval '2 hours' where subject = ${refund}`
  expect(await again()).toEqual({ kind: "waiting", reason: "pending" })
  const refunds = (await harness.stripe.refunds.list({ limit: 100 })).data
  expect(refunds.filter(({ metadata }) => metadata?.payment === opened.payment)).toEqual([])
})

test.each([
  [10_000, "closed", { state: "chargedBack" }, 0, 0],
  [5_000, "held", { state: "chargedBack" }, 0, 5_000],
  [1_500, "held", { state: "decided", amount: { minor: "2500" } }, 2_500, 6_000],
])("a loss of %s is first of refunds that were not sent", async (lost, state, expected, payable, held) => {
  const { opened, refund } = await refunding()
  const before = await balance("chargeback_loss")
  expect(await lose(await contest(opened, lost))).not.toHaveProperty("refused")
  expect(await paid(opened)).toMatchObject({ state })
  expect(await loadRefund(sql, refund)).toMatchObject(expected)
  expect(await balance(`refund_payable:${opened.trade}`)).toBe(payable)
  expect(await balance(`held:${opened.trade}`)).toBe(held)
  expect(await balance("chargeback_loss")).toBe(before)
})

test("a refund of which nobody can tell yet is waited for, and one that was made is no part of it", async () => {
  const waiting = await refunding("error_before")
  expect(await lose(await contest(waiting.opened))).toMatchObject({ refused: "chargeback_waits" })
  const made = await refunding("reset_after")
  expect(await lose(await contest(made.opened, 6_000))).not.toHaveProperty("refused")
  expect(await loadRefund(sql, made.refund)).toMatchObject({ state: "repaid" })
  expect(await balance(`refund_payable:${made.opened.trade}`)).toBe(0)
})

test.each([
  ["a chargeback", (opened: Opened) => contest(opened)],
  ["a freeze", (opened: Opened) => freeze(opened)],
])(
  "what became of a transfer without an answer is learnt under %s too, and nothing is sent",
  async (_, stop) => {
    const opened = await accepted("error_after")
    await stop(opened)
    await carryOut(services, opened.payment)
    expect(await paid(opened)).toMatchObject({ state: "closed", release: { state: "done" } })
    expect(await transfersOf(opened)).toEqual([9_000])

    const unsent = await accepted("error_before")
    await stop(unsent)
    await carryOut(services, unsent.payment)
    expect(await paid(unsent)).toMatchObject({ state: "parting", release: { state: "pending" } })
    expect(await transfersOf(unsent)).toEqual([])
  },
)

test.each([
  ["a chargeback", (opened: Opened) => contest(opened, 1_000)],
  ["a freeze", (opened: Opened) => freeze(opened)],
])("and of a refund without an answer under %s", async (_, stop) => {
  const { opened, refund } = await refunding("error_after")
  await stop(opened)
  await carryOutRefund(services, refund)
  expect(await loadRefund(sql, refund)).toMatchObject({ state: "repaid" })
  const unsent = await refunding("error_before")
  await stop(unsent.opened)
  await carryOutRefund(services, unsent.refund)
  expect(await loadRefund(sql, unsent.refund)).toMatchObject({ state: "decided" })
  const { data } = await harness.stripe.refunds.list({ charge: (await paid(unsent.opened)).charge ?? "" })
  expect(data).toEqual([])
})

test("a refund that came back, of which the chargeback is heard first, is no loss beside it", async () => {
  const before = await balance("chargeback_loss")
  const { opened, refund } = await refunding("latency")
  const reference = (await loadRefund(sql, refund))?.reference
  expect(await giveAll(opened)).not.toHaveProperty("refused")
  await carryOut(services, opened.payment)
  const leg = (await paid(opened)).refund?.reference
  for (const made of [reference, leg]) await harness.control("POST", `refunds/${made}/fail`, {})
  expect(await lose(await contest(opened))).not.toHaveProperty("refused")
  expect(await loadRefund(sql, refund)).toMatchObject({ state: "chargedBack" })
  expect(await paid(opened)).toMatchObject({ state: "closed", refund: null })
  expect(await balance(`refund_payable:${opened.trade}`)).toBe(0)
  expect(await balance("chargeback_loss")).toBe(before)
})

/** A chargeback that was lost, of money that has gone back already: as a bank may, and the stand-in does not. */
async function lostBeside(opened: Opened, minor: number) {
  const { id, charge } = await paid(opened)
  const yuan = (sum: number) => ({ minor: String(sum), currency: "CNY" })
  const applied = await applyDisputeFact(services, {
    kind: "dispute",
    dispute: `du_${newId("command")}`,
    status: "lost",
    charge: charge ?? "",
    marks: { tradeId: opened.trade, paymentId: id, key: null },
    amount: yuan(minor),
    withdrawn: { amount: yuan(minor), fee: yuan(0) },
    reinstated: null,
    reason: "credit_not_processed",
    dueBy: null,
    at: services.writer.now(),
  })
  if (isRefusal(applied)) throw new Error(applied.refused)
}

/** All of it went back: 40.00 as a refund, and the rest by the leg of the trade's end. */
async function allGoneBack() {
  const opened = await trading.fund(price)
  const { refund } = (await give(opened, "4000")) as { refund: Id<"refund"> }
  await carryOutRefund(services, refund)
  expect(await giveAll(opened)).not.toHaveProperty("refused")
  await carryOut(services, opened.payment)
  const { reference } = (await loadRefund(sql, refund)) ?? {}
  const leg = (await paid(opened)).refund?.reference
  const comeBack = async () => {
    for (const made of [reference, leg]) {
      await harness.control("POST", `refunds/${made}/fail`, {})
      await appliers.refund?.(services, made ?? "")
      await carryOutRefund(services, refund)
      await carryOut(services, opened.payment)
    }
  }
  return { opened, refund, comeBack }
}

test.each([10_000, 7_000])(
  "whichever comes first, refunds that come back or the loss of %s: the buyer has all once",
  async (lost) => {
    const before = await balance("chargeback_loss")
    const after = await allGoneBack()
    await lostBeside(after.opened, lost)
    expect(await balance("chargeback_loss")).toBe(before - lost)
    await after.comeBack()
    const first = await allGoneBack()
    await fault("rate_limit", "/v1/refunds")
    await first.comeBack()
    await harness.control("DELETE", "faults")
    await longAgo(first.opened)
    await lostBeside(first.opened, lost)
    await carryOutRefund(services, first.refund)
    await carryOut(services, first.opened.payment)
    for (const { opened, refund } of [after, first]) {
      const row = await paid(opened)
      const own = await loadRefund(sql, refund)
      const went =
        Number(own?.state === "repaid" ? own.amount.minor : 0) +
        Number(row.refund?.state === "done" ? row.refund.amount.minor : 0)
      const owed = await balance(`refund_payable:${opened.trade}`)
      expect(went + owed).toBe(10_000 - lost)
    }
    expect(await balance("chargeback_loss")).toBe(before)
  },
)

test("and the book keeps all its rules", async () => {
  const found = await auditBook(sql)
  expect(found.filter(({ rule }) => rule !== "coverage")).toEqual([])
})

/** A refund of 40.00 that was made, and will be sent back in time. */
async function refundedForNow() {
  const opened = await trading.fund(price, "card", "4000000000005126")
  const { refund } = (await giveMoneyBack(services, trading.seller, {
    commandId: newId("command"),
    trade: opened.trade,
    amount: { minor: "4000", currency: "CNY" },
    reason: "agreed",
    note: "a part",
  })) as { refund: Id<"refund"> }
  await carryOutRefund(services, refund)
  return { opened, refund, reference: (await loadRefund(sql, refund))?.reference ?? "" }
}

test("a refund that comes back makes up for what the platform bore of a loss, and only the rest is owed", async () => {
  const cases = [
    { ...(await refundedForNow()), borne: 2_500, expected: { state: "decided", amount: { minor: "1500" } } },
    { ...(await refundedForNow()), borne: 6_000, expected: { state: "chargedBack" } },
  ]
  await harness.control("POST", "clock", { advance_seconds: 2 * 86_400 })
  for (const { opened, refund, reference, borne, expected } of cases) {
    await expect.poll(async () => (await harness.stripe.refunds.retrieve(reference)).status).toBe("failed")
    // The stand-in takes no more back than was not refunded, so the loss is written here: last, for the audit's sake.
    await owner.sql`
      insert into postings (source_type, source_id, leg, account, currency, amount, trade, occurred_at)
      select 'chargeback.lost', ${newId("chargeback")}, leg, account, 'CNY', amount, ${opened.trade},
        ${services.writer.now()}
      from (values (1, 'chargeback_loss', ${borne}::bigint), (2, 'dispute_withdrawn', ${-borne}::bigint))
        as lost(leg, account, amount)`
    const before = await balance("chargeback_loss")
    await appliers.refund?.(services, reference)
    expect(await balance(`refund_payable:${opened.trade}`)).toBe(4_000)
    await carryOutRefund(services, refund)
    expect(await loadRefund(sql, refund)).toMatchObject(expected)
    const owed = 4_000 - Math.min(4_000, borne)
    expect(await balance(`refund_payable:${opened.trade}`)).toBe(owed)
    expect(await balance("chargeback_loss")).toBe(before + 4_000 - owed)
  }
})
