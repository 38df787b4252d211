import { readFileSync } from "node:fs"
import { join } from "node:path"
import { unknownParameter } from "../http/errors.ts"
import type { Tree } from "../http/form.ts"

/** The names that Stripe knows below a parameter: of an object, of each element of a list, or any of a map. */
type Names = { is: "names"; inside: Map<string, Names> } | { is: "list"; of: Names } | { is: "map" }

/** Written by `node sandbox/stripe/schema/write.ts`; a test says when it is no longer what the SDK declares. */
export const knownFile = join(import.meta.dirname, "known-parameters.txt")

const known: ReadonlyMap<string, Names> = new Map(
  readFileSync(knownFile, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [route = "", names = ""] = line.split(": ")
      return [route, readNames(names.match(/[\w.-]+|[{}*]|\[\]/g) ?? [])]
    }),
)

/** Gives what throws where a request of this route carries a parameter that Stripe does not know. */
export function nameCheck(route: string): (tree: Tree) => void {
  const names = known.get(route)
  if (names === undefined) throw new Error(`no parameters are known of ${route}: see schema/wire.ts`)
  return (tree) => check(names, tree, "")
}

function check(names: Names, tree: Tree, path: string): void {
  if (typeof tree === "string" || names.is === "map") return
  for (const [key, value] of tree) {
    const at = path === "" ? key : `${path}[${key}]`
    const inside = names.is === "list" ? names.of : names.inside.get(key)
    if (inside === undefined) throw unknownParameter(at)
    check(inside, value, at)
  }
}

/** Reads `a b{c d} e[]{f} g*` from its tokens, up to the brace that closes it. */
function readNames(tokens: string[]): Names {
  const inside = new Map<string, Names>()
  for (let token = tokens.shift(); token !== undefined && token !== "}"; token = tokens.shift())
    inside.set(token, readSuffix(tokens))
  return { is: "names", inside }
}

function readSuffix(tokens: string[]): Names {
  const [next] = tokens
  if (next === "[]" || next === "{" || next === "*") tokens.shift()
  if (next === "[]") return { is: "list", of: readSuffix(tokens) }
  if (next === "{") return readNames(tokens)
  return next === "*" ? { is: "map" } : { is: "names", inside: new Map() }
}
