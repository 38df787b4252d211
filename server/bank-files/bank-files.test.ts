import { readdir, readFile } from "node:fs/promises"
import { describe, expect, test } from "vitest"
import type { AsideReason, MatchTarget } from "#contracts/bank-file.ts"
import { debtReference } from "#contracts/debt.ts"
import type { Id } from "#contracts/ids.ts"
import { decimal, type Money } from "#contracts/money.ts"
import { isRefusal } from "#contracts/refusal.ts"
import { editRow, putRow } from "#db/test-rows.ts"
import { repayDebt } from "../debts/commands.ts"
import { loadDebtsOf } from "../debts/store.ts"
import { carryOut } from "../payments/apply.ts"
import { confirmReceipt, payTrade, returnPayout } from "../payments/commands.ts"
import { loadPayment } from "../payments/store.ts"
import { giveMoneyBack } from "../refunds/commands.ts"
import { loadRefundsOf } from "../refunds/store.ts"
import { done, salesIn, yuan } from "../refunds/test-sale.ts"
import { testMarket } from "../test-market.ts"
import { acceptTrade, confirmTrade, proposeTrade } from "../trades/commands.ts"
import { loadScene } from "../trades/store.ts"
import { confirmLines, matchByHand, setAside, takeBack } from "./commands.ts"
import { importStatement } from "./import.ts"
import { bankFileList, bankFilePage, bankLinePage, type LineWithMatch } from "./queries.ts"
import { keepImport, loadUntold } from "./store.ts"

const market = await testMarket()
const { services, owner } = market
const { sql, newId } = services
const seller = await market.party("seller")
const buyer = await market.party("buyer")
const operator = await market.party("operator")
const sales = salesIn(market, { seller, buyer, operator })
const command = () => newId("command")
const today = services.writer.now().slice(0, 10)
let made = 0
const unique = () => `B${++made}${newId("command").slice(-8)}`.toUpperCase()

type Told = { out?: boolean; amount: Money; text: string; number?: string; day?: string }

const csv = (lines: readonly Told[]) =>
  new TextEncoder().encode(
    `账号,6222 0000\n交易日期,收入,支出,摘要,流水号\n${lines
      .map(({ out, amount, text, number, day }) => {
        const sum = decimal(amount)
        return `${day ?? today},${out ? "" : sum},${out ? sum : ""},${text},${number ?? ""}`
      })
      .join("\n")}\n`,
  )

const bring = (lines: readonly Told[], by = operator) => importStatement(services, by, csv(lines), "CNY")

/** The lines that a file brought, in order. */
async function linesOf(file: Id<"bankFile">): Promise<LineWithMatch[]> {
  const page = await done<{ lines: LineWithMatch[] }>(
    bankFilePage(services, operator, { file, show: "all", page: 0 }),
  )
  return page.lines
}

async function brought(lines: readonly Told[]): Promise<{ file: Id<"bankFile">; lines: LineWithMatch[] }> {
  const { file } = await done<{ file: Id<"bankFile"> }>(bring(lines))
  return { file, lines: await linesOf(file) }
}

const doubtOf = (line: LineWithMatch | undefined) =>
  line?.found?.kind === "doubt" ? line.found.doubt : (line?.found?.kind ?? line?.state)

function pairOf(line: LineWithMatch | undefined) {
  if (line?.found?.kind !== "exact") throw new Error(`the line is ${doubtOf(line)}`)
  const { kind, id, attempt } = line.found.item
  return { line: line.id, target: { kind, id, attempt } }
}

const confirm = (lines: readonly ReturnType<typeof pairOf>[], by = operator, commandId = command()) =>
  confirmLines(services, by, { commandId, lines: [...lines] })

