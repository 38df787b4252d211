import { afterEach, expect, test } from "vitest"
import type { UserActor } from "#contracts/actor.ts"
import type { Balance } from "#contracts/balance.ts"
import { referencesIn } from "#contracts/bank-file.ts"
import type { Debt } from "#contracts/debt.ts"
import type { Id } from "#contracts/ids.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { mostOpenTopUps } from "#contracts/top-up.ts"
import { editRow, putRow } from "#db/test-rows.ts"
import { findItems } from "../bank-files/kinds.ts"
import { findDebts } from "../bank-files/waiting-store.ts"
import { applyDispute, applyDisputeFact } from "../chargebacks/apply.ts"
import { payDebtFromBalance, repayDebt, takeDebtFromBalance, writeOff } from "../debts/commands.ts"
import { loadDebtCards, loadDebtsOf, loadOwedBy } from "../debts/store.ts"
import { auditBook } from "../escrow/audit.ts"
import { Crash, dyingAfterCommit } from "../escrow/testing/crash.ts"
import { sealAll, verifyExported } from "../ledger/test-export.ts"
import { applySession, carryOut } from "../payments/apply.ts"
import { payTrade } from "../payments/commands.ts"
import { loadPayment } from "../payments/store.ts"
import { carryOutRefund } from "../refunds/carry-out.ts"
import { giveMoneyBack } from "../refunds/commands.ts"
import { loadRefundsOf } from "../refunds/store.ts"
import { done, salesIn, yuan } from "../refunds/test-sale.ts"
import { reconcile } from "../settlements/run.ts"
import { testMarket } from "../test-market.ts"
import { sessionOfTopUp } from "../top-ups/apply.ts"
import { cancelTopUp, confirmTopUpReceipt, topUp, topUpInstruction } from "../top-ups/commands.ts"
import { countOpenTopUps, loadTopUp } from "../top-ups/store.ts"
import { disputeTrade, resolveTrade } from "../trades/commands.ts"
import {
  approveAsOperator,
  approveOwnWithdrawal,
  askForWithdrawal,
  confirmWithdrawal,
  noteReturnedWithdrawal,
  refuseAsOperator,
  takeBackWithdrawal,
} from "../withdrawals/commands.ts"
import { loadWithdrawal } from "../withdrawals/store.ts"
import { availableOf, balanceQueues } from "./queries.ts"
import { loadBalance, loadMovements, loadOwedSum } from "./store.ts"

const market = await testMarket()
const { services, owner } = market
const { sql, newId } = services
const operator = await market.party("operator")
const command = () => newId("command")

/** Another person of the same party, with the right to approve. */
async function colleagueOf(actor: UserActor): Promise<UserActor> {
  const user = newId("user")
  for (const one of [actor.user, user])
    await owner.sql`insert into members (party, "user", role) values (${actor.party}, ${one}, 'approver')
      on conflict do nothing`
  return { ...actor, user, memberRole: "approver" }
}

const secondOperator: UserActor = { ...operator, user: newId("user") }

async function pocket({ party }: { party: Id<"party"> }): Promise<[available: number, reserved: number]> {
  const { available, reserved } = await loadBalance(sql, party, "CNY", services.writer.now())
  return [Number(available.minor), Number(reserved.minor)]
}

/** A party with money in its balance, by a bank transfer that the operator has confirmed. */
async function withMoney(role: "buyer" | "seller", minor: number): Promise<UserActor> {
  const actor = await market.party(role)
  await editRow(owner.sql, "party", actor.party, "bankAccount", `6222 ${role}`)
  await creditByBank(actor, minor)
  return actor
}

async function creditByBank(actor: UserActor, minor: number): Promise<void> {
  const started = { commandId: command(), amount: yuan(minor), rail: "bank" } as const
  const made = await done<{ topUp: Id<"topUp"> }>(topUp(services, actor, started))
  const receipt = {
    commandId: command(),
    topUp: made.topUp,
    amount: yuan(minor),
    bankNumber: `BR-${made.topUp.slice(-12)}`,
  }
  await done(confirmTopUpReceipt(services, operator, receipt))
}

const ask = (actor: UserActor, minor: number) =>
  askForWithdrawal(services, actor, { commandId: command(), amount: yuan(minor) })
const asked = async (actor: UserActor, minor: number) =>
  (await done<{ withdrawal: Id<"withdrawal"> }>(ask(actor, minor))).withdrawal
const on = (withdrawal: Id<"withdrawal">) => ({ commandId: command(), withdrawal })
const pay = (by: UserActor, withdrawal: Id<"withdrawal">) =>
  confirmWithdrawal(services, by, { ...on(withdrawal), bankNumber: `BP-${withdrawal.slice(-12)}` })

