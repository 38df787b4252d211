import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { verifyCertificateFile } from "./certificate-json.ts"
import { type FailureCode, failureCodes } from "./failure.ts"
import { isMalformed } from "./malformed.ts"
import { parsePolicy } from "./policy.ts"
import { found, pristine, verify } from "./testing/fixture.ts"
import { sha256, testCrypto } from "./testing/seal.ts"
import { type TamperCase, whole } from "./testing/tamper/case.ts"
import { tamperCases, tamperMatrix } from "./testing/tamper/matrix.ts"
import { tamperPage } from "./testing/tamper/page.ts"

const short = ({ code, record, file }: { code: string; record?: number; file?: string }): string =>
  [code, record, file].filter((part) => part !== undefined).join(" ")

async function outcome({ make }: TamperCase): Promise<{ verdict: string; finds: string[] }> {
  const { files, certificate, keys, since, policy: text } = make()
  const policy = text === undefined ? undefined : parsePolicy(text, sha256)
  if (isMalformed(policy)) throw new Error(policy.malformed)
  if (certificate === undefined) {
    const report = await verify(files, since, [...keys], policy)
    return { verdict: report.verdict, finds: found(report) }
  }
  const { failures } = verifyCertificateFile(certificate, { keys, crypto: testCrypto })
  return { verdict: failures.length > 0 ? "broken" : "intact", finds: failures.map(short) }
}

test("the bundle that the cases change is intact", async () => {
  expect(found(await verify(whole))).toEqual([])
  expect(await verify(whole)).toMatchObject({ verdict: "intact" })
})

describe.each(tamperMatrix)("$title", ({ cases }) => {
  test.each(cases)("$edit", async (one) => {
    const { verdict, finds } = await outcome(one)
    expect({ verdict, finds }).toMatchObject({ verdict: one.verdict })
    expect(finds).toEqual(expect.arrayContaining([...one.finds]))
    if (one.verdict !== "broken") expect(finds).toEqual([])
  })
})

test("each row is there once and finds something, and there are at least 40", () => {
  const edits = tamperMatrix.flatMap(({ title, cases }) => cases.map(({ edit }) => `${title}: ${edit}`))
  expect(new Set(edits).size).toBe(edits.length)
  expect(edits.length).toBeGreaterThanOrEqual(40)
  for (const { verdict, finds, edit } of tamperCases)
    expect(finds.length > 0, edit).toBe(verdict === "broken")
})

test("every failure that a verifier knows is in the matrix", () => {
  const inMatrix = new Set(tamperCases.flatMap(({ finds }) => finds.map((find) => find.split(" ")[0])))
  // A zip that cannot be unpacked is not in the rows, which are files: cli/hostile.test.ts. The matrix's log has no
  // index of its threads, and is not
  // filtered: thread-map.test.ts, verify-filtered.test.ts.
  const elsewhere: readonly FailureCode[] = [
    "bundle_unreadable",
    "record_not_asked_for",
    "thread_record_missing",
    "thread_incomplete",
    "thread_not_counted",
    "index_line_malformed",
    "index_proof_wrong",
    "index_not_named",
    "index_wrong",
  ]
  expect(failureCodes.filter((code) => !inMatrix.has(code))).toEqual(elsewhere)
})

test("one flipped byte in the middle of any file is found, in its file", async () => {
  for (const [path, bytes] of pristine) {
    const at = bytes.length >> 1
    const report = await verify(new Map(pristine).set(path, bytes.with(at, (bytes[at] as number) ^ 1)))
    expect(report.verdict, path).toBe("broken")
    expect(report.failures.some(({ file }) => file === path) || path === "log.vkey", path).toBe(true)
  }
})

test("docs/tamper-matrix.md tells of these rows; else run: node scripts/tamper-page.ts", () => {
  const page = new URL("../../docs/tamper-matrix.md", import.meta.url)
  expect(readFileSync(page, "utf8")).toBe(tamperPage())
})
