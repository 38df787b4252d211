import { assert } from "#contracts/assert.ts"
import { balanced, postingMoney, signed } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { type CommitInput, commitInputs } from "#db/commit-function.ts"
import { memberText, mostMembers, nounMembers } from "#db/nouns.ts"
import type { Decision, Noun } from "../decision.ts"
import { type FinishedFact, finishFact } from "./finish-fact.ts"
import type { PartyKeys } from "./key-ring.ts"
import { Rows } from "./rows.ts"

/** Who gave a command, under which id, and the hash of what was asked. */
export type CommandKey = { giver: string; id: string; digest: string }

/** A decision made ready: asserted, its facts finished. */
export type Entry = {
  command: CommandKey
  decision: Decision
  facts: FinishedFact[]
  /** The count of moves at which the parties and listings it relies on were read; null where it is not known. */
  moves: string | null
  /** What it changes, and what it only relies on: no two entries of a batch meet in these. */
  exclusive: string[]
  shared: string[]
}

/** Throws when a decision breaks what every decision must keep: that is a bug of a rule, not a refusal. */
export function prepare(
  command: CommandKey,
  decision: Decision,
  keysOf: (party: Id<"party">) => PartyKeys,
  moves: string | null = null,
): Entry {
  assertWhole(decision)
  return {
    command,
    decision,
    moves,
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

/** The parameters of the writer's function (db/commit-function.ts) but for the first. */
export function encodeBatch(entries: readonly Entry[]): string[] {
  const inputs = new Inputs()
  entries.forEach((entry, d) => {
    encodeEntry(inputs, entry, d)
  })
  return inputs.parameters()
}

/** What is collected for each input: its rows, and the lines of what is too long for them. */
class Inputs {
  readonly #rows = ofEachInput(() => new Rows())
  readonly #lines = ofEachInput((): string[] => [])
  readonly #changing = new Set<string>()
  readonly #guarded = new Set<string>()
  readonly #seen = new Set<string>()

  add(input: CommitInput, ...cells: (string | number | bigint | null)[]): void {
    this.#rows[input].add(...cells)
  }

  /** A line is JSON or hex, neither of which has a line break in it. */
  addLine(input: CommitInput, line: string): void {
    assert(line !== "" && !line.includes("\n"), "a line is not empty and has no break")
    this.#lines[input].push(line)
  }

  change(noun: Noun, version: number): void {
    this.#changing.add(version === 1 ? `"${noun} first"` : `"${noun} later"`)
  }

  guard(noun: Noun, moves: string | null): void {
    this.#guarded.add(noun)
    this.#seen.add(moves ?? "unknown")
  }

  parameters(): string[] {
    const arrays = [this.#changing, this.#guarded, this.#seen].map((all) => `{${[...all].join(",")}}`)
    const inputs = (Object.keys(commitInputs) as CommitInput[]).flatMap((input) => {
      const rows = this.#rows[input].text()
      return commitInputs[input].long === null ? [rows] : [rows, this.#lines[input].join("\n")]
    })
    return [...arrays, ...inputs]
  }
}

const ofEachInput = <T>(of: () => T): Record<CommitInput, T> =>
  Object.fromEntries(Object.keys(commitInputs).map((input) => [input, of()])) as Record<CommitInput, T>

function encodeEntry(inputs: Inputs, { command, decision, facts, moves }: Entry, d: number): void {
  inputs.add("cmd", d, command.giver, command.id, command.digest)
  inputs.addLine("cmd", JSON.stringify(decision.result))
  for (const { noun, row } of decision.changes) {
    inputs.change(noun, row.version)
    inputs.add("ch", d, noun, row.id, row.version, ...membersOf(noun, row))
    inputs.addLine("ch", JSON.stringify(row))
  }
  for (const { noun, id, version } of decision.guards) {
    inputs.guard(noun, moves)
    inputs.add("gu", d, noun, id, version)
  }
  for (const { plan, take } of decision.seats) inputs.add("se", d, plan, take)
  for (const { source, trade, occurredAt, postings } of decision.journals)
    postings.forEach((posting, i) => {
      const { currency } = postingMoney(posting)
      const { account } = posting
      const amount = signed(posting)
      inputs.add("po", d, source.type, source.id, i + 1, account, currency, amount, trade, occurredAt)
    })
  for (const fact of facts) {
    inputs.add("fa", d, fact.subject, fact.version)
    inputs.addLine("fa", fact.fact)
    for (const { owner, readers, sealed } of fact.disclosures) {
      inputs.add("di", d, fact.subject, fact.version, owner, readers)
      inputs.addLine("di", sealed)
    }
  }
  for (const { task, payload, key, delayMs } of decision.jobs) {
    inputs.add("jo", d, task, key ?? null, delayMs ?? 0)
    inputs.addLine("jo", JSON.stringify(payload))
  }
}

function membersOf(noun: Noun, row: object): (string | null)[] {
  const texts: (string | null)[] = new Array(mostMembers).fill(null)
  nounMembers[noun].forEach((member, i) => {
    texts[i] = memberText(row, member)
  })
  return texts
}

export type Answer = { d: number; digest: string; result: Json }
