import type { Sql } from "postgres"
import type { AsideReason, BankFile, BankLine, MatchKind } from "#contracts/bank-file.ts"
import type { Id } from "#contracts/ids.ts"
import type { Refusal } from "#contracts/refusal.ts"
import { oneAtATime } from "../one-at-a-time.ts"
import type { Waiting } from "../queue.ts"
import type { KeyedLine } from "./line-keys.ts"

/** One import at a time; what `act` writes is not in the lock's transaction. */
export const lockImports = <T>(sql: Sql, act: () => Promise<T>) => oneAtATime(sql, "bank imports", act)

export type KnownLine = Pick<KeyedLine, "key" | "reference" | "direction"> & { file: Id<"bankFile"> }

/** What lines with these keys, or these numbers of the bank's within the days, an account has already. */
export async function loadKnown(
  sql: Sql,
  account: string,
  keyed: readonly KeyedLine[],
  { from, to }: Pick<BankFile, "from" | "to">,
): Promise<KnownLine[]> {
  const keys = keyed.map(({ key }) => key)
  const references = [...new Set(keyed.flatMap(({ reference }) => reference ?? []))]
  return sql`select key, reference, direction, file from bank_lines where account = ${account}
    and (key = any(${keys}) or reference = any(${references}) and date between ${from} and ${to})`
}

/** The file's header and its new lines, whole or not at all. */
export async function keepImport(
  sql: Sql,
  account: string,
  file: BankFile,
  lines: readonly (KeyedLine & { id: Id<"bankLine"> })[],
): Promise<void> {
  const rows = lines.map(({ id, key, row, date, direction, amount, reference, number, ...told }) => ({
    id,
    key,
    row,
    date,
    direction,
    amount: amount.minor,
    currency: amount.currency,
    reference,
    number,
    counterparty: told.counterparty,
    counter_account: told.counterAccount,
    text: told.text,
  }))
  await sql.begin(async (transaction) => {
    await transaction`insert into bank_imports (file, row) values (${file.id}, ${JSON.stringify(file)}::text::json)`
    await transaction`
      insert into bank_lines (id, file, account, key, row, date, direction, amount, currency, reference, number,
        counterparty, counter_account, text)
      select id, ${file.id}, ${account}, key, row, date, direction, amount, currency, reference, number,
        counterparty, counter_account, text
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as told(id text, key text, row int, date text,
        direction text, amount bigint, currency text, reference text, number text, counterparty text,
        counter_account text, text text)`
  })
}

/** Imports whose lines are kept and that no fact tells of yet: the process ended in between. */
export async function loadUntold(sql: Sql): Promise<BankFile[]> {
  const rows = await sql<{ row: BankFile }[]>`select row from bank_imports i
    where not exists (select from bank_files f where f.id = i.file) order by file`
  return rows.map(({ row }) => row)
}

export async function loadBankFile(sql: Sql, id: Id<"bankFile">): Promise<BankFile | null> {
  const [found] = await sql<{ row: BankFile }[]>`select row from bank_files where id = ${id}`
  return found?.row ?? null
}

/** A line with what became of it. */
export type LineCard = BankLine & {
  state: "open" | "matched" | "aside"
  /** Whether the bank's number has confirmed something, be it by this line or not. */
  used: boolean
  /** What it confirmed. */
  match: { kind: MatchKind; thing: string; byHand: boolean } | null
  aside: { reason: AsideReason; note: string; atMs: number } | null
}

/**
 * Whether the use `u`, whose number somebody typed, is of the line `l`: the first of that number whose money goes that
 * way. Banks give a return, a reversal or a fee the number of what it is about.
 */
const isTyped = (sql: Sql) => sql`u.line is null and u.number = upper(l.number)
  and l.direction = case when u.kind in ('receipt', 'debt', 'topUp', 'payout') then 'in' else 'out' end
  and not exists (select from bank_lines e where e.number in (l.number, upper(l.number))
    and e.direction = l.direction and (e.file, e.row, e.id) < (l.file, l.row, l.id))`