/** A trade of 1,000.00 that waits for the buyer's transfer. */
async function waiting() {
  const { listing, plan } = await market.listing(seller, { price: yuan(100_000) })
  const offer = { listing, plan, use: { actions: ["use"] }, locale: "en", commandId: command() }
  const { trade } = await done<{ trade: Id<"trade"> }>(proposeTrade(services, buyer, offer as never))
  const agreementHash = (await loadScene(sql, trade))?.trade.agreementHash ?? ""
  await done(confirmTrade(services, buyer, { commandId: command(), trade, agreementHash }))
  const paying = { commandId: command(), trade, rail: "bank" as const }
  const { payment } = await done<{ payment: Id<"payment"> }>(payTrade(services, buyer, paying, "en"))
  const reference = (await loadPayment(sql, payment))?.reference ?? ""
  return { trade, payment, reference }
}

const stateOf = async (trade: Id<"trade">) => (await loadScene(sql, trade))?.trade.state
const spaced = (reference: string) => `货款 ${reference.slice(0, 6).toLowerCase()}-${reference.slice(6)} 谢谢`

/** How the migration reads what was confirmed before it. */
async function keptByMigration(): Promise<string[]> {
  const folder = new URL("../../db/migrations/", import.meta.url)
  const name =
    (await readdir(folder)).find((one) => one.endsWith("statements_of_the_bank_are_kept.sql")) ?? ""
  const text = await readFile(new URL(name, folder), "utf8")
  return text.split("--> statement-breakpoint").slice(-2)
}

describe("one number of the bank's", () => {
  test("confirms one receipt: a second one with it is refused, two at once too, and the same click answers again", async () => {
    const [first, second, third] = [await waiting(), await waiting(), await waiting()]
    const receipt = (payment: Id<"payment">, bankNumber: string, commandId = command()) =>
      confirmReceipt(services, operator, { commandId, payment, amount: yuan(100_000), bankNumber })
    const commandId = command()
    expect(await receipt(first.payment, "ABC-0001", commandId)).toMatchObject({ state: "funded" })
    expect(await receipt(second.payment, "abc-0001")).toMatchObject({ refused: "bank_number_used" })
    expect(await receipt(first.payment, "ABC-0001", commandId)).toMatchObject({ state: "funded" })
    expect(await stateOf(second.trade)).toBe("funding")
    const both = await Promise.all([receipt(second.payment, "ABC-0002"), receipt(third.payment, "ABC-0002")])
    expect(both.filter((answer) => isRefusal(answer))).toMatchObject([{ refused: "bank_number_used" }])
  })

  test("that confirmed two before this was kept stays as it is, and confirms no third", async () => {
    const [first, second, third] = [await waiting(), await waiting(), await waiting()]
    for (const { payment } of [first, second])
      await editRow(owner.sql, "payment", payment, "charge", "OLD-2025-1")
    for (const statement of await keptByMigration()) await owner.sql.unsafe(statement)
    const input = {
      commandId: command(),
      payment: third.payment,
      amount: yuan(100_000),
      bankNumber: "old-2025-1",
    }
    expect(await confirmReceipt(services, operator, input)).toMatchObject({ refused: "bank_number_used" })
    const [kept] = await sql`select thing from bank_uses where number = 'OLD-2025-1'`
    expect(kept?.thing).toBe([first.payment, second.payment].sort()[0])
  })
})

