import { createHash } from "node:crypto"
import { mostMembers } from "./nouns.ts"

const memberNumbers = Array.from({ length: mostMembers }, (_, i) => i + 1)

/**
 * The inputs of a commit and their columns. Each comes as an array of a composite type of its own, for a table made of
 * one array for each column costs PostgreSQL some microseconds a column and statement; `long` is what is too
 * long to be quoted twice, one newline-joined text of its own. `d` is the place of the decision in its batch, `m1`
 * and on are the members of the changed noun in the order of db/nouns.ts. Changes come group by group (`changeGroup`).
 */
export const commitInputs = {
  cmd: { columns: "d::int giver id digest", long: "result" },
  ch: { columns: `d::int id version::int ${memberNumbers.map((n) => `m${n}`).join(" ")}`, long: "row" },
  gu: { columns: "d::int noun id version::int", long: null },
  se: { columns: "d::int plan take::int", long: null },
  po: {
    columns: "d::int source_type source_id leg::int account currency amount::bigint trade occurred_at",
    long: null,
  },
  fa: { columns: "d::int", long: "line" },
  di: { columns: "d::int subject version::int owner readers", long: "sealed" },
  jo: { columns: "d::int task key delay_ms::int", long: "payload" },
} as const

export type CommitInput = keyof typeof commitInputs

type Column = { name: string; type: string }

export const inputNames = Object.keys(commitInputs) as CommitInput[]

/** Named by its columns as well: where they change, as with another member of a noun, it is another type. */
export const typeOf = (input: CommitInput): string =>
  `quanheng_${input}_${createHash("sha256").update(commitInputs[input].columns).digest("hex").slice(0, 12)}`

export const columnsOf = (input: CommitInput): Column[] =>
  commitInputs[input].columns.split(" ").map((column) => {
    const [name = "", type = "text"] = column.split("::")
    return { name, type }
  })

export const parametersOf = (input: CommitInput): string[] =>
  commitInputs[input].long === null ? [`p_${input}`] : [`p_${input}`, `p_${input}_long`]

export const lines = (input: CommitInput): string =>
  input === "fa"
    ? `string_to_array(replace(p_fa_long, E'\\n\\n', E'\\n'), E'\\n')`
    : `string_to_array(p_${input}_long, E'\\n')`

/** Facts come as the rows that they are kept in; between two of them there is an empty line. */
export const batchesOfFacts = "string_to_array(p_fa_long, E'\\n\\n')"

/** An input as a table: its columns, and the long one last. */
export const rowsOf = (input: CommitInput): string => {
  const { long } = commitInputs[input]
  const names = columnsOf(input).map(({ name }) => name)
  const rows = `unnest(p_${input}::${typeOf(input)}[])`
  if (long === null) return `${rows} as ${input}(${names.join(", ")})`
  return `rows from (${rows}, unnest(${lines(input)})) as ${input}(${[...names, long].join(", ")})`
}

/** The types of the inputs, made where they are missing. */
export const inputTypes = inputNames.map((input) => {
  const columns = columnsOf(input).map(({ name, type }) => `${name} ${type}`)
  return `if to_regtype('${typeOf(input)}') is null then create type ${typeOf(input)} as (${columns.join(", ")}); end if;`
})

/**
 * The rows are JSON because the writer made them so. Where the database's owner has said that such text may be
 * taken at its word (db/roles.ts `trustJson`) it is not read through again, which was the most costly part of a write.
 */
export const asJson = (text: string): string => `${text}::varchar::json`