afterEach(async () => {
  expect(await auditBook(sql)).toEqual([])
})

test("a bank transfer tops a balance up once, for the amount that was announced, and not by one's own hand", async () => {
  const buyer = await market.party("buyer")
  const started = { commandId: command(), amount: yuan(50_000), rail: "bank" } as const
  const [first, again] = [await topUp(services, buyer, started), await topUp(services, buyer, started)]
  expect(again).toEqual(first)
  const id = (first as unknown as { topUp: Id<"topUp"> }).topUp
  const { reference } = (await loadTopUp(sql, id)) ?? { reference: "" }
  const line = referencesIn(`汇款 ${reference.slice(0, 6).toLowerCase()} ${reference.slice(6)} 货款`)
  expect(await findItems(sql, { references: line })).toMatchObject([
    { kind: "topUp", id, references: [reference], amount: yuan(50_000), direction: "in", waiting: true },
  ])
  const receipt = { commandId: command(), topUp: id, amount: yuan(50_000), bankNumber: "BR-7" }
  const own = { ...operator, parties: [operator.party, buyer.party] }
  expect(await confirmTopUpReceipt(services, own, receipt)).toMatchObject({ refused: "own_matter" })
  const less = { ...receipt, amount: yuan(49_999) }
  expect(await confirmTopUpReceipt(services, operator, less)).toMatchObject({ refused: "payment_mismatch" })
  const twice = [receipt, { ...receipt, commandId: command() }]
  const answers = await Promise.all(twice.map((one) => confirmTopUpReceipt(services, operator, one)))
  // By the top-up's state, or because the bank's number was used.
  expect(answers.filter(isRefusal)).toHaveLength(1)
  expect(await pocket(buyer)).toEqual([50_000, 0])
  expect(await findItems(sql, { references: [reference] })).toMatchObject([{ waiting: false }])
  expect(await loadMovements(sql, buyer.party, null, 10)).toMatchObject([
    { type: "topUp.received", thing: id, minor: "50000", currency: "CNY" },
  ])
})

test("money that comes after a top-up was given up is credited all the same", async () => {
  const buyer = await market.party("buyer")
  const started = { commandId: command(), amount: yuan(700), rail: "bank" } as const
  const { topUp: id } = await done<{ topUp: Id<"topUp"> }>(topUp(services, buyer, started))
  const stranger = await market.party("buyer")
  const cancel = { commandId: command(), topUp: id }
  expect(await cancelTopUp(services, stranger, cancel)).toMatchObject({ refused: "not_found" })
  await done(cancelTopUp(services, buyer, cancel))
  const receipt = { commandId: command(), topUp: id, amount: yuan(700), bankNumber: "BR-8" }
  await done(confirmTopUpReceipt(services, operator, receipt))
  expect(await pocket(buyer)).toEqual([700, 0])
})

test("no more top-ups wait than may, when they are asked for at once too", async () => {
  const buyer = await market.party("buyer")
  const start = () =>
    topUp(services, buyer, { commandId: command(), amount: yuan(100), rail: "bank" }) as Promise<unknown>
  const answers = await Promise.all(Array.from({ length: mostOpenTopUps + 3 }, start))
  const [first] = answers.filter((answer): answer is { topUp: Id<"topUp"> } => !isRefusal(answer as never))
  expect(await countOpenTopUps(sql, buyer.party)).toBeLessThanOrEqual(mostOpenTopUps)
  // Another may come once one is taken back.
  for (let i = 0; i < mostOpenTopUps && !isRefusal((await start()) as never); i++);
  expect(await countOpenTopUps(sql, buyer.party)).toBe(mostOpenTopUps)
  expect(await start()).toMatchObject({ refused: "too_many_top_ups" })
  await done(cancelTopUp(services, buyer, { commandId: command(), topUp: first?.topUp as Id<"topUp"> }))
  expect(await start()).toMatchObject({ state: "started" })
})

test("two trades that want the same money: one is paid, the other is refused, and nothing is lost", async () => {
  const [buyer, seller] = [await withMoney("buyer", 150_000), await market.party("seller")]
  const sales = salesIn(market, { seller, buyer, operator })
  const trades = [await sales.agreed(), await sales.agreed()]
  const inputs = trades.flatMap((trade) => {
    const input = { commandId: command(), trade, rail: "balance" } as const
    // Each by a double click, and from a second tab.
    return [input, input, { ...input, commandId: command() }]
  })
  const answers = await Promise.all(inputs.map((input) => payTrade(services, buyer, input, "en")))
  const paid = answers.flatMap((answer) => (isRefusal(answer) ? [] : [answer.payment]))
  expect(new Set(paid).size).toBe(1)
  const codes = answers.filter(isRefusal).map(({ refused }) => refused)
  expect(codes).toContain("balance_too_small")
  expect(await pocket(buyer)).toEqual([50_000, 0])
  const states = await Promise.all(trades.map(async (trade) => (await sales.sceneOf(trade)).trade.state))
  expect(states.toSorted()).toEqual(["agreed", "funded"])
})

