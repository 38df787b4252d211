import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises"
import { join } from "node:path"

const prefix = "measure-"

/** Runs `work` with a private folder (0700), which is removed whatever happens. */
export async function inWorkFolder<T>(root: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(root, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(root, prefix))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/**
 * Removes folders that a killed process left behind: those not touched since `beforeMs` (milliseconds since
 * 1970), which must lie further back than the longest measuring. Returns how many there were.
 */
export async function sweepWorkFolders(root: string, beforeMs: number): Promise<number> {
  let swept = 0
  for (const name of await readdir(root).catch(() => [] as string[])) {
    if (!name.startsWith(prefix)) continue
    const found = await stat(join(root, name)).catch(() => null)
    if (found === null || found.mtimeMs >= beforeMs) continue
    await rm(join(root, name), { recursive: true, force: true })
    swept += 1
  }
  return swept
}