describe("an import", () => {
  test("keeps each line once: the same file, and one that overlaps, bring only what is new", async () => {
    const lines = [1, 2, 2].map((n) => ({ amount: yuan(n * 100), text: `rent ${n} ${made}` }))
    const first = await done<{ file: Id<"bankFile"> }>(bring(lines))
    expect(first).toMatchObject({ lines: 3, added: 3 })
    const records = async () => (await sql`select 1 from pending_facts`).length
    const before = await records()
    expect(await bring(lines)).toEqual({ file: first.file, lines: 3, added: 0 })
    expect(await records()).toBe(before)
    const more = await done<{ file: Id<"bankFile"> }>(bring([...lines, lines[0] as Told]))
    expect(more).toMatchObject({ lines: 4, added: 1 })
    expect(await linesOf(first.file)).toHaveLength(3)
    expect(await linesOf(more.file)).toHaveLength(1)
  })

  test("of two at once keeps each line once too", async () => {
    const lines = [{ amount: yuan(5), text: "twice", number: unique() }]
    const answers = await Promise.all([bring(lines), bring(lines), bring(lines)])
    expect(answers.map((answer) => (answer as { added: number }).added).sort()).toEqual([0, 0, 1])
  })

  test("is refused whole where the bank tells a line otherwise than before", async () => {
    const number = unique()
    await done(bring([{ amount: yuan(7), text: "x", number }]))
    const told = [
      { amount: yuan(1), text: "new", number: unique() },
      { amount: yuan(8), text: "x", number },
    ]
    const [before] = await sql`select count(*)::int as count from bank_lines`
    expect(await bring(told)).toMatchObject({ refused: "bank_line_changed", detail: { row: 4 } })
    const [after] = await sql`select count(*)::int as count from bank_lines`
    expect(after).toEqual(before)
  })

  test("of a part of a day brings what is new, also where lines that share a number are not all there", async () => {
    const [shared, other] = [unique(), unique()]
    const transfer = { amount: yuan(100), text: "out", number: shared, out: true }
    const fee = { amount: yuan(1), text: "fee", number: shared, out: true }
    const came = { amount: yuan(50), text: "in", number: other }
    await done(bring([transfer, fee, came]))
    expect(await bring([transfer])).toMatchObject({ lines: 1, added: 0 })
    const later = { amount: yuan(7), text: "later", number: unique() }
    const second = await done<{ file: Id<"bankFile"> }>(bring([fee, later]))
    expect(second).toMatchObject({ lines: 2, added: 1 })
    expect(await linesOf(second.file)).toMatchObject([{ text: "later", number: later.number }])
    // What comes back has the number of what it is about, and is another line.
    const back = { amount: yuan(100), text: "back", number: shared }
    expect(await bring([back])).toMatchObject({ added: 1 })
    expect(await bring([came, transfer, fee, back, later])).toMatchObject({ lines: 5, added: 0 })
    // The row that is named is the one that was told otherwise.
    const raised = { ...fee, amount: yuan(2) }
    expect(await bring([came, transfer, raised])).toMatchObject({
      refused: "bank_line_changed",
      detail: { row: 5 },
    })
    expect(await bring([raised])).toMatchObject({ refused: "bank_line_changed", detail: { row: 3 } })
  })

  test("whose process ended before its fact is told with the next", async () => {
    const told = { amount: yuan(9), text: "left", number: unique() }
    const { file } = await brought([{ amount: yuan(9), text: "other", number: unique() }])
    const [head] = await sql`select row from bank_files where id = ${file}`
    const line = {
      ...told,
      id: newId("bankLine"),
      row: 1,
      date: today,
      direction: "in" as const,
      reference: told.number,
      key: told.number,
      counterparty: "",
      counterAccount: "",
    }
    const left = { ...head?.row, id: newId("bankFile") }
    await keepImport(sql, "62220000", left, [line])
    expect(await loadUntold(sql)).toHaveLength(1)
    await done(bring([{ amount: yuan(9), text: "next", number: unique() }]))
    expect(await loadUntold(sql)).toEqual([])
    expect(await linesOf(left.id)).toHaveLength(1)
  })

  test("is the operator's alone, and of the market's own account", async () => {
    const line = [{ amount: yuan(1), text: "x" }]
    for (const by of [buyer, seller, await market.party("regulator")])
      expect(await bring(line, by)).toMatchObject({ refused: "role_not_allowed" })
    const other = new TextEncoder().encode(`账号,6222 9999\n日期,金额\n${today},1.00\n`)
    expect(await importStatement(services, operator, other, "CNY")).toMatchObject({
      refused: "bank_file_account",
      detail: { row: 1 },
    })
  })
})

