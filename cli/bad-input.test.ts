import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { zipSync } from "fflate"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { utf8 } from "#contracts/bytes.ts"
import { encodeLeaf } from "#contracts/ledger/encoding.ts"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { type Files, makeBundle, signFiles } from "#contracts/ledger/testing/bundle.ts"
import { origin, signer } from "#contracts/ledger/testing/fixture.ts"
import { market } from "#contracts/ledger/testing/market.ts"
import { chainLeaves, sealLog } from "#contracts/ledger/testing/seal.ts"
import { textOf } from "#contracts/ledger/testing/tamper/case.ts"
import { endKept, type Program, programs, runKept } from "./testing/observed-run.ts"
import { openPageWorker } from "./testing/page-worker.ts"
import { python, verifyManyByPy } from "./testing/python.ts"

/**
 * Every kind of bad input, each to every kind of verifier: a named verdict, never a crash, a hang or a false "ok". What
 * harms a program by its size or by what a path leads to is in hostile.slow.test.ts and verify-py.test.ts; what is
 * changed and looks whole, in the tamper matrix; a million changed inputs of each parser, in `npm run fuzz`.
 */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const log = sealLog(origin, market(14))
const whole = makeBundle(log, signer)
const key = formatVerifierKey(signer.key)

/** A file edited; the manifest is made and signed again over what is there. */
function signed(path: string, edit: (text: string) => string): Files {
  const changed = unsigned(path, edit)
  signFiles(changed, log, signer)
  return changed
}
function unsigned(path: string, edit: (text: string) => string): Files {
  const before = textOf(path, whole)
  const after = edit(before)
  if (after === before) throw new Error(`the edit of ${path} changed nothing`)
  return new Map(whole).set(path, utf8(after))
}
const records = (edit: (text: string) => string): Files => signed("records.jsonl", edit)
const opened = (edit: (text: string) => string): Files => signed("disclosures.jsonl", edit)
const manifest = (edit: (text: string) => string): Files => unsigned("manifest.json", edit)

/** Without a table and a book, so that only what the records themselves say is told. */
function ofAnother(kind: "version" | "type"): Files {
  const leaves = log.decoded.map((leaf, i) =>
    kind === "type" && i === 13 ? { ...leaf, type: "trade.beamed@1" } : leaf,
  )
  const other = chainLeaves(origin, leaves, log, (leaf, i) =>
    kind === "version" && i === 13 ? encodeLeaf(leaf).replace(/"v":1}$/, '"v":2}') : encodeLeaf(leaf),
  )
  const files = makeBundle(other, signer)
  for (const path of ["records.csv", "book.csv", "trial-balance.csv"]) files.delete(path)
  signFiles(files, other, signer)
  return files
}

const deep = (levels: number): string => "[".repeat(levels) + "]".repeat(levels)
const zip = (): Uint8Array => zipSync(Object.fromEntries(whole), { level: 0 })
const zipWith = (name: string): Uint8Array =>
  zipSync({ ...Object.fromEntries(whole), [name]: utf8("x") }, { level: 0 })

type Row = readonly [what: string, given: Files | Uint8Array, code: string]
const bad: readonly Row[] = [
  ["a zip cut off", zip().slice(0, -30), "bundle_unreadable"],
  ["records cut off", unsigned("records.jsonl", (text) => text.slice(0, text.length >> 1)), "file_changed"],
  ["records cut off, signed", records((text) => text.slice(0, text.length >> 1)), "record_malformed"],
  ["a manifest cut off", manifest((text) => text.slice(0, text.length >> 1)), "manifest_malformed"],
  ["a gigantic line", records((text) => `${text}${"x".repeat(5_000_000)}\n`), "file_too_large"],
  ["a gigantic head", unsigned("checkpoint", (text) => text + "\n".repeat(3_000_000)), "file_too_large"],
  ["a name out of the folder, in a zip", zipWith("../../evil"), "file_name_unsafe"],
  ["an absolute name, in a zip", zipWith("/etc/evil"), "file_name_unsafe"],
  [
    "a name out of the folder, in a manifest",
    manifest((t) => t.replace("records.csv", "../../etc/x")),
    "manifest_malformed",
  ],
  ["a manifest of a million lines", manifest((text) => text + "{\n".repeat(1_000_000)), "manifest_malformed"],
  [
    "deep JSON in a manifest",
    manifest((t) => t.replace('"filter": null', `"filter": ${deep(10_000)}`)),
    "manifest_malformed",
  ],
  [
    "deep JSON in a record",
    records((text) => text.replace('"body":{', `"body":{"a":${deep(10_000)},`)),
    "record_malformed",
  ],
  ["deep JSON in an opened value", opened((text) => `${deep(100_000)}\n${text}`), "disclosure_malformed"],
  [
    "a member twice in a manifest",
    manifest((t) => t.replace('"filter": null', '"filter": null,\n "filter": null')),
    "manifest_malformed",
  ],
  [
    "a member twice in a record",
    records((text) => text.replace('"v":1}', '"v":1,"v":1}')),
    "record_malformed",
  ],
  [
    "a member twice in an opened value",
    opened((text) => text.replace("{", '{"index":0,')),
    "disclosure_malformed",
  ],
  [
    "a lone surrogate in a manifest",
    manifest((t) => t.replace('"why": "', '"why": "\\ud800')),
    "manifest_malformed",
  ],
  [
    "a lone surrogate in a record",
    records((t) => t.replace('"role":"', '"role":"\\ud800')),
    "record_malformed",
  ],
  [
    "a lone surrogate in an opened value",
    opened((t) => t.replace('"value":', '"value":"\\ud800","x":')),
    "disclosure_malformed",
  ],
  [
    "a size beyond 2^53 in a manifest",
    manifest((t) => t.replace('"size": 14', '"size": 9007199254740993')),
    "manifest_malformed",
  ],
  [
    "an index beyond 2^53 in a record",
    records((t) => t.replace('"index":3,', '"index":9007199254740993,')),
    "record_malformed",
  ],
  [
    "an index beyond 2^53 in an opened value",
    opened((t) => t.replace(/"index":\d+/, '"index":9007199254740993')),
    "disclosure_malformed",
  ],
]
const unknown: readonly (readonly [what: string, given: Files, kind: string])[] = [
  ["a record of an unknown version", ofAnother("version"), "v2"],
  ["a fact of an unknown type", ofAnother("type"), "trade.beamed@1"],
]
const rows = [...bad, ...unknown]

