import { readdirSync, readFileSync } from "node:fs"
import { openBenchDatabase } from "../../bench/database.ts"
import { connect } from "#db/client.ts"
import { Sequencer } from "./sequencer.ts"
const d = await openBenchDatabase()
try {
  const su = connect(d.superuserUrl)
  for (const f of readdirSync("/tmp/ql/mig").filter((f) => f.endsWith(".sql")))
    for (const s of readFileSync(`/tmp/ql/mig/${f}`, "utf8").split("--> statement-breakpoint")) await su.unsafe(s)
  await su.unsafe(`create function quanheng_require_equal(a bigint, b bigint) returns bigint language plpgsql as $$ begin if a <> b then raise exception 'unequal'; end if; return a; end $$; grant all on all tables in schema public to quanheng_serving; grant all on all sequences in schema public to quanheng_serving`)
  const sql = connect(d.url)
  const s = new Sequencer({ sql, home: d.home, report: console.log })
  console.log(await s.sealOnce())
  const n = 3000
  const fact = (i: number) => JSON.stringify({ type: "trade.accepted@1", occurredAt: "2026-11-24T03:50:00.000Z", threads: [`k${i % 7}`, `trd_${i}`].sort(), actor: { role: "system", job: "x" }, body: { by: "buyer" } })
  await sql`insert into pending_facts (subject, version, fact) select 'trd_' || o, 1, t from unnest(${Array.from({ length: n }, (_, i) => fact(i))}::text[]) with ordinality as x(t, o)`
  let t = performance.now()
  console.log(await s.sealOnce(), performance.now() - t); t = performance.now()
  console.log(await s.sealOnce(), performance.now() - t)
  console.log(s.state, await sql`select size, note from checkpoints order by 1`)
  console.log(await sql`select convert_from(leaf,'UTF8') l from sealed_facts where index=2999`)
  await s.stop()
  const { answerLedger } = await import("./serve.ts")
  for (const p of ["checkpoint", "log.vkey", "tile/0/000", "tile/0/011.p/184", "tile/0/011.p/185","tile/1/000.p/11", "tile/entries/011.p/184", "proof/77", "proof/3000"]) { const a = await answerLedger(sql, p); console.log(p, a.status, a.body.length) }
  await sql.end(); await su.end()
} finally { await d.close() }
