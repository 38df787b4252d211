import { createReadStream } from "node:fs"
import { type FileHandle, open, readdir } from "node:fs/promises"
import path from "node:path"
import { Zip, ZipDeflate, ZipPassThrough } from "fflate"

/** What the plain zip format can tell: more needs zip64, which not every tool reads. */
export const zipLimits = { files: 65_000, bytes: 4_000_000_000 }

/**
 * Packs a folder into one zip, a part of a file in memory at a time, and makes it durable. Hash tiles do not get
 * smaller and are stored as they are. `progress` is told of bytes read. The caller has minded the limits.
 */
export async function zipFolder(
  folder: string,
  target: string,
  progress: (bytes: number) => Promise<void>,
): Promise<void> {
  const handle = await open(target, "w", 0o600)
  try {
    await pack(folder, handle, progress)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function pack(
  folder: string,
  handle: FileHandle,
  progress: (bytes: number) => Promise<void>,
): Promise<void> {
  let waiting: Uint8Array[] = []
  let failure: Error | null = null
  const zip = new Zip((error, chunk) => {
    if (error) failure = error
    else waiting.push(chunk)
  })
  const drain = async (): Promise<void> => {
    if (failure) throw failure
    const chunks = waiting
    waiting = []
    if (chunks.length > 0) await handle.writeFile(Buffer.concat(chunks))
  }
  let read = 0
  for (const name of await listFiles(folder)) {
    const entry = /^tile\/[0-9]/.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 })
    zip.add(entry)
    for await (const chunk of createReadStream(path.join(folder, name)) as AsyncIterable<Buffer>) {
      entry.push(chunk)
      read += chunk.length
      await drain()
      await progress(read)
    }
    entry.push(new Uint8Array(0), true)
    await drain()
  }
  zip.end()
  await drain()
}

/** Relative names with `/`, sorted, so that the same folder gives its files in the same order. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .sort()
}
