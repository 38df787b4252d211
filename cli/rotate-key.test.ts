import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest"
import { putRow } from "#db/test-rows.ts"
import { readLog } from "#server/ledger/log-store.ts"
import { checkLog, openTestLog } from "#server/ledger/test-log.ts"
import { newId } from "#server/ledger/test-records.ts"
import { run } from "./rotate-key.ts"

/** The command as an operator types it, on a log whose sequencer runs. */
const log = await openTestLog()
const sequencer = log.sequencer()
const told = { out: "", error: "" }

beforeAll(async () => {
  vi.stubEnv("DATABASE_URL", log.url)
  vi.stubEnv("QUANHENG_HOME", log.home)
  vi.stubEnv("QUANHENG_MASTER_KEY", "ab".repeat(32))
  const operator = newId("party")
  await putRow(log.sql, "party", { id: operator, version: 1, roles: ["operator"] })
  await log.add(3)
  await sequencer.sealOnce()
  sequencer.start()
  for (const [stream, name] of [
    [process.stdout, "out"],
    [process.stderr, "error"],
  ] as const)
    vi.spyOn(stream, "write").mockImplementation((text) => {
      told[name] += text
      return true
    })
})
beforeEach(() => {
  told.out = ""
  told.error = ""
})
afterAll(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await sequencer.stop()
})

const keyFiles = () => readdir(join(log.home, "keys"))

test("a key changes hands, both sign, and the old one is destroyed when the operator says so", async () => {
  const { vkey } = (await readLog(log.sql)) ?? { vkey: "" }
  expect(await run(["--reason", "custody"])).toBe(0)
  expect(told.out).toContain("Record 3: the checkpoint of 4 records is signed by both keys.")
  expect(await keyFiles()).toHaveLength(2)
  expect(await run(["--reason", "custody"])).toBe(2)
  expect(told.error).toMatch(/^quanheng rotate-key: .+\n$/)
  expect(await run(["--list"])).toBe(0)
  expect(told.out).toContain(`${vkey}\n  given up in record 3`)
  told.out = ""
  expect(await run(["--end"])).toBe(0)
  expect(await run(["--end"])).toBe(0)
  expect(told.out).toBe("1 former key destroyed.\nNo former key is here.\n")
  expect(await keyFiles()).toHaveLength(1)
})

test("a stolen key is destroyed at once", async () => {
  expect(await run(["--reason", "compromised"])).toBe(0)
  expect(told.out).toContain("1 former key destroyed.")
  expect(await keyFiles()).toHaveLength(1)
  expect(await checkLog(log)).toBe(5)
})

test("what cannot be is told in a line, and nothing is changed", async () => {
  expect(await run(["--reason", "boredom"])).toBe(2)
  expect(told.error).toContain("--reason is one of scheduled, custody, compromised")
  expect(await run([])).toBe(2)
  expect(await run(["--end", "--list"])).toBe(2)
  expect(await run(["--help"])).toBe(0)
  expect(told.out).toContain("Usage: quanheng rotate-key")
  expect(await keyFiles()).toHaveLength(1)
})
