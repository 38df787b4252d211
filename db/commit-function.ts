import { createHash } from "node:crypto"
import { type CertifiedNoun, mostMembers, nounMembers, nounTables } from "./nouns.ts"

const memberNumbers = Array.from({ length: mostMembers }, (_, i) => i + 1)

/**
 * The inputs of a commit and their columns. Each comes as an array of a composite type of its own, for a table made of
 * one array for each column costs PostgreSQL some microseconds a column and statement; `long` is what is too
 * long to be quoted twice, one newline-joined text of its own. `d` is the place of the decision in its batch, `m1`
 * and on are the members of the changed noun in the order of db/nouns.ts.
 */
export const commitInputs = {
  cmd: { columns: "d::int giver id digest", long: "result" },
  ch: { columns: `d::int noun id version::int ${memberNumbers.map((n) => `m${n}`).join(" ")}`, long: "row" },
  gu: { columns: "d::int noun id version::int", long: null },
  se: { columns: "d::int plan take::int", long: null },
  po: {
    columns: "d::int source_type source_id leg::int account currency amount::bigint trade occurred_at",
    long: null,
  },
  fa: { columns: "d::int subject version::int", long: "fact" },
  di: { columns: "d::int subject version::int owner readers", long: "sealed" },
  jo: { columns: "d::int task key delay_ms::int", long: "payload" },
} as const

export type CommitInput = keyof typeof commitInputs

/** Raised when the parameters or the answer change, so that processes of two releases can share a database. */
export const commitFunction = "quanheng_commit_4"

type Column = { name: string; type: string }

const inputNames = Object.keys(commitInputs) as CommitInput[]

/** Named by its columns as well: where they change, as with another member of a noun, it is another type. */
export const typeOf = (input: CommitInput): string =>
  `quanheng_${input}_${createHash("sha256").update(commitInputs[input].columns).digest("hex").slice(0, 12)}`

const columnsOf = (input: CommitInput): Column[] =>
  commitInputs[input].columns.split(" ").map((column) => {
    const [name = "", type = "text"] = column.split("::")
    return { name, type }
  })

const parametersOf = (input: CommitInput): string[] =>
  commitInputs[input].long === null ? [`p_${input}`] : [`p_${input}`, `p_${input}_long`]

const lines = (input: CommitInput): string => `string_to_array(p_${input}_long, E'\\n')`

/** An input as a table: its columns, and the long one last. */
const rowsOf = (input: CommitInput): string => {
  const { long } = commitInputs[input]
  const names = columnsOf(input).map(({ name }) => name)
  const rows = `unnest(p_${input}::${typeOf(input)}[])`
  if (long === null) return `${rows} as ${input}(${names.join(", ")})`
  return `rows from (${rows}, unnest(${lines(input)})) as ${input}(${[...names, long].join(", ")})`
}

/** The types of the inputs, made where they are missing. */
const types = inputNames.map((input) => {
  const columns = columnsOf(input).map(({ name, type }) => `${name} ${type}`)
  return `if to_regtype('${typeOf(input)}') is null then create type ${typeOf(input)} as (${columns.join(", ")}); end if;`
})

/**
 * The changes, which many statements read, without their rows, which are long: a write takes `ch_row[ch.n]` for its own
 * noun's only. Numbered, so that n tells the place of the row.
 */
const changes = `unnest(all_ch) with ordinality as ch(${[...columnsOf("ch").map(({ name }) => name), "n"].join(", ")})`

