import { type CertifiedNoun, mostMembers, nounMembers, nounTables } from "./nouns.ts"

const memberNumbers = Array.from({ length: mostMembers }, (_, i) => i + 1)

/**
 * The inputs of a commit and their columns, in the order of the function's parameters. Each column comes as one
 * newline-joined text with `\N` for null: about twice as fast as jsonb_to_recordset (STACK). `d` is the place of
 * the decision in its batch, `m1` and on are the members of the changed noun in the order of db/nouns.ts.
 */
export const commitInputs = {
  cmd: "d::int giver id digest result",
  ch: `d::int noun id version::int row ${memberNumbers.map((n) => `m${n}`).join(" ")}`,
  gu: "d::int noun id version::int",
  se: "d::int plan take::int",
  po: "d::int source_type source_id leg::int account currency amount::bigint trade occurred_at",
  fa: "d::int subject version::int fact",
  di: "d::int subject version::int owner readers sealed",
  jo: "d::int task payload key delay_ms::int",
} as const

export type CommitInput = keyof typeof commitInputs

/** Raised when the parameters or the answer change, so that processes of two releases can share a database. */
export const commitFunction = "quanheng_commit_2"

type Column = { name: string; type: string }

const inputNames = Object.keys(commitInputs) as CommitInput[]

const columnsOf = (input: CommitInput): Column[] =>
  commitInputs[input].split(" ").map((column) => {
    const [name = "", type = "text"] = column.split("::")
    return { name, type }
  })

/** A parameter as the array it stands for. */
const arrayOf = (input: CommitInput, { name, type }: Column): string => {
  const array = `string_to_array(p_${input}_${name}, E'\\n', '\\N')`
  return type === "text" ? array : `${array}::${type}[]`
}

/** An input as a table of its columns, or of some of them. */
const rowsOf = (input: CommitInput, names = columnsOf(input).map(({ name }) => name)): string => {
  const columns = columnsOf(input).filter(({ name }) => names.includes(name))
  return `unnest(${columns.map((column) => arrayOf(input, column)).join(", ")}) as ${input}(${names.join(", ")})`
}

/** What more than one statement uses, taken apart once: each expression of a function costs it some microseconds. */
const variables = ["d", "noun", "id", "version", "row"] as const

/**
 * The changes with so many of their members, and without their rows, which are long: a write takes `ch_row[ch.n]`
 * for its own noun's only. Numbered, so that n tells the place of the row.
 */
const changes = (members: number): string => {
  const names = memberNumbers.slice(0, members).map((n) => `m${n}`)
  const arrays = ["ch_d", "ch_noun", "ch_id", "ch_version"].concat(
    names.map((name) => arrayOf("ch", { name, type: "text" })),
  )
  return `unnest(${arrays.join(", ")})
      with ordinality as ch(${["d", "noun", "id", "version", ...names, "n"].join(", ")})`
}

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
  if '${noun}' = any(ch_noun) then locked := pg_advisory_xact_lock(${lockOf(noun)}) is null;
  elsif '${noun}' = any(gu_noun) then locked := pg_advisory_xact_lock_shared(${lockOf(noun)}) is null;
  end if;`,
)

/** Which decisions do not stand, for what they change has moved. */
const changeChecks = Object.entries(nounTables).map(
  ([noun, table]) => `
    if '${noun}' = any(ch_noun) then
      lost := lost || array(select ch.d from ${changes(0)}
        left join lateral (select t.version from ${table} t where t.id = ch.id limit 1) t on true
        where ch.noun = '${noun}' and coalesce(t.version, 0) <> ch.version - 1);
    end if;`,
)

/** Which decisions do not stand, for what they rely on has moved. */
function guardCheck([noun, table]: [string, string]): string {
  const held = isLockedAsOne(noun)
    ? ""
    : `
    perform 1 from ${table} t where t.id in (select gu.id from ${rowsOf("gu")} where gu.noun = '${noun}')
      order by t.id for share;`
  return `
  if '${noun}' = any(gu_noun) then${held}
    lost := lost || array(select gu.d from ${rowsOf("gu")}
      left join lateral (select t.version from ${table} t where t.id = gu.id limit 1) t on true
      where gu.noun = '${noun}' and coalesce(t.version, 0) <> gu.version);
  end if;`
}

function guardChecks(): string {
  const all = Object.entries(nounTables)
  const [often, seldom] = [true, false].map((kind) =>
    all.filter(([noun]) => isLockedAsOne(noun) === kind),
  ) as [typeof all, typeof all]
  return `${often.map(guardCheck).join("")}
  if not gu_noun <@ '{${lockedAsOne.join(",")}}'::text[] then${seldom.map(guardCheck).join("")}
  end if;`
}

function nounWrite(noun: CertifiedNoun): string {
  const [table, members] = [nounTables[noun], nounMembers[noun]]
  const columns = members.map((name, i) => ({ name: `"${name}"`, value: `ch.m${i + 1}` }))
  const list = (of: (column: { name: string; value: string }) => string) =>
    columns.map((column) => `, ${of(column)}`).join("")
  const from = `${changes(members.length)}
      where ch.noun = '${noun}' and ch.d <> all(lost)`
  const deadline = `ch.m${members.indexOf("deadline") + 1}`
  const reminders = `
    insert into reminders (at, trade) select ${deadline}, ch.id from ${from} and ${deadline} is not null;`
  return `
  if '${noun}' = any(ch_noun) then
    if 1 = any(ch_version) then
      insert into ${table} (id, version, row${list(({ name }) => name)})
        select ch.id, ch.version, ch_row[ch.n]::json${list(({ value }) => value)} from ${from} and ch.version = 1;
      get diagnostics written = row_count;
      changed := changed + written;
    end if;
    if 1 < any(ch_version) then
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
 * would show it. A function rather than one statement, because the parts a batch does not use then cost nothing.
 * Installed anew by each migration run, for it follows the list of nouns.
 */
