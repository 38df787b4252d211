import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import { readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { bundleFiles } from "#contracts/ledger/export.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { exportRates } from "./export-process.ts"
import { openFilledLog } from "./filled-log.ts"

/** An exported bundle of a log such as `openFilledLog` makes. */
export type BenchBundle = { readonly folder: string; readonly records: number; close(): Promise<void> }

/**
 * The bundle in the folder that QUANHENG_BUNDLE names, or a new one of `records` records; that is kept there where
 * there is none yet, for the next run: making a log of a million records takes several minutes.
 */
export async function openBundle(
  records: number,
  say: (sentence: string) => void,
  kept = process.env.QUANHENG_BUNDLE,
): Promise<BenchBundle> {
  if (kept !== undefined && existsSync(path.join(kept, bundleFiles.manifest))) {
    const head = readCheckpoint(readFileSync(path.join(kept, bundleFiles.checkpoint)))
    if (isMalformed(head)) throw new Error(head.malformed)
    const { size } = head.unverifiedCheckpoint
    say(`The bundle of ${size} records in ${kept} is used.`)
    return { folder: kept, records: size, close: async () => undefined }
  }
  say(`Making a log of ${records} records …`)
  const log = await openFilledLog(records)
  const folder = kept ?? path.join(log.folder, "bundle")
  try {
    await exportRates("whole", log, folder)
  } catch (error) {
    await log.close()
    throw error
  }
  return { folder, records, close: () => log.close() }
}
