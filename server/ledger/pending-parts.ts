import { encodeActor, encodeBody, type LeafActor, type LeafBody } from "#contracts/ledger/encoding.ts"
import type { Time } from "#contracts/time.ts"

/**
 * A pending fact taken apart: `actor` and `body` are the texts that go into the leaf, the strings stand as they do
 * between their quotes.
 */
export type PendingParts = {
  readonly type: string
  readonly occurredAt: Time
  readonly threads: readonly string[]
  readonly actor: string
  readonly body: string
}

const places = ['{"actor":', ',"body":', ',"occurredAt":"', '","threads":[', '],"type":"', '"}'] as const
const [actorAt, bodyAt, occurredAt, threadsAt, typeAt, end] = places

/**
 * Cuts the text where the writer (commit/finish-fact.ts) puts its members, without reading what stands between.
 * None of the marks can stand within a string, which has its quotes escaped, nor in an actor or in what follows the
 * body. Null where a mark is missing. Whether the parts are what they should be is proven of the leaf made of them.
 */
function cutParts(fact: string): PendingParts | null {
  const type = fact.lastIndexOf(typeAt)
  const threads = fact.lastIndexOf(threadsAt, type)
  const occurred = fact.lastIndexOf(occurredAt, threads)
  const body = fact.indexOf(bodyAt)
  if (!fact.startsWith(actorAt) || !fact.endsWith(end) || body < 0 || occurred < body) return null
  const keys = fact.slice(threads + threadsAt.length, type)
  // An escaped quote in a key would be taken for its end.
  if (keys.includes("\\")) return null
  return {
    type: fact.slice(type + typeAt.length, -end.length),
    occurredAt: fact.slice(occurred + occurredAt.length, threads) as Time,
    threads: keys === "" ? [] : keys.slice(1, -1).split('","'),
    actor: fact.slice(actorAt.length, body),
    body: fact.slice(body + bodyAt.length, occurred),
  }
}

type Fact = { type: string; occurredAt: Time; threads: string[]; actor: LeafActor; body: LeafBody }

/** The same by reading it as JSON and writing its parts anew, whatever their order; throws where it is no fact. */
export function parseParts(fact: string): PendingParts {
  const { type, occurredAt, threads, actor, body }: Fact = JSON.parse(fact)
  const within = (text: string): string => JSON.stringify(text).slice(1, -1)
  return {
    type: within(type),
    occurredAt: within(occurredAt) as Time,
    threads: threads.map(within),
    actor: encodeActor(actor),
    body: encodeBody(body),
  }
}

/** Null where it is no fact at all: then building the leaf tells what is wrong. */
export function partsOf(fact: string): PendingParts | null {
  try {
    return cutParts(fact) ?? parseParts(fact)
  } catch {
    return null
  }
}