describe("an incoming line", () => {
  test("with the reference, however it is written, and the amount is confirmed by a click", async () => {
    const { trade, payment, reference } = await waiting()
    const { file, lines } = await brought([
      { amount: yuan(100_000), text: spaced(reference), number: unique() },
    ])
    const pair = pairOf(lines[0])
    expect(pair.target).toEqual({ kind: "receipt", id: payment, attempt: 1 })
    expect(await stateOf(trade)).toBe("funding")
    expect(await confirm([pair], buyer)).toMatchObject({ refused: "role_not_allowed" })
    const own = { ...operator, parties: [operator.party, buyer.party] }
    expect(await confirm([pair], own)).toMatchObject({ confirmed: 0, lines: [{ refused: "own_matter" }] })
    const commandId = command()
    const answers = await Promise.all([1, 2].map(() => confirm([pair], operator, commandId)))
    expect(answers).toMatchObject([{ confirmed: 1 }, { confirmed: 1 }])
    expect(await stateOf(trade)).toBe("funded")
    expect((await loadPayment(sql, payment))?.charge).toBe(lines[0]?.number)
    const [after] = await linesOf(file)
    expect(after).toMatchObject({
      state: "matched",
      match: { kind: "receipt", thing: payment, byHand: false },
    })
    expect(await confirm([pair])).toMatchObject({ confirmed: 1 })
    const aside = { commandId: command(), line: pair.line, reason: "other" as AsideReason, note: "x" }
    expect(await setAside(services, operator, aside)).toMatchObject({ refused: "bank_line_state" })
  })

  test("waits with the reason where it does not fit", async () => {
    const [one, two, frozen] = [await waiting(), await waiting(), await waiting()]
    await owner.sql`update trades set row = jsonb_set(row::jsonb, '{frozenBy}', '"frz_00000000000000000000000000"')::json where id = ${frozen.trade}`
    const amount = yuan(100_000)
    const number = unique()
    await done(
      confirmReceipt(services, operator, {
        commandId: command(),
        payment: two.payment,
        amount,
        bankNumber: number,
      }),
    )
    const told: [string, Told][] = [
      ["amount", { amount: yuan(99_999), text: one.reference }],
      ["direction", { amount, text: one.reference, out: true }],
      ["noReference", { amount, text: "货款" }],
      ["unknownReference", { amount, text: "QH0000000000ZZ" }],
      ["alreadyConfirmed", { amount, text: two.reference }],
      ["frozen", { amount, text: frozen.reference }],
      ["several", { amount, text: `${one.reference} ${(await waiting()).reference}` }],
    ]
    const { lines } = await brought(told.map(([why, line]) => ({ ...line, text: `${line.text} ${why}` })))
    expect(lines.map(doubtOf)).toEqual(told.map(([why]) => why))
    const target: MatchTarget = { kind: "receipt", id: one.payment, attempt: 1 }
    const line = lines[0]?.id as Id<"bankLine">
    expect(await confirm([{ line, target }])).toMatchObject({ lines: [{ refused: "bank_match_differs" }] })
    expect(await matchByHand(services, operator, { commandId: command(), line, target })).toMatchObject({
      refused: "payment_mismatch",
    })
  })

  test("of which there are two for one trade: both wait, one is matched by hand, the other set aside and taken back", async () => {
    const { trade, payment, reference } = await waiting()
    const twice = [unique(), unique()].map((number) => ({ amount: yuan(100_000), text: reference, number }))
    const { file, lines } = await brought(twice)
    expect(lines.map(doubtOf)).toEqual(["several", "several"])
    const [first, second] = lines.map(({ id }) => id) as [Id<"bankLine">, Id<"bankLine">]
    const page = await done<{ items: { id: string }[] }>(
      bankLinePage(services, operator, { line: first, reference: null }),
    )
    expect(page.items.map(({ id }) => id)).toContain(payment)
    const target: MatchTarget = { kind: "receipt", id: payment, attempt: 1 }
    const commandId = command()
    const click = () => matchByHand(services, operator, { commandId, line: first, target })
    await done(click())
    await done(click())
    expect(await stateOf(trade)).toBe("funded")
    expect(doubtOf((await linesOf(file))[1])).toBe("alreadyConfirmed")
    const aside = {
      commandId: command(),
      line: second,
      reason: "elsewhere" as AsideReason,
      note: "sent back by hand",
    }
    await done(setAside(services, operator, aside))
    await done(setAside(services, operator, aside))
    expect(await setAside(services, operator, { ...aside, commandId: command() })).toMatchObject({
      refused: "bank_line_state",
    })
    expect((await linesOf(file))[1]).toMatchObject({ state: "aside", aside: { reason: "elsewhere" } })
    await done(takeBack(services, operator, { commandId: command(), line: second }))
    expect((await linesOf(file))[1]?.state).toBe("open")
  })

  test("whose number somebody typed before the file came is the match of that", async () => {
    const { payment, reference } = await waiting()
    const bankNumber = unique()
    await done(
      confirmReceipt(services, operator, {
        commandId: command(),
        payment,
        amount: yuan(100_000),
        bankNumber,
      }),
    )
    const before = await done<{ waiting: { count: number } }>(
      bankFileList(services, operator, { before: null }),
    )
    const told = { amount: yuan(100_000), text: reference, number: bankNumber }
    const { lines } = await brought([told, { ...told, out: true }, { ...told, amount: yuan(100) }])
    expect(lines[0]).toMatchObject({ state: "matched", match: { thing: payment, byHand: true } })
    expect(lines.slice(1).map(doubtOf)).toEqual(["numberUsed", "alreadyConfirmed"])
    const after = await done<{ waiting: { count: number } }>(
      bankFileList(services, operator, { before: null }),
    )
    expect(after.waiting.count - before.waiting.count).toBe(2)
  })

  test("that the bank has taken back since, or that takes one back, is no click's", async () => {
    const { reference } = await waiting()
    const told = { amount: yuan(100_000), text: reference }
    const both = await brought([told, { ...told, out: true }])
    expect(both.lines.map(doubtOf)).toEqual(["reversed", "direction"])
    const { lines } = await brought([{ ...told, text: `冲正 ${reference}` }])
    expect(lines.map(doubtOf)).toEqual(["reversed"])
  })
})

