import { expect, test } from "vitest"
import type { Id } from "#contracts/ids.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { loadAlerts } from "../alerts/store.ts"
import { auditBook } from "../escrow/audit.ts"
import { markFailed, openIntent } from "../payments/store.ts"
import { reconcile } from "../settlements/run.ts"
import { testMarket } from "../test-market.ts"
import { applyPayout, carryOutPayout, sweepPayouts } from "./carry-out.ts"
import { payOut } from "./commands.ts"
import { loadPayout } from "./store.ts"

const market = await testMarket()
const { services, harness } = market
const { sql, newId } = services
const [operator, buyer] = [await market.party("operator"), await market.party("buyer")]
const float = 1_000_000
await harness.control("POST", "topup", { amount: float, currency: "cny" })
await reconcile(services, {})

const yuan = (minor: number): Money => ({ minor: String(minor), currency: "CNY" })
const balance = async (account: string) => {
  const [row] = await sql<{ sum: string }[]>`
    select coalesce(sum(amount), 0)::text as sum from postings where account = ${account}`
  return Number(row?.sum)
}
async function start(minor: number): Promise<Id<"payout">> {
  const answer = await payOut(services, operator, { commandId: newId("command"), amount: yuan(minor) })
  if (isRefusal(answer)) throw new Error(answer.refused)
  return (answer as { payout: Id<"payout"> }).payout
}
const atProvider = async (id: Id<"payout">) =>
  (await harness.stripe.payouts.list({ limit: 100 })).data.filter(({ metadata }) => metadata?.payout === id)
const threeDays = () => harness.control("POST", "clock", { advance_seconds: 3 * 86_400 })

test("paid, and booked when it is paid; then it comes back, and the money is where it was", async () => {
  const id = await start(5_000)
  for (let i = 0; i < 2; i++) await carryOutPayout(services, id)
  expect((await atProvider(id)).map(({ amount }) => amount)).toEqual([5_000])
  expect(await loadPayout(sql, id)).toMatchObject({ state: "started" })
  expect(await balance("bank")).toBe(0)
  await threeDays()
  await sweepPayouts(services)
  const paid = await loadPayout(sql, id)
  expect(paid).toMatchObject({ state: "paid", reference: expect.stringMatching(/^po_/) })
  expect([await balance("bank"), await balance("provider_available")]).toEqual([5_000, float - 5_000])
  await harness.control("POST", `payouts/${paid?.reference}/fail`, { code: "account_closed" })
  for (let i = 0; i < 3; i++) await applyPayout(services, paid?.reference ?? "")
  await sweepPayouts(services)
  expect(await loadPayout(sql, id)).toMatchObject({ state: "failed", failure: "account_closed" })
  expect([await balance("bank"), await balance("provider_available")]).toEqual([0, float])
})

test("one that fails before it is paid moves nothing in the book", async () => {
  const id = await start(6_000)
  await carryOutPayout(services, id)
  const [made] = await atProvider(id)
  await harness.control("POST", `payouts/${made?.id}/fail`, { code: "no_account" })
  for (let i = 0; i < 2; i++) await applyPayout(services, made?.id ?? "")
  expect(await loadPayout(sql, id)).toMatchObject({ state: "failed", failure: "no_account" })
  const told = await loadAlerts(sql, null, 50)
  expect(told.find(({ subject }) => subject === id)).toMatchObject({ kind: "payout", code: "no_account" })
  expect(await balance("bank")).toBe(0)
})

test("more than there is fails with the provider's word", async () => {
  // Somebody has paid out at the provider itself, which the book does not know yet.
  await harness.stripe.payouts.create({ amount: 900_000, currency: "cny" })
  const id = await start(200_000)
  for (let i = 0; i < 2; i++) await carryOutPayout(services, id)
  expect(await loadPayout(sql, id)).toMatchObject({ state: "failed", failure: "balance_insufficient" })
  expect(await atProvider(id)).toEqual([])
})

test("one that was refused just before the process ended is told of as failed all the same", async () => {
  const id = await start(800)
  const amount = yuan(800)
  const key = `payout:${id}:1`
  const parameters = { payoutId: id, amount }
  await openIntent(sql, { key, payment: null, subject: id, kind: "payout", parameters })
  await markFailed(sql, key, "account_closed")
  await sweepPayouts(services)
  expect(await loadPayout(sql, id)).toMatchObject({ state: "failed", failure: "account_closed" })
  const told = await loadAlerts(sql, null, 50)
  expect(told.find(({ subject }) => subject === id)).toMatchObject({ kind: "payout", code: "account_closed" })
  expect(await atProvider(id)).toEqual([])
})

test.each(["error_before", "error_after", "reset_after", "truncate"])(
  "an answer that is %s is one payout",
  async (kind) => {
    const id = await start(700)
    await harness.control("POST", "faults", { kind, method: "POST", path: "/v1/payouts", times: 9 })
    await carryOutPayout(services, id)
    const { data } = (await harness.control("GET", "faults")) as { data: { fired: unknown[] }[] }
    expect(data.some(({ fired }) => fired.length > 0)).toBe(true)
    await harness.control("DELETE", "faults")
    for (let i = 0; i < 2; i++) await carryOutPayout(services, id)
    expect(await atProvider(id)).toHaveLength(1)
  },
)

test("only the operator, and not nothing", async () => {
  const ask = (actor: typeof operator, minor: number) =>
    payOut(services, actor, { commandId: newId("command"), amount: yuan(minor) })
  expect(await ask(buyer, 100)).toMatchObject({ refused: "role_not_allowed" })
  expect(await ask(operator, 0)).toMatchObject({ refused: "invalid_input" })
  const dinars: Money = { minor: "15", currency: "KWD" }
  const inDinars = { commandId: newId("command"), amount: dinars }
  expect(await payOut(services, operator, inDinars)).toMatchObject({ refused: "invalid_input" })
})

test("and the book keeps its rules", async () => {
  expect((await auditBook(sql)).filter(({ rule }) => rule === "fact" || rule === "journal")).toEqual([])
})