const guards = "unnest(all_gu) as gu(d, noun, id, version)"

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
  if changing && '{${noun} first,${noun} later}' then locked := pg_advisory_xact_lock(${lockOf(noun)}) is null;
  elsif '${noun}' = any(guarded) then locked := pg_advisory_xact_lock_shared(${lockOf(noun)}) is null;
  end if;`,
)

/** Which decisions do not stand, for what they change has moved. */
const changeChecks = Object.entries(nounTables).map(
  ([noun, table]) => `
    if changing && '{${noun} first,${noun} later}' then
      lost := lost || array(select ch.d from ${changes}
        left join lateral (select t.version from ${table} t where t.id = ch.id limit 1) t on true
        where ch.noun = '${noun}' and coalesce(t.version, 0) <> ch.version - 1);
    end if;`,
)

/** Which decisions do not stand, for what they rely on has moved. */
function guardCheck([noun, table]: [string, string]): string {
  const held = isLockedAsOne(noun)
    ? ""
    : `
    perform 1 from ${table} t where t.id in (select gu.id from ${guards} where gu.noun = '${noun}')
      order by t.id for share;`
  return `
  if '${noun}' = any(guarded) then${held}
    lost := lost || array(select gu.d from ${guards}
      left join lateral (select t.version from ${table} t where t.id = gu.id limit 1) t on true
      where gu.noun = '${noun}' and coalesce(t.version, 0) <> gu.version);
  end if;`
}

function guardChecks(): string {
  const all = Object.entries(nounTables)
  const [often, seldom] = [true, false].map((kind) =>
    all.filter(([noun]) => isLockedAsOne(noun) === kind),
  ) as [typeof all, typeof all]
  return `
  if guarded && '{${lockedAsOne.join(",")}}'
    and seen <> array(select count::text from moves) then${often.map(guardCheck).join("")}
  end if;
  if not guarded <@ '{${lockedAsOne.join(",")}}'::text[] then${seldom.map(guardCheck).join("")}
  end if;`
}

function nounWrite(noun: CertifiedNoun): string {
  const [table, members] = [nounTables[noun], nounMembers[noun]]
  const columns = members.map((name, i) => ({ name: `"${name}"`, value: `ch.m${i + 1}` }))
  const list = (of: (column: { name: string; value: string }) => string) =>
    columns.map((column) => `, ${of(column)}`).join("")
  const from = `${changes}
      where ch.noun = '${noun}' and ch.d <> all(lost)`
  const deadline = `ch.m${members.indexOf("deadline") + 1}`
  const reminders = `
    insert into reminders (at, trade) select ${deadline}, ch.id from ${from} and ${deadline} is not null;`
  return `
  if changing && '{${noun} first,${noun} later}' then
    if '${noun} first' = any(changing) then
      insert into ${table} (id, version, row${list(({ name }) => name)})
        select ch.id, ch.version, ch_row[ch.n]::json${list(({ value }) => value)} from ${from} and ch.version = 1;
      get diagnostics written = row_count;
      changed := changed + written;
    end if;
    if '${noun} later' = any(changing) then
      update ${table} t set version = ch.version,
        row = ch_row[ch.n]::json${list(({ name, value }) => `${name} = ${value}`)} from ${from}
        and ch.version > 1 and t.id = ch.id and t.version = ch.version - 1;
      get diagnostics written = row_count;
      changed := changed + written;
    end if;${noun === "trade" ? reminders : ""}
    exit when changed = meant;
  end if;`
}

/** What trades write comes first, for the rest is not even looked at once all is written. */
const often = ["trade", "payment", "grant"] as const satisfies CertifiedNoun[]
const nounsByUse = [...new Set([...often, ...(Object.keys(nounTables) as CertifiedNoun[])])]

/**
 * The only writer of certified nouns, the book, facts and jobs, as one function and so one round trip: it writes
 * all parts of the decisions, compares what it wrote with what it meant to write, and fails as a whole where the
 * two differ. Nearly always they do not, and so it does not look beforehand; `careful`, it first reads which
 * decisions still stand (versions seen, seats free, command id new), writes those, and tells which were lost and
 * which had been written before. What decisions rely on without changing it is always looked at, for no write
 * would show it; of parties and listings only where one of them has changed since `seen`, the counts of moves
 * at which they were read (db/schema/listing.ts). A function rather than one statement, because the parts a batch
 * does not use then cost nothing.
 * Installed anew by each migration run, for it follows the list of nouns.
 */
export function commitFunctionText(): string {
  const parameters = inputNames.flatMap(parametersOf).map((name) => `${name} text`)
  return `do $$ begin ${types.join(" ")} end $$;
