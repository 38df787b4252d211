import { nounTables } from "#db/nouns.ts"
import type { Noun } from "../decision.ts"

/** What a batch holds decides the text of its statement, so that each kind is prepared once. */
export type Kind = { changed: readonly Noun[]; guarded: readonly Noun[]; jobs: boolean }

/** The columns of each input, in the order of the statement's parameters. */
export const inputs = {
  cmd: "d::int giver id digest result",
  ch: "d::int noun id version::int row",
  gu: "d::int noun id version::int",
  se: "d::int plan take::int",
  po: "d::int source_type source_id leg::int account currency amount::bigint trade occurred_at",
  fa: "d::int subject version::int fact",
  di: "d::int subject version::int owner readers sealed",
  jo: "d::int task payload key delay_ms::int",
} as const

export type Input = keyof typeof inputs

const statements = new Map<string, string>()

/**
 * The trade's own nouns go by one statement, whichever of them a batch changes: an unused part costs some
 * microseconds, another statement to plan some milliseconds.
 */
const ofTrades: Kind = { changed: ["grant", "payment", "trade"], guarded: ["listing", "party"], jobs: true }

function widened(kind: Kind): Kind {
  const fits =
    kind.changed.every((noun) => ofTrades.changed.includes(noun)) &&
    kind.guarded.every((noun) => ofTrades.guarded.includes(noun))
  return fits ? ofTrades : kind
}

/**
 * One statement, one round trip: it reads which decisions still stand (versions seen, seats free, command id
 * new), writes all parts of those, and tells which were lost. It compares what it wrote with what it meant to
 * write and fails as a whole if another process came between.
 */
export function statementOf(exact: Kind): string {
  const kind = widened(exact)
  const key = `${kind.changed}|${kind.guarded}|${kind.jobs}`
  let text = statements.get(key)
  if (text === undefined) {
    text = build(kind)
    statements.set(key, text)
  }
  return text
}

function build({ changed, guarded, jobs }: Kind): string {
  const parts = [
    ...inputParts(),
    ...versionParts(changed, guarded),
    verdict,
    ...nounWrites(changed),
    otherWrites,
  ]
  if (jobs) parts.push(jobWrites)
  const counts = changed.flatMap((noun) => [
    `(select count(*) from ins_${noun})`,
    `(select count(*) from upd_${noun})`,
  ])
  return `with ${parts.join(",\n")}
select
  quanheng_require_equal(${counts.join(" + ") || "0"}, (select count(*) from ch where ${stands})) as changed,
  quanheng_require_equal((select count(*) from upd_seats), (select count(*) from se where ${stands})) as seats,
  (select json_agg(json_build_object('d', d, 'digest', digest, 'result', result)) from dup) as repeated,
  (select json_agg(d) from lost) as lost,
  ${jobs ? "(select added from jobs_added)" : "0"} as jobs,
  (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`
}

function inputParts(): string[] {
  let parameter = 0
  return (Object.keys(inputs) as Input[]).map((input) => {
    const columns = inputs[input].split(" ").map((column) => column.split("::") as [string, string?])
    const arrays = columns.map(([, type]) => {
      parameter++
      const array = `string_to_array($${parameter}::text, E'\\n', '\\N')`
      return type ? `${array}::${type}[]` : array
    })
    return `${input} as (select * from unnest(${arrays.join(", ")}) as t(${columns.map(([name]) => name).join(", ")}))`
  })
}

function versionParts(changed: readonly Noun[], guarded: readonly Noun[]): string[] {
  const current = changed.map(
    (noun) => `select '${noun}' as noun, t.id, t.version from ${nounTables[noun]} t
      where t.id in (select id from ch where noun = '${noun}')`,
  )
  // Guards are locked for sharing, so that a freeze and a step it should stop cannot both pass unseen.
  const held = guarded.map(
    (noun) => `held_${noun} as (select t.id, t.version from ${nounTables[noun]} t
      where t.id in (select id from gu where noun = '${noun}') order by t.id for share)`,
  )
  const union = guarded.map((noun) => `select '${noun}' as noun, id, version from held_${noun}`)
  const nothing = "select null::text as noun, null::text as id, null::int as version where false"
  return [
    `current as (${current.join(" union all ") || nothing})`,
    ...held,
    `standing as (${union.join(" union all ") || nothing})`,
  ]
}

/**
 * What a part keeps of its input. Mostly nothing was lost: comparing with an empty list costs nothing, where a
 * join that the planner expects to meet ten rows compares each row with each.
 */
const stands = "d <> all(array(select d from lost))"

const verdict = `dup as (select cmd.d, k.digest, k.result from cmd cross join lateral
    (select digest, result from commands k where k.giver = cmd.giver and k.id = cmd.id limit 1) k),
lost as materialized (
  select d from dup
  union select ch.d from ch left join current c on c.noun = ch.noun and c.id = ch.id
    where coalesce(c.version, 0) <> ch.version - 1
  union select gu.d from gu left join standing s on s.noun = gu.noun and s.id = gu.id
    where coalesce(s.version, 0) <> gu.version
  union select se.d from se left join lateral (select free from seats s where s.plan = se.plan limit 1) s on true
    where coalesce(s.free, 0) < se.take
),
ins_commands as (insert into commands (giver, id, digest, result)
  select giver, id, digest, result::jsonb from cmd where ${stands})`

function nounWrites(changed: readonly Noun[]): string[] {
  return changed.flatMap((noun) => [
    `ins_${noun} as (insert into ${nounTables[noun]} (id, version, row)
      select id, version, row::jsonb from ch where noun = '${noun}' and version = 1 and ${stands} returning 1)`,
    `upd_${noun} as (update ${nounTables[noun]} t set version = ch.version, row = ch.row::jsonb
      from ch where ch.noun = '${noun}' and ch.version > 1 and t.id = ch.id
      and t.version = ch.version - 1 and ch.${stands} returning 1)`,
  ])
}

const otherWrites = `upd_seats as (update seats s set free = s.free - se.take from se
  where s.plan = se.plan and s.free >= se.take and se.${stands} returning 1),
ins_postings as (insert into postings (source_type, source_id, leg, account, currency, amount, trade, occurred_at)
  select source_type, source_id, leg, account, currency, amount, trade, occurred_at from po where ${stands}),
ins_facts as (insert into pending_facts (subject, version, fact)
  select subject, version, fact from fa where ${stands} order by d, subject),
ins_disclosures as (insert into disclosures (subject, version, owner, readers, sealed)
  select subject, version, owner, string_to_array(readers, ','), decode(sealed, 'hex') from di where ${stands})`

const jobWrites = `jobs_added as materialized (select count(*) as added from graphile_worker.add_jobs(array(
  select row(task, payload::json, null, now() + delay_ms * interval '1 millisecond', null, key, null, null
  )::graphile_worker.job_spec from jo where ${stands} order by d)))`
