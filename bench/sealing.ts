import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import type { Sql } from "postgres"

export const secondsSince = (started: number): number => (performance.now() - started) / 1000

/** Waits until nothing is pending and the newest checkpoint covers all that is sealed. */
export async function untilSealed(sql: Sql): Promise<void> {
  for (;;) {
    const [row] = await sql<{ waiting: boolean }[]>`
      select exists (select 1 from pending_facts) or coalesce((select max(size) from checkpoints), 0) <
        (select coalesce(max(index) + 1, 0) from sealed_facts) as waiting`
    if (row?.waiting === false) return
    await delay(10)
  }
}

/** The sequencer in a process and a session of its own, as in production, with this one's options. */
export function startSequencer(url: string, home: string): ChildProcess {
  const program = fileURLToPath(new URL("./sequencer-process.ts", import.meta.url))
  return spawn(process.execPath, [...process.execArgv, program, url, home], {
    detached: true,
    stdio: ["pipe", "inherit", "inherit"],
  })
}

export async function stopSequencer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.stdin?.end()
  await once(child, "exit")
}

/** What the database's processes of this bench do, by their process ids. */
export async function namesOfBackends(sql: Sql): Promise<Map<number, string>> {
  const rows = await sql<{ pid: number; name: string }[]>`
    select pid, application_name as name from pg_stat_activity where application_name like 'bench%'`
  return new Map(rows.map(({ pid, name }) => [pid, name.replace("bench", "postgres for")]))
}
