import { mkdir, open, readFile, rename } from "node:fs/promises"
import { dirname } from "node:path"

/** Puts a small file in place whole, content and name on disk when it returns: a reader finds the old or the new. */
export async function writeDurably(file: string, content: string, mode = 0o644): Promise<void> {
  const folder = dirname(file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const temporary = `${file}.tmp`
  const handle = await open(temporary, "w", mode)
  try {
    await handle.writeFile(content)
    await handle.chmod(mode)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
  const entry = await open(folder, "r")
  try {
    await entry.sync()
  } finally {
    await entry.close()
  }
}

/** The file's text, or null when there is none. */
export async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw error
  }
}
