import { readFileSync } from "node:fs"
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, expect, test } from "vitest"
import { openSession } from "#db/connect.ts"
import { isSessionWeighed } from "../give-way.ts"
import { readBackend } from "./seal-store.ts"
import { SealingWeight } from "./sealing-weight.ts"
import { openTestLog } from "./test-log.ts"

const niceOf = (pid: number | "self"): string | undefined =>
  /nice (-?\d+)/.exec(readFileSync(`/proc/${pid}/autogroup`, "utf8"))?.[1]

const log = await openTestLog()
const session = openSession(log.sql)
const backend = await readBackend(session.sql)
/** Where Linux does not weigh sessions there is nothing to see. */
const weighs = isSessionWeighed(backend)
/** proc_pid_stat(5), field 41; 5 is SCHED_IDLE. */
const policyOf = (pid: number): string | undefined => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[38]
}
afterAll(() => session.close())

test.runIf(weighs)("a round is last in line in PostgreSQL, but not when it is late", async () => {
  const own = niceOf("self")
  const weight = await SealingWeight.of(session.sql)
  expect(niceOf(backend)).toBe("0")
  expect(policyOf(backend)).toBe("5")
  const seen = await weight.behind(async () => {
    const atOnce = niceOf(backend)
    await delay(300)
    const soon = niceOf(backend)
    await expect.poll(() => niceOf(backend), { timeout: 5_000 }).toBe("0")
    return [atOnce, soon]
  })
  expect(seen).toEqual(["19", "19"])
  await weight.behind(async () => expect(niceOf(backend)).toBe("19"))
  // The process of a test leads no session: it is its starter's.
  expect(niceOf("self")).toBe(own)
  expect(policyOf(process.pid)).toBe("0")
})

test.runIf(weighs)("what a round threw is thrown, and what it answered is answered", async () => {
  const weight = await SealingWeight.of(session.sql)
  await expect(weight.behind(() => Promise.reject(new Error("no")))).rejects.toThrow("no")
  expect(await weight.behind(async () => 7)).toBe(7)
})

test.runIf(weighs)("a process of the same number that serves somebody else is left alone", async () => {
  const other = openSession(log.sql)
  const pid = await readBackend(other.sql)
  const stranger = async () => [{ pid }]
  const options = { ...log.sql.options, user: "somebody" }
  const weight = await SealingWeight.of(Object.assign(stranger, { options }) as never)
  await weight.behind(async () => expect(niceOf(pid)).toBe("0"))
  expect(policyOf(pid)).toBe("0")
  await other.close()
})
