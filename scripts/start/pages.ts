import { once } from "node:events"
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { PlainFailure } from "#db/embedded/plain-failure.ts"
import { endProcess, spawnProgram } from "./child.ts"
import { hashFiles } from "./hash-files.ts"
import { logFileOf } from "./home.ts"
import { sayWhile } from "./say.ts"
import { developing, root, type Settings } from "./settings.ts"

const folders = ["app", "contracts", "db", "public", "server"]
const files = ["next.config.ts", "package-lock.json", "postcss.config.mjs", "proxy.ts", "tsconfig.next.json"]
const stamp = join(root, ".next", "quanheng-sources")

/** Are the built pages those of the sources as they are now? */
export const pagesAreBuilt = (): boolean => isBuilt(hashSources(root))

const isBuilt = (sources: string): boolean => existsSync(stamp) && readFileSync(stamp, "utf8") === sources

/** Builds the pages when their sources are not those of the last build. Throws PlainFailure when that fails. */
export async function buildPages(settings: Pick<Settings, "home">, signal: AbortSignal): Promise<void> {
  if (developing) return
  const sources = hashSources(root)
  if (isBuilt(sources)) return
  rmSync(stamp, { force: true })
  const logFile = logFileOf(settings.home, "build")
  if (!(await sayWhile("Building the pages (about half a minute) …", runBuild(logFile, signal)))) {
    const end = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-15).join("\n")
    throw new PlainFailure(`The pages could not be built. The end of ${logFile}:\n${end}`)
  }
  writeFileSync(stamp, sources)
}

async function runBuild(logFile: string, signal: AbortSignal): Promise<boolean> {
  const log = openSync(logFile, "w", 0o600)
  const file = join(root, "node_modules", "next", "dist", "bin", "next")
  const environment = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }
  const build = spawnProgram({ name: "build", file, arguments: ["build"], environment }, log)
  closeSync(log)
  const stop = () => void endProcess(build)
  signal.addEventListener("abort", stop)
  const [code] = await once(build, "close")
  signal.removeEventListener("abort", stop)
  signal.throwIfAborted()
  return code === 0
}

/** One hash over everything that the pages are made of; tests are not. */
export const hashSources = (base: string): string => hashFiles(base, folders, files)