type Said = {
  readonly verdict: string
  readonly codes: readonly string[]
  readonly unknown: readonly string[]
}
type Report = {
  verdict: string
  failures: readonly { code: string }[]
  unknown: { kinds: readonly string[] }
}
const said = ({ verdict, failures, unknown }: Report): Said => ({
  verdict,
  codes: failures.map(({ code }) => code),
  unknown: unknown.kinds,
})

let home = ""
const pathOf = (i: number): string => join(home, String(i))
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "quanheng-bad-input-"))
  for (const [i, [, given]] of rows.entries()) {
    if (given instanceof Uint8Array) await writeFile(pathOf(i), given)
    else
      for (const [path, bytes] of given) {
        await mkdir(dirname(join(pathOf(i), path)), { recursive: true })
        await writeFile(join(pathOf(i), path), bytes)
      }
  }
})
afterAll(async () => {
  endKept()
  await rm(home, { recursive: true, force: true })
})

function expectSaid(i: number, { verdict, codes, unknown }: Said): void {
  const [what, , expected] = rows[i] as Row
  if (i < bad.length) {
    expect(verdict, what).toBe("broken")
    expect(codes, what).toContain(expected)
  } else
    expect({ verdict, codes, unknown }, what).toEqual({ verdict: "intact", codes: [], unknown: [expected] })
}

const numbered = rows.map(([what], i) => ({ what, i }))

/** Both are the same library, so they take the rows in turns; each takes all by `npm run test:large`. */
const all = Object.keys(programs) as Program[]

describe.each(all)("%s", (program) => {
  const its = numbered.filter(({ i }) => process.env.QUANHENG_LARGE || all[i % all.length] === program)
  test.each(its)("$what", async ({ i }) => {
    const { code, stdout, stderr } = await runKept(program, [pathOf(i), "--vkey", key, "--json"])
    expect([code, stderr]).toEqual([i < bad.length ? 1 : 0, ""])
    expectSaid(i, said(JSON.parse(stdout)))
  })
})

describe("the page's worker", async () => {
  const ask = await openPageWorker()
  test.each(numbered)("$what", async ({ i }) => {
    const given = (rows[i] as Row)[1]
    const files =
      given instanceof Uint8Array
        ? [{ path: "7.zip", file: new Blob([given as BlobPart]) }]
        : [...given].map(([path, bytes]) => ({
            path: `export-7/${path}`,
            file: new Blob([bytes as BlobPart]),
          }))
    const outcome = await ask({ files, key, kept: "", keptHeads: [], tamper: null })
    if (outcome.kind !== "bundle") throw new Error(JSON.stringify(outcome))
    expectSaid(i, said(outcome.report))
  })
})

describe.skipIf(python === null)("docs/verify.py", () => {
  let answers: readonly [number, string][] = []
  beforeAll(async () => {
    answers = await verifyManyByPy(rows.map((_, i) => [pathOf(i), "--vkey", key, "--json"]))
  })
  test.each(numbered)("$what", ({ i }) => {
    const [code, stdout] = answers[i] ?? []
    expect(code).toBe(i < bad.length ? 1 : 0)
    const told = said(JSON.parse(stdout ?? ""))
    // It leaves meaning alone, and so knows no types: to it each is as good as another.
    if (rows[i]?.[2] === "trade.beamed@1") expect(told).toEqual({ verdict: "intact", codes: [], unknown: [] })
    else expectSaid(i, told)
  })
})
