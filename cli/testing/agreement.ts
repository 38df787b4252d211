import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { zipSync } from "fflate"
import { verifyCertificateFile } from "#contracts/ledger/certificate-json.ts"
import type { FailureCode } from "#contracts/ledger/failure.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { parsePolicy } from "#contracts/ledger/policy.ts"
import { exitCodes, type Verdict } from "#contracts/ledger/report.ts"
import { found, verify } from "#contracts/ledger/testing/fixture.ts"
import { sha256, testCrypto } from "#contracts/ledger/testing/seal.ts"
import type { Given } from "#contracts/ledger/testing/tamper/case.ts"
import { verifyManyByPy } from "./python.ts"

/** For tests: two verifiers that share no code, asked about the same bundles. */

/** What docs/verify.py leaves alone and says so: whether what the records tell of may happen. */
const ofMeaning: ReadonlySet<string> = new Set<FailureCode>([
  "body_malformed",
  "subject_missing",
  "version_gap",
  "step_illegal",
  "step_while_frozen",
  "payment_step_illegal",
  "released_over_held",
  "trade_without_payment",
  "journal_missing",
  "journal_stray",
  "journal_changed",
  "journal_unbalanced",
  "amount_mismatch",
  "book_malformed",
  "trial_balance_wrong",
])

/** A verdict and the failures behind it, each once: "code record file". */
export type Opinion = { readonly code: number; readonly verdict: Verdict; readonly finds: readonly string[] }

type Told = { readonly code: string; readonly record?: number; readonly file?: string }
const short = ({ code, record, file }: Told): string =>
  [code, record, file].filter((part) => part !== undefined).join(" ")
const opinion = (code: number, verdict: Verdict, finds: readonly string[]): Opinion => ({
  code,
  verdict,
  finds: [...new Set(finds)].sort(),
})

/** What the TypeScript verifier finds, but for the meaning. */
export async function byTypeScript({
  files,
  certificate,
  keys,
  since,
  policy: text,
}: Given): Promise<Opinion> {
  const policy = text === undefined ? undefined : parsePolicy(text, sha256)
  if (isMalformed(policy)) throw new Error(policy.malformed)
  const trust = { keys, ...(policy === undefined ? {} : { policy }) }
  const report = certificate === undefined ? await verify(files, since, [...keys], policy) : null
  const all =
    report !== null
      ? found(report)
      : verifyCertificateFile(certificate ?? "", { ...trust, crypto: testCrypto }).failures.map(short)
  const finds = all.filter((text) => !ofMeaning.has(text.split(" ")[0] as string))
  const isTrusted = keys.length > 0 || (policy?.logs.length ?? 0) > 0
  const sound =
    report?.failureCount === 0
      ? report.verdict
      : isTrusted
        ? ("intact" as const)
        : ("unauthenticated" as const)
  const verdict = finds.length > 0 ? "broken" : sound
  return opinion(exitCodes[verdict], verdict, finds)
}

/** What docs/verify.py finds in each: as a folder, and each third case as a zip. */
export async function byPython(cases: readonly Given[]): Promise<Opinion[]> {
  const home = await mkdtemp(join(tmpdir(), "quanheng-verify-py-"))
  try {
    const runs: string[][] = []
    for (const [i, one] of cases.entries()) runs.push(await writeRun(one, i, home))
    return (await verifyManyByPy(runs)).map(([exit, text]) => {
      const report = JSON.parse(text) as { verdict: Verdict; failures: Told[] }
      return opinion(exit, report.verdict, report.failures.map(short))
    })
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** Writes what a reader has in hand; answers the arguments of the run. */
async function writeRun(given: Given, i: number, home: string): Promise<string[]> {
  const { files, certificate, keys, since, policy } = given
  const path = join(home, String(i))
  const args = ["--json", ...keys.flatMap((key) => ["--vkey", formatVerifierKey(key)])]
  if (since !== undefined) {
    await writeFile(`${path}.kept`, since)
    args.push("--since", `${path}.kept`)
  }
  if (policy !== undefined) {
    await writeFile(`${path}.policy`, policy)
    args.push("--policy", `${path}.policy`)
  }
  if (certificate !== undefined) await writeFile(path, certificate)
  else if (i % 3 === 0) await writeFile(path, zipSync(Object.fromEntries(files), { level: 1 }))
  else
    for (const [file, bytes] of files) {
      await mkdir(dirname(join(path, file)), { recursive: true })
      await writeFile(join(path, file), bytes)
    }
  return [path, ...args]
}
