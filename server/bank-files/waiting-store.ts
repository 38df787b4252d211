import type { Sql } from "postgres"
import { plainReference } from "#contracts/bank-file.ts"
import { type Debt, debtReference } from "#contracts/debt.ts"
import type { LocalizedText } from "#contracts/localized-text.ts"
import { legRail, type Payment } from "#contracts/payment.ts"
import type { Payout } from "#contracts/payout.ts"
import { type Refund, waitsForSeller } from "#contracts/refund.ts"
import type { TopUp } from "#contracts/top-up.ts"
import type { Withdrawal, WithdrawalState } from "#contracts/withdrawal.ts"
import { legAmount } from "../payments/rules.ts"
import type { OpenItem } from "./match-rules.ts"

/** Which things are looked for: those with one of the references, one by its id, or all that wait. */
export type Wanted = { references: readonly string[] } | { id: string } | { waiting: number }

type Names = { title: LocalizedText; buyerName: LocalizedText; sellerName: LocalizedText; frozen: boolean }

const names = (
  sql: Sql,
) => sql`l.row->'title' as title, b.row->'name' as "buyerName", s.row->'name' as "sellerName",
  coalesce(t.row->>'frozenBy', l.row->>'frozenBy', b.row->>'frozenBy', s.row->>'frozenBy') is not null as frozen`

const tradeOf = (sql: Sql) => sql`join listings l on l.id = t.listing join parties b on b.id = t.buyer
  join parties s on s.id = t.seller`

type BankPayment = Names & { payment: Payment; swapped: boolean }

const byBank = (sql: Sql, state: "started" | "parting") =>
  state === "started"
    ? sql`p.rail = 'bank'`
    : sql`(p.rail = 'bank' or coalesce(p.row->'refund'->>'rail' = 'bank', false))`

async function loadPayments(sql: Sql, wanted: Wanted, state: "started" | "parting"): Promise<BankPayment[]> {
  const where =
    "references" in wanted
      ? sql`p.reference = any(${[...wanted.references]})`
      : "id" in wanted
        ? sql`p.id = ${wanted.id}`
        : sql`p.state = ${state}`
  return sql<BankPayment[]>`select p.row as payment, ${names(sql)},
      p.row->'release'->>'to' is not null and p.row->'release'->>'to' is distinct from s.row->>'bankAccount' as swapped
    from payments p join trades t on t.id = p.trade ${tradeOf(sql)}
    where ${byBank(sql, state)} and ${where} order by p.id limit ${limitOf(wanted)}`
}

const limitOf = (wanted: Wanted): number => ("waiting" in wanted ? wanted.waiting : 20_000)

const doubtOf = ({ frozen }: Names, payment: Payment | null = null): OpenItem["doubt"] =>
  frozen ? "frozen" : payment?.chargeback ? "chargeback" : null

/** Transfers of buyers. Those of a trade that has ended are confirmed too: what comes goes back by itself. */
export async function findReceipts(sql: Sql, wanted: Wanted): Promise<OpenItem[]> {
  const found = await loadPayments(sql, wanted, "started")
  return found.map((one) => ({
    kind: "receipt",
    id: one.payment.id,
    attempt: 1,
    direction: "in",
    amount: one.payment.amount,
    references: [one.payment.reference],
    waiting: one.payment.state === "started",
    doubt: doubtOf(one, one.payment),
    payment: one.payment.id,
    title: one.title,
    party: one.buyerName,
  }))
}

/** What goes to the seller, or back to the buyer, of a payment that was parted. */
export const findLegs =
  (leg: "release" | "refund") =>
  async (sql: Sql, wanted: Wanted): Promise<OpenItem[]> => {
    const found = await loadPayments(sql, wanted, "parting")
    return found.flatMap((one) => {
      const { payment } = one
      const part = payment[leg]
      if (!part || legRail(payment, leg) !== "bank") return []
      const swapped = leg === "release" && one.swapped ? ("payeeChanged" as const) : null
      return {
        kind: leg === "release" ? ("release" as const) : ("refundLeg" as const),
        id: payment.id,
        attempt: part.attempt ?? 1,
        direction: "out" as const,
        amount: legAmount(payment, leg),
        references: [payment.reference],
        waiting: part.state === "pending",
        doubt: doubtOf(one, payment) ?? swapped,
        payment: payment.id,
        title: one.title,
        party: leg === "release" ? one.sellerName : one.buyerName,
      }
    })
  }

