import { mkdir, open, rename } from "node:fs/promises"
import path from "node:path"

/**
 * Puts a small file in place whole: a reader, or a start after a crash, finds the old content or the new one.
 * The content and the folder's entry are on disk when it returns.
 */
export async function writeDurably(file: string, content: string, mode = 0o644): Promise<void> {
  const temporary = await writeBeside(file, content, mode)
  await rename(temporary, file)
  await syncFolder(path.dirname(file))
}

let written = 0

/** A file of its own in the same folder, its content on disk, to be put in its place; answers its name. */
export async function writeBeside(file: string, content: string, mode = 0o644): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true })
  written += 1
  const temporary = `${file}.${process.pid}-${written}.tmp`
  const handle = await open(temporary, "w", mode)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return temporary
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
