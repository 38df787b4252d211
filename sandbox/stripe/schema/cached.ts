import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { deriveSchemas, type Schemas } from "./derive.ts"

const modules = join(import.meta.dirname, "../../../node_modules")

/** The schemas, derived once for each SDK and each version of the script: that takes two seconds. */
export function cachedSchemas(): Schemas {
  const inputs = [
    join(modules, "stripe/package.json"),
    ...["wire.ts", "derive.ts"].map((name) => join(import.meta.dirname, name)),
  ]
  const hash = createHash("sha256")
  for (const path of inputs) hash.update(readFileSync(path))
  const folder = join(modules, ".cache/stripe-sandbox")
  const path = join(folder, `schemas-${hash.digest("hex").slice(0, 16)}.json`)
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Schemas
  const schemas = deriveSchemas()
  mkdirSync(folder, { recursive: true })
  // Several test workers may do this at once: each writes a file of its own and moves it into place.
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(schemas))
  renameSync(`${path}.${process.pid}`, path)
  return schemas
}