test("settled: the seller's part goes into their balance, fee kept, without a call to anybody", async () => {
  const [buyer, seller] = [await withMoney("buyer", 100_000), await market.party("seller")]
  const { settled, sceneOf } = salesIn(market, { seller, buyer, operator })
  const sale = await settled("balance")
  await carryOut(services, sale.payment)
  expect([await pocket(buyer), await pocket(seller)]).toEqual([
    [0, 0],
    [90_000, 0],
  ])
  expect((await sceneOf(sale.trade)).trade.state).toBe("settled")
  expect(await sql`select 1 from intents where payment = ${sale.payment}`).toHaveLength(0)
  expect(await loadMovements(sql, seller.party, null, 10)).toMatchObject([
    { type: "payment.released", trade: sale.trade, minor: "90000" },
  ])
})

test("a dispute's split and refunds before and after release go back to balances at once", async () => {
  const [buyer, seller] = [await withMoney("buyer", 300_000), await market.party("seller")]
  const { held, delivered, settled } = salesIn(market, { seller, buyer, operator })
  const give = (trade: Id<"trade">, minor: number) =>
    done(
      giveMoneyBack(services, seller, {
        commandId: command(),
        trade,
        amount: yuan(minor),
        reason: "agreed",
        note: "—",
      }),
    )
  const carry = async (trade: Id<"trade">) => {
    for (const { id } of await loadRefundsOf(sql, trade)) await carryOutRefund(services, id)
  }

  const before = await held("balance")
  await give(before.trade, 20_000)
  await carry(before.trade)
  expect(await pocket(buyer)).toEqual([220_000, 0])

  const disputed = await delivered("balance")
  const statement = { commandId: command(), trade: disputed.trade, reason: "incomplete", statement: "—" }
  await done(disputeTrade(services, buyer, statement))
  const split = { release: yuan(60_000), refund: yuan(40_000), note: "—" }
  await done(resolveTrade(services, operator, { commandId: command(), trade: disputed.trade, ...split }))
  await carryOut(services, disputed.payment)
  expect([await pocket(buyer), await pocket(seller)]).toEqual([
    [160_000, 0],
    [54_000, 0],
  ])
  expect((await loadPayment(sql, disputed.payment))?.state).toBe("closed")

  const after = await settled("balance")
  expect(await pocket(seller)).toEqual([144_000, 0])
  await give(after.trade, 100_000)
  await carry(after.trade)
  expect([await pocket(buyer), await pocket(seller)]).toEqual([
    [160_000, 0],
    [54_000, 0],
  ])
  expect((await loadDebtsOf(sql, after.trade)).map(({ state }) => state)).toEqual(["paid"])
})

test("of a debt as much is taken back as the seller's balance has; the rest is owed, and stays in it", async () => {
  const [buyer, seller] = [await withMoney("buyer", 200_000), await market.party("seller")]
  const colleague = await colleagueOf(seller)
  const { settled } = salesIn(market, { seller, buyer, operator })
  const sale = await settled("balance")
  const away = await asked(seller, 80_000)
  const back = { commandId: command(), trade: sale.trade, amount: yuan(100_000), reason: "agreed" } as const
  await done(giveMoneyBack(services, seller, { ...back, note: "—" }))
  for (const { id } of await loadRefundsOf(sql, sale.trade)) await carryOutRefund(services, id)
  const [debt] = await loadDebtsOf(sql, sale.trade)
  expect(debt).toMatchObject({ state: "owed", owedFor: "balance", left: yuan(80_000) })
  expect(await pocket(seller)).toEqual([0, 80_000])
  // What was asked before goes nowhere while it is owed.
  expect(await approveOwnWithdrawal(services, colleague, on(away))).toMatchObject({
    refused: "withdrawal_owing",
  })
  await done(takeBackWithdrawal(services, seller, { ...on(away), note: "not needed" }))
  expect(await ask(seller, 1)).toMatchObject({ refused: "balance_too_small", detail: { most: "0" } })
  // The next release is kept back for it first, as on the other rails.
  const next = await settled("balance")
  expect((await loadPayment(sql, next.payment))?.release?.netted).toEqual(yuan(80_000))
  expect(await pocket(seller)).toEqual([90_000, 0])
  for (const { id } of await loadRefundsOf(sql, sale.trade)) await carryOutRefund(services, id)
  expect(await pocket(buyer)).toEqual([100_000, 0])
})

