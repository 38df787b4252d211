import { describe, expect, test } from "vitest"
import { fromUtf8, toHex, utf8 } from "../bytes.ts"
import { memoryBundle } from "./bundle.ts"
import { encodeLeaf, type Leaf } from "./encoding.ts"
import { bundleFiles, consistencyFile, recordColumns, recordRow } from "./export.ts"
import { consistencyProof } from "./merkle.ts"
import { nobleCrypto } from "./noble-crypto.ts"
import type { Report } from "./report.ts"
import { checkpointOf, type Files, makeBundle, signFiles } from "./testing/bundle.ts"
import { market } from "./testing/market.ts"
import { chainLeaves, makeSigner, type SealedLog, sealLog, sha256 } from "./testing/seal.ts"
import { tileHashReader, tilePath, tilesOfSize } from "./tiles.ts"
import { verifyBundle } from "./verify.ts"
import { formatKeptProof } from "./verify-consistency.ts"

const origin = "quanheng/test/0a1b2c3d"
const signer = makeSigner(origin)
const forger = makeSigner(origin)
const size = 530
const log = sealLog(origin, market(size))
const pristine = makeBundle(log, signer)

const verify = (files: Files, since?: string, keys = [signer.key]): Promise<Report> =>
  verifyBundle(memoryBundle(files), { crypto: nobleCrypto, keys, ...(since === undefined ? {} : { since }) })

/** What was found, short: "code record file". */
const found = (report: Report): string[] =>
  report.failures.map(({ code, record, file }) =>
    [code, record, file].filter((part) => part !== undefined).join(" "),
  )

function edited(path: string, edit: (text: string) => string, from = pristine): Files {
  const files = new Map(from)
  files.set(path, utf8(edit(fromUtf8(files.get(path) as Uint8Array))))
  return files
}

/** Edits the lines of records.jsonl, and signs the manifest again so that only the records themselves can tell. */
function withRecords(edit: (lines: string[]) => string[]): Files {
  const files = edited(bundleFiles.records, (text) => `${edit(text.trimEnd().split("\n")).join("\n")}\n`)
  signFiles(files, log, signer)
  return files
}

describe("an untouched bundle", () => {
  test.each([0, 1, 2, 13, 255, 256, 257, 511, 512])("of %i records is intact", async (n) => {
    const small = sealLog(origin, market(n))
    const report = await verify(makeBundle(small, signer))
    expect(found(report)).toEqual([])
    expect(report).toMatchObject({ verdict: "intact", size: n, checked: { records: n } })
  })

  test("says what it checked, and reads every byte once", async () => {
    let last = [0, 0]
    const report = await verifyBundle(memoryBundle(pristine), {
      crypto: nobleCrypto,
      keys: [signer.key],
      progress: (done, total) => {
        last = [done, total]
      },
    })
    expect(last[0]).toBe(last[1])
    expect(report.checked).toMatchObject({ records: size, journals: log.journals.length, trades: 42 })
    expect(report.checked.disclosures).toBe(log.disclosures.length)
  })

  test("without the reader's key it is intact, but not authenticated", async () => {
    expect(await verify(pristine, undefined, [])).toMatchObject({
      verdict: "unauthenticated",
      key: { from: "bundle" },
    })
  })

  test.each([
    [0, 100],
    [5, 20],
    [256, 300],
    [100, 512],
    [512, 530],
    [529, 530],
    [10, 10],
    [530, 530],
  ])("of the range %i to %i is intact, its opening assumed", async (from, to) => {
    const report = await verify(makeBundle(log, signer, from, to))
    expect(found(report)).toEqual([])
    expect(report).toMatchObject({
      verdict: "intact",
      openingAssumed: from > 0,
      checked: { records: to - from },
    })
  })
})

