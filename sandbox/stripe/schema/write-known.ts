import type { Schema, Schemas } from "./derive.ts"

const deepest = 8

/**
 * The names of the parameters that Stripe knows as text, a line a route: `metadata* items[]{price quantity}`.
 * `*` marks a map with names of the caller's, `[]` a list, braces what is inside.
 */
export function writeKnown({ shapes, requests }: Schemas): string {
  const lines = Object.entries(requests).map(([route, schema]) => `${route}: ${names(schema, 0)}`)
  return `${lines.sort().join("\n")}\n`

  function names(schema: Schema, depth: number): string {
    if (schema.is !== "ref" || depth > deepest) return ""
    const members = Object.entries(shapes[schema.shape]?.members ?? {})
    return members
      .map(([name, member]) => `${name}${suffix(member, depth)}`)
      .sort()
      .join(" ")
  }

  function suffix(schema: Schema, depth: number): string {
    if (schema.is === "list") return `[]${suffix(schema.of, depth)}`
    if (schema.is === "map") return "*"
    if (schema.is === "union") {
      // A parameter may be text or an object; of two objects the names of both are known.
      const inside = new Set(schema.of.map((each) => suffix(each, depth)).filter((each) => each !== ""))
      const braced = [...inside].filter((each) => each.startsWith("{"))
      if (braced.length < 2) return [...inside][0] ?? ""
      return `{${braced.map((each) => each.slice(1, -1)).join(" ")}}`
    }
    return schema.is === "ref" ? `{${names(schema, depth + 1)}}` : ""
  }
}