/**
 * The same once it was paid: the bank may send it back. Found by its reference only, and always for a person to look
 * at, for the payer of a payment writes the same on a transfer.
 */
export const findLegsBack =
  (leg: "release" | "refund") =>
  async (sql: Sql, wanted: Wanted): Promise<OpenItem[]> => {
    if ("waiting" in wanted) return []
    const paid = (await findLegs(leg)(sql, wanted)).filter(({ waiting }) => !waiting)
    const kind = leg === "release" ? ("releaseBack" as const) : ("refundLegBack" as const)
    return toldBack(sql, kind, paid)
  }

/** The same of refunds beside the parting. */
export async function findRefundsBack(sql: Sql, wanted: Wanted): Promise<OpenItem[]> {
  if ("waiting" in wanted) return []
  const paid = (await findRefunds(sql, wanted)).filter(({ waiting }) => !waiting)
  return toldBack(sql, "refundBack", paid)
}

/** A return that somebody told of without its line has left no number: what comes for it later is that one's, no second. */
async function toldBack(
  sql: Sql,
  kind: "releaseBack" | "refundLegBack" | "refundBack",
  paid: readonly OpenItem[],
): Promise<OpenItem[]> {
  const again = paid.flatMap(({ id, attempt }) => (attempt > 1 ? [id] : []))
  const seen = new Map<string, number>()
  if (again.length > 0)
    for (const { thing, times } of await sql<{ thing: string; times: number }[]>`
      select thing, count(*)::int as times from bank_uses where kind = ${kind} and thing = any(${again}) group by thing`)
      seen.set(thing, times)
  return paid.map((item) => {
    const untold = item.attempt - 1 > (seen.get(item.id) ?? 0)
    return { ...item, ...returned, ...(untold ? { doubt: "byHand" as const } : {}), kind }
  })
}

const returned = { direction: "in", waiting: true, doubt: "reversed" } as const

/** Refunds beside the parting. */
export async function findRefunds(sql: Sql, wanted: Wanted): Promise<OpenItem[]> {
  const where =
    "references" in wanted
      ? sql`p.reference = any(${[...wanted.references]})`
      : "id" in wanted
        ? sql`r.id = ${wanted.id}`
        : sql`r.state = 'decided'`
  const found = await sql<(Names & { refund: Refund; reference: string; debt: Debt | null })[]>`
    select r.row as refund, p.reference, d.row as debt, ${names(sql)} from refunds r
      join payments p on p.id = r.payment join trades t on t.id = r.trade ${tradeOf(sql)}
      left join debts d on d.id = r.row->>'debt'
    where r.rail = 'bank' and r.state in ('decided', 'repaid') and ${where} order by r.id limit ${limitOf(wanted)}`
  return found.map((one) => ({
    kind: "refund",
    id: one.refund.id,
    attempt: one.refund.attempt,
    direction: "out",
    amount: one.refund.amount,
    references: [one.reference],
    waiting: one.refund.state === "decided",
    doubt: doubtOf(one) ?? (waitsForSeller(one.refund, one.debt) ? "waits" : null),
    payment: one.refund.payment,
    title: one.title,
    party: one.buyerName,
  }))
}

/** What sellers owe; `attempt` is the debt's version, which each payment of it raises. */
export async function findDebts(sql: Sql, wanted: Wanted): Promise<OpenItem[]> {
  const where =
    "references" in wanted
      ? sql`'QD' || upper(right(d.id, 12)) = any(${[...wanted.references]})`
      : "id" in wanted
        ? sql`d.id = ${wanted.id}`
        : sql`d.state = 'owed'`
  const found = await sql<
    (Names & { debt: Debt; typed: boolean })[]
  >`select d.row as debt, ${names(sql)}, exists (select from bank_uses u
      where u.kind = 'debt' and u.thing = d.id and u.line is null) as typed from debts d
      join parties s on s.id = d.seller left join trades t on t.id = d.trade
      left join listings l on l.id = t.listing left join parties b on b.id = t.buyer
    where ${where} order by d.id limit ${limitOf(wanted)}`
  return found.map((one) => ({
    kind: "debt",
    id: one.debt.id,
    attempt: one.debt.version,
    direction: "in",
    amount: one.debt.left,
    references: [debtReference(one.debt.id)],
    waiting: one.debt.state === "owed",
    // It is paid in parts, so that it still waits: the line may be the transfer that was typed.
    doubt: one.typed ? "byHand" : null,
    payment: one.debt.payment,
    title: one.title,
    party: one.sellerName,
  }))
}

