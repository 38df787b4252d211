/** `npm start`: see scripts/start/market.ts. This file only makes sure that Node can run TypeScript. */
import module from "node:module"
import { join } from "node:path"

const [major, minor] = process.versions.node.split(".").map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Quanheng needs Node 22.18 or newer and this is ${process.versions.node}. Run npm start: it brings its own.`,
  )
  process.exit(1)
}
process.title = "quanheng"
// What the last start has compiled. Nothing follows from it where the folder cannot be written.
module.enableCompileCache(
  process.env.NODE_COMPILE_CACHE || join(import.meta.dirname, "../node_modules/.cache/compiled"),
)
await import("./start/quick-resolve.mjs")
const { runMarket } = await import("./start/market.ts")
const { readSettings } = await import("./start/settings.ts")
const { marketPrograms } = await import("./start/programs.ts")
const { buildPages } = await import("./start/pages.ts")
const { writeVerifiers } = await import("./verifiers.ts")
process.exitCode = await runMarket(() => readSettings(process.env), {
  ...marketPrograms,
  async prepare(settings, signal) {
    await writeVerifiers()
    await buildPages(settings, signal)
  },
})
