/**
 * `npm run migration -- "seats are guarded"`: writes db/migrations/<number>_seats_are_guarded.sql with what
 * has changed in db/schema. `--custom` before the sentence makes an empty one, for triggers and the like.
 */
import { spawnSync } from "node:child_process"

const words = process.argv.slice(2)
const custom = words.includes("--custom")
const sentence = words.filter((word) => word !== "--custom").join(" ")
const name =
  sentence
    .toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join("_") ?? ""

if (!name.includes("_")) {
  console.error('Say in a short English sentence what it does: npm run migration -- "seats are guarded"')
  process.exit(1)
}
const args = ["drizzle-kit", "generate", "--name", name, ...(custom ? ["--custom"] : [])]
process.exitCode = spawnSync("npx", args, { stdio: "inherit" }).status ?? 1
