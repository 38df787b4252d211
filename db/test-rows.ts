import type { Sql } from "postgres"
import { type CertifiedNoun, memberText, nounMembers, nounTables } from "./nouns.ts"

/** Certified rows put or changed past the writer, as the owner of the tables, for tests, benches and fault tools. */

/** Writes a row as it stands, without a fact. */
export async function putRow(sql: Sql, noun: CertifiedNoun, row: object): Promise<void> {
  const members = nounMembers[noun]
  const { id, version } = row as { id: string; version: number }
  const values = [id, version, JSON.stringify(row), ...members.map((member) => memberText(row, member))]
  await sql.unsafe(
    `insert into ${nounTables[noun]} (id, version, row${members.map((member) => `, "${member}"`).join("")})
      values ($1, $2, $3::text::json${members.map((_, i) => `, $${i + 4}`).join("")})`,
    values,
  )
}

/** Sets a value within the row of a thing (`path` as `evidence.source.name`), and what the writer keeps beside it. */
export async function editRow(
  sql: Sql,
  noun: CertifiedNoun,
  id: string,
  path: string,
  value: unknown,
): Promise<void> {
  // Of the row itself and not of a subquery's: where the writer comes between, its change stays beside this one.
  const changed = "jsonb_set(row::jsonb, $1::text[], $2::text::jsonb)"
  await sql.unsafe(
    `update ${nounTables[noun]} set row = ${changed}::json
      ${nounMembers[noun].map((member) => `, "${member}" = ${changed}->>'${member}'`).join("")}
      where id = $3`,
    [`{${path.replaceAll(".", ",")}}`, JSON.stringify(value), id],
  )
  if (noun === "trade" && path === "deadline" && value !== null)
    await sql`insert into reminders (at, trade) values (${value as string}, ${id})`
}
