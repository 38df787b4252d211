import { mkdir, open, rename } from "node:fs/promises"
import path from "node:path"

/**
 * Puts a small file in place whole: a reader, or a start after a crash, finds the old content or the new one.
 * The content and the folder's entry are on disk when it returns.
 */
export async function writeDurably(file: string, content: string, mode = 0o644): Promise<void> {
  const folder = path.dirname(file)
  await mkdir(folder, { recursive: true })
  const temporary = `${file}.${process.pid}.tmp`
  const handle = await open(temporary, "w", mode)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
  await syncFolder(folder)
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
