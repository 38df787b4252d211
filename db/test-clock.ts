import type { Sql } from "postgres"
import { makeClient } from "./client.ts"

/**
 * A database's clock that tests can set forward: `now()` and `clock_timestamp()` of every statement that does not
 * name a schema. Defaults of columns keep the true time, for they were bound when the tables were made. Call it
 * before the connections that shall see it are opened.
 */
export async function makeClockMovable(ownerUrl: string): Promise<void> {
  const { sql, close } = makeClient(ownerUrl, { connections: 1, name: "test-clock" })
  await sql.unsafe(`
    create schema moved;
    create table moved.clock (ahead interval not null);
    insert into moved.clock values ('0');
    create function moved.now() returns timestamptz language sql stable
      as 'select pg_catalog.now() + ahead from moved.clock';
    create function moved.clock_timestamp() returns timestamptz language sql volatile
      as 'select pg_catalog.clock_timestamp() + ahead from moved.clock';
    grant usage on schema moved to public;
    grant select on moved.clock to public;`)
  const name = decodeURIComponent(new URL(ownerUrl).pathname.slice(1))
  await sql.unsafe(`alter database "${name}" set search_path = moved, public, pg_catalog`)
  await close()
}

/** Sets such a clock forward; answers what it says now, in milliseconds since 1970. */
export async function moveClock(owner: Sql, byMs: number): Promise<number> {
  await owner.unsafe("update moved.clock set ahead = ahead + $1::float8 * interval '1 millisecond'", [byMs])
  const [row] = await owner.unsafe<{ ms: number }[]>(
    "select (extract(epoch from moved.clock_timestamp()) * 1000)::float8 as ms",
  )
  if (!row) throw new Error("the database's clock says nothing")
  return row.ms
}
