type Cell = string | number | bigint | null

/** What stands in a composite value and in an array as it is. */
const plain = /^[\w.:@+-]+$/

/**
 * Rows on their way to PostgreSQL as an array of a composite type (documentation, 8.15.2 and 8.16.2): one text,
 * whose rows are quoted where a cell asks for it. Null is nothing at all between two commas.
 */
export class Rows {
  readonly #rows: string[] = []

  add(...cells: Cell[]): void {
    let row = ""
    let quoted = false
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]
      if (i > 0) row += ","
      if (cell === null || cell === undefined) continue
      if (typeof cell !== "string" || plain.test(cell)) row += cell
      else {
        quoted = true
        row += `"${escaped(cell)}"`
      }
    }
    this.#rows.push(quoted ? `"(${escaped(row)})"` : `"(${row})"`)
  }

  text(): string {
    return `{${this.#rows.join(",")}}`
  }
}

const escaped = (text: string): string => text.replace(/["\\]/g, "\\$&")
