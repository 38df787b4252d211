import { readFile, rm } from "node:fs/promises"
import path from "node:path"
import { writeDurably } from "./durable-file.ts"
import type { SealingRefused } from "./lead.ts"

/**
 * Why sealing has stopped, kept beside the last head for everybody who is not the sequencer: readiness, the start
 * script, a person who looks. It is there only while sealing is refused.
 */
export const stoppedFile = (home: string): string => path.join(home, "ledger", "stopped")

export const keepStopped = (home: string, stopped: SealingRefused): Promise<void> =>
  writeDurably(stoppedFile(home), `${JSON.stringify(stopped)}\n`)

export const forgetStopped = (home: string): Promise<void> => rm(stoppedFile(home), { force: true })

/** Null while sealing goes on. */
export async function readStopped(home: string): Promise<SealingRefused | null> {
  try {
    return JSON.parse(await readFile(stoppedFile(home), "utf8")) as SealingRefused
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw error
  }
}