test("what a refund waits for two operators take out of the seller's balance, where the seller does not", async () => {
  const [buyer, seller] = [await withMoney("buyer", 200_000), await market.party("seller")]
  const sale = await salesIn(market, { seller, buyer, operator }).settled("balance")
  const away = await asked(seller, 80_000)
  const back = { commandId: command(), trade: sale.trade, amount: yuan(100_000), reason: "agreed" } as const
  await done(giveMoneyBack(services, seller, { ...back, note: "—" }))
  for (const { id } of await loadRefundsOf(sql, sale.trade)) await carryOutRefund(services, id)
  const debtNow = async () => (await loadDebtsOf(sql, sale.trade))[0] as Debt
  const take = async (by: UserActor, more = {}) => {
    const { id: debt, version } = await debtNow()
    return takeDebtFromBalance(services, by, { commandId: command(), debt, version, note: "owed", ...more })
  }
  expect(await take(operator)).toMatchObject({ refused: "balance_too_small" })
  await done(takeBackWithdrawal(services, seller, { ...on(away), note: "not needed" }))
  expect(await take(seller)).toMatchObject({ refused: "role_not_allowed" })
  expect(await take({ ...operator, parties: [seller.party] })).toMatchObject({ refused: "own_matter" })
  await done(take(operator))
  expect(await take(operator)).toMatchObject({ refused: "second_person" })
  expect(await take(secondOperator, { version: 1 })).toMatchObject({ refused: "debt_state" })
  await done(take(secondOperator))
  expect([(await debtNow()).state, await pocket(seller)]).toEqual(["paid", [0, 0]])
  for (const { id } of await loadRefundsOf(sql, sale.trade)) await carryOutRefund(services, id)
  expect(await pocket(buyer)).toEqual([200_000, 0])
})

test("a withdrawal takes three people: one asks, a second approves, a third pays; and the bank may send it back", async () => {
  const buyer = await withMoney("buyer", 10_000)
  const colleague = await colleagueOf(buyer)
  const racing = await Promise.all([ask(buyer, 6_000), ask(buyer, 6_000)])
  expect(racing.filter(isRefusal)).toMatchObject([{ refused: "balance_too_small" }])
  const id = (racing.find((answer) => !isRefusal(answer)) as unknown as { withdrawal: Id<"withdrawal"> })
    .withdrawal
  expect(await pocket(buyer)).toEqual([4_000, 6_000])
  expect(await pay(operator, id)).toMatchObject({ refused: "withdrawal_state" })
  expect(await approveOwnWithdrawal(services, buyer, on(id))).toMatchObject({
    refused: "withdrawal_other_person",
  })
  expect(await approveAsOperator(services, operator, on(id))).toMatchObject({
    refused: "withdrawal_own_approver",
  })
  const requester: UserActor = { ...colleague, memberRole: "requester" }
  expect(await approveOwnWithdrawal(services, requester, on(id))).toMatchObject({
    refused: "member_role_not_allowed",
  })
  await done(approveOwnWithdrawal(services, colleague, on(id)))
  const { reference } = (await loadWithdrawal(sql, id)) ?? { reference: "" }
  expect(await findItems(sql, { references: [reference] })).toMatchObject([
    { kind: "withdrawal", id, waiting: true },
  ])
  const own = { ...operator, parties: [operator.party, buyer.party] }
  expect(await pay(own, id)).toMatchObject({ refused: "own_matter" })
  const paid = await Promise.all([pay(operator, id), pay(secondOperator, id)])
  // By the withdrawal's state, or because the bank's number was used.
  expect(paid.filter(isRefusal)).toHaveLength(1)
  expect(await pocket(buyer)).toEqual([4_000, 0])
  expect(await findItems(sql, { references: [reference] })).toMatchObject([
    { kind: "withdrawal", waiting: false },
    { kind: "withdrawalBack", id, direction: "in", waiting: true, doubt: "reversed", amount: yuan(6_000) },
  ])
  const line = { id: newId("bankLine"), number: "BK-BACK-1", amount: yuan(5_999) }
  const cameBack = (seen: typeof line) =>
    noteReturnedWithdrawal(services, operator, { ...on(id), note: "account closed" }, seen)
  expect(await cameBack(line)).toMatchObject({ refused: "payment_mismatch" })
  await done(cameBack({ ...line, amount: yuan(6_000) }))
  expect(await pocket(buyer)).toEqual([10_000, 0])
  expect(await sql`select kind from bank_uses where number = 'BK-BACK-1'`).toEqual([
    { kind: "withdrawalBack" },
  ])
})

