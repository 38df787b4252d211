import type { Sql } from "postgres"
import { contentHash } from "#contracts/content-hash.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Money } from "#contracts/money.ts"
import type { Payment } from "#contracts/payment.ts"
import type { IntentKind } from "#db/schema/payment.ts"
import { fewAtATime } from "../one-at-a-time.ts"

export async function loadPayment(sql: Sql, id: Id<"payment">): Promise<Payment | null> {
  const [row] = await sql<{ row: Payment }[]>`select row from payments where id = ${id}`
  return row?.row ?? null
}

export async function loadPaymentByReference(sql: Sql, reference: string): Promise<Payment | null> {
  const [row] = await sql<{ row: Payment }[]>`select row from payments where reference = ${reference}`
  return row?.row ?? null
}

/**
 * Payments that still wait for something outside or for a job: a buyer's money, or a leg on its way. By bank people
 * do all of it, and some wait for ever.
 */
export async function loadOpenPayments(
  sql: Sql,
  olderThanMs: number,
  after: string,
  limit: number,
): Promise<Payment[]> {
  const rows = await sql<{ row: Payment }[]>`
    select row from payments where state in ('started', 'parting') and rail <> 'bank' and id > ${after}
      and (row->>'updatedAt')::timestamptz < now() - ${olderThanMs}::float8 * interval '1 millisecond'
    order by id limit ${limit}`
  return rows.map(({ row }) => row)
}

export type { IntentKind }
/** What a call is for beside a payment. */
export type IntentSubject = Id<"refund"> | Id<"debt"> | Id<"chargeback"> | Id<"payout"> | Id<"topUp">

/** A call that moves money, as it is known here (MONEY §3.1). */
export type Intent = {
  key: string
  payment: Id<"payment"> | null
  kind: IntentKind
  parameters: Json
  parametersHash: string
  state: "ready" | "unknown" | "done" | "failed"
  reference: string | null
  failure: string | null
  /** When it was first sent, in milliseconds since 1970. */
  sentMs: number | null
  /** And last: a call that is repeated may take effect by any of them. */
  lastSentMs: number | null
  madeMs: number
}

const intentColumns = (sql: Sql) =>
  sql`key, payment, kind, parameters, parameters_hash as "parametersHash", state, reference, failure, (extract(epoch from sent_at) * 1000)::float8 as "sentMs", (extract(epoch from coalesce(last_sent_at, sent_at)) * 1000)::float8 as "lastSentMs", (extract(epoch from created_at) * 1000)::float8 as "madeMs"`

/**
 * Writes the intent before its call, once: the same key always keeps its first parameters, so that a call
 * repeated after a crash is the same call.
 */
export async function openIntent(
  sql: Sql,
  intent: {
    key: string
    payment: Id<"payment"> | null
    kind: IntentKind
    parameters: Json
    subject?: IntentSubject
  },
): Promise<Intent> {
  const hash = contentHash(intent.parameters)
  await sql`insert into intents (key, payment, subject, kind, parameters, parameters_hash, state)
    values (${intent.key}, ${intent.payment}, ${intent.subject ?? null}, ${intent.kind}, ${JSON.stringify(intent.parameters)}::jsonb, ${hash}, 'ready')
    on conflict (key) do nothing`
  const [row] = await sql<Intent[]>`select ${intentColumns(sql)} from intents where key = ${intent.key}`
  if (!row) throw new Error(`the intent ${intent.key} was not written`)
  return row
}

/**
 * Notes that the call is about to be made: from here its outcome may be unknown. Answers false where it was ended
 * meanwhile: then it must not be made.
 */
export async function markSent(sql: Sql, key: string): Promise<boolean> {
  const { count } = await sql`update intents set state = 'unknown', attempts = attempts + 1,
      sent_at = coalesce(sent_at, now()), last_sent_at = now()
    where key = ${key} and state in ('ready', 'unknown')`
  return count === 1
}

export async function markDone(sql: Sql, key: string, reference: string): Promise<void> {
  await sql`update intents set state = 'done', reference = ${reference}, failure = null where key = ${key}`
}

/** The provider has made its object, and what becomes of it is still open. */
export async function markTaken(sql: Sql, key: string, reference: string): Promise<void> {
  await sql`update intents set reference = ${reference} where key = ${key} and state in ('ready', 'unknown')`
}

/** The provider said no, and nothing moved. The same key is not used again. */
export async function markFailed(sql: Sql, key: string, failure: string): Promise<void> {
  await sql`update intents set state = 'failed', failure = ${failure} where key = ${key} and state <> 'done'`
}

/**
 * The provider did not take the call; the same key may be sent again. Where it was sent before, that earlier call may
 * have been carried out without an answer: its outcome stays unknown and is looked up.
 */
export async function markReady(sql: Sql, key: string): Promise<void> {
  await sql`update intents set state = 'ready' where key = ${key} and state = 'unknown' and attempts = 1`
}

export async function loadIntents(sql: Sql, payment: Id<"payment">, kind: IntentKind): Promise<Intent[]> {
  return sql<Intent[]>`select ${intentColumns(sql)} from intents
    where payment = ${payment} and kind = ${kind} order by created_at, key`
}

/** How much a refund by card was asked for: what it is for may have become less since. Null for what was no such call. */
export async function loadAsked(sql: Sql, payment: Id<"payment">, reference: string): Promise<Money | null> {
  const [sent] = await sql<{ amount: Money }[]>`select parameters->'amount' as amount from intents
    where payment = ${payment} and kind in ('refund', 'giveBack') and reference = ${reference} and state = 'done'`
  return sent?.amount ?? null
}

/** Whether a payment page of the provider's was opened for this trade. */
export async function isSessionOf(sql: Sql, trade: Id<"trade">, session: string): Promise<boolean> {
  const found = await sql`select from payments p join intents i on i.payment = p.id
    where p.trade = ${trade} and i.kind = 'checkout' and i.reference = ${session} limit 1`
  return found.length > 0
}

/** The calls for one of these, oldest first. */
export async function loadIntentsOf(sql: Sql, subject: IntentSubject): Promise<Intent[]> {
  return sql<Intent[]>`select ${intentColumns(sql)} from intents
    where subject = ${subject} order by created_at, key`
}

/** A refund that had been made has come back: its attempt counts as failed, and the next gets a key of its own. */
export async function markReturned(sql: Sql, key: string): Promise<void> {
  await sql`update intents set state = 'failed', failure = 'returned' where key = ${key}`
}

/** "legs" as a number. */
const legLock = 0x6c656773

/**
 * One at a time decides for a payment how much of a leg leaves, and writes the intent of it. `locked` is the
 * transaction that holds the lock; what must stay if it fails is written beside it, by another connection. Never
 * inside another lock of legs.
 */
export function lockLegs<T>(sql: Sql, payment: Id<"payment">, act: (locked: Sql) => Promise<T>): Promise<T> {
  return fewAtATime(() =>
    sql.begin(async (transaction) => {
      await transaction`select pg_advisory_xact_lock(${legLock}, hashtext(${payment}))`
      return act(transaction as unknown as Sql)
    }),
  ) as Promise<T>
}

/**
 * `markSent` for what leaves of a payment: not while a chargeback of it is open. Under the lock, so that whoever ends
 * the calls of a contested payment finds this one sent or keeps it from being sent.
 */
export function markLeaving(sql: Sql, payment: Id<"payment">, key: string): Promise<boolean> {
  return lockLegs(sql, payment, async (locked) => {
    const fresh = await loadPayment(locked, payment)
    return fresh !== null && !fresh.chargeback && (await markSent(locked, key))
  })
}
