import { type FailureCode, failure } from "../../failure.ts"
import { exitCodes } from "../../report.ts"
import { size } from "../fixture.ts"
import type { Group, TamperCase } from "./case.ts"
import { catchers } from "./catchers.ts"
import { tamperCases, tamperMatrix } from "./matrix.ts"

/** docs/tamper-matrix.md, made from the very rows that the tests run. Written by scripts/tamper-page.ts. */
export function tamperPage(): string {
  return `${[heading(), ...tamperMatrix.map(section), limits].join("\n\n")}\n`
}

const heading = (): string => `# Tamper matrix 篡改矩阵

对导出包的每一种改动：由什么发现，验证程序如何说明。Each way to change what a market hands out, what finds it, and what the verifier says.

Made by \`node scripts/tamper-page.ts\` from the ${tamperCases.length} rows in \`contracts/ledger/testing/tamper/\`; do not edit it by hand. The tests run every row through the verifier's library, through \`quanheng verify\` (a folder), \`verify.mjs\` (a zip) and the browser's worker. Each row begins with a whole and intact bundle (or certificate) of ${size} records.

Exit codes: 0 intact and signed by your key; 1 not intact; 3 intact, but nothing shows who signed. A failure's name stands in brackets behind its sentence; \`…\` stands for a detail. The log's key here is the key with which the market signs; "your key" is the verifier key that the reader got earlier or elsewhere.`

function section({ title, about, cases }: Group): string {
  const rows = cases.map((one) => `| ${cells(one).map(cell).join(" | ")} |`)
  return [
    `## ${title}`,
    "",
    about,
    "",
    "| What was done | File | What finds it | What the verifier says | Exit |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n")
}

function cells({ edit, file, verdict, finds, says }: TamperCase): string[] {
  const codes = [...new Set(finds.map((find) => find.split(" ")[0] as FailureCode))]
  const caught = [...new Set(codes.map((code) => catchers[code]))]
  const exit = String(exitCodes[verdict])
  const where = `\`${file.replace(/[0-9a-f]{64}/, "<sha256>")}\``
  if (says !== undefined) return [edit, where, "the chain of the log's keys", says, exit]
  if (verdict === "unauthenticated")
    return [
      edit,
      where,
      "nothing but the missing key",
      "Intact, but not authenticated: the key came from the bundle.",
      exit,
    ]
  if (verdict === "intact") return [edit, where, ...passed(edit), exit]
  return [edit, where, caught.join("; "), codes.map(sentence).join(" "), exit]
}

const passed = (edit: string): [string, string] =>
  edit.includes("does not know")
    ? [
        "the closed list of versions and types",
        "Of an unknown version: hash, chain and root intact; a newer verifier can read them.",
      ]
    : ["nothing here", "Intact and signed by your key."]

const sentence = (code: FailureCode): string =>
  `${failure(code, { detail: "…" }).en.replace("….", "…")} [${code}]`

const cell = (text: string): string => text.replaceAll("|", "\\|")

const limits = `## What the ledger does not prove

- That what was entered was true: a seller can describe data wrongly, and a bank can tell of money that did not come. It proves what was said, by which role, when, and that it was not changed since it was sealed.
- That everything that happened was entered. What was never sealed leaves no trace; the market's own audit compares its state with its facts, but only inside of the market.
- When something happened, by any clock but the market's. Records cannot be put in before a head that somebody kept; within that, \`occurredAt\` and \`at\` are the market's word.
- Who the people are. An actor is a commitment to an account; that the account belongs to whom it says rests on how the party was checked.
- That the history is the only one. Without a checkpoint that you kept, and without cosignatures of witnesses, the holder of the log's key can show each reader another history, roll the log back, or seal all of it anew: each of them verifies. Keep the checkpoint of every export, compare it with others, and ask for witnesses.
- That the log's key is the market's. The verifier key in a bundle proves nothing; get it another way.
- Values that were not opened to you, or that were erased: you see that they were committed to, not what they were. Held funds and amounts are replayed only as far as the amounts were opened and the book is in the bundle.
- That an opened value is all that there is to open. The bundle shows the values that you are entitled to; each of them fits its record.
- The states before a range: they are taken as given, and the report says so.
- That the map of an index over threads is right, unless the whole log is audited.
- That the data that was delivered is good, or still there. A delivery's hash says which bytes were meant.
- That the program that you run is the one you think it is: \`verify.mjs\` and \`verify.html\` came in the bundle. Take them from another place, or use another implementation.`
