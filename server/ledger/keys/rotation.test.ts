import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import path from "node:path"
import { expect, test } from "vitest"
import { must } from "#contracts/assert.ts"
import { memoryBundle } from "#contracts/ledger/bundle.ts"
import { verifyCertificate } from "#contracts/ledger/certificate.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parseVerifierKey, type VerifierKey } from "#contracts/ledger/note.ts"
import { readRotation } from "#contracts/ledger/rotation.ts"
import type { RotationReason } from "#contracts/ledger/rotation-reason.ts"
import { verifyBundle } from "#contracts/ledger/verify.ts"
import { isRefusal } from "#contracts/refusal.ts"
import type { ExportSubject } from "#contracts/supervision.ts"
import { putRow } from "#db/test-rows.ts"
import { writeBundle } from "../export/bundle.ts"
import { createNextLogKey, openLogKeys } from "../log-key.ts"
import { readHead, readLog } from "../log-store.ts"
import { nodeCrypto } from "../node-crypto.ts"
import { type Failpoint, sealSteps } from "../seal.ts"
import { answerLedger } from "../serve.ts"
import { checkLog, openTestLog, type TestLog } from "../test-log.ts"
import { holdPayment, newId, testServices, userOf } from "../test-records.ts"
import { endOverlap, readKeyState, startRotation } from "./commands.ts"
import { readTurns } from "./turns.ts"

/** A log with some records, signed, and its operator. */
async function open(records = 5) {
  const log = await openTestLog()
  const services = await testServices(log)
  const operator = newId("party")
  await putRow(log.sql, "party", { id: operator, version: 1, roles: ["operator"] })
  await log.add(records)
  await seal(log)
  const rotate = (reason: RotationReason = "scheduled") =>
    startRotation({ sql: log.sql, home: log.home, writer: services.writer }, reason)
  return { log, services, rotate }
}

/** Rounds of a sequencer of its own, as after a start, until nothing waits. */
async function seal(log: TestLog, failpoint?: Failpoint): Promise<void> {
  const sequencer = log.sequencer(failpoint)
  try {
    while ((await sequencer.sealOnce()) > 0);
  } finally {
    await sequencer.stop()
  }
}

const keyOf = (vkey: string): VerifierKey => {
  const key = parseVerifierKey(vkey, nodeCrypto.sha256)
  if (isMalformed(key)) throw new Error(key.malformed)
  return key
}
const served = async (log: TestLog, name: string) => String((await answerLedger(log.sql, name)).body)
const signaturesOf = (note: string): number =>
  note.split("\n").filter((line) => line.startsWith("\u2014")).length
const headNote = async (log: TestLog): Promise<string> => must(await readHead(log.sql), "a head").note

async function bundleOf(
  log: TestLog,
  services: Awaited<ReturnType<typeof testServices>>,
  subject: ExportSubject | null = null,
) {
  const folder = path.join(log.home, "exports", "x")
  const { origin } = must(await readLog(log.sql), "a log")
  const keys = (await openLogKeys({ home: log.home })).map((key) => key.signerOf(origin))
  const written = await writeBundle({
    sql: log.sql,
    keys: services.keys,
    signerOf: (vkey) => keys.find(({ key }) => key.keyId === keyOf(vkey).keyId) ?? null,
    order: {
      from: null,
      to: null,
      reason: "a test",
      role: "operator",
      party: null,
      user: null,
      form: "folder",
      subject,
    },
    now: services.writer.now(),
    folder,
    progress: async () => {},
  })
  if (isRefusal(written)) throw new Error(written.refused)
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = await Promise.all(
    names
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name)
        return [path.relative(folder, file), new Uint8Array(await readFile(file))] as const
      }),
  )
  return memoryBundle(new Map(files))
}

