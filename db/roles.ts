import type { Sql } from "postgres"

/**
 * What is written once and stays: the serving role can add rows and read them, but neither change nor delete
 * one. Triggers in the migrations refuse the same to every role, so that a superuser has to mean it.
 */
export const appendOnlyTables: readonly string[] = [
  "sealed_facts",
  "checkpoints",
  "cosignatures",
  "publications",
  "postings",
  "provider_lines",
  "line_steps",
  "bank_lines",
  "bank_imports",
  "bank_line_steps",
  "bank_uses",
  "commands",
]

/** Where graphile-worker keeps its jobs; its tables have row-level security on and no policy for anybody. */
const jobSchema = "graphile_worker"

export type RolePassword = { role: string; password: string }

/**
 * Makes the two login roles of a market when they are missing, and sets their passwords: the owner, who
 * migrates, and the serving role, which the processes use. Needs a superuser (or a role that may create roles).
 */
export async function createRoles(superuser: Sql, owner: RolePassword, serving: RolePassword): Promise<void> {
  for (const { role, password } of [owner, serving]) {
    const [known] = await superuser`select 1 from pg_roles where rolname = ${role}`
    const verb = known ? "alter" : "create"
    const statement = await quoted(superuser, `${verb} role %I login password %L`, role, password)
    await superuser.unsafe(statement)
  }
}

/** Makes an empty database of the owner's; true when it was not there. */
export async function createDatabase(
  superuser: Sql,
  database: { name: string; owner: string },
): Promise<boolean> {
  const [known] = await superuser`select 1 from pg_database where datname = ${database.name}`
  if (known) return false
  const statement = await quoted(superuser, "create database %I owner %I", database.name, database.owner)
  await superuser.unsafe(statement)
  return true
}

/**
 * Lets the writer's rows become JSON without being read through (db/commit-inputs.ts `asJson`): they are what
 * `JSON.stringify` made. Only a cast from `varchar` does so, which nothing else here uses. Needs a superuser of this very
 * database; where there is none the same cast reads its text, and all that is lost is time.
 */
export async function trustJson(superuser: Sql): Promise<void> {
  await superuser.unsafe(`do $$ begin
    if not exists (select from pg_cast where castsource = 'varchar'::regtype and casttarget = 'json'::regtype) then
      create cast (varchar as json) without function;
    end if;
  end $$`)
}

/**
 * Gives the serving role what it needs and no more, as the owner and in one transaction, so that a running
 * market never sees a moment without its rights. May be run any number of times.
 */
export async function grantServing(owner: Sql, servingRole: string): Promise<void> {
  const tables = await owner<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'public' and tablename = any(${[...appendOnlyTables]}::text[])`
  const secured = await owner<{ table: string }[]>`
    select c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${jobSchema} and c.relrowsecurity
      and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'serving')`
  const [role] = await owner<{ name: string }[]>`select quote_ident(${servingRole}) as name`
  if (!role) throw new Error("quote_ident gave no row")
  await owner.begin(async (transaction) => {
    for (const schema of ["public", jobSchema]) {
      await transaction.unsafe(`grant usage on schema ${schema} to ${role.name}`)
      await transaction.unsafe(
        `grant select, insert, update, delete on all tables in schema ${schema} to ${role.name}`,
      )
      await transaction.unsafe(`grant usage, select on all sequences in schema ${schema} to ${role.name}`)
      await transaction.unsafe(`grant execute on all functions in schema ${schema} to ${role.name}`)
    }
    for (const { name } of tables)
      await transaction.unsafe(`revoke update, delete, truncate on ${name} from ${role.name}`)
    for (const { table } of secured)
      await transaction.unsafe(
        `create policy serving on ${jobSchema}.${table} to ${role.name} using (true) with check (true)`,
      )
  })
}

/** A statement whose names and values the server itself has quoted; DDL takes no parameters. */
async function quoted(sql: Sql, format: string, ...values: string[]): Promise<string> {
  const [row] = await sql<{ statement: string }[]>`
    select format(${format}, variadic ${values}::text[]) as statement`
  if (!row) throw new Error("format gave no row")
  return row.statement
}
