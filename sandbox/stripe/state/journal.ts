import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs"
import { join } from "node:path"

/**
 * An append-only file of JSON lines, one line a commit. A line is written whole before its commit is answered,
 * so a killed process loses nothing that it acknowledged (a power cut may: it is not fsynced). A torn last line
 * is a commit that nobody was told of, and is cut off when the file is opened.
 */
export type Journal = {
  /** Throws when the line could not be written; the file is then as before. */
  append(line: string): void
  close(): void
}

const fileName = "journal.jsonl"

/** Opens the journal in `folder` (made when missing), and gives the whole lines that it holds. */
export function openJournal(folder: string): { journal: Journal; lines: string[] } {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, fileName)
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
  let length = bytes.lastIndexOf(0x0a) + 1
  const file = openSync(path, "a")
  if (length < bytes.length) ftruncateSync(file, length)
  const lines = bytes
    .subarray(0, length)
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
  const append = (line: string) => {
    try {
      length += writeWhole(file, `${line}\n`)
    } catch (error) {
      ftruncateSync(file, length)
      throw error
    }
  }
  return { journal: { append, close: () => closeSync(file) }, lines }
}

/** Replaces the journal by one that holds only `lines`; at every moment either the old or the new one is there. */
export function replaceJournal(folder: string, lines: Iterable<string>): void {
  const path = join(folder, fileName)
  const file = openSync(`${path}.new`, "w")
  for (const line of lines) writeWhole(file, `${line}\n`)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
}

function writeWhole(file: number, text: string): number {
  const bytes = Buffer.from(text, "utf8")
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
  return bytes.length
}
