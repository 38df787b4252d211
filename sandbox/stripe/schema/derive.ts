import { join } from "node:path"
import type { SourceFile } from "typescript/unstable/ast"
import { API, type Checker, SymbolFlags, type Type, TypeFlags } from "typescript/unstable/sync"

/**
 * A schema of JSON, as far as Stripe's declarations need one. `ref` names a shape of the same set, by position;
 * `resource` an object of the API by its `object`, so that the schema of a charge does not contain all of Stripe.
 */
export type Schema =
  | { is: "any" | "string" | "number" | "boolean" | "null" }
  | { is: "literal"; value: string | number | boolean }
  | { is: "union"; of: Schema[] }
  | { is: "list"; of: Schema }
  | { is: "map"; of: Schema }
  | { is: "ref"; shape: number }
  | { is: "resource"; name: string }
/** The members of an object; those in `optional` may be absent. */
export type Shape = { members: Record<string, Schema>; optional: string[] }
export type Schemas = {
  shapes: Shape[]
  responses: Record<string, Schema>
  requests: Record<string, Schema>
}

/** Reads the declarations of the installed SDK, by way of `wire.ts`. Takes about a second. */
export function deriveSchemas(): Schemas {
  const api = new API({ cwd: import.meta.dirname })
  try {
    const config = join(import.meta.dirname, "tsconfig.json")
    const project = api.updateSnapshot({ openProjects: [config] }).getProjects()[0]
    const source = project?.program.getSourceFile(join(import.meta.dirname, "wire.ts"))
    if (project === undefined || source === undefined) throw new Error("wire.ts is not in its project")
    return new Deriver(project.checker).derive(source)
  } finally {
    api.close()
  }
}

class Deriver {
  readonly #checker: Checker
  readonly #shapes: Shape[] = []
  /** Where a type's shape is, by the type's id: a shape may contain itself. */
  readonly #known = new Map<number, number>()

  /** Objects of the API are told apart in answers only: a parameter may have an `object` too. */
  #resources = true

  constructor(checker: Checker) {
    this.#checker = checker
  }

  derive(source: SourceFile): Schemas {
    const exported = this.#checker.getExportsOfModule(must(this.#checker.getSymbolAtLocation(source)))
    const set = (name: string) => {
      const symbol = must(exported.find((each) => each.name === name))
      const type = this.#checker.getDeclaredTypeOfSymbol(symbol)
      return this.#members(type, (member) => this.#shapeOf(member)).members
    }
    const responses = set("Responses")
    this.#resources = false
    return { shapes: this.#shapes, responses, requests: set("Requests") }
  }

  #members(type: Type, read: (member: Type) => Schema): Shape {
    const symbols = this.#checker.getPropertiesOfType(type)
    const types = symbols.length === 0 ? [] : this.#checker.getTypeOfSymbol(symbols)
    const members: Record<string, Schema> = {}
    const optional: string[] = []
    for (const [index, { name, flags }] of symbols.entries()) {
      const member = must(types[index])
      // `deleted?: void` and the like say that the member is never there.
      if (isNothing(member)) continue
      members[name] = read(member)
      if ((flags & SymbolFlags.Optional) !== 0) optional.push(name)
    }
    return { members, optional }
  }

  #shapeOf(type: Type): Schema {
    const known = this.#known.get(type.id)
    if (known !== undefined) return { is: "ref", shape: known }
    const shape = this.#shapes.push({ members: {}, optional: [] }) - 1
    this.#known.set(type.id, shape)
    this.#shapes[shape] = this.#members(type, (member) => this.#schema(member))
    return { is: "ref", shape }
  }

  #schema(type: Type): Schema {
    const { flags } = type
    if (type.isUnionType()) return this.#union(type.getTypes())
    if (type.isLiteralType()) {
      const { value } = type
      return { is: "literal", value: typeof value === "bigint" ? Number(value) : value }
    }
    if ((flags & TypeFlags.String) !== 0) return { is: "string" }
    if ((flags & TypeFlags.Number) !== 0) return { is: "number" }
    if ((flags & TypeFlags.Boolean) !== 0) return { is: "boolean" }
    if ((flags & TypeFlags.Null) !== 0) return { is: "null" }
    // The SDK's open enums: `string & Record<never, never>`.
    if (type.isIntersectionType()) return { is: "string" }
    return type.isObjectType() ? this.#object(type) : { is: "any" }
  }

  #union(types: readonly Type[]): Schema {
    const of = types.filter((type) => !isNothing(type)).map((type) => this.#schema(type))
    return of.length === 1 ? must(of[0]) : { is: "union", of }
  }

  #object(type: Type): Schema {
    const element = this.#checker.isArrayType(type) ? this.#argument(type) : null
    if (element !== null) return { is: "list", of: this.#schema(element) }
    // On the wire a decimal is text.
    if (type.getSymbol()?.name === "Decimal") return { is: "string" }
    const [index] = this.#checker.getIndexInfosOfType(type)
    if (index !== undefined) return { is: "map", of: this.#schema(index.valueType) }
    const tag = this.#resources ? this.#checker.getPropertyOfType(type, "object") : undefined
    const named = tag === undefined ? undefined : this.#checker.getTypeOfSymbol(tag)
    if (named?.isStringLiteralType() && named.value !== "list") return { is: "resource", name: named.value }
    return this.#checker.getPropertiesOfType(type).length === 0
      ? { is: "map", of: { is: "any" } }
      : this.#shapeOf(type)
  }

  #argument(type: Type): Type | null {
    return type.isTypeReference() ? (this.#checker.getTypeArguments(type)[0] ?? null) : null
  }
}

const isNothing = ({ flags }: Type): boolean => (flags & (TypeFlags.Undefined | TypeFlags.Void)) !== 0

function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("the declarations are not as expected")
  return value
}
