import { fromUtf8, utf8 } from "../../bytes.ts"
import { memoryBundle } from "../bundle.ts"
import { bundleFiles } from "../export.ts"
import type { Policy } from "../policy.ts"
import type { Report } from "../report.ts"
import { verifyBundle } from "../verify.ts"
import { type Files, makeBundle, signFiles } from "./bundle.ts"
import { market } from "./market.ts"
import { makeSigner, sealLog, testCrypto } from "./seal.ts"

/** For tests: one log of 270 records and its bundle, whole and untouched, to be copied and changed. */
export const origin = "quanheng/test/0a1b2c3d"
export const signer = makeSigner(origin)
export const size = 270
export const log = sealLog(origin, market(size))
export const pristine: Files = makeBundle(log, signer)

export const verify = (files: Files, since?: string, keys = [signer.key], policy?: Policy): Promise<Report> =>
  verifyBundle(memoryBundle(files), {
    crypto: testCrypto,
    keys,
    ...(since === undefined ? {} : { since }),
    ...(policy === undefined ? {} : { policy }),
  })

/** What was found, short: "code record file". */
export const found = (report: Report): string[] =>
  report.failures.map(({ code, record, file }) =>
    [code, record, file].filter((part) => part !== undefined).join(" "),
  )

export function edited(path: string, edit: (text: string) => string, from = pristine): Files {
  const files = new Map(from)
  files.set(path, utf8(edit(fromUtf8(files.get(path) as Uint8Array))))
  return files
}

/** Edits the lines of records.jsonl, and signs the manifest again so that only the records themselves can tell. */
export function withRecords(edit: (lines: string[]) => string[]): Files {
  const files = edited(bundleFiles.records, (text) => `${edit(text.trimEnd().split("\n")).join("\n")}\n`)
  signFiles(files, log, signer)
  return files
}
