import { beforeAll, describe, expect, test } from "vitest"
import { must } from "#contracts/assert.ts"
import { utf8 } from "#contracts/bytes.ts"
import type { Json } from "#contracts/canonical-json.ts"
import { encodeLeaf } from "#contracts/ledger/encoding.ts"
import { makeBundle } from "#contracts/ledger/testing/bundle.ts"
import { type FilteredParts, makeFiltered, partsOf } from "#contracts/ledger/testing/filtered-bundle.ts"
import { log, signer } from "#contracts/ledger/testing/fixture.ts"
import { indexed } from "#contracts/ledger/testing/index-facts.ts"
import { market, tradeId } from "#contracts/ledger/testing/market.ts"
import { chainLeaves, type SealedLog, sealLog } from "#contracts/ledger/testing/seal.ts"
import { type Given, given } from "#contracts/ledger/testing/tamper/case.ts"
import { tamperCases } from "#contracts/ledger/testing/tamper/matrix.ts"
import { rotationGroups } from "#contracts/ledger/testing/tamper/rotated.ts"
import { witnessGroups } from "#contracts/ledger/testing/tamper/witnessed.ts"
import { byPython, byTypeScript, type Opinion } from "./testing/agreement.ts"
import { damaged } from "./testing/damage.ts"
import { python, withPython } from "./testing/python.ts"

/**
 * Rows of the tamper matrix, whole bundles of many sizes and ranges, and bundles that were damaged by chance, through
 * docs/verify.py, which takes a third of a second for each: some of each kind, or all by `npm run test:large`. It finds the same failures in the same records and files as the TypeScript verifier, but
 * for those of meaning, which it leaves alone.
 */
type Case = readonly [name: string, given: Given]

const isLarge = process.env.QUANHENG_LARGE !== undefined
const someOf = <T>(all: readonly T[], every: number): readonly T[] =>
  all.filter((_, i) => isLarge || i % every === 0)

const ranges = someOf(
  [
    [5, 20],
    [0, 100],
    [256, 260],
    [100, 256],
    [10, 10],
    [269, 270],
    [256, 270],
    [270, 270],
  ] as const,
  2,
)

const whole: readonly Case[] = [
  ...someOf([0, 1, 256, 2, 257, 255, 512, 511], 2).map(
    (n): Case => [`${n} records`, given(makeBundle(sealLog(log.origin, market(n)), signer))],
  ),
  ...ranges.map(
    ([from, to]): Case => [`the range ${from} to ${to}`, given(makeBundle(log, signer, from, to))],
  ),
]
/** Maps of all threads in the log: right, and one whose root, number of keys or size is not. */
const facts = indexed(market(300), [0, 1, 100, 257, 300])
const wrongMap = (change: Record<string, Json>): Given => {
  const changed = facts.map((fact, i) =>
    i === 102 ? { ...fact, values: { ...fact.values, ...change } } : fact,
  )
  return given(makeBundle(sealLog(log.origin, changed), signer))
}
const maps: readonly Case[] = [
  ["maps of all threads", given(makeBundle(sealLog(log.origin, facts), signer))],
  ["maps of all threads in a range", given(makeBundle(sealLog(log.origin, facts), signer, 50, 300))],
  ["a map of another root", wrongMap({ root: "ab".repeat(32) })],
  ["a map of another size", wrongMap({ size: 2 })],
  ["a map of another number of keys", wrongMap({ keys: 1 })],
]

/** All records of one trade or listing; with a record dropped, a count changed, another index named. */
const ofIndexed = sealLog(log.origin, indexed(market(270), [0, 50, 200]))
const young = sealLog(log.origin, market(40))
const early = partsOf(ofIndexed, "trade", [tradeId(3)])
const late = partsOf(ofIndexed, "trade", [tradeId(20)])
const listing = partsOf(ofIndexed, "listing", [`l:${"a".repeat(64)}`])
const filtered = (name: string, parts: FilteredParts, of = ofIndexed): Case => [
  `filtered: ${name}`,
  given(makeFiltered(of, signer, parts)),
]
const without = (parts: FilteredParts, record: number): FilteredParts => ({
  ...parts,
  records: parts.records.filter((one) => one !== record),
})
const editLines = (edit: (line: string) => string): FilteredParts => ({
  ...early,
  lines: early.lines.map(edit),
})
const newer = (unknown: number): SealedLog =>
  chainLeaves(log.origin, ofIndexed.decoded, ofIndexed, (leaf, i) =>
    i === unknown ? encodeLeaf(leaf).replace(/"v":1}$/, '"v":2}') : encodeLeaf(leaf),
  )
