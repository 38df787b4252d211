import { nounTables } from "./nouns.ts"

/**
 * The inputs of a commit and their columns, in the order of the function's parameters. Each column comes as one
 * newline-joined text with `\N` for null: about twice as fast as jsonb_to_recordset (STACK). `d` is the place of
 * the decision in its batch.
 */
export const commitInputs = {
  cmd: "d::int giver id digest result",
  ch: "d::int noun id version::int row",
  gu: "d::int noun id version::int",
  se: "d::int plan take::int",
  po: "d::int source_type source_id leg::int account currency amount::bigint trade occurred_at",
  fa: "d::int subject version::int fact",
  di: "d::int subject version::int owner readers sealed",
  jo: "d::int task payload key delay_ms::int",
} as const

export type CommitInput = keyof typeof commitInputs

/** Raised when the parameters or the answer change, so that processes of two releases can share a database. */
export const commitFunction = "quanheng_commit_1"

type Column = { name: string; type: string }

const inputNames = Object.keys(commitInputs) as CommitInput[]

const columnsOf = (input: CommitInput): Column[] =>
  commitInputs[input].split(" ").map((column) => {
    const [name = "", type = "text"] = column.split("::")
    return { name, type }
  })

/** An input as a table of its columns, or of some of them: each use copies what it names. */
const rowsOf = (input: CommitInput, names = columnsOf(input).map(({ name }) => name)): string =>
  `unnest(${names.map((name) => `${input}_${name}`).join(", ")}) as ${input}(${names.join(", ")})`

/**
 * The changes without their rows, which are long: a write takes `ch_row[ch.n]` for its own noun's only.
 * Numbered, so that n tells the place of the row.
 */
const changes = "unnest(ch_d, ch_noun, ch_id, ch_version) with ordinality as ch(d, noun, id, version, n)"

/** Read by nearly every step of a trade and changed seldom: one lock for all of them is cheaper than one for each row. */
const lockedAsOne = ["party", "listing"] as const

const isLockedAsOne = (noun: string): boolean => (lockedAsOne as readonly string[]).includes(noun)

/** "quan" and the noun's place: transaction locks, shared by who guards such a noun, alone for who changes one. */
const lockOf = (noun: (typeof lockedAsOne)[number]): string => `${0x7175616e}, ${lockedAsOne.indexOf(noun)}`

/**
 * A freeze and a step it should stop must not both pass unseen, not even from two processes: the locks are taken
 * before anything is read, and each statement in the function reads afresh.
 */
const locks = lockedAsOne.map(
  (noun) => `
  if '${noun}' = any(ch_noun) then perform pg_advisory_xact_lock(${lockOf(noun)});
  elsif '${noun}' = any(gu_noun) then perform pg_advisory_xact_lock_shared(${lockOf(noun)});
  end if;`,
)

/** Which decisions do not stand: a version that moved, on what they change or what they rely on. */
function versionChecks(): string[] {
  return Object.entries(nounTables).map(([noun, table]) => {
    const held = isLockedAsOne(noun)
      ? ""
      : `
    perform 1 from ${table} t where t.id in (select gu.id from ${rowsOf("gu")} where gu.noun = '${noun}')
      order by t.id for share;`
    return `
  if '${noun}' = any(ch_noun) then
    lost := lost || array(select ch.d from ${changes}
      left join lateral (select t.version from ${table} t where t.id = ch.id limit 1) t on true
      where ch.noun = '${noun}' and coalesce(t.version, 0) <> ch.version - 1);
  end if;
  if '${noun}' = any(gu_noun) then${held}
    lost := lost || array(select gu.d from ${rowsOf("gu")}
      left join lateral (select t.version from ${table} t where t.id = gu.id limit 1) t on true
      where gu.noun = '${noun}' and coalesce(t.version, 0) <> gu.version);
  end if;`
  })
}

function nounWrites(): string[] {
  return Object.entries(nounTables).map(
    ([noun, table]) => `
  if '${noun}' = any(ch_noun) then
    insert into ${table} (id, version, row)
      select ch.id, ch.version, ch_row[ch.n]::jsonb from ${changes}
      where ch.noun = '${noun}' and ch.version = 1 and ch.d <> all(lost);
    get diagnostics written = row_count;
    changed := changed + written;
    update ${table} t set version = ch.version, row = ch_row[ch.n]::jsonb from ${changes}
      where ch.noun = '${noun}' and ch.version > 1 and t.id = ch.id and t.version = ch.version - 1
      and ch.d <> all(lost);
    get diagnostics written = row_count;
    changed := changed + written;
  end if;`,
  )
}