test("a party with nobody else is approved by the operator, whose second person then pays", async () => {
  const buyer = await withMoney("buyer", 10_000)
  const id = await asked(buyer, 10_000)
  await done(approveAsOperator(services, operator, on(id)))
  expect(await pay(operator, id)).toMatchObject({ refused: "withdrawal_other_person" })
  const other = await market.party("buyer")
  expect(await takeBackWithdrawal(services, other, { ...on(id), note: "x" })).toMatchObject({
    refused: "not_found",
  })
  // The bank may have paid it by now: that is the operator's to look at, and nobody takes it back.
  expect(await takeBackWithdrawal(services, buyer, { ...on(id), note: "x" })).toMatchObject({
    refused: "withdrawal_state",
  })
  const reason = { note: "the account's name differs" }
  expect(await refuseAsOperator(services, secondOperator, { ...on(id), ...reason })).toMatchObject({
    refused: "withdrawal_maybe_paid",
  })
  await done(refuseAsOperator(services, secondOperator, { ...on(id), ...reason, notPaid: true }))
  expect(await pocket(buyer)).toEqual([10_000, 0])
  expect(await loadWithdrawal(sql, id)).toMatchObject({ state: "refused" })
})

test("nothing leaves a frozen party's balance, nor to an account that was swapped since it was asked", async () => {
  const [buyer, seller] = [await withMoney("buyer", 200_000), await market.party("seller")]
  const colleague = await colleagueOf(buyer)
  const { agreed, delivered, command: next } = salesIn(market, { seller, buyer, operator })
  const [sale, trade] = [await delivered("balance"), await agreed()]
  const id = await asked(buyer, 5_000)
  await editRow(owner.sql, "party", buyer.party, "bankAccount", "6222 9999")
  expect(await approveOwnWithdrawal(services, colleague, on(id))).toMatchObject({
    refused: "withdrawal_account_changed",
  })
  await editRow(owner.sql, "party", buyer.party, "bankAccount", "6222 buyer")
  await done(approveOwnWithdrawal(services, colleague, on(id)))
  await editRow(owner.sql, "party", buyer.party, "bankAccount", "6222 9999")
  expect(await pay(operator, id)).toMatchObject({ refused: "withdrawal_account_changed" })
  await editRow(owner.sql, "party", buyer.party, "bankAccount", "6222 buyer")
  await editRow(owner.sql, "party", buyer.party, "frozenBy", newId("freeze"))
  expect(await pay(operator, id)).toMatchObject({ refused: "frozen" })
  expect(await ask(buyer, 1)).toMatchObject({ refused: "frozen" })
  expect(await payTrade(services, buyer, { commandId: next(), trade, rail: "balance" }, "en")).toMatchObject({
    refused: "frozen",
  })
  const small = { commandId: next(), trade: sale.trade, amount: yuan(100), reason: "agreed" } as const
  expect(await giveMoneyBack(services, seller, { ...small, note: "—" })).toMatchObject({ refused: "frozen" })
  expect(await pocket(buyer)).toEqual([95_000, 5_000])
  // What was reserved may go back, for it stays here.
  await done(refuseAsOperator(services, operator, { ...on(id), note: "ordered", notPaid: true }))
  expect(await pocket(buyer)).toEqual([100_000, 0])
})

test("what the bank had paid before a freeze or a change of the account is confirmed all the same, and told so", async () => {
  const buyer = await withMoney("buyer", 9_000)
  const colleague = await colleagueOf(buyer)
  const befores: unknown[] = []
  for (const [member, value, alreadyPaid] of [
    ["frozenBy", newId("freeze"), true],
    ["bankAccount", "6222 9999", true],
    // By the bank's own statement.
    ["bankAccount", "6222 8888", false],
  ] as const) {
    await editRow(owner.sql, "party", buyer.party, "bankAccount", "6222 buyer")
    const id = await asked(buyer, 3_000)
    await done(approveOwnWithdrawal(services, colleague, on(id)))
    await editRow(owner.sql, "party", buyer.party, member, value)
    const paid = { ...on(id), bankNumber: `BP-${id.slice(-12)}` }
    expect(isRefusal(await confirmWithdrawal(services, operator, paid))).toBe(true)
    const fact = { ...paid, commandId: command(), ...(alreadyPaid ? { alreadyPaid } : {}) }
    const line = { id: newId("bankLine"), amount: yuan(3_000) }
    const other = { ...line, amount: yuan(2_999) }
    expect(await confirmWithdrawal(services, operator, fact, other)).toMatchObject({
      refused: "payment_mismatch",
    })
    await done(confirmWithdrawal(services, operator, fact, alreadyPaid ? null : line))
    await editRow(owner.sql, "party", buyer.party, "frozenBy", null)
    const [told] = await sql<{ before: string }[]>`select fact::json->'body'->>'before' as before
      from pending_facts where subject = ${id} and fact like '%withdrawal.paid@1%'`
    befores.push(told?.before)
  }
  expect(befores).toEqual(["freeze", "accountChange", "accountChange"])
  expect(await pocket(buyer)).toEqual([0, 0])
})