const cards = (sql: Sql) => sql`select l.id, l.file, l.row, l.date, l.direction, l.number, l.counterparty,
  l.counter_account as "counterAccount", l.text,
  json_build_object('minor', l.amount::text, 'currency', l.currency) as amount,
  case when u.number is not null then 'matched' when s.step = 'setAside' then 'aside' else 'open' end as state,
  coalesce(t.free, 1) = 0 as used,
  case when u.number is not null then json_build_object('kind', u.kind, 'thing', u.thing, 'byHand', u.line is null) end
    as match,
  case when s.step = 'setAside' then json_build_object('reason', s.reason, 'note', s.note,
    'atMs', (extract(epoch from s.created_at) * 1000)::float8) end as aside
  from bank_lines l join bank_files f on f.id = l.file
  left join bank_uses u on u.line = l.id or ${isTyped(sql)}
  left join seats t on t.plan = 'bank:' || upper(l.number)
  left join lateral (select * from bank_line_steps b where b.line = l.id order by n desc limit 1) s on true`

export const lineFilters = ["open", "matched", "aside", "all"] as const
export type LineFilter = (typeof lineFilters)[number]

/** The lines that a file brought, in its order. */
export async function loadLines(sql: Sql, file: Id<"bankFile">): Promise<LineCard[]> {
  return sql<LineCard[]>`${cards(sql)} where l.file = ${file} order by l.row, l.id`
}

export async function loadLine(sql: Sql, id: Id<"bankLine">): Promise<LineCard | null> {
  const [card] = await sql<LineCard[]>`${cards(sql)} where l.id = ${id}`
  return card ?? null
}

export type FileCard = { file: BankFile; open: number }

/** The newest files first, each with how many of its lines wait. */
export async function loadFiles(sql: Sql, before: string | null, limit: number): Promise<FileCard[]> {
  return sql<FileCard[]>`select f.row as file, (select count(*)::int from bank_lines l where l.file = f.id
      and ${isOpen(sql)}) as open from bank_files f
    where ${before === null ? sql`true` : sql`f.id < ${before}`} order by f.id desc limit ${limit}`
}

const isOpen = (sql: Sql) => sql`not exists (select from bank_uses u where u.line = l.id)
  and not exists (select from bank_uses u where ${isTyped(sql)})
  and coalesce((select step from bank_line_steps b where b.line = l.id order by n desc limit 1), '') <> 'setAside'`

export async function countOpenLines(sql: Sql): Promise<Waiting> {
  const [row] = await sql<Waiting[]>`select count(*)::float8 as count, min(f.row->>'at') as oldest
    from bank_lines l join bank_files f on f.id = l.file where ${isOpen(sql)}`
  return row ?? { count: 0, oldest: null }
}

export type LineStep = {
  line: Id<"bankLine">
  step: "setAside" | "takenBack"
  reason: AsideReason | null
  note: string | null
  user: Id<"user">
  command: Id<"command">
}

/** The next step of a line, where its last one is another; false where it is not. The same command writes once. */
export async function addLineStep(sql: Sql, step: LineStep): Promise<boolean> {
  const [known] =
    await sql`select 1 from bank_line_steps where command = ${step.command} and line = ${step.line}`
  if (known) return true
  const added = await sql`
    insert into bank_line_steps (line, n, step, reason, note, "user", command)
    select ${step.line}, coalesce(max(n), 0) + 1, ${step.step}, ${step.reason}, ${step.note}, ${step.user}, ${step.command}
    from bank_line_steps where line = ${step.line}
    having coalesce((array_agg(step order by n desc))[1], 'takenBack') <> ${step.step}
    on conflict do nothing`
  return added.count === 1
}

/** The platform's own payout has come to its bank: the line and its number are the payout's, each once. */
export async function noteArrival(
  sql: Sql,
  line: Pick<BankLine, "id" | "number">,
  payout: string,
  user: Id<"user">,
): Promise<boolean | Refusal> {
  const number = line.number.toUpperCase()
  return oneAtATime(sql, "bank arrivals", async (transaction) => {
    const [known] = await transaction<{ line: string | null; thing: string }[]>`
      select line, thing from bank_uses where number = ${number} or kind = 'payout' and thing = ${payout}`
    if (known) return known.line === line.id && known.thing === payout
    await transaction`insert into seats (plan, free) values (${`bank:${number}`}, 1) on conflict do nothing`
    const taken = await transaction`update seats set free = 0 where plan = ${`bank:${number}`} and free = 1`
    if (taken.count === 0) return false
    await transaction`insert into bank_uses (number, kind, thing, line, "user")
      values (${number}, 'payout', ${payout}, ${line.id}, ${user})`
    return true
  })
}