/**
 * The only writer of certified nouns, the book, facts and jobs, as one function and so one round trip: it reads
 * which decisions still stand (versions seen, seats free, command id new), writes all parts of those, and tells
 * which were lost, and which transaction it was. It compares what it wrote with what it meant to write and fails as a whole if another process
 * came between. A function rather than one statement, because the parts a batch does not use then cost nothing.
 * Installed anew by each migration run, for it follows the list of nouns.
 */
export function commitFunctionText(): string {
  const columns = inputNames.flatMap((input) => columnsOf(input).map((column) => ({ input, ...column })))
  const parameters = columns.map(({ input, name }) => `p_${input}_${name} text`)
  const arrays = columns.map(({ input, name, type }) => {
    const array = `string_to_array(p_${input}_${name}, E'\\n', '\\N')`
    return `  ${input}_${name} constant ${type}[] := ${type === "text" ? array : `${array}::${type}[]`};`
  })
  return `create or replace function ${commitFunction}(${parameters.join(", ")},
  out repeated json, out lost int[], out now_ms float8, out tx text) language plpgsql as $$
declare
${arrays.join("\n")}
  written bigint;
  changed bigint := 0;
begin
  lost := '{}';${locks.join("")}
  select json_agg(json_build_object('d', dup.d, 'digest', dup.digest, 'result', dup.result)),
    coalesce(array_agg(dup.d), '{}') into repeated, lost
  from (select cmd.d, k.digest, k.result from ${rowsOf("cmd", ["d", "giver", "id"])} cross join lateral
    (select digest, result from commands k where k.giver = cmd.giver and k.id = cmd.id limit 1) k) dup;
${versionChecks().join("")}
  if cardinality(se_d) > 0 then
    lost := lost || array(select se.d from ${rowsOf("se")}
      left join lateral (select free from seats s where s.plan = se.plan limit 1) s on true
      where coalesce(s.free, 0) < se.take);
  end if;

  insert into commands (giver, id, digest, result)
    select cmd.giver, cmd.id, cmd.digest, cmd.result::jsonb from ${rowsOf("cmd")} where cmd.d <> all(lost);
${nounWrites().join("")}
  perform quanheng_require_equal(changed, (select count(*) from unnest(ch_d) as d where d <> all(lost)));
  if cardinality(se_d) > 0 then
    update seats s set free = s.free - se.take from ${rowsOf("se")}
      where s.plan = se.plan and s.free >= se.take and se.d <> all(lost);
    get diagnostics written = row_count;
    perform quanheng_require_equal(written, (select count(*) from unnest(se_d) as d where d <> all(lost)));
  end if;
  if cardinality(po_d) > 0 then
    insert into postings (source_type, source_id, leg, account, currency, amount, trade, occurred_at)
      select source_type, source_id, leg, account, currency, amount, trade, occurred_at
      from ${rowsOf("po")} where d <> all(lost);
  end if;
  insert into pending_facts (subject, version, fact)
    select subject, version, fact from ${rowsOf("fa")} where d <> all(lost);
  if cardinality(di_d) > 0 then
    insert into disclosures (subject, version, owner, readers, sealed)
      select subject, version, owner, string_to_array(readers, ','), decode(sealed, 'hex')
      from ${rowsOf("di")} where d <> all(lost);
  end if;
  if cardinality(jo_d) > 0 then
    perform graphile_worker.add_jobs(array(
      select row(task, payload::json, null, now() + delay_ms * interval '1 millisecond', null, key, null, null
      )::graphile_worker.job_spec from ${rowsOf("jo")} where d <> all(lost)));
  end if;
  now_ms := extract(epoch from clock_timestamp()) * 1000;
  tx := pg_current_xact_id()::xid::text;
end $$`
}

/** The statement that calls it. */
export const commitCall = `select repeated, lost, now_ms, tx from ${commitFunction}(${inputNames
  .flatMap(columnsOf)
  .map((_, i) => `$${i + 1}::text`)
  .join(", ")})`