/** The first page of each of the operator's queues. */
const first = { after: null, approvals: null, payments: null, paid: null }

test("every withdrawal that was paid is found by pages, for the bank may send it back", async () => {
  const buyer = await market.party("buyer")
  const ids: string[] = Array.from({ length: 21 }, () => newId("withdrawal"))
  for (const id of ids)
    await putRow(owner.sql, "withdrawal", {
      id,
      version: 1,
      state: "paid",
      party: buyer.party,
      reference: id,
    })
  const found: string[] = []
  let before: string | null = null
  do {
    const page: { paid: { withdrawal: { id: string } }[]; next: { paid: string | null } } = await done(
      balanceQueues(services, operator, { ...first, paid: before }),
    )
    found.push(...page.paid.map(({ withdrawal }) => withdrawal.id))
    before = page.next.paid
  } while (before !== null)
  expect(found.filter((id) => ids.includes(id)).toSorted()).toEqual(ids.toSorted())
  await owner.sql`delete from withdrawals where id = any(${ids})`
})

test("every top-up that waits for its bank transfer is found by pages, the longest waiting first", async () => {
  const buyer = await market.party("buyer")
  const ids: string[] = Array.from({ length: 101 }, () => newId("topUp"))
  for (const id of ids)
    await putRow(owner.sql, "topUp", {
      id,
      version: 1,
      state: "started",
      party: buyer.party,
      rail: "bank",
      reference: id,
    })
  const pages: string[][] = []
  let after: string | null = null
  do {
    const page: { topUps: { topUp: { id: string } }[]; next: { topUps: string | null } } = await done(
      balanceQueues(services, operator, { ...first, after }),
    )
    pages.push(page.topUps.map(({ topUp }) => topUp.id))
    after = page.next.topUps
  } while (after !== null)
  expect(pages.map((page) => page.length <= 50)).toEqual([true, true, true])
  expect(pages.flat().filter((id) => ids.includes(id))).toEqual(ids.toSorted())
  await owner.sql`delete from top_ups where id = any(${ids})`
})

for (const [list, state] of [
  ["approvals", "asked"],
  ["payments", "approved"],
] as const)
  test(`every withdrawal among the ${list} is found by pages, the longest waiting first`, async () => {
    const party = newId("party")
    await putRow(owner.sql, "party", { id: party, version: 1, name: { original: "en", en: "A", zh: "甲" } })
    const ids: string[] = Array.from({ length: 101 }, () => newId("withdrawal"))
    for (const id of ids)
      await putRow(owner.sql, "withdrawal", { id, version: 1, state, party, askedBy: "usr", reference: id })
    const pages: string[][] = []
    let place: string | null = null
    do {
      const page: Record<typeof list, { withdrawal: { id: string } }[]> & {
        next: Record<typeof list, string | null>
      } = await done(balanceQueues(services, operator, { ...first, [list]: place }))
      pages.push(page[list].map(({ withdrawal }) => withdrawal.id))
      place = page.next[list]
    } while (place !== null)
    expect(pages.every((page) => page.length <= 50)).toBe(true)
    expect(pages.flat().filter((id) => ids.includes(id))).toEqual(ids.toSorted())
    await owner.sql`delete from withdrawals where id = any(${ids})`
    await owner.sql`delete from parties where id = ${party}`
  })

test("the audit names a balance that is not what the book has of it", async () => {
  const buyer = await withMoney("buyer", 3_000)
  const balance: Balance = await loadBalance(sql, buyer.party, "CNY", services.writer.now())
  await editRow(owner.sql, "balance", balance.id, "available", yuan(2_999))
  const found = await auditBook(sql)
  expect(found.map(({ rule, subject }) => [rule, subject])).toEqual([["balance", buyer.party]])
  await editRow(owner.sql, "balance", balance.id, "available", yuan(3_000))
})

