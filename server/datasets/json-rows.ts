import { maxColumns } from "#contracts/dataset-limits.ts"
import { FileRefused, malformed } from "./file-refused.ts"

/** The kinds of JSON value seen in a column, as bits of one number. */
export const kinds = { text: 1, integer: 2, decimal: 4, boolean: 8, object: 16, list: 32 } as const

/** Integers of this many digits may not survive as a JavaScript number; their text is kept. */
const longNumber = /\d{16}/

/**
 * Turns objects into rows of texts: one column for each member name, in the order of first appearance. Numbers
 * keep their own digits; nested values stay JSON text. DuckDB then loads plain text columns, and neither
 * hostile nesting nor names nor integers beyond 2^53 depend on what its JSON reader guesses.
 */
export class JsonRows {
  #columns = new Map<string, number>()
  #kinds: number[] = []
  rows = 0

  names(): string[] {
    return [...this.#columns.keys()]
  }

  /** What was seen in each column, by `kinds`; 0 where all was null. */
  kindsSeen(): readonly number[] {
    return this.#kinds
  }

  /** One line of JSON, `{"c0":"text",…}` without its line feed. Throws FileRefused. */
  line(object: string): string {
    const row: Record<string, string> = {}
    for (const [name, value] of Object.entries(this.#parse(object))) {
      const column = this.#columnOf(name)
      if (value === null) continue
      const { text, kind } = textOf(value)
      row[`c${column}`] = text
      this.#kinds[column] = (this.#kinds[column] ?? 0) | kind
    }
    this.rows += 1
    return JSON.stringify(row)
  }

  #columnOf(name: string): number {
    const known = this.#columns.get(name)
    if (known !== undefined) return known
    if (this.#columns.size >= maxColumns) throw new FileRefused("too_many_columns", { most: maxColumns })
    const column = this.#columns.size
    this.#columns.set(name, column)
    this.#kinds[column] = 0
    return column
  }

  #parse(object: string): object {
    try {
      return longNumber.test(object) ? parseExactly(object) : JSON.parse(object)
    } catch {
      throw malformed("json_syntax", { row: this.rows + 1 })
    }
  }
}

/** The proposal "JSON.parse source text access", which Node 24 has and the ES2024 library types do not. */
type RawJson = { readonly rawJSON: string }
const exactJson = JSON as unknown as {
  parse(
    text: string,
    reviver: (name: string, value: unknown, context: { source?: string }) => unknown,
  ): object
  rawJSON(text: string): RawJson
  isRawJSON(value: unknown): value is RawJson
}

function parseExactly(text: string): object {
  return exactJson.parse(text, (_name, value, context) =>
    typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context.source ?? "")
      ? exactJson.rawJSON(context.source as string)
      : value,
  )
}

function textOf(value: unknown): { text: string; kind: number } {
  switch (typeof value) {
    case "string":
      return { text: value.toWellFormed(), kind: kinds.text }
    case "boolean":
      return { text: String(value), kind: kinds.boolean }
    case "number":
      return { text: String(value), kind: Number.isSafeInteger(value) ? kinds.integer : kinds.decimal }
    default:
      if (exactJson.isRawJSON(value)) return { text: value.rawJSON, kind: kinds.integer }
      return {
        text: JSON.stringify(value).toWellFormed(),
        kind: Array.isArray(value) ? kinds.list : kinds.object,
      }
  }
}
