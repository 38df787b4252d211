import type { Key, ReactNode } from "react"
import { classes } from "./classes.ts"

export type Column<Row> = {
  key: string
  label: ReactNode
  cell: (row: Row) => ReactNode
  /** Numbers and money stand right. */
  align?: "right"
  /** The cell that names its row: one column of each table. */
  heading?: boolean
  /** Below 640 px the column is left out; only for what the row's own page repeats. */
  wide?: boolean
  /** The cell may break into lines; others stay on one line and the table scrolls in its box. */
  wrap?: boolean
}

type TableProps<Row> = {
  /** Names the table for assistive tech; shown above it with `showCaption`. */
  caption: string
  showCaption?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => Key
  /** What stands instead of rows when there are none. */
  empty?: ReactNode
  /** Without a frame of its own, inside a flush panel. */
  bare?: boolean
}

/** Dense rows of about 36 px. A table wider than its box scrolls inside it, by touch and by keyboard. */
export function Table<Row>({ caption, showCaption, columns, rows, rowKey, empty, bare }: TableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      className={classes(
        "relative overflow-x-auto bg-surface",
        bare ? "-outline-offset-2" : "rounded-panel border border-line",
      )}
    >
      <table className="w-full border-collapse text-base">
        <caption className={showCaption ? "px-3 py-2 text-left text-small text-ink-faint" : "sr-only"}>
          {caption}
        </caption>
        <thead>
          <tr className="bg-sunken">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={classes(
                  cellLook(column),
                  "h-8 whitespace-nowrap text-micro font-medium text-ink-faint",
                )}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-t border-line hover:bg-sunken/60">
              {columns.map((column) =>
                column.heading ? (
                  <th key={column.key} scope="row" className={classes(cellLook(column), "h-9 font-medium")}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={classes(cellLook(column), "h-9")}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function cellLook<Row>(column: Column<Row>): string {
  return classes(
    "px-3 py-1.5 align-middle first:pl-4 last:pr-4",
    column.align === "right" ? "text-right" : "text-left",
    column.wide && "max-sm:hidden",
    !column.wrap && "whitespace-nowrap",
  )
}