describe("a changed bundle", () => {
  test("one flipped byte anywhere in any file is found, in its file", async () => {
    for (const [path, bytes] of pristine) {
      const copy = bytes.slice()
      const at = Math.floor(copy.length / 2)
      copy[at] = (copy[at] as number) ^ 1
      const report = await verify(new Map(pristine).set(path, copy))
      expect(report.verdict, path).toBe("broken")
      const named = report.failures.some(({ file }) => file === path)
      expect(named || path === bundleFiles.key, `${path}: ${found(report)}`).toBe(true)
    }
  })

  test("a flipped byte in a record names the record, also when the manifest is signed again", async () => {
    for (const record of [0, 1, 255, 256, 300, size - 1]) {
      const files = withRecords((lines) =>
        lines.map((line, i) =>
          i === record
            ? line.replace('"state":"', '"state":"x').replace('"rail":"bank"', '"rail":"card"')
            : line,
        ),
      )
      const report = await verify(files)
      const unchanged =
        fromUtf8(files.get(bundleFiles.records) as Uint8Array) ===
        fromUtf8(pristine.get(bundleFiles.records) as Uint8Array)
      if (unchanged) continue
      expect(report.failures.map((failure) => failure.record)).toContain(record)
      expect(found(report)).toContain(`not_in_tree ${record}`)
      expect(found(report).some((text) => text.startsWith("chain_broken"))).toBe(false)
    }
  })

  test.each([0, 1, 255, 256, size - 1])("a dropped record %i is named", async (record) => {
    const report = await verify(withRecords((lines) => lines.filter((_, i) => i !== record)))
    expect(found(report)[0]).toBe(`record_missing ${record}`)
    expect(new Set(report.failures.map((failure) => failure.record))).toEqual(new Set([record]))
  })

  test("many dropped records are named one by one", async () => {
    const report = await verify(withRecords((lines) => lines.filter((_, i) => i < 250 || i >= 260)))
    const missing = found(report).filter((text) => text.startsWith("record_missing"))
    expect(missing).toEqual(Array.from({ length: 10 }, (_, i) => `record_missing ${250 + i}`))
  })

  test("two swapped records are named", async () => {
    const report = await verify(
      withRecords((lines) => {
        const [a, b] = [lines[40] as string, lines[41] as string]
        return lines.toSpliced(40, 2, b, a)
      }),
    )
    expect(found(report)).toEqual(expect.arrayContaining(["record_missing 40", "record_out_of_order 40"]))
  })

  test.each([
    [
      "a repeated record",
      (lines: string[]) => lines.toSpliced(41, 0, lines[40] as string),
      "record_out_of_order 40",
    ],
    [
      "a record beyond the end",
      (lines: string[]) => [...lines, (lines.at(-1) as string).replace('"index":529', '"index":530')],
      "record_beyond_range 530",
    ],
    ["a line that is no record", (lines: string[]) => lines.with(7, "{}"), "record_malformed 7"],
    ["an empty line", (lines: string[]) => lines.with(7, ""), "record_malformed 7"],
    [
      "a record written in another form",
      (lines: string[]) => lines.with(7, (lines[7] as string).replace(',"at"', ', "at"')),
      "record_malformed 7",
    ],
  ])("%s is named", async (_, edit, expected) => {
    expect(found(await verify(withRecords(edit)))).toContain(expected)
  })

  test.each([
    ["an index that points forward", '"index":40', '"index":400'],
    ["an index that points back", '"index":40', '"index":4'],
    ["an index beyond the end", '"index":40', '"index":40000'],
  ])("a record with %s is named, and its neighbours are not blamed", async (_, from, to) => {
    const files = withRecords((lines) => lines.with(40, (lines[40] as string).replace(from, to)))
    const report = await verify(files)
    expect(found(report)).toContain("not_in_tree 40")
    expect(new Set(report.failures.map(({ record }) => record))).toEqual(new Set([40]))
  })

  test("a record of another log is named", async () => {
    const report = await verify(
      withRecords((lines) => lines.with(9, (lines[9] as string).replace("/test/", "/best/"))),
    )
    expect(found(report)).toContain("record_of_other_log 9")
  })

  test.each([
    [
      "an edited amount",
      (text: string) => text.replace(",10000,,CNY", ",10001,,CNY"),
      /^journal_(unbalanced|changed) 8 book/,
    ],
    [
      "a row taken away",
      (text: string) => text.replace(/\n8,payment.held.*?\n/, "\n"),
      /^(book_malformed|journal_\w+ 8) ?/,
    ],
    [
      "a journal taken away",
      (text: string) => text.replaceAll(/8,payment\.held[^\n]*\n/g, ""),
      /^journal_missing 8 book/,
    ],
    [
      "a journal that nothing certifies",
      (text: string) =>
        `${text},payment.held,pay_z,,2026-01-01T00:00:00.000Z,1,bank,5,,CNY\n,payment.held,pay_z,,2026-01-01T00:00:00.000Z,2,held:trd_z,,5,CNY\n`,
      /^journal_stray book/,
    ],
  ])("the book with %s", async (_, edit, expected) => {
    const files = edited(bundleFiles.book, edit)
    expect(found(await verify(files))).toContain("file_changed book.csv")
    signFiles(files, log, signer)
    const report = await verify(files)
    expect(
      found(report).some((text) => expected.test(text)),
      found(report).join("; "),
    ).toBe(true)
  })

  test.each([
    [
      bundleFiles.trialBalance,
      (text: string) => text.replace("bank,CNY,", "bank,CNY,1"),
      "trial_balance_wrong trial-balance.csv",
    ],
    [
      bundleFiles.recordsTable,
      (text: string) => text.replace("trade.agreed@1", "trade.agreed@2"),
      "csv_mismatch 2 records.csv",
    ],
    [bundleFiles.recordsTable, (text: string) => text.replace(/\n17,.*/, ""), "csv_mismatch 17 records.csv"],
    [
      bundleFiles.disclosures,
      (text: string) => text.replace('"minor":"10000"', '"minor":"10009"'),
      "disclosure_wrong 0 disclosures.jsonl",
    ],
    [
      bundleFiles.disclosures,
      (text: string) => text.replace('{"index":0,', '{"index":9999,'),
      "disclosure_stray 9999 disclosures.jsonl",
    ],
    [bundleFiles.disclosures, (text: string) => `${text}{}\n`, "disclosure_malformed disclosures.jsonl"],
  ])("an edit of %s is found, also when the manifest is signed again", async (path, edit, expected) => {
    const files = edited(path, edit)
    signFiles(files, log, signer)
    expect(found(await verify(files))).toContain(expected)
  })

  test("a changed entry is found, naming the record, also when the manifest is signed again", async () => {
    const entries = pristine.get("tile/entries/000") as Uint8Array
    const files = new Map(pristine).set("tile/entries/000", entries.with(100, (entries[100] as number) ^ 1))
    signFiles(files, log, signer)
    expect(found(await verify(files))).toEqual(["entry_mismatch 0 tile/entries/000"])
  })

  test.each(["tile/0/000", "tile/0/002.p/18", "tile/1/000.p/2"])(
    "a changed hash in %s is found",
    async (path) => {
      const files = new Map(pristine)
      files.set(path, (files.get(path) as Uint8Array).with(33, 0).with(34, 0))
      signFiles(files, log, signer)
      expect((await verify(files)).verdict).toBe("broken")
    },
  )

  test("a missing file, a file too many and a file with an unsafe name are named", async () => {
    for (const path of pristine.keys()) {
      const files = new Map(pristine)
      files.delete(path)
      const report = await verify(files)
      expect(found(report), path).toContain(`file_missing ${path}`)
    }
    const more = new Map(pristine).set("extra.txt", utf8("x")).set("../evil", utf8("x"))
    expect(found(await verify(more))).toEqual(["file_unlisted extra.txt", "file_name_unsafe ../evil"])
  })

  test.each([
    ["its reason", (text: string) => text.replace("a test", "no test")],
    ["its range", (text: string) => text.replace('"to": 530', '"to": 529')],
    ["a file's digest", (text: string) => text.replace(/"sha256": "../, '"sha256": "00')],
  ])("a manifest with %s edited is found", async (_, edit) => {
    expect(found(await verify(edited(bundleFiles.manifest, edit)))).toContain(
      "manifest_changed manifest.json",
    )
  })

  test.each([
    ["a path that leaves the bundle", (text: string) => text.replace("records.csv", "../../etc/passwd")],
    ["an absolute path", (text: string) => text.replace("records.csv", "/etc/passwd")],
    ["an absurd size", (text: string) => text.replace(/"bytes": \d+/, '"bytes": 1e300')],
    ["a size below zero", (text: string) => text.replace(/"bytes": \d+/, '"bytes": -1')],
    ["no JSON", () => "{"],
    ["an unknown member", (text: string) => text.replace('"filter"', '"filler": 1,\n "filter"')],
  ])("a manifest with %s is refused", async (_, edit) => {
    expect(found(await verify(edited(bundleFiles.manifest, edit)))).toContain(
      "manifest_malformed manifest.json",
    )
  })
})

describe("a forger", () => {
  const changed = (leaves: readonly Leaf[]): Leaf[] =>
    leaves.map((leaf, i) => (i === 100 ? { ...leaf, at: leaf.at.replace(".020Z", ".021Z") } : leaf))
  const forged: SealedLog = chainLeaves(origin, changed(log.decoded), log)

  test("who seals everything again cannot sign it: the signature is not of the reader's key", async () => {
    const files = makeBundle(forged, forger)
    expect(found(await verify(files))).toContain("checkpoint_not_signed_by_key checkpoint")
    expect(await verify(files, undefined, [])).toMatchObject({ verdict: "unauthenticated" })
  })

  test("who keeps the old signature is found at the root", async () => {
    const files = makeBundle(forged, signer)
    files.set(bundleFiles.checkpoint, pristine.get(bundleFiles.checkpoint) as Uint8Array)
    signFiles(files, forged, signer)
    expect(found(await verify(files))).toContain("root_mismatch checkpoint")
  })

  test("who stole the key is found by a checkpoint that the reader kept", async () => {
    const files = makeBundle(forged, signer)
    expect(await verify(files)).toMatchObject({ verdict: "intact" })
    expect(found(await verify(files, checkpointOf(log, signer, 300)))).toEqual(["since_inconsistent"])
    expect(await verify(files, checkpointOf(log, signer, 100))).toMatchObject({
      verdict: "intact",
      checked: { since: 100 },
    })
  })

  test("who leaves the last records away is found by a checkpoint that the reader kept", async () => {
    const shorter = makeBundle(sealLog(origin, market(400)), signer)
    expect(found(await verify(shorter, checkpointOf(log, signer)))).toEqual(["since_newer"])
  })
})

describe("a checkpoint that the reader kept", () => {
  test.each([0, 1, 256, 257, 529, 530])("of size %i is continued", async (old) => {
    const report = await verify(pristine, checkpointOf(log, signer, old))
    expect(report).toMatchObject({ verdict: "intact", checked: { since: old } })
  })

  test("of another log, or another key, or none at all is refused", async () => {
    const other = makeSigner("quanheng/other/0a1b2c3d")
    const otherLog = sealLog("quanheng/other/0a1b2c3d", market(3))
    expect(found(await verify(pristine, checkpointOf(otherLog, other)))).toEqual(["since_other_log"])
    expect(found(await verify(pristine, checkpointOf(log, forger, 5)))).toEqual(["since_signature_bad"])
    expect(found(await verify(pristine, "hello"))).toEqual(["since_malformed"])
  })

  test("needs a proof in the bundle where the range's tiles do not reach", async () => {
    const files = makeBundle(log, signer, 520, 530)
    const old = checkpointOf(log, signer, 100)
    expect(found(await verify(files, old))).toEqual(["since_not_provable"])
    const read = tileHashReader(size, async (tile) => pristine.get(tilePath(tile)) as Uint8Array, sha256)
    const hashes = await consistencyProof(100, size, read, sha256)
    files.set(consistencyFile(100, size), utf8(formatKeptProof({ size: 100, hashes, checkpoint: old })))
    signFiles(files, log, signer, 520, 530)
    expect(await verify(files, old)).toMatchObject({ verdict: "intact", checked: { since: 100 } })
    const wrong = formatKeptProof({ size: 100, hashes: hashes.toReversed(), checkpoint: old })
    files.set(consistencyFile(100, size), utf8(wrong))
    signFiles(files, log, signer, 520, 530)
    expect(found(await verify(files))).toEqual([`consistency_wrong consistency/100-${size}`])
  })
})

test("records of an unknown type or version are intact, and told of as unknown", async () => {
  const leaves: Leaf[] = sealLog(origin, market(13)).decoded.map((leaf, i) =>
    i === 5 ? { ...leaf, type: "trade.beamed@1" } : leaf,
  )
  const newer = chainLeaves(origin, leaves, { disclosures: [], journals: [] }, (leaf, i) =>
    i === 12 ? encodeLeaf(leaf).replace(/"v":1}$/, '"v":2}') : encodeLeaf(leaf),
  )
  const files = makeBundle(newer, signer)
  const rows = newer.decoded.map((leaf, i) => recordRow(leaf, toHex(newer.hashes[i] as Uint8Array)))
  files.set(bundleFiles.recordsTable, utf8(`${[recordColumns.join(), ...rows.slice(0, 12)].join("\n")}\n`))
  files.delete(bundleFiles.book)
  files.delete(bundleFiles.trialBalance)
  signFiles(files, newer, signer)
  const report = await verify(files)
  expect(found(report)).toEqual([])
  expect(report).toMatchObject({
    verdict: "intact",
    unknown: { count: 2, first: 5, kinds: ["trade.beamed@1", "v2"] },
  })
})

test("every tile of the log is in a whole bundle", () => {
  for (const tile of tilesOfSize(size)) expect(pristine.has(tilePath(tile))).toBe(true)
})
