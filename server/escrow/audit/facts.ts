import type { TransactionSql } from "postgres"
import { type Finding, finding } from "./accounts.ts"

/** Journals that ride with the fact of another of the same thing, in the same commit. */
const uncertified = ["payment.providerFee"]

/**
 * Each money fact, sealed or on its way, has the journal it names, and each journal its fact: by the type of the fact
 * and the source of the journal, which are the same words. That the hash is right is what the log's verifier says.
 */
export async function factJournals(sql: TransactionSql): Promise<Finding[]> {
  const rows = await sql<{ type: string; id: string; facts: string; journals: string }[]>`
    with facts as (
      select split_part(fact->>'type', '@', 1) as type, subject as id, count(*) as facts from (
        select subject, convert_from(leaf, 'UTF8')::json as fact from sealed_facts
          where position('"journalHash":"'::bytea in leaf) > 0
        union all select subject, fact::json from pending_facts where fact like '%"journalHash":"%') told
      group by 1, 2),
    journals as (
      -- A later attempt of the same thing has its number after a colon.
      select source_type as type, split_part(source_id, ':', 1) as id, count(distinct source_id) as journals
      from postings where source_type <> all(${uncertified}::text[]) group by 1, 2)
    select type, id, coalesce(facts, 0)::text as facts, coalesce(journals, 0)::text as journals
    from facts full join journals using (type, id) where facts is distinct from journals`
  return rows.map(({ type, id, ...detail }) => finding("fact", `${type} ${id}`, detail))
}
