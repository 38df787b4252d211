import type { Sql } from "postgres"
import type { Refusal } from "#contracts/refusal.ts"
import { raiseAlert } from "./store.ts"

/**
 * A step that moves money and was refused for what it would have done: told in the log, and put before the operator.
 * What stands there already is not told again.
 */
export async function tellRefusedStep(
  sql: Sql,
  subject: string,
  { refused, at, detail }: Refusal,
  by: string | null,
): Promise<void> {
  const told =
    await sql`select from alerts where kind = 'command' and subject = ${subject} and code = ${refused}
    and closed_at is null limit 1`
  if (told.length > 0) return
  console.warn(`a step of ${subject} is refused: ${refused}${at ? ` at ${at}` : ""}`)
  await raiseAlert(sql, {
    kind: "command",
    subject,
    code: refused,
    detail: { at: at ?? null, by, ...detail },
  })
}
