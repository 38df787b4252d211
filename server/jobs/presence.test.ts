import { expect, test } from "vitest"
import { testDatabase } from "#db/test-database.ts"
import { Presence } from "./presence.ts"

const { sql, servingUrl, owner } = await testDatabase()

/** A job that a worker of this name has taken and not finished. */
async function jobOf(worker: string): Promise<string> {
  const [job] = await sql<{ id: string }[]>`select id::text as id from graphile_worker.add_job('deliver')`
  await owner.sql`update graphile_worker._private_jobs set locked_by = ${worker}, locked_at = now(), attempts = 1
    where id = ${job?.id ?? ""}::bigint`
  return job?.id ?? ""
}

const lockedBy = async (id: string) => {
  const [row] = await sql<{ by: string | null }[]>`
    select locked_by as by from graphile_worker.jobs where id = ${id}::bigint`
  return row?.by
}

test("jobs of a worker that lives stay with it; when it is gone another gives them back", async () => {
  const [first, second] = [new Presence(servingUrl, "pool-first"), new Presence(servingUrl, "pool-second")]
  expect(await first.sweep()).toEqual([])
  const [theirs, own] = [await jobOf("pool-first"), await jobOf("pool-second")]
  expect(await second.sweep()).toEqual([])
  expect([await lockedBy(theirs), await lockedBy(own)]).toEqual(["pool-first", "pool-second"])

  await first.stop()
  expect(await second.sweep()).toEqual(["pool-first"])
  expect([await lockedBy(theirs), await lockedBy(own)]).toEqual([null, "pool-second"])
  await second.stop()
})

test("a lock that was lost with its connection is taken again", async () => {
  const [third, fourth] = [new Presence(servingUrl, "pool-third"), new Presence(servingUrl, "pool-fourth")]
  await third.sweep()
  const job = await jobOf("pool-third")
  const ended = await sql`select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and classid = ${0x776f726b}::bigint::oid`
  expect(ended).toHaveLength(1)
  // The connection may notice its end only with the next statements; a sweep that fails is tried again.
  const sweep = () => third.sweep().then(() => "done")
  await expect.poll(() => sweep().catch(() => "failed")).toBe("done")
  expect(await fourth.sweep()).toEqual([])
  expect(await lockedBy(job)).toBe("pool-third")
  await Promise.all([third.stop(), fourth.stop()])
})