test("a payout that was not paid, or came back, is no line's by hand", async () => {
  const amount = yuan(4_321)
  const { lines } = await brought([{ amount, text: "payout", number: unique() }])
  const line = lines[0]?.id as Id<"bankLine">
  const at = services.writer.now()
  const payout = { id: newId("payout"), version: 1, state: "started", owner: operator.party, amount }
  const row = {
    ...payout,
    reference: "po_by_hand_1",
    failure: null,
    nonce: "0",
    startedAt: at,
    updatedAt: at,
  }
  await putRow(owner.sql, "payout", row)
  const target: MatchTarget = { kind: "payout", id: payout.id, attempt: 1 }
  const click = () => matchByHand(services, operator, { commandId: command(), line, target })
  for (const state of ["started", "failed"]) {
    await editRow(owner.sql, "payout", payout.id, "state", state)
    expect(await click()).toMatchObject({ refused: "bank_match_differs" })
  }
  await editRow(owner.sql, "payout", payout.id, "state", "paid")
  expect(await click()).toEqual({ payout: payout.id })
})

describe("an outgoing line", () => {
  test("is the payout of a leg, the refund, and a debt's payment comes in: the book has all of it once", async () => {
    const own = await market.party("seller")
    const trades = salesIn(market, { seller: own, buyer, operator })
    const { trade, payment } = await trades.delivered("bank")
    await done(acceptTrade(services, buyer, { commandId: command(), trade }))
    await carryOut(services, payment)
    const reference = (await loadPayment(sql, payment))?.reference ?? ""
    const paid = await brought([
      { out: true, amount: yuan(90_000), text: spaced(reference), number: unique() },
    ])
    expect(await confirm([pairOf(paid.lines[0])])).toMatchObject({ confirmed: 1 })
    expect(await stateOf(trade)).toBe("settled")

    const back = { commandId: command(), trade, amount: yuan(50_000), reason: "quality", note: "half" }
    await done(giveMoneyBack(services, own, back as never))
    const [refund] = await loadRefundsOf(sql, trade)
    const [debt] = await loadDebtsOf(sql, trade)
    if (!refund || !debt) throw new Error("no refund")
    const { lines } = await brought([
      { out: true, amount: yuan(50_000), text: reference, number: unique() },
      { amount: yuan(45_000), text: debtReference(debt.id), number: unique() },
    ])
    expect(lines.map(doubtOf)).toEqual(["waits", "exact"])
    expect(await confirm([pairOf(lines[1])])).toMatchObject({ confirmed: 1 })
    const [again] = await linesOf(lines[0]?.file as Id<"bankFile">)
    expect(await confirm([pairOf(again)])).toMatchObject({ confirmed: 1 })
    expect((await loadRefundsOf(sql, trade))[0]).toMatchObject({ state: "repaid" })
    expect((await loadDebtsOf(sql, trade))[0]).toMatchObject({ state: "paid" })
    expect(await trades.balance(`seller_receivable:${own.party}`)).toBe(0)
    expect(await trades.balance(`refund_payable:${trade}`)).toBe(0)
    const more = { ...back, commandId: command(), amount: yuan(20_000) }
    await done(giveMoneyBack(services, own, more as never))
    const owed = (await loadDebtsOf(sql, trade)).find(({ state }) => state === "owed")
    if (!owed) throw new Error("no debt")
    const part = { debt: owed.id, version: owed.version, amount: yuan(9_000), bankNumber: unique() }
    await done(repayDebt(services, operator, { commandId: command(), ...part }))
    const typed = await brought([{ amount: yuan(9_000), text: debtReference(owed.id) }])
    expect(typed.lines.map(doubtOf)).toEqual(["byHand"])
    const rest = { ...typed.lines[0]?.found } as { item: MatchTarget }
    const { kind, id, attempt } = rest.item
    const line = typed.lines[0]?.id as Id<"bankLine">
    await done(matchByHand(services, operator, { commandId: command(), line, target: { kind, id, attempt } }))
  })
})

