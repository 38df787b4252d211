import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

/** What of a bundle is read: everything; records.jsonl and its tiles alone; its meaning alone. 2: by two threads. */
export type Reading = "whole" | "whole2" | "records" | "records2" | "replay"

export type ReaderRates = {
  /** Records a second, and a second of processor time; the start of the process is not in it. */
  readonly rate: number
  readonly perProcessor: number
  readonly peakBytes: number
}

const program = fileURLToPath(new URL("./reader-main.ts", import.meta.url))

/** Reads the bundle in a process of its own, so that its memory is its own. */
export async function readerRates(what: Reading, folder: string): Promise<ReaderRates> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, what, folder])
  return JSON.parse(stdout) as ReaderRates
}
