import { assert } from "#contracts/assert.ts"
import { balanced, postingMoney, signed } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { type CommitInput, commitInputs } from "#db/commit-function.ts"
import { memberText, mostMembers, nounMembers } from "#db/nouns.ts"
import type { Decision, Noun } from "../decision.ts"
import { Columns } from "./columns.ts"
import { type FinishedFact, finishFact } from "./finish-fact.ts"
import type { PartyKeys } from "./key-ring.ts"

/** Who gave a command, under which id, and the hash of what was asked. */
export type CommandKey = { giver: string; id: string; digest: string }

/** A decision made ready: asserted, its facts finished. */
export type Entry = {
  command: CommandKey
  decision: Decision
  facts: FinishedFact[]
  /** What it changes, and what it only relies on: no two entries of a batch meet in these. */
  exclusive: string[]
  shared: string[]
}

/** Throws when a decision breaks what every decision must keep: that is a bug of a rule, not a refusal. */
export function prepare(
  command: CommandKey,
  decision: Decision,
  keysOf: (party: Id<"party">) => PartyKeys,
): Entry {
  assertWhole(decision)
  return {
    command,
    decision,
    facts: decision.facts.map((fact) => finishFact(fact, keysOf)),
    exclusive: [
      `${command.giver} ${command.id}`,
      ...decision.changes.map(({ row }) => row.id),
      ...decision.seats.map(({ plan }) => plan),
    ],
    shared: decision.guards.map(({ id }) => id),
  }
}

/** No change without its fact and no fact without its change; every journal balances; money never moves unseen. */
function assertWhole({ changes, facts, journals }: Decision): void {
  const changed = new Set(changes.map(({ noun, row }) => `${noun} ${row.id} ${row.version}`))
  assert(changed.size === changes.length, "a decision changes a thing once")
  const told = new Set(facts.map(({ subject }) => `${subject.noun} ${subject.id} ${subject.version}`))
  assert(told.size === facts.length && told.size === changed.size, "each change has exactly one fact")
  for (const subject of changed) assert(told.has(subject), `a change has no fact: ${subject}`)
  for (const { body, subject } of facts)
    assert(body.version === subject.version, "a fact names its subject's version")
  for (const journal of journals) {
    assert(balanced(journal), `a journal does not balance: ${journal.source.type} ${journal.source.id}`)
  }
  assert(journals.length === 0 || facts.length > 0, "money moves only with a fact")
}

/** The parameters of the writer's function (db/commit-function.ts). */
export function encodeBatch(entries: readonly Entry[]): string[] {
  const columns = Object.fromEntries(
    Object.entries(commitInputs).map(([input, names]) => [input, new Columns(names.split(" ").length)]),
  ) as Record<CommitInput, Columns>
  entries.forEach((entry, d) => {
    encodeEntry(columns, entry, d)
  })
  return Object.values(columns).flatMap((column) => column.texts())
}

function encodeEntry(
  columns: Record<CommitInput, Columns>,
  { command, decision, facts }: Entry,
  d: number,
): void {
  columns.cmd.add(d, command.giver, command.id, command.digest, JSON.stringify(decision.result))
  for (const { noun, row } of decision.changes)
    columns.ch.add(d, noun, row.id, row.version, JSON.stringify(row), ...membersOf(noun, row))
  for (const { noun, id, version } of decision.guards) columns.gu.add(d, noun, id, version)
  for (const { plan, take } of decision.seats) columns.se.add(d, plan, take)
  for (const { source, trade, occurredAt, postings } of decision.journals)
    postings.forEach((posting, i) => {
      const { currency } = postingMoney(posting)
      columns.po.add(
        d,
        source.type,
        source.id,
        i + 1,
        posting.account,
        currency,
        signed(posting),
        trade,
        occurredAt,
      )
    })
  for (const fact of facts) {
    columns.fa.add(d, fact.subject, fact.version, fact.fact)
    for (const { owner, readers, sealed } of fact.disclosures)
      columns.di.add(d, fact.subject, fact.version, owner, readers, sealed)
  }
  for (const { task, payload, key, delayMs } of decision.jobs)
    columns.jo.add(d, task, JSON.stringify(payload), key ?? null, delayMs ?? 0)
}

function membersOf(noun: Noun, row: object): (string | null)[] {
  const texts: (string | null)[] = new Array(mostMembers).fill(null)
  nounMembers[noun].forEach((member, i) => {
    texts[i] = memberText(row, member)
  })
  return texts
}

export type Answer = { d: number; digest: string; result: Json }
