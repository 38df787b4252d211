import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/**
 * One hash over the names and bytes of what lies in these folders, at any depth, and of these files, below `base`; and
 * over the version of Node. Tests are left out, and so is what is not there.
 */
export function hashFiles(base: string, folders: readonly string[], files: readonly string[]): string {
  const hash = createHash("sha256").update(process.version)
  const names = folders.flatMap((folder) =>
    existsSync(join(base, folder))
      ? readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
          .map((entry) => join(entry.parentPath, entry.name))
      : [],
  )
  const present = files.map((file) => join(base, file)).filter((file) => existsSync(file))
  for (const name of [...names, ...present].toSorted()) {
    const bytes = readFileSync(name)
    hash.update(`${name.slice(base.length)}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest("hex")
}
