import type { Sql } from "postgres"
import type { Actor } from "#contracts/actor.ts"
import type { BankLine, MatchKind } from "#contracts/bank-file.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Money } from "#contracts/money.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { Decision, SeatChange } from "../decision.ts"

/**
 * One transfer pays for one thing: each number of the bank's has a ticket that is there once, and whatever it confirms
 * takes it in the same commit. Of two who confirm with one number at once, one is decided again and refused.
 */
export type BankTicket = { plan: SeatChange["plan"]; free: boolean }

const ticketOf = (number: string) => `bank:${number.toUpperCase()}` as const

/**
 * The number's ticket, made where it is asked for first. It is read before the thing that it is to confirm: of two who
 * confirm the same thing at once, the second is then told of the thing's state, and not of the number.
 */
export async function bankTicket(sql: Sql, number: string): Promise<BankTicket> {
  const plan = ticketOf(number)
  await sql`insert into seats (plan, free) values (${plan}, 1) on conflict do nothing`
  const [row] = await sql<{ free: number }[]>`select free from seats where plan = ${plan}`
  return { plan, free: (row?.free ?? 0) > 0 }
}

/** The decision takes the ticket, or is refused where the number has confirmed something before. */
export function takeTicket(decision: Decision | Refusal, ticket: BankTicket): Decision | Refusal {
  if (isRefusal(decision)) return decision
  if (!ticket.free) return refuse("bank_number_used", "bankNumber")
  return { ...decision, seats: [...decision.seats, { plan: ticket.plan, take: 1 }] }
}

/** The line of the bank's statement that tells of a transfer; null where somebody typed its number. */
export type SeenLine = Pick<BankLine, "id" | "amount"> | null

/** A line that tells of what came back, with the bank's number of that; null where somebody says so without one. */
export type ReturnLine = Pick<BankLine, "id" | "amount" | "number"> | null

/**
 * The number under which a line that tells of what came back is kept: banks give a return the number of what it is
 * about, which has confirmed that already. Then it has a place behind it, which is there once too.
 */
export async function returnNumber(
  sql: Sql,
  number: string,
  kind: "release" | "refundLeg" | "refund" | "withdrawal",
  thing: string,
): Promise<string> {
  const own = await sql`select from bank_uses
    where number = ${number.toUpperCase()} and kind = ${kind} and thing = ${thing}`
  return own.length > 0 ? `${number}/BACK` : number
}

/** The refusal of a line whose amount is not what is confirmed: it may have changed since the two were compared. */
export const otherAmount = (line: SeenLine, { minor, currency }: Money): Refusal | null =>
  line === null || (line.amount.minor === minor && line.amount.currency === currency)
    ? null
    : refuse("payment_mismatch", "amount", { expected: minor, got: line.amount.minor })

/** The refusal of what somebody confirms who saw another amount than there is now: it became less since their page. */
export const changedAmount = (seen: Money, now: Money): Refusal | null =>
  seen.minor === now.minor && seen.currency === now.currency
    ? null
    : refuse("amount_changed", "amount", { amount: now.minor, currency: now.currency })

/** What a number was given for. */
export type BankUse = {
  number: string
  kind: MatchKind
  thing: string
  attempt: number
  line: SeenLine
  user: Id<"user"> | null
}

export const userOf = (actor: Actor): Id<"user"> | null => (actor.kind === "user" ? actor.user : null)

/**
 * Tells what a number has confirmed, once that is written. Where the process ends in between, the number is used all
 * the same, and the same command notes it when it comes again.
 */
export async function noteBankUse(
  sql: Sql,
  use: BankUse,
  answer: Promise<Json | Refusal>,
): Promise<Json | Refusal> {
  const given = await answer
  if (!isRefusal(given))
    await sql`insert into bank_uses (number, kind, thing, attempt, line, "user")
      values (${use.number.toUpperCase()}, ${use.kind}, ${use.thing}, ${use.attempt}, ${use.line?.id ?? null}, ${use.user})
      on conflict do nothing`
  return given
}
