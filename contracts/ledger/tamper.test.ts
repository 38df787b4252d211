import { describe, expect, test } from "vitest"
import { fromUtf8, utf8 } from "../bytes.ts"
import { bundleFiles } from "./export.ts"
import { signFiles } from "./testing/bundle.ts"
import { edited, found, log, pristine, signer, size, verify, withRecords } from "./testing/fixture.ts"

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
