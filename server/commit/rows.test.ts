import fc from "fast-check"
import { expect, test } from "vitest"
import { typeOf } from "#db/commit-inputs.ts"
import { testDatabase } from "#db/test-database.ts"
import { Rows } from "./rows.ts"

const { sql } = await testDatabase()

/** All but the characters that PostgreSQL's text cannot hold; what quoting is about comes often. */
const text = fc
  .string({
    unit: fc.oneof(fc.constantFrom('"', "\\", ",", "(", ")", "{", "}", " ", "\n", "N", ""), fc.string()),
  })
  .map((one) => one.replaceAll("\0", "").toWellFormed())
const cell = fc.oneof(text, fc.constantFrom("NULL", "\\N", "trd_01"), fc.constant(null))

test("rows come into PostgreSQL as they are, whatever stands in their cells", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(2 ** 31 - 1), cell, cell, cell), { minLength: 1 }),
      async (given) => {
        const rows = new Rows()
        for (const [d, subject, owner, readers] of given) rows.add(d, subject, 7, owner, readers)
        const found = await sql.unsafe(
          `select d, subject, owner, readers from unnest($1::text::${typeOf("di")}[])`,
          [rows.text()],
        )
        expect(found.map((row) => [row.d, row.subject, row.owner, row.readers])).toEqual(given)
      },
    ),
  )
})
