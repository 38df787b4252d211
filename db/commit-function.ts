import {
  asJson,
  batchesOfFacts,
  columnsOf,
  inputNames,
  inputTypes,
  lines,
  parametersOf,
  rowsOf,
  typeOf,
} from "./commit-inputs.ts"
import { addJobs, addJobsDirectly } from "./commit-jobs.ts"
import { type CertifiedNoun, nounMembers, nounTables } from "./nouns.ts"

/** Raised when the parameters or the answer change, so that processes of two releases can share a database. */
export const commitFunction = "quanheng_commit_6"

/** Changes are in groups: of a noun, those that make a thing and those that follow. */
export const changeGroup = (noun: string, version: number): string =>
  `${noun} ${version === 1 ? "first" : "later"}`

const changeNames = columnsOf("ch").map(({ name }) => name)

/** One group's changes with their rows, once its place is known. */
const changes = `rows from (unnest(all_ch[low:high]), unnest(ch_row[low:high])) as ch(${[...changeNames, "row"].join(", ")})`

/** Where a group lies: `place` is null where there is none of it. */
const findGroup = (noun: string, version: number): string => `
    place := array_position(changing, '${changeGroup(noun, version)}');
    low := coalesce(upto[place - 1], 0) + 1;
    high := upto[place];`

const guards = `unnest(p_gu::${typeOf("gu")}[]) as gu(d, noun, id, version)`

/** Read by nearly every step of a trade and changed seldom: one lock for all of them is cheaper than one for each row. */
const lockedAsOne = ["party", "listing"] as const

export const isLockedAsOne = (noun: string): boolean => (lockedAsOne as readonly string[]).includes(noun)

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
    if changing && '{${noun} first,${noun} later}' then${[1, 2]
      .map(
        (version) => `${findGroup(noun, version)}
      lost := lost || array(select ch.d from ${changes}
        left join lateral (select t.version from ${table} t where t.id = ch.id limit 1) t on true
        where coalesce(t.version, 0) <> ch.version - 1);`,
      )
      .join("")}
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
  if guarded && '{${lockedAsOne.join(",")}}' and seen <> array(select count::text from moves) then
    if not told then
      raise exception 'a party or a listing has moved' using errcode = '40001';
    end if;${often.map(guardCheck).join("")}
  end if;
  if not guarded <@ '{${lockedAsOne.join(",")}}'::text[] then${seldom.map(guardCheck).join("")}
  end if;`
}

function nounWrite(noun: CertifiedNoun): string {
  const [table, members] = [nounTables[noun], nounMembers[noun]]
  const columns = members.map((name, i) => ({ name: `"${name}"`, value: `ch.m${i + 1}` }))
  const list = (of: (column: { name: string; value: string }) => string) =>
    columns.map((column) => `, ${of(column)}`).join("")
  const deadline = `ch.m${members.indexOf("deadline") + 1}`
  const counted = `
      get diagnostics written = row_count;
      changed := changed + written;${
        noun === "trade"
          ? `
      insert into reminders (at, trade) select ${deadline}, ch.id from ${changes}
        where ${deadline} is not null and ch.d <> all(lost);`
          : ""
      }`
  return `
  if changing && '{${noun} first,${noun} later}' then${findGroup(noun, 1)}
    if place is not null then
      insert into ${table} (id, version, row${list(({ name }) => name)})
        select ch.id, ch.version, ${asJson("ch.row")}${list(({ value }) => value)} from ${changes}
        where ch.d <> all(lost);${counted}
    end if;${findGroup(noun, 2)}
    if place is not null then
      update ${table} t set version = ch.version,
        row = ${asJson("ch.row")}${list(({ name, value }) => `${name} = ${value}`)} from ${changes}
        where ch.d <> all(lost) and t.id = ch.id and t.version = ch.version - 1;${counted}
    end if;
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
 * at which they were read (db/schema/listing.ts), and where all were read at one count they are not even `told`
 * at first. A function rather than one statement, because the parts a batch
 * does not use then cost nothing.
 * Installed anew by each migration run, for it follows the list of nouns.
 */
export function commitFunctionText(jobsKnown: boolean): string {
  const parameters = inputNames.flatMap(parametersOf).map((name) => `${name} text`)
  return `do $$ begin ${inputTypes.join(" ")} end $$;
create or replace function ${commitFunction}(careful boolean, changing text[], upto int[], guarded text[], seen text[],
  told boolean,
  ${parameters.join(", ")}, out repeated json, out lost int[], out now_ms float8, out tx text) language plpgsql as $$
declare
  all_ch constant ${typeOf("ch")}[] := p_ch::${typeOf("ch")}[];
  ch_row constant text[] := ${lines("ch")};
  place int;
  low int;
  high int;
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
    select count(*) into meant from unnest(all_ch) as ch(${changeNames.join(", ")}) where ch.d <> all(lost);
  end if;

  insert into commands (giver, id, digest, result)
    select cmd.giver, cmd.id, cmd.digest, ${asJson("cmd.result")} from ${rowsOf("cmd")} where cmd.d <> all(lost);
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
  if lost = '{}' then
    insert into pending_batches (facts) select unnest(${batchesOfFacts});
  else
    insert into pending_batches (facts) select line from ${rowsOf("fa")} where d <> all(lost);
  end if;
  if p_di <> '{}' then
    insert into disclosures (subject, version, owner, readers, sealed)
      select subject, version, owner, string_to_array(readers, '+'), decode(sealed, 'hex')
      from ${rowsOf("di")} where d <> all(lost);
  end if;
  if p_jo <> '{}' then${jobsKnown ? addJobsDirectly : addJobs}
  end if;
  now_ms := extract(epoch from clock_timestamp()) * 1000;
  tx := pg_current_xact_id()::xid::text;
end $$`
}

const callers = [
  "boolean",
  "text[]",
  "int[]",
  "text[]",
  "text[]",
  "boolean",
  ...inputNames.flatMap(parametersOf).map(() => "text"),
]

/** The statement that calls it, with a text for each parameter. */
export const commitCall = `select repeated, lost, now_ms, tx from ${commitFunction}(${callers
  .map((type, i) => `$${i + 1}::text${type === "text" ? "" : `::${type}`}`)
  .join(", ")})`
