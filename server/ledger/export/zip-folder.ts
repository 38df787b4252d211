import { createReadStream } from "node:fs"
import { open, readdir, readFile, stat } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"
import { createDeflateRaw, deflateRaw } from "node:zlib"
import { ZipWriter } from "./zip-writer.ts"

/** More files than that have a directory that no verifier would read into its memory. */
export const zipLimits = { files: 2_000_000 }

const smallBytes = 256 * 1024
const deflate = promisify(deflateRaw)

/**
 * Packs a folder into one zip, a part of a file in memory at a time, and makes it durable. Hash tiles do not get
 * smaller and are stored as they are. `progress` is told of bytes read. The caller has minded the limit.
 */
export async function zipFolder(
  folder: string,
  target: string,
  progress: (bytes: number) => Promise<void>,
): Promise<void> {
  const handle = await open(target, "w", 0o600)
  try {
    const zip = new ZipWriter(handle)
    let read = 0
    for (const name of await listFiles(folder)) {
      const file = path.join(folder, name)
      const { size } = await stat(file)
      if (size <= smallBytes) await addSmall(zip, name, await readFile(file))
      else
        await zip.add(
          name,
          createReadStream(file, { highWaterMark: smallBytes }),
          size,
          createDeflateRaw({ level: 6 }),
        )
      read += size
      await progress(read)
    }
    await zip.end()
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function addSmall(zip: ZipWriter, name: string, content: Uint8Array): Promise<void> {
  if (/^tile\/[0-9]/.test(name)) await zip.addWhole(name, content, content, 0)
  else await zip.addWhole(name, content, await deflate(content, { level: 6 }), 8)
}

/** Relative names with `/`, sorted, so that the same folder gives its files in the same order. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .sort()
}
