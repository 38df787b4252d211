import { fileURLToPath } from "node:url"
import { runMarket } from "../start/market.ts"
import { marketPrograms } from "../start/programs.ts"
import { readSettings } from "../start/settings.ts"

/** `npm start` with the true database, sandbox, worker and sequencer, and a web process that has every door but no page. */
const file = (name: string) => fileURLToPath(new URL(name, import.meta.url))

process.exitCode = await runMarket(() => readSettings(process.env), {
  prepare: async () => {},
  async programs(settings, servingUrl) {
    const programs = await marketPrograms.programs(settings, servingUrl)
    return programs.map((program) =>
      program.name === "web" ? { ...program, file: file("doors-web.ts") } : program,
    )
  },
  seed: file("seed.ts"),
})
