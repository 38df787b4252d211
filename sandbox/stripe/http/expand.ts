import { findTopUp, showMove } from "../objects/balance.ts"
import type { World } from "../state/world.ts"
import { refused } from "./errors.ts"

/** The object that an expandable id names, by the id's prefix. */
function lookUp(world: World, id: string): object | null {
  const { store } = world
  const prefix = id.slice(0, id.indexOf("_"))
  if (prefix === "cs") return store.get("session", id) ?? null
  if (prefix === "pi") return store.get("intent", id) ?? null
  if (prefix === "ch") return store.get("charge", id) ?? null
  if (prefix === "du") return store.get("dispute", id) ?? null
  if (prefix === "re") return store.get("refund", id) ?? null
  if (prefix === "cus") return store.get("customer", id) ?? null
  if (prefix === "py") return store.get("payment", id)?.charge ?? null
  if (prefix === "pyr") return store.get("payment_refund", id)?.refund ?? null
  if (prefix === "po") return store.get("payout", id)?.payout ?? null
  if (prefix === "ba") return store.get("bank", id)?.account ?? null
  if (prefix === "tr") return store.get("transfer", id) ?? null
  if (prefix === "trr") return store.get("reversal", id) ?? null
  if (prefix === "tu") return findTopUp(world, id)
  const move = prefix === "txn" ? store.get("move", id) : undefined
  return move === undefined ? null : showMove(world, move.entry)
}

/** Lists that an object shows only when asked for, by the name of the property. */
function include(world: World, parent: object, property: string): object | null {
  if (property !== "line_items" || !("object" in parent) || parent.object !== "checkout.session") return null
  if (!("id" in parent) || typeof parent.id !== "string") return null
  const items = world.store.get("plan", parent.id)?.items ?? []
  return {
    object: "list",
    url: `/v1/checkout/sessions/${parent.id}/line_items`,
    has_more: false,
    data: items,
  }
}

/**
 * Answers `expand[]=payment_intent.latest_charge`: ids along each path are replaced by their objects, at most
 * four levels deep. `data.` at the head of a path goes into the objects of a list.
 */
export function expandPaths(world: World, answer: object, paths: readonly string[]): object {
  let expanded = answer
  for (const path of paths) {
    const steps = path.split(".")
    if (steps.length > 5 || steps.includes(""))
      throw refused(`This property cannot be expanded (${path}).`, "parameter_invalid", "expand")
    expanded = step(world, expanded, steps, path)
  }
  return expanded
}

function step(world: World, parent: object, steps: readonly string[], path: string): object {
  const [property, ...rest] = steps
  if (property === undefined) return parent
  const value: unknown = Object.hasOwn(parent, property) ? Reflect.get(parent, property) : undefined
  if (Array.isArray(value))
    return { ...parent, [property]: value.map((child: object) => step(world, child, rest, path)) }
  if (value === null) return parent
  const child =
    typeof value === "string"
      ? lookUp(world, value)
      : typeof value === "object"
        ? value
        : include(world, parent, property)
  if (child === null)
    throw refused(`This property cannot be expanded (${path}).`, "parameter_invalid", "expand")
  return { ...parent, [property]: step(world, child, rest, path) }
}