const wholeFiltered: readonly Case[] = [
  filtered("an early trade", early),
  filtered("a late trade", late),
  filtered("a listing", listing),
  filtered(
    "a record of an unknown version in a trade",
    early,
    newer(must(early.records[2], "a record of the trade")),
  ),
  filtered(
    "one that the index counts last",
    early,
    newer(must(early.records.at(-1), "a record of the trade")),
  ),
  filtered("one of a late trade", late, newer(must(late.records[5], "a record of the trade"))),
  filtered("a trade of a log without an index", partsOf(young, "trade", [tradeId(2)]), young),
]
const wrongFiltered: readonly Case[] = [
  ...someOf(early.records, 2).map((record) => filtered(`record ${record} dropped`, without(early, record))),
  ...someOf(late.records, 3).map((record) => filtered(`record ${record} dropped`, without(late, record))),
  filtered(
    "a record of the listing dropped",
    without(listing, must(listing.records[20], "a record of the listing")),
  ),
  filtered(
    "a count changed",
    editLines((line) => line.replace(/("trd_\w+",)(\d+)/, "$17")),
  ),
  filtered(
    "a proof changed",
    editLines((line) => line.replace(/"proof":\["./, '"proof":["x')),
  ),
  filtered("another key's line", { ...early, lines: late.lines }),
  filtered("no line", { ...early, lines: [] }),
  filtered("a line twice", { ...early, lines: [...early.lines, ...early.lines] }),
  filtered("a line that is none", { ...early, lines: ["{}"] }),
  filtered("a record too many", { ...early, records: [...early.records, 6].sort((a, b) => a - b) }),
  filtered("another order", { ...early, records: early.records.toReversed() }),
  filtered("an index of another root", {
    ...early,
    filter: { ...early.filter, index: { ...must(early.filter.index, "an index"), root: "ab".repeat(32) } },
  }),
  filtered("keys out of order", { ...early, filter: { ...early.filter, keys: ["b", "a"] } }),
]

/** To a reader who brought none. */
const keyOf = (bytes: Uint8Array): Given => ({
  ...given(new Map(makeBundle(young, signer)).set("log.vkey", bytes)),
  keys: [],
})

/** Who signs, and who cosigns: few rows, and each is about another branch. */
const ofKeys = [...witnessGroups, ...rotationGroups].flatMap((group) => group.cases)

const others = tamperCases.filter((one) => !ofKeys.includes(one))

const cases: readonly Case[] = [
  ...whole,
  ...wholeFiltered,
  ...maps,
  ...wrongFiltered,
  ["a key that is no text", keyOf(Uint8Array.of(0xff))],
  ["a key that is none", keyOf(utf8("a key\n"))],
  ...[...someOf(ofKeys, 2), ...someOf(others, 10)].map(
    ({ file, edit, make }): Case => [`${file}: ${edit}`, make()],
  ),
]

describe.skipIf(python === null)(withPython("docs/verify.py finds what the other finds"), () => {
  let answers: readonly Opinion[] = []
  beforeAll(async () => {
    answers = await byPython(cases.map(([, one]) => one))
  }, 300_000)

  test.each(cases.map(([name, one], i) => ({ name, one, i })))("$name", async ({ one, i }) => {
    expect(answers[i]).toEqual(await byTypeScript(one))
  })

  test("a wrong map is told of", () => {
    const told = cases.flatMap(([name], i) =>
      name.startsWith("a map of another") ? [answers[i]?.finds] : [],
    )
    expect(told).toEqual([["index_wrong 102"], ["index_wrong 102"], ["index_wrong 102"]])
  })

  test("each filtered bundle that is not whole is broken", () => {
    const from = whole.length + wholeFiltered.length + maps.length
    for (const [i, [name]] of wrongFiltered.entries()) expect(answers[from + i]?.verdict, name).toBe("broken")
  })

  test("whole bundles are intact", () => {
    for (const [i, [name]] of [...whole, ...wholeFiltered].entries())
      expect(answers[i]?.verdict, name).toBe("intact")
  })
})

/** Another part of the endless list: QUANHENG_FUZZ_SEED; more of it: QUANHENG_FUZZ_RUNS. */
const seed = Number(process.env.QUANHENG_FUZZ_SEED ?? 1)
const runs = Number(process.env.QUANHENG_FUZZ_RUNS ?? (isLarge ? 1000 : 15))

test.skipIf(python === null)(
  withPython(`docs/verify.py agrees on ${runs} bundles damaged by chance, from seed ${seed}`),
  async () => {
    const made = Array.from({ length: runs }, (_, i) => damaged(seed + i))
    const answers = await byPython(made)
    for (const [i, one] of made.entries()) {
      const expected = await byTypeScript(one)
      expect({ seed: seed + i, ...answers[i] }).toEqual({ seed: seed + i, ...expected })
    }
  },
  600_000,
)
