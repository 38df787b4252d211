import fc from "fast-check"
import type Stripe from "stripe"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startCheckedHarness } from "./checked-harness.ts"
import type { Harness } from "./harness.ts"

let harness: Harness
beforeAll(async () => {
  harness = await startCheckedHarness({ seed: "books" })
})
afterAll(() => harness.close())

const steps = [
  "pay",
  "pay",
  "alipay",
  "refund",
  "fail refund",
  "transfer",
  "reverse",
  "dispute",
  "win",
  "lose",
  "payout",
  "seller payout",
  "fail payout",
  "cancel payout",
  "clock",
  "top up",
] as const
const step = fc.record({
  act: fc.constantFrom(...steps),
  pick: fc.nat(30),
  amount: fc.integer({ min: 1, max: 30_000 }),
  currency: fc.constantFrom("usd", "cny", "jpy"),
})
type Step = { act: (typeof steps)[number]; pick: number; amount: number; currency: string }

const pickOf = <T>(rows: readonly T[], pick: number): T | undefined => rows[pick % Math.max(1, rows.length)]

/** Mostly one that the step can be done to, now and then any. */
function suited<T>(rows: readonly T[], pick: number, suits: (row: T) => boolean): T | undefined {
  const fit = rows.filter(suits)
  return pickOf(pick % 5 === 0 || fit.length === 0 ? rows : fit, pick)
}

/** Does one step through the API and the control API; many are refused, which must change nothing. */
async function take({ act, pick, amount, currency }: Step, seller: string): Promise<void> {
  const { stripe, control } = harness
  const as = { stripeAccount: seller }
  const charge = async () => {
    const { data } = await stripe.charges.list({ limit: 30 })
    return suited(data, pick, (each) => each.paid && !each.refunded && !each.disputed)?.id ?? "ch_none"
  }
  const payout = async () => {
    const { data } = await stripe.payouts.list()
    return suited(data, pick, ({ status }) => status === "pending" || status === "paid")?.id ?? "po_none"
  }
  const dispute = async () => {
    const { data } = await stripe.disputes.list()
    return suited(data, pick, ({ status }) => status === "needs_response")?.id ?? "du_none"
  }
  const refund = async () => {
    const { data } = await stripe.refunds.list()
    return suited(data, pick, ({ status }) => status === "succeeded")?.id ?? "re_none"
  }
  const actions: Record<Step["act"], () => Promise<unknown>> = {
    pay: () => harness.paid(amount + 500, currency, `trade-${pick}`),
    alipay: async () => {
      const { id } = await harness.openSession(amount + 500, currency, `trade-${pick}`, ["alipay"])
      return control("POST", `sessions/${id}/pay`, { alipay: pick % 2 ? "succeeds_later" : "fails_later" })
    },
    refund: async () => stripe.refunds.create({ charge: await charge(), amount }),
    "fail refund": async () => control("POST", `refunds/${await refund()}/fail`),
    transfer: async () => {
      const source = pickOf((await stripe.charges.list({ limit: 30 })).data, pick)
      const from = pick % 3 === 0 || source === undefined ? {} : { source_transaction: source.id }
      const paidIn = pick % 3 === 0 ? currency : (source?.currency ?? currency)
      return stripe.transfers.create({ amount, currency: paidIn, destination: seller, ...from })
    },
    reverse: async () => {
      const transfer = pickOf((await stripe.transfers.list()).data, pick)
      return stripe.transfers.createReversal(transfer?.id ?? "tr_none", { amount })
    },
    dispute: async () => control("POST", `charges/${await charge()}/dispute`, pick % 2 ? { amount } : {}),
    win: async () => control("POST", `disputes/${await dispute()}/win`, { return_fee: pick % 2 === 0 }),
    lose: async () => stripe.disputes.close(await dispute()),
    payout: () => stripe.payouts.create({ amount, currency }),
    "seller payout": () => stripe.payouts.create({ amount, currency }, as),
    "fail payout": async () => control("POST", `payouts/${await payout()}/fail`),
    "cancel payout": async () => stripe.payouts.cancel(await payout()),
    clock: () => control("POST", "clock", { advance_seconds: pick * 9000 }),
    "top up": () => control("POST", "topup", { amount, currency }),
  }
  await actions[act]().catch((error: Stripe.errors.StripeError) => {
    if (error.statusCode === undefined || error.statusCode >= 500) throw error
  })
}

type Sums = Record<string, { available: number; pending: number }>

/** Balances as the API tells them, and as they follow from the balance transactions. */
async function books(options: Stripe.RequestOptions): Promise<{ told: Sums; summed: Sums }> {
  const { stripe } = harness
  const told: Sums = {}
  const summed: Sums = {}
  const at = (sums: Sums, currency: string) => {
    sums[currency] ??= { available: 0, pending: 0 }
    return sums[currency]
  }
  const balance = await stripe.balance.retrieve({}, options)
  for (const { currency, amount } of balance.available) at(told, currency).available += amount
  for (const { currency, amount } of balance.pending) at(told, currency).pending += amount
  for await (const entry of stripe.balanceTransactions.list({ limit: 100 }, options)) {
    expect(entry.net).toBe(entry.amount - entry.fee)
    at(summed, entry.currency)[entry.status as "available" | "pending"] += entry.net
  }
  return { told, summed }
}

/** What each object says of its money: charged, refunded and failed, disputed, transferred, reversed, paid out. */
async function objectsTell(): Promise<number> {
  const { stripe } = harness
  let sum = 0
  for await (const charge of stripe.charges.list({ limit: 100 })) {
    sum += charge.amount_captured - charge.amount_refunded
    expect(charge.amount_refunded).toBeLessThanOrEqual(charge.amount_captured)
  }
  for await (const refund of stripe.refunds.list({ limit: 100 }))
    if (refund.status === "pending") sum += refund.amount
  for await (const dispute of stripe.disputes.list({ limit: 100 }))
    if (dispute.status !== "won") sum -= dispute.amount
  for await (const transfer of stripe.transfers.list({ limit: 100 })) {
    expect(transfer.amount_reversed).toBeLessThanOrEqual(transfer.amount)
    sum -= transfer.amount - transfer.amount_reversed
  }
  for await (const payout of stripe.payouts.list({ limit: 100 }))
    if (!["failed", "canceled"].includes(payout.status)) sum -= payout.amount
  return sum
}

test("after any sequence a balance is the sum of its transactions, and the objects tell the same", async () => {
  const seller = await harness.payee()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 50, maxLength: 60 }), async (sequence) => {
      for (const each of sequence) await take(each, seller)
      for (const options of [{}, { stripeAccount: seller }]) {
        const { told, summed } = await books(options)
        expect(told).toEqual(summed)
        // Only the platform's balance may go below zero, by disputes: no seller owes.
        if ("stripeAccount" in options)
          for (const { available, pending } of Object.values(told))
            expect(available + pending).toBeGreaterThanOrEqual(0)
      }
      let moved = 0
      for await (const entry of harness.stripe.balanceTransactions.list({ limit: 100 }))
        if (entry.type !== "topup") moved += entry.amount
      expect(moved).toBe(await objectsTell())
    }),
    { numRuns: process.env.QUANHENG_LARGE ? 200 : 8, endOnFailure: true, seed: 7 },
  )
}, 60_000)
