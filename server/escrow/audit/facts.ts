import type { TransactionSql } from "postgres"
import { hashOf } from "../../ledger/export/store.ts"
import { type Finding, finding } from "./accounts.ts"

/** Journals that ride with the fact of another of the same thing, in the same commit. */
const uncertified = ["payment.providerFee"]

/**
 * Each money fact, sealed or on its way, has the journal whose hash it names, as it stands in the book now, and each
 * journal its fact, once.
 */
export async function factJournals(sql: TransactionSql): Promise<Finding[]> {
  const rows = await sql<{ name: string; facts: string; journals: string }[]>`
    with facts as (
      select hash, min(name) as name, count(*) as facts from (
        select fact->'body'->>'journalHash' as hash, split_part(fact->>'type', '@', 1) || ' ' || subject as name from (
          select subject, convert_from(leaf, 'UTF8')::json as fact from sealed_facts
            where position('"journalHash":"'::bytea in leaf) > 0
          union all select subject, fact::json from pending_facts where fact like '%"journalHash":"%') told) named
      group by hash),
    journals as (
      select ${hashOf(sql)} as hash, source_type || ' ' || source_id as name
      from postings where source_type <> all(${uncertified}::text[]) group by source_type, source_id)
    select coalesce(journals.name, facts.name) as name, coalesce(facts, 0)::text as facts,
      case when journals.hash is null then '0' else '1' end as journals
    from facts full join journals using (hash) where facts is distinct from 1 or journals.hash is null`
  return rows.map(({ name, ...detail }) => finding("fact", name, detail))
}
