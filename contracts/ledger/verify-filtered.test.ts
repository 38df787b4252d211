import { describe, expect, test } from "vitest"
import { toHex } from "../bytes.ts"
import { encodeLeaf } from "./encoding.ts"
import { reportSentences } from "./report.ts"
import { type FilteredParts, makeFiltered, partsOf } from "./testing/filtered-bundle.ts"
import { found, origin, signer, verify } from "./testing/fixture.ts"
import { indexed, treeOfHeads } from "./testing/index-facts.ts"
import { market, tradeId } from "./testing/market.ts"
import { chainLeaves, sealLog } from "./testing/seal.ts"

const listing = `l:${"a".repeat(64)}`
const party = `p:${"c".repeat(64)}`
/** One of every five trades is the party's: its first record names the party's thread. */
const facts = market(700).map((fact) =>
  fact.type === "trade.proposed@1" && Number(fact.threads[0]?.slice(-2)) % 5 === 0
    ? { ...fact, threads: [...fact.threads, party] }
    : fact,
)
/** The last index covers the records up to the one before it: 513 of 704. */
const log = sealLog(origin, indexed(facts, [0, 260, 510, 640]))
const size = log.leaves.length
/** Begins before the index's end and goes on after it. */
const spanning = tradeId(39)
const trade = partsOf(log, "trade", [spanning])
const ofParty = partsOf(log, "party", [party])
const counted = trade.filter.index?.size as number

type SealedIndex = NonNullable<FilteredParts["filter"]["index"]>

const check = (parts: FilteredParts) => verify(makeFiltered(log, signer, parts))
const without = (parts: FilteredParts, record: number) => ({
  ...parts,
  records: parts.records.filter((index) => index !== record),
})
const editLines = (parts: FilteredParts, edit: (line: string) => string) => ({
  ...parts,
  lines: parts.lines.map(edit),
})