test("what was paid out and came back is that by a person's word, and is paid out again", async () => {
  const trades = salesIn(market, { seller: await market.party("seller"), buyer, operator })
  const { trade, payment } = await trades.delivered("bank")
  await done(acceptTrade(services, buyer, { commandId: command(), trade }))
  await carryOut(services, payment)
  const reference = (await loadPayment(sql, payment))?.reference ?? ""
  const out = () => ({ out: true, amount: yuan(90_000), text: reference, number: unique() })
  const paid = await brought([out()])
  expect(await confirm([pairOf(paid.lines[0])])).toMatchObject({ confirmed: 1 })

  const { file, lines } = await brought([
    { amount: yuan(90_000), text: `退汇 ${reference}`, number: unique() },
    { amount: yuan(89_999), text: reference, number: unique() },
    { amount: yuan(90_000), text: `${reference} again`, number: unique() },
  ])
  expect(lines.map(doubtOf)).toEqual(["reversed", "alreadyConfirmed", "reversed"])
  const [line, , other] = lines.map(({ id }) => id) as [Id<"bankLine">, Id<"bankLine">, Id<"bankLine">]
  const page = await done<{ items: MatchTarget[] }>(
    bankLinePage(services, operator, { line, reference: null }),
  )
  const target = { kind: "releaseBack", id: payment, attempt: 1 } as const
  expect(page.items).toMatchObject([target])
  const click = (by: Id<"bankLine">) =>
    matchByHand(services, operator, { commandId: command(), line: by, target })
  await done(click(line))
  expect((await loadPayment(sql, payment))?.release).toMatchObject({ state: "pending", attempt: 2 })
  expect(await click(other)).toMatchObject({ refused: "bank_match_differs" })
  expect((await linesOf(file))[0]).toMatchObject({ state: "matched", match: { kind: "releaseBack" } })
  const again = await brought([out()])
  expect(await confirm([pairOf(again.lines[0])])).toMatchObject({ confirmed: 1 })
  expect((await loadPayment(sql, payment))?.release).toMatchObject({ state: "done", attempt: 2 })
})

