import { unreadable } from "./errors.ts"

/**
 * A parameter tree: what both a form body with nested keys (`line_items[0][price_data][currency]=cny`) and a
 * JSON body (version 2 of the API) become before they are read. A list is a map with the keys 0, 1, 2 …; every
 * leaf is text. Maps, not objects, so that a key such as `__proto__` is only a key.
 */
export type Tree = string | Map<string, Tree>

const depthLimit = 10

/** Parses `application/x-www-form-urlencoded` text, also a query string, into a tree. */
export function parseForm(text: string): Map<string, Tree> {
  const root = new Map<string, Tree>()
  for (const [key, value] of new URLSearchParams(text)) insert(root, splitKey(key), value, key)
  return root
}

function splitKey(key: string): string[] {
  const head = key.split("[", 1)[0] ?? ""
  const rest = key.slice(head.length)
  if (head === "" || head.includes("]") || !/^(\[[^[\]]*\])*$/.test(rest))
    throw unreadable(`Invalid key: ${key}`, "parameter_invalid")
  const parts = [head, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? "")]
  if (parts.length > depthLimit) throw unreadable(`Key nested too deeply: ${key}`, "parameter_invalid")
  return parts
}

function insert(root: Map<string, Tree>, parts: readonly string[], value: string, key: string): void {
  let node = root
  for (const [index, part] of parts.entries()) {
    const name = part === "" ? String(node.size) : part
    const present = node.get(name)
    if (index === parts.length - 1) {
      if (present !== undefined) throw unreadable(`Parameter given twice: ${key}`, "parameter_invalid", key)
      node.set(name, value)
    } else if (present === undefined) {
      const child = new Map<string, Tree>()
      node.set(name, child)
      node = child
    } else if (typeof present === "string") {
      throw unreadable(`Parameter is both a value and a map: ${key}`, "parameter_invalid", key)
    } else {
      node = present
    }
  }
}

/** Parses the JSON body of a version 2 request into the same tree; null means absent. */
export function parseJson(text: string): Map<string, Tree> {
  if (text.trim() === "") return new Map()
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw unreadable("The request body is not valid JSON.", "invalid_fields")
  }
  const tree = toTree(value)
  if (tree instanceof Map) return tree
  throw unreadable("The request body is not a JSON object.", "invalid_fields")
}

function toTree(value: unknown): Tree | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof value !== "object") return String(value)
  const node = new Map<string, Tree>()
  for (const [key, child] of Object.entries(value)) {
    const tree = toTree(child)
    if (tree !== undefined) node.set(key, tree)
  }
  return node
}
