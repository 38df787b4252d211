import { readFile } from "node:fs/promises"
import path from "node:path"
import { type Checkpoint, readCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { writeDurably } from "./durable-file.ts"

/**
 * The last head that was signed, kept outside PostgreSQL: what tells a restored or lagging database from the
 * true one. It is written before the checkpoint's row, which is what the world sees; so nobody can hold a head
 * that this file does not know.
 */
export const headFile = (home: string): string => path.join(home, "ledger", "checkpoint")

/** The file is there, and is no checkpoint. */
export class DamagedHeadError extends Error {}

/** The kept head, or null before the first one. Throws DamagedHeadError. */
export async function readKeptHead(home: string): Promise<Checkpoint | null> {
  const file = headFile(home)
  let text: string
  try {
    text = await readFile(file, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw error
  }
  const head = readCheckpoint(text)
  if (isMalformed(head)) throw new DamagedHeadError(`${file} is damaged: ${head.malformed}`)
  return head.unverifiedCheckpoint
}

export const keepHead = (home: string, note: string): Promise<void> => writeDurably(headFile(home), note)