describe("a filtered bundle", () => {
  test("the fixture's trade lies on both sides of the index", () => {
    expect(
      trade.records.some((index) => index < counted) && trade.records.some((index) => index >= counted),
    ).toBe(true)
    expect(counted).toBeGreaterThan(256)
  })

  test.each([
    ["a trade", trade, 1],
    ["a trade that is over before the index", partsOf(log, "trade", [tradeId(3)]), 1],
    ["a trade that begins after the index", partsOf(log, "trade", [tradeId(53)]), 1],
    ["a party that trades", ofParty, 11],
    ["a listing", partsOf(log, "listing", [listing]), 55],
    ["a key that has no records", partsOf(log, "trade", [tradeId(99_999)]), 1],
  ])("of %s is intact", async (_, parts, threads) => {
    const report = await check(parts)
    expect([found(report), report.verdict]).toEqual([[], "intact"])
    expect(report.checked.records).toBe(parts.records.length)
    expect(report.filter).toMatchObject({ threads, scanned: size - counted })
    expect(
      reportSentences(report)
        .map(({ en }) => en)
        .join(" "),
    ).toContain("only by verifying an export of the whole log")
  })

  test("of a log that has no index yet holds all of the log's entries", async () => {
    const young = sealLog(origin, market(300))
    const report = await verify(makeFiltered(young, signer, partsOf(young, "trade", [tradeId(2)])))
    expect([found(report), report.filter?.scanned]).toEqual([[], 300])
    expect(reportSentences(report)[2]?.en).toBe("Shown by reading all 300 records of the log.")
  })

  test.each([
    ["in its first half", trade.records[2] as number],
    ["as the last that the index counts", trade.records.findLast((index) => index < counted) as number],
    ["after the index", trade.records.find((index) => index > counted) as number],
  ])("a record of an unknown version %s is told of, and no thread is called broken", async (_, unknown) => {
    const newer = chainLeaves(origin, log.decoded, log, (leaf, i) =>
      i === unknown ? encodeLeaf(leaf).replace(/"v":1}$/, '"v":2}') : encodeLeaf(leaf),
    )
    const report = await verify(makeFiltered(newer, signer, trade))
    expect([found(report), report.verdict]).toEqual([[], "intact"])
    expect(report.unknown).toEqual({ count: 1, first: unknown, kinds: ["v2"] })
    const other = trade.records.find((index) => Math.abs(index - unknown) > 4) as number
    expect(found(await verify(makeFiltered(newer, signer, without(trade, other))))).not.toEqual([])
    expect(found(await verify(makeFiltered(newer, signer, without(trade, unknown))))).not.toEqual([])
  })

  test("each record that is dropped is missed, wherever it lies", async () => {
    for (const record of trade.records) {
      const report = await check(without(trade, record))
      expect(report.verdict, `${record}`).toBe("broken")
      const told = found(report).join("; ")
      if (record >= counted) expect(told).toContain(`thread_record_missing ${record}`)
      else expect(told).toMatch(/thread_broken|thread_incomplete/)
    }
  })

  test("a whole trade of a party that is dropped is missed", async () => {
    for (const n of [5, 40, 50]) {
      const first = log.decoded.findIndex(({ threads }) => threads.some(([key]) => key === tradeId(n)))
      const records = ofParty.records.filter(
        (i) => !log.decoded[i]?.threads.some(([key]) => key === tradeId(n)),
      )
      expect(ofParty.records).toContain(first)
      expect((await check({ ...ofParty, records })).verdict).toBe("broken")
      // All but the record that tells of it.
      const kept = [...records, first].sort((a, b) => a - b)
      expect(found(await check({ ...ofParty, records: kept })).join()).toMatch(
        /thread_incomplete|thread_record_missing/,
      )
    }
  })

  test("the last record before the index's end that is dropped is missed by the index alone", async () => {
    const [last] = partsOf(log, "trade", [tradeId(3)]).records.slice(-1) as [number]
    const report = await check(without(partsOf(log, "trade", [tradeId(3)]), last))
    expect(found(report)).toEqual(["thread_incomplete threads.jsonl"])
  })

  test.each<[string, FilteredParts, string]>([
    [
      "a count that was changed",
      editLines(trade, (line) => line.replace(/("trd_\w+39",)(\d+)/, "$17")),
      "index_proof_wrong",
    ],
    [
      "a proof that was changed",
      editLines(trade, (line) => line.replace(/"proof":\["./, '"proof":["x')),
      "index_proof_wrong",
    ],
    [
      "another key's line",
      { ...trade, lines: partsOf(log, "trade", [tradeId(4)]).lines },
      "thread_not_counted",
    ],
    ["no line", { ...trade, lines: [] }, "thread_not_counted"],
    ["a line twice", { ...trade, lines: [...trade.lines, ...trade.lines] }, "index_line_malformed"],
    ["a line that is none", { ...trade, lines: ["{}"] }, "index_line_malformed"],
    [
      "a record of another trade",
      { ...trade, records: [...trade.records, 5].sort((a, b) => a - b) },
      "record_not_asked_for",
    ],
    [
      "the records of another order",
      { ...trade, records: trade.records.toReversed() },
      "record_out_of_order",
    ],
    [
      "an index that is not in the log",
      {
        ...trade,
        filter: {
          ...trade.filter,
          index: { record: size - 1, size: counted, root: trade.filter.index?.root ?? "" },
        },
      },
      "index_not_named",
    ],
  ])("%s is named", async (_, parts, code) => {
    expect(found(await check(parts)).join("; ")).toContain(code)
  })

  test("an index of one's own making, with lines that lead to it, is not the log's", async () => {
    const shorter = log.decoded
      .slice(0, counted)
      .flatMap(({ threads }) => threads.map(([key, n, prev]) => [key, n, prev]))
    const heads = new Map(shorter.map(([key, n]) => [key as string, n as number]))
    const forged = [...heads]
      .map(([key, n]): [string, number, number] => [key, n, 1])
      .sort(([a], [b]) => (a < b ? -1 : 1))
    const root = toHex(treeOfHeads(forged).root())
    const report = await check({
      ...trade,
      filter: { ...trade.filter, index: { ...(trade.filter.index as SealedIndex), root } },
    })
    expect(found(report).join("; ")).toContain("index_not_named")
  })

  test("an entry of the tail that was changed, or a tile, is named", async () => {
    const files = makeFiltered(log, signer, trade)
    for (const [path, bytes] of files) {
      if (!path.startsWith("tile/")) continue
      const copy = bytes.slice()
      copy[Math.floor(copy.length / 2)] = (copy[Math.floor(copy.length / 2)] as number) ^ 1
      const report = await verify(new Map(files).set(path, copy))
      expect(report.verdict, path).toBe("broken")
    }
    const tail = [...files.keys()].filter((path) => path.startsWith("tile/entries/"))
    expect(tail.length).toBeGreaterThan(0)
    for (const path of tail) {
      const cut = new Map(files)
      cut.delete(path)
      expect(found(await verify(cut)).join()).toContain(`file_missing ${path}`)
    }
  })
})
