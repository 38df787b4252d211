import { concat } from "../../../bytes.ts"
import { bundleFiles } from "../../export.ts"
import { signFiles } from "../bundle.ts"
import { log, signer } from "../fixture.ts"
import {
  agreementPath,
  bytesOf,
  flip,
  type Given,
  type Group,
  given,
  proofPath,
  signedAgain,
  type TamperCase,
  whole,
  withBytes,
  withLines,
  withText,
} from "./case.ts"

/** Edits by somebody who has the log's key and signs the manifest again, but cannot change the signed head. */
const { records, recordsTable, disclosures, book, trialBalance } = bundleFiles
const last = log.leaves.length - 1
const middle = bytesOf(records).length >> 1
const recordInTheMiddle = bytesOf(records)
  .subarray(0, middle)
  .reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0)

const lines = (
  edit: string,
  finds: TamperCase["finds"],
  change: (lines: string[]) => string[],
): TamperCase => ({
  edit,
  file: records,
  make: () => given(withLines(change)),
  verdict: "broken",
  finds,
})

/** One record's line replaced. */
const line = (
  edit: string,
  record: number,
  finds: TamperCase["finds"],
  change: (text: string) => string,
): TamperCase => lines(edit, finds, (all) => all.with(record, change(all[record] as string)))

const recordCases: readonly TamperCase[] = [
  {
    edit: "one bit of a stored record flipped",
    file: records,
    make: () => given(signedAgain(withBytes(records, (bytes) => flip(bytes, middle)))),
    verdict: "broken",
    finds: [`not_in_tree ${recordInTheMiddle}`],
  },
  line("an edited state", 1, ["not_in_tree 1"], (text) => text.replace('"proposed"', '"settled"')),
  lines("the first record dropped", ["record_missing 0"], (all) => all.slice(1)),
  lines("a record dropped", ["record_missing 255"], (all) => all.toSpliced(255, 1)),
  lines("ten records dropped", ["record_missing 250", "record_missing 259"], (all) => all.toSpliced(250, 10)),
  lines("the last record dropped", [`record_missing ${last}`], (all) => all.slice(0, -1)),
  lines("two records swapped", ["record_missing 40", "record_out_of_order 40"], (all) =>
    all.toSpliced(40, 2, all[41] as string, all[40] as string),
  ),
  lines("all records in reverse order", ["record_missing 0", "record_missing 1"], (all) => all.toReversed()),
  lines("a record repeated", ["record_out_of_order 40"], (all) => all.toSpliced(41, 0, all[40] as string)),
  lines("a record added after the last", [`record_beyond_range ${last + 1}`], (all) => [
    ...all,
    (all[last] as string).replace(`"index":${last}`, `"index":${last + 1}`),
  ]),
  line("a line that is no record", 7, ["record_malformed 7"], () => "{}"),
  line("an empty line", 7, ["record_malformed 7"], () => ""),
  line("a record with white space, the same JSON", 7, ["record_malformed 7", "not_in_tree 7"], (text) =>
    text.replace(',"at"', ', "at"'),
  ),
  line("a record with its members in another order", 7, ["record_malformed 7"], (text) =>
    text.replace(/^\{(.*),"v":1\}$/, '{"v":1,$1}'),
  ),
  line("a record with a member twice", 7, ["record_malformed 7"], (text) =>
    text.replace('"v":1', '"v":1,"v":1'),
  ),
  line("a record with an unknown member", 7, ["record_malformed 7"], (text) =>
    text.replace('"v":1', '"v":1,"w":1'),
  ),
  line("a record with an escaped letter, the same JSON", 7, ["record_malformed 7"], (text) =>
    text.replace('"log":"q', '"log":"\\u0071'),
  ),
  line("a record with a number beyond 2^53", 7, ["record_malformed 7"], (text) =>
    text.replace(/"version":\d+/, '"version":9007199254740993'),
  ),
  line("a record with a lone surrogate", 7, ["record_malformed 7"], (text) =>
    text.replace('"log":"q', '"log":"\\ud800'),
  ),
  line("a byte added at the end of a record's line", 7, ["record_malformed 7"], (text) => `${text}\u0000`),
  lines("every line ended by CR LF", ["record_malformed 0", "record_malformed 1"], (all) =>
    all.map((text) => `${text}\r`),
  ),
  line("an index that points forward", 40, ["record_index_wrong 40", "not_in_tree 40"], (text) =>
    text.replace('"index":40', '"index":400'),
  ),
  line("an index that points back", 40, ["record_malformed 40", "not_in_tree 40"], (text) =>
    text.replace('"index":40', '"index":4'),
  ),
  line("a record of another log put in", 9, ["record_of_other_log 9", "not_in_tree 9"], (text) =>
    text.replace("/test/", "/best/"),
  ),
  {
    edit: "no line feed after the last record",
    file: records,
    make: () => given(signedAgain(withText(records, (text) => text.slice(0, -1)))),
    verdict: "broken",
    finds: [`record_malformed ${last} ${records}`],
  },
]

