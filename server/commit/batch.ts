import { assert } from "#contracts/assert.ts"
import { balanced, postingMoney, signed } from "#contracts/escrow.ts"
import type { Id } from "#contracts/ids.ts"
import type { Json } from "#contracts/ledger/fact.ts"
import { changeGroup, isLockedAsOne } from "#db/commit-function.ts"
import { type CommitInput, commitInputs } from "#db/commit-inputs.ts"
import { memberText, mostMembers, nounMembers } from "#db/nouns.ts"
import type { Change, Decision, Noun } from "../decision.ts"
import { batchBreak, factLine, packFacts } from "./fact-batches.ts"
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
  assert(facts.length === changes.length, "each change has exactly one fact")
  changes.forEach(({ noun, row: { id, version } }, i) => {
    const first = changes.findIndex(
      ({ noun: other, row }) => row.id === id && row.version === version && other === noun,
    )
    assert(first === i, "a decision changes a thing once")
    let told = 0
    for (const { subject, body } of facts) {
      if (subject.id !== id || subject.noun !== noun || subject.version !== version) continue
      assert(noun === "balance" || body.version === version, "a fact names its subject's version")
      told++
    }
    if (told !== 1) assert(false, `a change has not exactly one fact: ${noun} ${id} ${version}`)
  })
  for (const journal of journals) {
    if (!balanced(journal))
      assert(false, `a journal does not balance: ${journal.source.type} ${journal.source.id}`)
  }
  assert(journals.length === 0 || facts.length > 0, "money moves only with a fact")
}

/**
 * The parameters of the writer's function (db/commit-function.ts). Careful, it is told all that the decisions rely
 * on; else not what they read at one count of moves, which the function compares first.
 */
export function encodeBatch(entries: readonly Entry[], careful = false): string[] {
  const inputs = new Inputs()
  encodeChanges(inputs, entries)
  const seen = new Set<string>()
  for (const { decision, moves } of entries)
    if (decision.guards.some(({ noun }) => isLockedAsOne(noun))) seen.add(moves ?? "unknown")
  const told = careful || seen.size > 1 || seen.has("unknown")
  entries.forEach((entry, d) => {
    encodeEntry(inputs, entry, d)
    encodeGuards(inputs, entry, d, told)
  })
  return [String(careful), ...inputs.parameters([...seen], told)]
}

/** What is collected for each input: its rows, and the lines of what is too long for them. */
class Inputs {
  readonly #rows = ofEachInput(() => new Rows())
  readonly #lines = ofEachInput((): string[] => [])
  readonly groups: { name: string; upto: number }[] = []
  readonly guarded = new Set<string>()

  add(input: CommitInput, ...cells: (string | number | bigint | null)[]): void {
    this.#rows[input].add(...cells)
  }

  /** A line is JSON or hex, neither of which has a line break in it. */
  addLine(input: CommitInput, line: string): void {
    assert(line !== "" && !line.includes("\n"), "a line is not empty and has no break")
    this.#lines[input].push(line)
  }

  parameters(seen: readonly string[], told: boolean): string[] {
    const inputs = (Object.keys(commitInputs) as CommitInput[]).flatMap((input) => {
      const rows = this.#rows[input].text()
      if (commitInputs[input].long === null) return [rows]
      const lines = this.#lines[input]
      return [rows, input === "fa" ? packFacts(lines).join(batchBreak) : lines.join("\n")]
    })
    return [
      arrayOf(this.groups.map(({ name }) => `"${name}"`)),
      arrayOf(this.groups.map(({ upto }) => upto)),
      arrayOf([...this.guarded]),
      arrayOf(seen),
      String(told),
      ...inputs,
    ]
  }
}

const arrayOf = (items: readonly (string | number)[]): string => `{${items.join(",")}}`

const ofEachInput = <T>(of: () => T): Record<CommitInput, T> =>
  Object.fromEntries(Object.keys(commitInputs).map((input) => [input, of()])) as Record<CommitInput, T>

/** All changes of a batch, group by group. */
function encodeChanges(inputs: Inputs, entries: readonly Entry[]): void {
  const groups = new Map<string, { d: number; noun: Noun; row: Change["row"] }[]>()
  entries.forEach(({ decision }, d) => {
    for (const { noun, row } of decision.changes) {
      const name = changeGroup(noun, row.version)
      const group = groups.get(name)
      if (group) group.push({ d, noun, row })
      else groups.set(name, [{ d, noun, row }])
    }
  })
  let upto = 0
  for (const [name, group] of groups) {
    for (const { d, noun, row } of group) {
      inputs.add("ch", d, row.id, row.version, ...membersOf(noun, row))
      inputs.addLine("ch", JSON.stringify(row))
    }
    upto += group.length
    inputs.groups.push({ name, upto })
  }
}

function encodeGuards(inputs: Inputs, { decision }: Entry, d: number, told: boolean): void {
  for (const { noun, id, version } of decision.guards) {
    inputs.guarded.add(noun)
    if (told || !isLockedAsOne(noun)) inputs.add("gu", d, noun, id, version)
  }
}

function encodeEntry(inputs: Inputs, { command, decision, facts }: Entry, d: number): void {
  inputs.add("cmd", d, command.giver, command.id, command.digest)
  inputs.addLine("cmd", JSON.stringify(decision.result))
  for (const { plan, take } of decision.seats) inputs.add("se", d, plan, take)
  for (const { source, trade, occurredAt, postings } of decision.journals)
    postings.forEach((posting, i) => {
      const { currency } = postingMoney(posting)
      const { account } = posting
      const amount = signed(posting)
      inputs.add("po", d, source.type, source.id, i + 1, account, currency, amount, trade, occurredAt)
    })
  for (const fact of facts) {
    inputs.add("fa", d)
    inputs.addLine("fa", factLine(fact.subject, fact.version, fact.fact))
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
