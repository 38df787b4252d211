import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { hashFiles } from "./start/hash-files.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
export const verifiersFolder = join(root, "public", "verify")

/**
 * Builds the verifiers that are files of their own, from the same contracts/ledger as everything else, in a
 * quarter of a second: verify.mjs and verify.html for every export bundle, worker.js for the verify page. They are
 * readable where a person may want to read them. The same sources give the same bytes.
 */
export async function buildVerifiers(): Promise<Readonly<Record<string, string>>> {
  const [command, worker, script] = await Promise.all([
    bundle("cli/single-file.ts", { platform: "node", format: "esm", minify: false }),
    bundle("app/_verify/worker.ts", { platform: "browser", format: "iife", minify: true }),
    bundle("app/_verify/offline/page.ts", { platform: "browser", format: "iife", minify: true }),
  ])
  const page = (name: string) => readFileSync(join(root, "app/_verify/offline", name), "utf8")
  const html = page("page.html")
    .replace("/* page.css */", () => page("page.css"))
    .replace("/* worker.js */", () => inline(notice + worker))
    .replace("/* page.js */", () => inline(script))
  return {
    "verify.mjs": `#!/usr/bin/env node\n${notice}${command}`,
    "verify.html": html,
    "worker.js": notice + worker,
  }
}

const notice = `/*! Quanheng, the one-file verifier. Apache-2.0. Built from contracts/ledger of the source repository.
 * Holds parts of zod (MIT, Colin McDonnell), canonicalize (Apache-2.0, Samuel Erdtman) and, in the browser,
 * @noble/hashes and @noble/curves (MIT, Paul Miller). */
`

type Target = { platform: "node" | "browser"; format: "esm" | "iife"; minify: boolean }

async function bundle(input: string, { platform, format, minify }: Target): Promise<string> {
  // Only where something is to be built: it is a start's time otherwise.
  const { rolldown } = await import("rolldown")
  const build = await rolldown({ input, platform, cwd: root, logLevel: "warn" })
  try {
    const { output } = await build.generate({ format, minify, codeSplitting: false })
    return output[0].code
  } finally {
    await build.close()
  }
}

/** A script inside of a page ends at `</script`, and `<!--` begins a state of its own. */
const inline = (code: string): string =>
  code.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--")

const stamp = join(root, "node_modules", ".cache", "quanheng-verifiers")

/** Of what they are made of and of themselves: one that somebody has changed by hand is made again. */
const stampNow = (): string =>
  hashFiles(root, ["app", "cli", "contracts", "public/verify"], ["package-lock.json", "scripts/verifiers.ts"])

/**
 * Puts them where the pages serve them and the export takes them from, when they are not those of the sources as they
 * are now; what is there already stays untouched.
 */
export async function writeVerifiers(): Promise<void> {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === stampNow()) return
  mkdirSync(verifiersFolder, { recursive: true })
  for (const [name, content] of Object.entries(await buildVerifiers())) {
    const file = join(verifiersFolder, name)
    if (existsSync(file) && readFileSync(file, "utf8") === content) continue
    const fresh = `${file}.${process.pid}`
    writeFileSync(fresh, content)
    renameSync(fresh, file)
  }
  try {
    mkdirSync(dirname(stamp), { recursive: true })
    writeFileSync(stamp, stampNow())
  } catch {
    // Packages that are somebody else's: then they are made at each start, which is as right.
  }
}