create or replace function ${commitFunction}(careful boolean, changing text[], guarded text[], seen text[],
  ${parameters.join(", ")}, out repeated json, out lost int[], out now_ms float8, out tx text) language plpgsql as $$
declare
  all_ch constant ${typeOf("ch")}[] := p_ch::${typeOf("ch")}[];
  all_gu constant ${typeOf("gu")}[] := p_gu::${typeOf("gu")}[];
  ch_row constant text[] := ${lines("ch")};
  written bigint;
  changed bigint := 0;
  meant bigint;
  locked boolean;
begin
  lost := '{}';${locks.join("")}
  if careful then
    select json_agg(json_build_object('d', dup.d, 'digest', dup.digest, 'result', dup.result)),
      coalesce(array_agg(dup.d), '{}') into repeated, lost
    from (select cmd.d, k.digest, k.result from ${rowsOf("cmd")} cross join lateral
      (select digest, result from commands k where k.giver = cmd.giver and k.id = cmd.id limit 1) k) dup;
${changeChecks.join("")}
    lost := lost || array(select se.d from ${rowsOf("se")}
      left join lateral (select free from seats s where s.plan = se.plan limit 1) s on true
      where coalesce(s.free, 0) < se.take);
  end if;
${guardChecks()}
  meant := cardinality(all_ch);
  if cardinality(lost) > 0 then
    select count(*) into meant from ${changes} where ch.d <> all(lost);
  end if;

  insert into commands (giver, id, digest, result)
    select cmd.giver, cmd.id, cmd.digest, cmd.result::jsonb from ${rowsOf("cmd")} where cmd.d <> all(lost);
  loop${nounsByUse.map(nounWrite).join("")}
    exit;
  end loop;
  changed := quanheng_require_equal(changed, meant);
  if p_se <> '{}' then
    update seats s set free = s.free - se.take from ${rowsOf("se")}
      where s.plan = se.plan and s.free >= se.take and se.d <> all(lost);
    get diagnostics written = row_count;
    select count(*) into meant from ${rowsOf("se")} where d <> all(lost);
    written := quanheng_require_equal(written, meant);
  end if;
  if p_po <> '{}' then
    insert into postings (source_type, source_id, leg, account, currency, amount, trade, occurred_at)
      select source_type, source_id, leg, account, currency, amount, trade, occurred_at
      from ${rowsOf("po")} where d <> all(lost);
  end if;
  insert into pending_facts (subject, version, fact)
    select subject, version, fact from ${rowsOf("fa")} where d <> all(lost);
  if p_di <> '{}' then
    insert into disclosures (subject, version, owner, readers, sealed)
      select subject, version, owner, string_to_array(readers, ','), decode(sealed, 'hex')
      from ${rowsOf("di")} where d <> all(lost);
  end if;
  if p_jo <> '{}' then
    perform graphile_worker.add_jobs(array(
      select row(task, payload::json, null, now() + delay_ms * interval '1 millisecond', null, key, null, null
      )::graphile_worker.job_spec from ${rowsOf("jo")} where d <> all(lost)));
  end if;
  now_ms := extract(epoch from clock_timestamp()) * 1000;
  tx := pg_current_xact_id()::xid::text;
end $$`
}

const callers = [
  "boolean",
  "text[]",
  "text[]",
  "text[]",
  ...inputNames.flatMap(parametersOf).map(() => "text"),
]

/** The statement that calls it, with a text for each parameter. */
export const commitCall = `select repeated, lost, now_ms, tx from ${commitFunction}(${callers
  .map((type, i) => `$${i + 1}::text${type === "text" ? "" : `::${type}`}`)
  .join(", ")})`