export function commitFunctionText(): string {
  const parameters = inputNames.flatMap((input) =>
    columnsOf(input).map(({ name }) => `p_${input}_${name} text`),
  )
  const arrays = columnsOf("ch")
    .filter(({ name }) => (variables as readonly string[]).includes(name))
    .map((column) => `  ch_${column.name} constant ${column.type}[] := ${arrayOf("ch", column)};`)
  return `create or replace function ${commitFunction}(careful boolean, ${parameters.join(", ")},
  out repeated json, out lost int[], out now_ms float8, out tx text) language plpgsql as $$
declare
${arrays.join("\n")}
  gu_noun constant text[] := ${arrayOf("gu", { name: "noun", type: "text" })};
  written bigint;
  changed bigint := 0;
  meant bigint;
  locked boolean;
begin
  lost := '{}';${locks.join("")}
  if careful then
    select json_agg(json_build_object('d', dup.d, 'digest', dup.digest, 'result', dup.result)),
      coalesce(array_agg(dup.d), '{}') into repeated, lost
    from (select cmd.d, k.digest, k.result from ${rowsOf("cmd", ["d", "giver", "id"])} cross join lateral
      (select digest, result from commands k where k.giver = cmd.giver and k.id = cmd.id limit 1) k) dup;
${changeChecks.join("")}
    lost := lost || array(select se.d from ${rowsOf("se")}
      left join lateral (select free from seats s where s.plan = se.plan limit 1) s on true
      where coalesce(s.free, 0) < se.take);
  end if;
${guardChecks()}
  meant := cardinality(ch_d);
  if cardinality(lost) > 0 then
    select count(*) into meant from unnest(ch_d) as d where d <> all(lost);
  end if;

  insert into commands (giver, id, digest, result)
    select cmd.giver, cmd.id, cmd.digest, cmd.result::jsonb from ${rowsOf("cmd")} where cmd.d <> all(lost);
  loop${nounsByUse.map(nounWrite).join("")}
    exit;
  end loop;
  changed := quanheng_require_equal(changed, meant);
  if p_se_d <> '' then
    update seats s set free = s.free - se.take from ${rowsOf("se")}
      where s.plan = se.plan and s.free >= se.take and se.d <> all(lost);
    get diagnostics written = row_count;
    select count(*) into meant from ${rowsOf("se", ["d"])} where d <> all(lost);
    written := quanheng_require_equal(written, meant);
  end if;
  if p_po_d <> '' then
    insert into postings (source_type, source_id, leg, account, currency, amount, trade, occurred_at)
      select source_type, source_id, leg, account, currency, amount, trade, occurred_at
      from ${rowsOf("po")} where d <> all(lost);
  end if;
  insert into pending_facts (subject, version, fact)
    select subject, version, fact from ${rowsOf("fa")} where d <> all(lost);
  if p_di_d <> '' then
    insert into disclosures (subject, version, owner, readers, sealed)
      select subject, version, owner, string_to_array(readers, ','), decode(sealed, 'hex')
      from ${rowsOf("di")} where d <> all(lost);
  end if;
  if p_jo_d <> '' then
    perform graphile_worker.add_jobs(array(
      select row(task, payload::json, null, now() + delay_ms * interval '1 millisecond', null, key, null, null
      )::graphile_worker.job_spec from ${rowsOf("jo")} where d <> all(lost)));
  end if;
  now_ms := extract(epoch from clock_timestamp()) * 1000;
  tx := pg_current_xact_id()::xid::text;
end $$`
}

/** The statement that calls it. */
export const commitCall = `select repeated, lost, now_ms, tx from ${commitFunction}($1::text::boolean${inputNames
  .flatMap(columnsOf)
  .map((_, i) => `, $${i + 2}::text`)
  .join("")})`