test("a card tops a balance up once: by webhook, redirect and sweep, for the amount on its page", async () => {
  const buyer = await market.party("buyer")
  const started = { commandId: command(), amount: yuan(8_000), rail: "card" } as const
  const { topUp: id } = await done<{ topUp: Id<"topUp"> }>(topUp(services, buyer, started))
  const page = await done<{ kind: string; url: string }>(topUpInstruction(services, buyer, id, "en"))
  expect(await topUpInstruction(services, buyer, id, "en")).toEqual(page)
  const session = (await sessionOfTopUp(services, id)) ?? ""
  expect(await applySession(services, session)).toMatchObject({ state: "open" })
  await market.harness.control("POST", `sessions/${session}/pay`, {})
  await Promise.all([applySession(services, session), applySession(services, session)])
  await applySession(services, session)
  expect(await pocket(buyer)).toEqual([8_000, 0])
  expect(await loadTopUp(sql, id)).toMatchObject({ state: "received", charge: expect.stringMatching(/^ch_/) })
  expect(await topUpInstruction(services, buyer, id, "en")).toMatchObject({ refused: "top_up_state" })
  // The provider's line finds the journal of the top-up, and its fee is the platform's.
  expect(isRefusal(await reconcile(services, { patience: 0 }))).toBe(false)
  const lines = await sql`select step, source_type from line_steps where source_id = ${id}`
  expect(lines).toContainEqual({ step: "matched", source_type: "topUp.received" })
  expect(await sql`select 1 from line_steps where step = 'suspended'`).toHaveLength(0)
})

test("a page that ended without money gives the top-up up", async () => {
  const buyer = await market.party("buyer")
  const started = { commandId: command(), amount: yuan(900), rail: "card" } as const
  const { topUp: id } = await done<{ topUp: Id<"topUp"> }>(topUp(services, buyer, started))
  await done(topUpInstruction(services, buyer, id, "en"))
  const session = (await sessionOfTopUp(services, id)) ?? ""
  await market.harness.stripe.checkout.sessions.expire(session)
  await applySession(services, session)
  expect(await loadTopUp(sql, id)).toMatchObject({ state: "failed", failure: "expired" })
  expect(await pocket(buyer)).toEqual([0, 0])
})

test("of a page that ends after its party took the top-up back nobody is told", async () => {
  const buyer = await market.party("buyer")
  const started = { commandId: command(), amount: yuan(900), rail: "card" } as const
  const { topUp: id } = await done<{ topUp: Id<"topUp"> }>(topUp(services, buyer, started))
  await done(topUpInstruction(services, buyer, id, "en"))
  const session = (await sessionOfTopUp(services, id)) ?? ""
  await done(cancelTopUp(services, buyer, { commandId: command(), topUp: id }))
  await market.harness.stripe.checkout.sessions.expire(session)
  expect(await applySession(services, session)).toMatchObject({ state: "failed" })
  expect(await loadTopUp(sql, id)).toMatchObject({ version: 2, failure: "cancelled" })
})

