/** `npm start`: see scripts/start/market.ts. This file only makes sure that Node can run TypeScript. */
const [major, minor] = process.versions.node.split(".").map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Quanheng needs Node 22.18 or newer and this is ${process.versions.node}. Run npm start: it brings its own.`,
  )
  process.exit(1)
}
process.title = "quanheng"
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
