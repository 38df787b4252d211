import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

/** What of a log is exported: all files of the bundle; records.jsonl alone. */
export type Exporting = "whole" | "records"

export type ExportRates = {
  /** Records a second; the start of the process and its connections are not in it. */
  readonly rate: number
  readonly peakBytes: number
}

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
/** As the market starts its worker, which writes exports (scripts/start/child.ts). */
const flags = ["--max-semi-space-size=64", "--import", fileOf("../scripts/start/quick-resolve.mjs")]

/** Exports a log of a bench into the folder, in a process of its own, so that its memory is its own. */
export async function exportRates(
  what: Exporting,
  log: { readonly url: string; readonly folder: string },
  folder: string,
): Promise<ExportRates> {
  const args = [...flags, fileOf("./export-main.ts"), what, log.url, log.folder, folder]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as ExportRates
}
