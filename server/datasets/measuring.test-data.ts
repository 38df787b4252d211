import { randomBytes } from "node:crypto"
import { makeDiskStore } from "../storage/disk.ts"
import { createSealed, openSealed, type SealedFile } from "../storage/sealed-file.ts"
import { defaultMeasuring, type Measuring } from "./profile.ts"

/** Limits that a small file never reaches and a hostile one reaches soon. */
export function smallMeasuring(workRoot: string): Measuring {
  return {
    ...defaultMeasuring(workRoot),
    timeMs: 60_000,
    engine: { memoryMegabytes: 256, threads: 1, spillMegabytes: 500 },
  }
}

/** Stores bytes sealed and opens them, as an upload would. */
export async function sealedFile(
  root: string,
  plain: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<SealedFile> {
  const store = makeDiskStore(root)
  const key = randomBytes(32)
  const writer = await createSealed(store, key)
  if (plain instanceof Uint8Array) await writer.write(plain)
  else for await (const piece of plain) await writer.write(piece)
  await writer.finish()
  const file = await openSealed(store, key, writer.key)
  if (file === null) throw new Error("the file was not stored")
  return file
}
