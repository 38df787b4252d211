import { missingParameter, unknownParameter, unreadable } from "./errors.ts"
import type { Tree } from "./form.ts"

/** Turns a parameter tree into a typed value, or throws the error that Stripe would answer. */
export type Reader<T> = (tree: Tree, path: string) => T

/** A reader with its answer to absence. */
export type Slot<T> = (tree: Tree | undefined, path: string) => T

export type Shape = Readonly<Record<string, Slot<unknown>>>
export type Values<S extends Shape> = { [K in keyof S]: ReturnType<S[K]> }

export const required =
  <T>(reader: Reader<T>): Slot<T> =>
  (tree, path) => {
    if (tree === undefined || tree === "") throw missingParameter(path)
    return reader(tree, path)
  }

export const optional =
  <T>(reader: Reader<T>): Slot<T | undefined> =>
  (tree, path) =>
    tree === undefined ? undefined : reader(tree, path)

/** A map with exactly these keys; any other is answered with `parameter_unknown`. */
export const object =
  <S extends Shape>(shape: S): Reader<Values<S>> =>
  (tree, path) => {
    if (typeof tree === "string") throw unreadable(`Invalid object: ${path}`, "parameter_invalid", path)
    const at = (key: string) => (path === "" ? key : `${path}[${key}]`)
    for (const key of tree.keys()) if (!Object.hasOwn(shape, key)) throw unknownParameter(at(key))
    const values: Record<string, unknown> = {}
    for (const [key, slot] of Object.entries(shape)) values[key] = slot(tree.get(key), at(key))
    return values as Values<S>
  }

export const text =
  (max = 5000): Reader<string> =>
  (tree, path) => {
    if (typeof tree !== "string")
      throw unreadable(`Invalid string: ${path}`, "parameter_invalid_string", path)
    if (tree.length > max)
      throw unreadable(`Invalid string: ${path} must be at most ${max} characters`, "parameter_invalid", path)
    return tree
  }

export const integer =
  (min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Reader<number> =>
  (tree, path) => {
    const value = typeof tree === "string" && /^-?\d{1,16}$/.test(tree) ? Number(tree) : Number.NaN
    if (!Number.isSafeInteger(value))
      throw unreadable(`Invalid integer: ${String(tree)}`, "parameter_invalid_integer", path)
    if (value < min)
      throw unreadable(
        `This value must be greater than or equal to ${min}.`,
        "parameter_invalid_integer",
        path,
      )
    if (value > max)
      throw unreadable(`This value must be less than or equal to ${max}.`, "parameter_invalid_integer", path)
    return value
  }

export const flag: Reader<boolean> = (tree, path) => {
  if (tree === "true" || tree === "false") return tree === "true"
  throw unreadable(`Invalid boolean: ${String(tree)}`, "parameter_invalid", path)
}

export const oneOf =
  <const T extends string>(...options: readonly T[]): Reader<T> =>
  (tree, path) => {
    const found = options.find((option) => option === tree)
    if (found !== undefined) return found
    throw unreadable(`Invalid ${path}: must be one of ${options.join(", ")}`, "parameter_invalid", path)
  }

export const list =
  <T>(reader: Reader<T>, max = 100): Reader<T[]> =>
  (tree, path) => {
    if (tree === "") return []
    if (typeof tree === "string") return [reader(tree, path)]
    const keys = [...tree.keys()].sort((a, b) => Number(a) - Number(b))
    if (keys.length > max || keys.some((key, index) => key !== String(index)))
      throw unreadable(`Invalid array: ${path}`, "parameter_invalid", path)
    return keys.map((key) => reader(tree.get(key) ?? "", `${path}[${key}]`))
  }

/** Of an update: what becomes of the metadata. An empty value removes its key, an empty map all keys. */
export const metadataChange: Reader<(before: Record<string, string>) => Record<string, string>> = (
  tree,
  path,
) => {
  if (tree === "") return () => ({})
  const values = metadataKeys(tree, path)
  return (before) => withoutEmpty([...Object.entries(before), ...values])
}

/** Up to 50 keys of 40 characters with values of 500; empty values are left out. */
export const metadata: Reader<Record<string, string>> = (tree, path) =>
  tree === "" ? {} : withoutEmpty(metadataKeys(tree, path))

const withoutEmpty = (values: readonly [string, string][]): Record<string, string> =>
  Object.fromEntries([...new Map(values)].filter(([, value]) => value !== ""))

function metadataKeys(tree: Tree, path: string): [string, string][] {
  if (typeof tree === "string") throw unreadable(`Invalid hash: ${path}`, "parameter_invalid", path)
  if (tree.size > 50) throw unreadable("Metadata can have up to 50 keys.", "parameter_invalid", path)
  const values: [string, string][] = []
  for (const [key, value] of tree) {
    if (key.length > 40)
      throw unreadable("Metadata keys can have up to 40 characters.", "parameter_invalid", path)
    values.push([key, text(500)(value, `${path}[${key}]`)])
  }
  return values
}

/** `created=…` or `created[gte]=…`: a test of a Unix time in seconds. */
export const timeRange: Reader<(seconds: number) => boolean> = (tree, path) => {
  if (typeof tree === "string") {
    const exact = integer(0)(tree, path)
    return (seconds) => seconds === exact
  }
  const bound = optional(integer(0))
  const range = object({ gt: bound, gte: bound, lt: bound, lte: bound })(tree, path)
  return (seconds) =>
    (range.gt === undefined || seconds > range.gt) &&
    (range.gte === undefined || seconds >= range.gte) &&
    (range.lt === undefined || seconds < range.lt) &&
    (range.lte === undefined || seconds <= range.lte)
}

/** An absolute http or https address. */
export const address: Reader<string> = (tree, path) => {
  const value = text(5000)(tree, path)
  if (/^https?:\/\//.test(value) && URL.canParse(value)) return value
  throw unreadable("Not a valid URL", "url_invalid", path)
}

/** A three-letter currency code in either case; lower case inside. */
export const currencyCode: Reader<string> = (tree, path) => {
  const value = text(3)(tree, path).toLowerCase()
  if (!/^[a-z]{3}$/.test(value)) throw unreadable(`Invalid currency: ${value}`, "parameter_invalid", path)
  return value
}