/** The platform's own money from its provider. It is booked when the provider says so; the line shows that it came. */
export async function findPayouts(sql: Sql, wanted: Wanted): Promise<OpenItem[]> {
  const where = "id" in wanted ? sql`y.id = ${wanted.id}` : sql`y.state = 'paid'`
  const found = await sql<{ payout: Payout; arrived: boolean }[]>`select y.row as payout,
      exists (select from bank_uses u where u.kind = 'payout' and u.thing = y.id) as arrived
    from payouts y where y.reference is not null and ${where} order by y.id desc limit ${Math.min(limitOf(wanted), 500)}`
  return found.map(({ payout, arrived }) => ({
    kind: "payout",
    id: payout.id,
    attempt: 1,
    direction: "in",
    amount: payout.amount,
    references: [plainReference(payout.reference ?? "")],
    waiting: payout.state === "paid" && !arrived,
    doubt: null,
    payment: null,
    title: null,
    party: null,
  }))
}

/** What parties pay in to their balances; what comes after one was given up is credited all the same. */
export async function findTopUps(sql: Sql, wanted: Wanted): Promise<OpenItem[]> {
  const where =
    "references" in wanted
      ? sql`u.reference = any(${[...wanted.references]})`
      : "id" in wanted
        ? sql`u.id = ${wanted.id}`
        : sql`u.state = 'started'`
  const found = await sql<
    { topUp: TopUp; name: LocalizedText }[]
  >`select u.row as "topUp", p.row->'name' as name
    from top_ups u join parties p on p.id = u.party
    where u.rail = 'bank' and ${where} order by u.id limit ${limitOf(wanted)}`
  return found.map(({ topUp, name }) => ({
    kind: "topUp",
    id: topUp.id,
    attempt: 1,
    direction: "in",
    amount: topUp.amount,
    references: [topUp.reference],
    waiting: topUp.state !== "received",
    doubt: null,
    payment: null,
    title: null,
    party: name,
  }))
}

/** What parties take out of their balances. */
export async function findWithdrawals(
  sql: Sql,
  wanted: Wanted,
): Promise<(OpenItem & { state: WithdrawalState })[]> {
  const where =
    "references" in wanted
      ? sql`w.reference = any(${[...wanted.references]})`
      : "id" in wanted
        ? sql`w.id = ${wanted.id}`
        : sql`w.state = 'approved'`
  const found = await sql<
    { withdrawal: Withdrawal; name: LocalizedText; frozen: boolean; swapped: boolean }[]
  >`
    select w.row as withdrawal, p.row->'name' as name, p.row->>'frozenBy' is not null as frozen,
      p.row->>'bankAccount' is distinct from w.row->>'account' as swapped
    from withdrawals w join parties p on p.id = w.party where ${where} order by w.id limit ${limitOf(wanted)}`
  return found.map(({ withdrawal, name, frozen, swapped }) => ({
    kind: "withdrawal",
    id: withdrawal.id,
    attempt: 1,
    direction: "out",
    amount: withdrawal.amount,
    references: [withdrawal.reference],
    waiting: withdrawal.state === "approved",
    doubt: frozen ? "frozen" : swapped ? "payeeChanged" : null,
    payment: null,
    title: null,
    party: name,
    state: withdrawal.state,
  }))
}

/** The same once they were paid, as `findLegsBack`. */
export async function findWithdrawalsBack(sql: Sql, wanted: Wanted): Promise<OpenItem[]> {
  if ("waiting" in wanted) return []
  const found = await findWithdrawals(sql, wanted)
  const paid = found.filter(({ state }) => state === "paid")
  return paid.map(({ state: _, ...item }) => ({ ...item, ...returned, kind: "withdrawalBack" }))
}
