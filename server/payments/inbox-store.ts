import type { Sql } from "postgres"
import type { Json } from "#contracts/ledger/fact.ts"
import type { Refusal } from "#contracts/refusal.ts"
import type { ObjectKind } from "./provider.ts"

export type InboxEvent = {
  provider: string
  event: string
  type: string
  kind: ObjectKind
  object: string
  payload: Json
}

/**
 * Keeps a verified webhook once and queues its job, by one statement: both or neither. Answers whether it was new.
 */
export async function keepEvent(sql: Sql, event: InboxEvent): Promise<boolean> {
  const { provider, event: name } = event
  const kept = await sql`
    with kept as (insert into inbox (provider, event, type, kind, object, payload)
      values (${provider}, ${name}, ${event.type}, ${event.kind}, ${event.object},
        ${JSON.stringify(event.payload)}::jsonb)
      on conflict (provider, event) do nothing returning 1)
    select graphile_worker.add_job('applyWebhook', ${JSON.stringify({ provider, event: name })}::json,
      job_key => ${`webhook:${name}`}) from kept`
  return kept.length > 0
}

async function queueEvent(sql: Sql, { provider, event }: EventName): Promise<void> {
  await sql`select graphile_worker.add_job('applyWebhook', ${JSON.stringify({ provider, event })}::json,
    job_key => ${`webhook:${event}`})`
}

type EventName = { provider: string; event: string }

export type KeptEvent = InboxEvent & { applied: boolean; attempts: number }

export async function loadEvent(sql: Sql, provider: string, event: string): Promise<KeptEvent | null> {
  const [row] = await sql<KeptEvent[]>`
    select provider, event, type, kind, object, payload, attempts, applied_at is not null as applied
    from inbox where provider = ${provider} and event = ${event}`
  return row ?? null
}

/** Which of these are not kept yet. */
export async function unknownEvents(
  sql: Sql,
  provider: string,
  events: readonly string[],
): Promise<Set<string>> {
  const rows = await sql<{ event: string }[]>`
    select event from unnest(${[...events]}::text[]) as asked(event)
    where not exists (select from inbox where inbox.provider = ${provider} and inbox.event = asked.event)`
  return new Set(rows.map(({ event }) => event))
}

/** It was dealt with; `refusal` where it was refused for good. */
export async function markApplied(sql: Sql, { provider, event }: EventName, refusal: Refusal | null) {
  await sql`update inbox set applied_at = now(), attempts = attempts + 1, refusal = ${refusal?.refused ?? null}
    where provider = ${provider} and event = ${event} and applied_at is null`
}

/** It waits: its object is unknown yet, or the provider does not answer. */
export async function markWaiting(sql: Sql, { provider, event }: EventName, refusal: Refusal): Promise<void> {
  await sql`update inbox set attempts = attempts + 1, refusal = ${refusal.refused}
    where provider = ${provider} and event = ${event} and applied_at is null`
}

/**
 * Queues again what waits and whose job has given up, and answers how many those were: a job is tried for about
 * three days, an event until it is applied.
 */
export async function queueForgotten(sql: Sql): Promise<number> {
  const rows = await sql<EventName[]>`
    select provider, event from inbox where applied_at is null and created_at < now() - interval '10 minutes'
      and not exists (select from graphile_worker.jobs
        where key = 'webhook:' || inbox.event and attempts < max_attempts)
    limit 100`
  for (const row of rows) await queueEvent(sql, row)
  return rows.length
}

export async function loadCursor(sql: Sql, provider: string, list: string): Promise<string | null> {
  const [row] = await sql<{ at: string }[]>`
    select at from provider_cursors where provider = ${provider} and list = ${list}`
  return row?.at ?? null
}

/** A cursor only goes forward. */
export async function moveCursor(sql: Sql, provider: string, list: string, at: string): Promise<void> {
  await sql`insert into provider_cursors (provider, list, at) values (${provider}, ${list}, ${at})
    on conflict (provider, list) do update set at = greatest(provider_cursors.at, excluded.at)`
}
