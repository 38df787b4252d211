import type { Schema, Schemas } from "./derive.ts"

/**
 * What is wrong with an answer, by the shapes that the SDK declares: members that are missing, of another type, or
 * that Stripe does not have. `null` where nothing is.
 */
export function wrongIn(schemas: Schemas, answer: unknown): string | null {
  const problem = isList(answer)
    ? firstOf(answer.data.map((each, index) => resource(each, `data[${index}]`)))
    : resource(answer, "")
  return problem === null ? null : `${objectOf(answer) ?? "answer"}: ${problem}`

  function resource(value: unknown, path: string): string | null {
    const name = objectOf(value)
    if (name === null) return `${path} is not an object of the API`
    const schema = schemas.responses[name]
    if (schema === undefined) return `${path} is a ${name}, which is not modelled`
    if (Reflect.get(value as object, "deleted") === true) return null
    return check(schema, value, path)
  }

  function check(schema: Schema, value: unknown, path: string): string | null {
    switch (schema.is) {
      case "any":
        return objectOf(value) === null ? null : resource(value, path)
      case "literal":
        return value === schema.value ? null : `${path} is not ${JSON.stringify(schema.value)}`
      case "null":
        return value === null ? null : `${path} is not null`
      case "list":
        return Array.isArray(value)
          ? firstOf(value.map((each, index) => check(schema.of, each, `${path}[${index}]`)))
          : `${path} is not a list`
      case "map":
        // What an event carries is declared as anything: it says itself what it is.
        if (schema.of.is === "any" && objectOf(value) !== null) return resource(value, path)
        return isObject(value)
          ? firstOf(Object.entries(value).map(([key, each]) => check(schema.of, each, `${path}[${key}]`)))
          : `${path} is not a map`
      case "union":
        return union(schema.of, value, path)
      case "resource":
        return objectOf(value) === schema.name ? resource(value, path) : `${path} is not a ${schema.name}`
      case "ref":
        return shape(schema.shape, value, path)
      default:
        return typeof value === schema.is ? null : `${path} is not a ${schema.is}`
    }
  }

  function union(of: readonly Schema[], value: unknown, path: string): string | null {
    const problems = of.map((each) => check(each, value, path))
    if (problems.includes(null)) return null
    // Of several reasons the one from deepest inside tells most.
    return problems.toSorted((a, b) => (b?.length ?? 0) - (a?.length ?? 0))[0] ?? `${path} fits nothing`
  }

  function shape(index: number, value: unknown, path: string): string | null {
    if (!isObject(value)) return `${path} is not an object`
    const { members = {}, optional = [] } = schemas.shapes[index] ?? {}
    const extra = Object.keys(value).find((key) => !Object.hasOwn(members, key))
    if (extra !== undefined) return `${path}.${extra} is not a member that Stripe has`
    for (const [key, schema] of Object.entries(members)) {
      const absent = !Object.hasOwn(value, key)
      if (absent && !optional.includes(key)) return `${path}.${key} is missing`
      const problem = absent ? null : check(schema, Reflect.get(value, key), `${path}.${key}`)
      if (problem !== null) return problem
    }
    return null
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value)

function objectOf(value: unknown): string | null {
  const name: unknown = isObject(value) ? Reflect.get(value, "object") : null
  return typeof name === "string" ? name : null
}

const isList = (value: unknown): value is { data: unknown[] } =>
  objectOf(value) === "list" && Array.isArray(Reflect.get(value as object, "data"))

const firstOf = (problems: readonly (string | null)[]): string | null =>
  problems.find((problem) => problem !== null) ?? null