test("a chargeback of a top-up reserves what the balance has: won it is free again, lost it is gone", async () => {
  const buyer = await market.party("buyer")
  const cards: string[] = []
  // Whoever takes up the work of a process that died tells the operator what it had booked.
  const dies = (dispute: string) =>
    expect(applyDispute(dyingAfterCommit(services), dispute)).rejects.toThrow(Crash)
  const disputes = async (charge: string) =>
    (await market.harness.stripe.disputes.list({ charge, limit: 10 })).data
  for (const minor of [5_000, 3_000]) {
    const started = { commandId: command(), amount: yuan(minor), rail: "card" } as const
    const { topUp: id } = await done<{ topUp: Id<"topUp"> }>(topUp(services, buyer, started))
    await done(topUpInstruction(services, buyer, id, "en"))
    const session = (await sessionOfTopUp(services, id)) ?? ""
    await market.harness.control("POST", `sessions/${session}/pay`, { card: "4000000000000077" })
    await done(applySession(services, session))
    cards.push((await loadTopUp(sql, id))?.charge ?? "")
  }
  const [first, second] = cards as [string, string]
  await market.harness.control("POST", `charges/${first}/dispute`, { reason: "fraudulent" })
  const [won] = await disputes(first)
  await dies(won?.id ?? "")
  for (let i = 0; i < 2; i++) await done(applyDispute(services, won?.id ?? ""))
  expect(await pocket(buyer)).toEqual([3_000, 5_000])
  // Another dispute of the same charge has to be looked at by somebody, and does not end the first.
  const known = await services.provider.retrieveDispute(won?.id ?? "")
  if (!("ok" in known)) throw new Error("the stand-in knows the dispute")
  for (const status of ["open", "won", "lost"] as const) {
    const other = { ...known.ok, dispute: "du_other", status, reinstated: known.ok.withdrawn }
    expect(await applyDisputeFact(services, other)).toMatchObject({ refused: "payment_mismatch" })
  }
  expect(await pocket(buyer)).toEqual([3_000, 5_000])
  await market.harness.control("POST", `disputes/${won?.id}/win`, {})
  for (let i = 0; i < 2; i++) await done(applyDispute(services, won?.id ?? ""))
  expect(await pocket(buyer)).toEqual([8_000, 0])

  // Most of it is on its way out: what is left is less than the bank takes.
  await editRow(owner.sql, "party", buyer.party, "bankAccount", "6222 buyer")
  const away = await asked(buyer, 6_000)
  await market.harness.control("POST", `charges/${second}/dispute`, { reason: "fraudulent" })
  const [lost] = await disputes(second)
  await done(applyDispute(services, lost?.id ?? ""))
  expect(await pocket(buyer)).toEqual([0, 8_000])
  // What comes in meanwhile makes up for what lacks before it may go out.
  const owed = () => loadOwedSum(sql, buyer.party, "CNY")
  expect(await owed()).toEqual(yuan(1_000))
  expect(await approveAsOperator(services, operator, on(away))).toMatchObject({
    refused: "withdrawal_owing",
    detail: { owed: "1000" },
  })
  await creditByBank(buyer, 1_500)
  expect(await ask(buyer, 501)).toMatchObject({ refused: "balance_too_small", detail: { most: "500" } })
  await market.harness.control("POST", `disputes/${lost?.id}/lose`, {})
  await dies(lost?.id ?? "")
  for (let i = 0; i < 2; i++) await done(applyDispute(services, lost?.id ?? ""))
  expect(await pocket(buyer)).toEqual([1_500, 6_000])
  expect(await owed()).toEqual(yuan(1_000))
  expect(await availableOf(services, buyer.party, "CNY")).toEqual(yuan(500))
  // Nor does it pay for a trade, whose seller could take it out.
  const { agreed } = salesIn(market, { seller: await market.party("seller"), buyer, operator })
  await creditByBank(buyer, 99_000)
  const buying = { commandId: command(), trade: await agreed(), rail: "balance" } as const
  const refused = { refused: "balance_too_small", detail: { available: "99500" } }
  expect(await payTrade(services, buyer, buying, "en")).toMatchObject(refused)
  await creditByBank(buyer, 500)
  await done(payTrade(services, buyer, { ...buying, commandId: command() }, "en"))
  expect(await pocket(buyer)).toEqual([1_000, 6_000])

  // It is a debt like others: repaid by bank, given up by two people, or paid out of the balance by the party itself.
  const [debt] = await loadOwedBy(sql, buyer.party)
  expect(debt).toMatchObject({ cause: "topUp", trade: null, payment: null, left: yuan(1_000) })
  const on1 = { commandId: command(), debt: debt?.id as Id<"debt">, version: 1 }
  const part = { ...on1, amount: yuan(200), bankNumber: "BR-TOPUP-1" }
  await done(repayDebt(services, operator, part))
  expect(await owed()).toEqual(yuan(800))
  const other = { ...operator, parties: [buyer.party] }
  const give = (by: UserActor) =>
    writeOff(services, by, { ...on1, commandId: command(), version: 2, note: "gone" })
  expect(await give(other)).toMatchObject({ refused: "own_matter" })
  await done(give(operator))
  expect(await findDebts(sql, { id: on1.debt })).toMatchObject([{ waiting: true, title: null, attempt: 3 }])
  const shown = await loadDebtCards(sql, null, 100)
  expect(shown.find((one) => one.debt.id === on1.debt)).toMatchObject({ title: null, buyerName: null })
  const pay = (by: UserActor, version: number) =>
    payDebtFromBalance(services, by, { commandId: command(), debt: on1.debt, version })
  expect(await pay(await market.party("seller"), 3)).toMatchObject({ refused: "not_found" })
  expect(await pay(buyer, 2)).toMatchObject({ refused: "debt_state" })
  await done(pay(buyer, 3))
  expect([await pocket(buyer), await owed()]).toEqual([[200, 6_000], yuan(0)])
  expect(await pay(buyer, 4)).toMatchObject({ refused: "debt_state" })
  const told = await sql<{ code: string; count: number }[]>`
    select code, count from alerts where code like 'top_up_%' order by code`
  const codes = ["top_up_contested", "top_up_contested", "top_up_lost"]
  expect(told).toEqual(codes.map((code) => ({ code, count: 1 })))
})

test("the records of all this name journals of the book, those of debts of no trade too: an export verifies", async () => {
  const { home } = services.config
  await sealAll(sql, home)
  expect(await verifyExported(services, home)).toEqual({ verdict: "intact", failures: [] })
})