test("the log takes a new key while records are sealed; both sign until the old one is destroyed", async () => {
  const { log, services, rotate } = await open()
  const { vkey: first } = must(await readLog(log.sql), "a log")
  const before = await headNote(log)
  await log.add(10)
  const started = await rotate()
  if (isRefusal(started)) throw new Error(started.refused)
  await log.add(10)
  await seal(log)
  const [turn] = await readTurns(log.sql)
  const { index, note } = must(turn, "a change")
  expect([index, await checkLog(log)]).toEqual([15, 26])
  expect(signaturesOf(must(note, "a handover"))).toBe(2)
  expect(signaturesOf(await headNote(log))).toBe(2)
  expect(await rotate()).toMatchObject({ refused: "key_change_open" })
  expect((await stat(path.join(log.home, "keys", `log-${hexOf(started.to)}.pem`))).mode & 0o777).toBe(0o600)

  expect(await endOverlap(log)).toBe(1)
  await log.add(3)
  await seal(log)
  expect(signaturesOf(await headNote(log))).toBe(1)
  expect(await checkLog(log)).toBe(29)
  expect(await served(log, "log.vkey")).toBe(`${started.to}\n`)
  expect(await readKeyState(log)).toMatchObject({ first, due: started.to, open: null, kept: [started.to] })

  const bundle = await bundleOf(log, services)
  for (const since of [before, await headNote(log)])
    for (const vkey of [first, started.to]) {
      const report = await verifyBundle(bundle, { crypto: nodeCrypto, keys: [keyOf(vkey)], since })
      expect([report.verdict, report.failures]).toEqual(["intact", []])
      expect(report.rotations).toMatchObject([{ record: index, reason: "scheduled" }])
    }
})

const hexOf = (vkey: string): string => Buffer.from(keyOf(vkey).publicKey.subarray(0, 4)).toString("hex")

test("a certificate under the new key is followed from the old one, by what the market serves", async () => {
  const { log, rotate } = await open()
  const { vkey: first } = must(await readLog(log.sql), "a log")
  const old = await served(log, "proof/2")
  const started = await rotate()
  if (isRefusal(started)) throw new Error(started.refused)
  await seal(log)
  await endOverlap(log)
  await log.add(1)
  await seal(log)
  const rotation = readRotation(await served(log, "rotation/1"), nodeCrypto)
  if ("code" in rotation) throw new Error(rotation.code)
  expect((await answerLedger(log.sql, "rotation/2")).status).toBe(404)
  const now = await served(log, "proof/2")
  const judge = (text: string, vkey: string, rotations = [rotation]) => {
    const { failures, authenticated } = verifyCertificate(text, {
      keys: [keyOf(vkey)],
      crypto: nodeCrypto,
      rotations,
    })
    return [failures.map(({ code }) => code), authenticated]
  }
  expect(judge(now, first, [])).toEqual([["checkpoint_not_signed_by_key"], false])
  expect(judge(now, first)).toEqual([[], true])
  expect(judge(now, started.to, [])).toEqual([[], true])
  expect(judge(old, first, [])).toEqual([[], true])
  expect(judge(old, started.to)).toEqual([[], true])
})

test("a stolen key signs the handover and nothing after it; who has only that key is told", async () => {
  const { log, services, rotate } = await open()
  const { vkey: first } = must(await readLog(log.sql), "a log")
  const started = await rotate("compromised")
  if (isRefusal(started)) throw new Error(started.refused)
  await seal(log)
  await log.add(2)
  await seal(log)
  expect(signaturesOf(await headNote(log))).toBe(1)
  const bundle = await bundleOf(log, services)
  const verdict = async (vkey: string) =>
    (await verifyBundle(bundle, { crypto: nodeCrypto, keys: [keyOf(vkey)] })).verdict
  expect([await verdict(first), await verdict(started.to)]).toEqual(["unauthenticated", "intact"])
})

test.each(sealSteps.flatMap((step) => (["before", "after"] as const).map((moment) => ({ moment, step }))))(
  "a crash $moment $step of the change's round: the next start completes the handover",
  async ({ moment, step }) => {
    const { log, rotate } = await open()
    await log.add(3)
    expect(isRefusal(await rotate())).toBe(false)
    await log.add(3)
    const crash = seal(log, (atMoment, atStep) => {
      if (atMoment === moment && atStep === step) throw new Error("crash")
    })
    await expect(crash).rejects.toThrow("crash")
    if (!(moment === "after" && step === "publish"))
      expect(await endOverlap(log)).toMatchObject({ refused: "key_change_open" })
    await seal(log)
    expect(await checkLog(log)).toBe(12)
    expect((await readTurns(log.sql)).map(({ index, note }) => [index, signaturesOf(note ?? "")])).toEqual([
      [8, 2],
    ])
  },
)