test("what came back with the payout's own number is that by a person's word, once", async () => {
  const trades = salesIn(market, { seller: await market.party("seller"), buyer, operator })
  const { trade, payment } = await trades.delivered("bank")
  await done(acceptTrade(services, buyer, { commandId: command(), trade }))
  await carryOut(services, payment)
  const told = {
    amount: yuan(90_000),
    text: (await loadPayment(sql, payment))?.reference ?? "",
    number: unique(),
  }
  const paid = await brought([{ ...told, out: true }])
  expect(await confirm([pairOf(paid.lines[0])])).toMatchObject({ confirmed: 1 })
  const { file, lines } = await brought([told])
  const earlier = await brought([{ ...told, day: "2026-01-05" }])
  expect([...lines, ...earlier.lines].map(doubtOf)).toEqual(["numberUsed", "numberUsed"])
  const [line, second] = [...lines, ...earlier.lines].map(({ id }) => id) as [Id<"bankLine">, Id<"bankLine">]
  const target = { kind: "releaseBack", id: payment, attempt: 1 } as const
  const commandId = command()
  const click = () => matchByHand(services, operator, { commandId, line, target })
  await done(click())
  await done(click())
  expect((await loadPayment(sql, payment))?.release).toMatchObject({ state: "pending", attempt: 2 })
  expect((await linesOf(file))[0]).toMatchObject({ state: "matched", match: { kind: "releaseBack" } })
  // Paid out again, what came back before is no return of that.
  const again = await brought([{ ...told, number: unique(), out: true }])
  expect(await confirm([pairOf(again.lines[0])])).toMatchObject({ confirmed: 1 })
  const next = { ...target, attempt: 2 }
  const other = { commandId: command(), line: second, target: next }
  expect(await matchByHand(services, operator, other)).toMatchObject({ refused: "bank_number_used" })
  // Nor does the number confirm anything else.
  const { payment: waits } = await waiting()
  const typed = { commandId: command(), payment: waits, amount: yuan(100_000), bankNumber: told.number }
  expect(await confirmReceipt(services, operator, typed)).toMatchObject({ refused: "bank_number_used" })
})

test("what came back and was told of without its line is a doubt of that line once it has been paid out again", async () => {
  const trades = salesIn(market, { seller: await market.party("seller"), buyer, operator })
  const { trade, payment } = await trades.delivered("bank")
  await done(acceptTrade(services, buyer, { commandId: command(), trade }))
  await carryOut(services, payment)
  const text = (await loadPayment(sql, payment))?.reference ?? ""
  const payOut = async () => {
    const paid = await brought([{ amount: yuan(90_000), text, number: unique(), out: true }])
    expect(await confirm([pairOf(paid.lines[0])])).toMatchObject({ confirmed: 1 })
  }
  const cameBack = async () => {
    const { lines } = await brought([{ amount: yuan(90_000), text: `退汇 ${text}`, number: unique() }])
    return lines[0]
  }
  await payOut()
  const target = { kind: "releaseBack", id: payment, attempt: 1 } as const
  const line = (await cameBack())?.id as Id<"bankLine">
  await done(matchByHand(services, operator, { commandId: command(), line, target }))
  await payOut()
  expect(doubtOf(await cameBack())).toBe("reversed")
  const leg = { payment, leg: "release", attempt: 2, reason: "no such account" } as const
  await done(returnPayout(services, operator, { commandId: command(), ...leg }))
  await payOut()
  expect(doubtOf(await cameBack())).toBe("byHand")
})

test("the list tells how many lines wait, to the operator alone", async () => {
  const list = await done<{ files: unknown[]; waiting: { count: number } }>(
    bankFileList(services, operator, { before: null }),
  )
  expect(list.files.length).toBeGreaterThan(5)
  expect(list.waiting.count).toBeGreaterThan(0)
  expect(await bankFileList(services, buyer, { before: null })).toMatchObject({ refused: "role_not_allowed" })
  expect(await sales.balance("suspense")).toBe(0)
})
