import { nameCheck } from "../schema/known.ts"
import type { World } from "../state/world.ts"
import { ApiError, notModelled } from "./errors.ts"
import type { Tree } from "./form.ts"
import { list, object, optional, type Reader, type Shape, text, type Values } from "./readers.ts"

/** One API request, as its handler sees it. */
export type Call = {
  world: World
  /** The parts of the path that the route's pattern leaves open. */
  ids: string[]
  /** The `Stripe-Version` that the caller pinned. */
  version: string
  /** The connected account of a `Stripe-Account` header, else null for the platform. */
  account: string | null
}

export type Method = "GET" | "POST" | "DELETE"

export type Route = {
  method: Method
  /** Whether it can be called for a connected account, with a `Stripe-Account` header. */
  connected: boolean
  pattern: RegExp
  run(call: Call, tree: Map<string, Tree>): { answer: object; expand: string[] }
}

/**
 * A route of the API. `path` names open parts by a colon (`/v1/charges/:id`); `shape` lists the parameters that
 * are known, to which `expand` is added; whatever else a request carries is refused.
 */
export function route<S extends Shape>(
  method: Method,
  path: string,
  shape: S,
  handle: (call: Call, params: Values<S>) => object,
): Route {
  const own = object(shape)
  const checkNames = nameCheck(`${method} ${path}`)
  const expansion = optional(list(text(200), 20))
  return {
    method,
    connected: false,
    pattern: new RegExp(`^${path.replace(/:[a-z]+/g, "([^/]+)")}$`),
    run(call, tree) {
      checkNames(tree)
      const rest = new Map(tree)
      rest.delete("expand")
      const expand = expansion(tree.get("expand"), "expand") ?? []
      return { answer: handle(call, readModelled(own, rest)), expand }
    },
  }
}

/** Reads parameters of which Stripe knows all: one that is unknown here is only not modelled. */
function readModelled<T>(own: Reader<T>, tree: Map<string, Tree>): T {
  try {
    return own(tree, "")
  } catch (error) {
    const { code, param = "" } = error instanceof ApiError ? error.body : {}
    if (code !== "parameter_unknown") throw error
    throw notModelled(`Stripe knows the parameter ${param}; this sandbox does not model it.`, param)
  }
}

/** The same route, also for connected accounts. */
export const connected = (base: Route): Route => ({ ...base, connected: true })

/** The open part of a path by position; the route's pattern has made sure that it is there. */
export const idOf = (call: Call, position = 0): string => decodeURIComponent(call.ids[position] ?? "")