const edited = (file: string, edit: string, finds: TamperCase["finds"], make: () => Given): TamperCase => ({
  edit,
  file,
  make,
  verdict: "broken",
  finds,
})

const text = (file: string, edit: string, finds: TamperCase["finds"], change: (text: string) => string) =>
  edited(file, edit, finds, () => given(signedAgain(withText(file, change))))

const stray =
  ",payment.held,pay_z,,2026-01-01T00:00:00.000Z,1,bank,5,,CNY\n,payment.held,pay_z,,2026-01-01T00:00:00.000Z,2,held:trd_z,,5,CNY\n"

const companionCases: readonly TamperCase[] = [
  edited(
    "tile/0/000",
    "a hash in a tile of level 0 changed",
    ["tile_mismatch tile/0/000", "not_in_tree 1"],
    () => given(signedAgain(withBytes("tile/0/000", (bytes) => flip(bytes, 33)))),
  ),
  edited("tile/0/000", "two hashes in a tile swapped", ["not_in_tree 0", "not_in_tree 1"], () =>
    given(
      signedAgain(
        withBytes("tile/0/000", (bytes) => {
          const copy = bytes.slice()
          copy.set(bytes.subarray(32, 64), 0)
          copy.set(bytes.subarray(0, 32), 32)
          return copy
        }),
      ),
    ),
  ),
  edited(
    "tile/1/000.p/1",
    "a hash in a tile of level 1 changed",
    ["root_mismatch checkpoint", "tile_mismatch tile/1/000.p/1"],
    () => given(signedAgain(withBytes("tile/1/000.p/1", (bytes) => flip(bytes, 31)))),
  ),
  edited("tile/0/000", "a tile that is too short", ["tile_malformed tile/0/000"], () =>
    given(signedAgain(withBytes("tile/0/000", (bytes) => bytes.slice(32)))),
  ),
  edited("tile/0/000", "a tile that is too long", ["file_too_large tile/0/000"], () =>
    given(signedAgain(withBytes("tile/0/000", (bytes) => new Uint8Array(bytes.length + 1)))),
  ),
  edited("tile/entries/000", "a published entry changed", ["entry_mismatch 0 tile/entries/000"], () =>
    given(signedAgain(withBytes("tile/entries/000", (bytes) => flip(bytes, 100)))),
  ),
  edited(
    "tile/entries/000",
    "an entry bundle with a byte too many",
    ["tile_malformed tile/entries/000"],
    () => given(signedAgain(withBytes("tile/entries/000", (bytes) => concat(bytes, Uint8Array.of(0))))),
  ),
  text(recordsTable, "a cell of the table changed", [`csv_mismatch 2 ${recordsTable}`], (all) =>
    all.replace("trade.agreed@1", "trade.agreed@2"),
  ),
  text(recordsTable, "a row of the table dropped", [`csv_mismatch 17 ${recordsTable}`], (all) =>
    all.replace(/\n17,.*/, ""),
  ),
  text(recordsTable, "a row of the table repeated", [`csv_mismatch 17 ${recordsTable}`], (all) =>
    all.replace(/\n(17,.*)/, "\n$1\n$1"),
  ),
  text(recordsTable, "the table's lines ended by CR LF", [`csv_mismatch 0 ${recordsTable}`], (all) =>
    all.replaceAll("\n", "\r\n"),
  ),
  text(disclosures, "an opened amount changed", [`disclosure_wrong 0 ${disclosures}`], (all) =>
    all.replace('"minor":"10000"', '"minor":"10009"'),
  ),
  text(disclosures, "an opened value's salt changed", [`disclosure_wrong 0 ${disclosures}`], (all) =>
    all
      .replace(/"salt":"."/, '"salt":"0"')
      .replace(/"salt":"(.)/, (_, a: string) => `"salt":"${a === "0" ? "1" : "0"}`),
  ),
  text(disclosures, "an opened value given to another field", [`disclosure_wrong 0 ${disclosures}`], (all) =>
    all.replace('"path":"/body/buyer"', '"path":"/body/seller"'),
  ),
  text(
    disclosures,
    "an opened value given to a record that is not there",
    [`disclosure_stray 9999 ${disclosures}`],
    (all) => all.replace('{"index":0,', '{"index":9999,'),
  ),
  text(
    disclosures,
    "an opened value that is none",
    [`disclosure_malformed ${disclosures}`],
    (all) => `${all}{}\n`,
  ),
  text(
    book,
    "an amount in the book changed on one side",
    [`journal_unbalanced 8 ${book}`, `journal_changed 8 ${book}`],
    (all) => all.replace(/(\n8,.*,1,bank),10000/, "$1,10001"),
  ),
  text(book, "an amount in the book changed on both sides", [`journal_changed 8 ${book}`], (all) =>
    all.replace(/(\n8,.*,1,bank),10000(.*\n8,.*),10000/, "$1,10001$2,10001"),
  ),
  text(book, "a journal taken out of the book", [`journal_missing 8 ${book}`], (all) =>
    all.replaceAll(/8,payment\.held[^\n]*\n/g, ""),
  ),
  text(
    book,
    "a journal in the book that no record certifies",
    [`journal_stray ${book}`],
    (all) => all + stray,
  ),
  text(book, "a row of the book that is none", [`book_malformed ${book}`], (all) => `${all}1,2,3\n`),
  text(trialBalance, "a sum in the trial balance changed", [`trial_balance_wrong ${trialBalance}`], (all) =>
    all.replace("bank,CNY,", "bank,CNY,1"),
  ),
  text(agreementPath, "a word of an agreement changed", [`agreement_wrong ${agreementPath}`], (all) =>
    all.replace("licence", "license"),
  ),
  text(
    proofPath,
    "a consistency proof with its hashes in another order",
    [`consistency_wrong ${proofPath}`],
    (all) => all.replace(/\n([^\n]+)\n([^\n]+)\n/, "\n$2\n$1\n"),
  ),
  text(proofPath, "a consistency proof for another size", [`consistency_wrong ${proofPath}`], (all) =>
    all.replace("old 260", "old 259"),
  ),
  edited(
    recordsTable,
    "a range in the manifest that its file cannot hold",
    [`manifest_disagrees ${records}`],
    () => {
      const files = new Map(whole).set(records, bytesOf(records).slice(0, 1000))
      signFiles(files, log, signer)
      return given(files)
    },
  ),
]

export const recordGroups: readonly Group[] = [
  {
    title: "Records, with the manifest signed again",
    about:
      "Whoever edits has the log's key and signs a manifest of the changed files, but the signed head that the market published stays.",
    cases: recordCases,
  },
  {
    title: "What lies beside the records, with the manifest signed again",
    about: "As above: only the contents can tell.",
    cases: companionCases,
  },
]
