import { open, statfs } from "node:fs/promises"
import { join } from "node:path"
import type { DatasetProfile } from "#contracts/dataset.ts"
import { isRefusal, type Refusal, refuse } from "#contracts/refusal.ts"
import type { SealedFile } from "../storage/sealed-file.ts"
import type { ChildAnswer, ChildTask } from "./child-protocol.ts"
import { type ChildLimits, runChild } from "./run-child.ts"
import { inWorkFolder } from "./work-folder.ts"

/** Where and within which limits files are measured. */
export type Measuring = ChildLimits & {
  /** Private folders are made in here. */
  workRoot: string
  engine: ChildTask["limits"]
  /** Larger files are not measured. */
  maxBytes: number
}

export function defaultMeasuring(workRoot: string): Measuring {
  return {
    workRoot,
    timeMs: 10 * 60_000,
    residentMegabytes: 2048,
    maxBytes: 16 * 1024 ** 3,
    engine: { memoryMegabytes: 768, threads: 2, spillMegabytes: 20_000 },
  }
}

/** A file to be measured: its plain bytes, and the name its seller gave it. */
export type MeasuredFile = { file: SealedFile; name: string }

/**
 * Measures a file. Refuses what cannot be read as CSV, JSON, JSON Lines or Parquet (with the row, where there
 * is one, in the detail) and what takes more than the limits. Throws SealBrokenError when the stored bytes were
 * changed, and the signal's reason when aborted.
 */
export async function profileFile(
  source: MeasuredFile,
  measuring: Measuring,
  signal?: AbortSignal,
): Promise<DatasetProfile | Refusal> {
  const answer = await inChild(source, { do: "measure" }, measuring, signal)
  if (isRefusal(answer)) return answer
  if (answer.is !== "profile") throw new Error("the measuring process answered another question")
  return answer.profile
}

/** Decrypts the file into a private folder, runs the task on it there, and removes the folder. */
export async function inChild(
  { file, name }: MeasuredFile,
  work: ChildTask["work"],
  measuring: Measuring,
  signal?: AbortSignal,
): Promise<Exclude<ChildAnswer, { is: "refusal" }> | Refusal> {
  if (file.bytes === 0) return refuse("file_empty", "file")
  if (file.bytes > measuring.maxBytes)
    return refuse("profile_over_limit", "file", { most: measuring.maxBytes })
  return inWorkFolder(measuring.workRoot, async (folder) => {
    if (!(await fits(folder, file.bytes))) return refuse("profile_over_limit", "file", { reason: "disk" })
    await decryptTo(join(folder, "source"), file, signal)
    const answer = await runChild(
      { folder, fileName: name, limits: measuring.engine, work },
      measuring,
      signal,
    )
    if (isRefusal(answer)) return answer
    return answer.is === "refusal" ? (answer.refusal as Refusal) : answer
  })
}

/** Room for the file, its plain form and the engine's table. */
async function fits(folder: string, bytes: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize > 3 * bytes
}

async function decryptTo(path: string, file: SealedFile, signal?: AbortSignal): Promise<void> {
  const target = await open(path, "wx", 0o600)
  try {
    for await (const piece of file.read()) {
      signal?.throwIfAborted()
      await target.writeFile(piece)
    }
  } finally {
    await target.close()
  }
}
