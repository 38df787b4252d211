/** `npm run build`: builds the one-file verifiers, and the pages when their sources have changed, as `npm start` does by itself. */
import { resolve } from "node:path"
import { openHome } from "./start/home.ts"
import { buildPages } from "./start/pages.ts"
import { root } from "./start/settings.ts"
import { writeVerifiers } from "./verifiers.ts"

const home = resolve(process.env.QUANHENG_HOME || `${root}/.quanheng`)
try {
  openHome(home)
  await writeVerifiers()
  await buildPages({ home }, new AbortController().signal)
} catch (error) {
  console.error(error.name === "PlainFailure" ? error.message : error)
  process.exitCode = 1
}