test("a key made by a try that was cut off is used by the next, and no other is made", async () => {
  const { log, rotate } = await open()
  const { origin } = must(await readLog(log.sql), "a log")
  const left = await createNextLogKey(log.home)
  const started = await rotate()
  expect(started).toMatchObject({ version: 1 })
  expect(keyOf((started as { to: string }).to)).toEqual(left.signerOf(origin).key)
  // The record is committed and the process that waited for it is gone: there is nothing to do a second time.
  expect(await rotate()).toMatchObject({ refused: "key_change_open" })
  await seal(log)
  expect((await openLogKeys({ home: log.home })).length).toBe(2)
  expect(await readTurns(log.sql)).toHaveLength(1)
})

test("a change whose new key is not here waits, and the others go on; with the key it is sealed", async () => {
  const { log, rotate } = await open()
  const started = await rotate()
  if (isRefusal(started)) throw new Error(started.refused)
  const file = path.join(log.home, "keys", `log-${hexOf(started.to)}.pem`)
  const pem = await readFile(file, "utf8")
  await rm(file)
  await log.add(4)
  await seal(log)
  expect([await checkLog(log), (await readTurns(log.sql)).length]).toEqual([9, 0])
  await writeFile(file, pem, { mode: 0o600 })
  await seal(log)
  expect([await checkLog(log), (await readTurns(log.sql)).length]).toEqual([10, 1])
})

test("a data folder or a database from before the change is not sealed with", async () => {
  const { log, rotate } = await open()
  const started = await rotate()
  if (isRefusal(started)) throw new Error(started.refused)
  await seal(log)
  const file = path.join(log.home, "keys", `log-${hexOf(started.to)}.pem`)
  const pem = await readFile(file, "utf8")
  await rm(file)
  await log.add(1)
  await expect(seal(log)).rejects.toThrow(started.to)
  await writeFile(file, pem, { mode: 0o600 })
  await seal(log)
  expect(await checkLog(log)).toBe(7)
  await log.spoil(`delete from sealed_facts where index >= 5; delete from checkpoints where size > 5;
    delete from thread_entries where index >= 5; update tiles set hashes = substring(hashes for 160) where level = 0`)
  await expect(seal(log)).rejects.toThrow(/has 5 records, the last published checkpoint 7/)
})

test("an export of one trade alone shows the change of key too", async () => {
  const { log, services, rotate } = await open()
  const { vkey: first } = must(await readLog(log.sql), "a log")
  const trade = await holdPayment(services, userOf("buyer"))
  await seal(log)
  expect(isRefusal(await rotate())).toBe(false)
  await log.add(2)
  await seal(log)
  const bundle = await bundleOf(log, services, { kind: "trade", id: trade })
  const report = await verifyBundle(bundle, { crypto: nodeCrypto, keys: [keyOf(first)] })
  expect([report.verdict, report.failures, report.rotations.length]).toEqual(["intact", [], 1])
  expect(report.filter).toMatchObject({ kind: "trade", keys: [trade] })
})

test("two changes, one after the other", async () => {
  const { log, services, rotate } = await open()
  const { vkey: first } = must(await readLog(log.sql), "a log")
  for (const version of [1, 2]) {
    expect(await rotate("custody")).toMatchObject({ version })
    await log.add(2)
    await seal(log)
    expect(await endOverlap(log)).toBe(1)
  }
  expect(await checkLog(log)).toBe(11)
  expect((await openLogKeys({ home: log.home })).length).toBe(1)
  const report = await verifyBundle(await bundleOf(log, services), {
    crypto: nodeCrypto,
    keys: [keyOf(first)],
  })
  expect([report.verdict, report.failures, report.rotations.length]).toEqual(["intact", [], 2])
})
