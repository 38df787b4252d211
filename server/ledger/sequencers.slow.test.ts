import { once } from "node:events"
import { setTimeout as delay } from "node:timers/promises"
import { expect, test, vi } from "vitest"
import { randomOf } from "#contracts/ledger/testing/fuzz/random.ts"
import { sealSteps } from "./seal.ts"
import { openTestLog, type TestLog } from "./test-log.ts"
import {
  addUntil,
  endSessions,
  epoch,
  expectOneLog,
  openWire,
  startSequencer,
  untilEpoch,
  waiting,
} from "./test-sequencers.ts"

/**
 * Several sequencers as processes of their own, stopped, cut off and killed: no fork, nothing lost or doubled. A
 * sequencer leads as long as the database keeps its session. `npm run test:large` troubles them ten times as long.
 */
vi.setConfig({ testTimeout: 180_000 })
const longer = process.env.QUANHENG_LARGE ? 10 : 1

const untilSealed = (log: TestLog): Promise<void> =>
  expect.poll(() => waiting(log), { timeout: 15_000, interval: 10 }).toBe(0)

test.each([2, 3])("of %i sequencers each is paused, loses its session and goes on again", async (count) => {
  const log = await openTestLog()
  const children = Array.from({ length: count }, () => startSequencer(log))
  await untilEpoch(log, 1)
  const random = randomOf(count)
  async function trouble(): Promise<void> {
    for (let i = 0; i < 2 * count * longer; i++) {
      const child = children[i % count] ?? random.of(children)
      child.kill("SIGSTOP")
      // Its session is kept in one half of the cases: then the others wait for it.
      if (i % (2 * count) < count) await endSessions(log, child.pid)
      await delay(random.below(200))
      child.kill("SIGCONT")
      if (random.below(4) === 0) await endSessions(log)
      await delay(random.below(100))
    }
  }
  const total = await addUntil(log, trouble())
  // Each has lost its session, so another leads now, or soon: on a busy machine it takes its time to start.
  await untilEpoch(log, 2)
  expect(children.map(({ exitCode }) => exitCode)).toEqual(children.map(() => null))
  await expectOneLog(log, total)
})

test("a leader whose session ended while it was paused writes nothing more when it goes on", async () => {
  const log = await openTestLog()
  const first = startSequencer(log)
  await untilEpoch(log, 1)
  const second = startSequencer(log)
  let total = 0
  for (let i = 0; i < longer; i++) {
    await log.add(50)
    await untilSealed(log)
    // It stops in the middle of its work, with facts waiting that it may have read.
    await log.add(50)
    await delay(i % 20)
    const leader = i % 2 === 0 ? first : second
    leader.kill("SIGSTOP")
    await endSessions(log, leader.pid)
    await untilEpoch(log, 2 + i)
    await untilSealed(log)
    leader.kill("SIGCONT")
    total += 100 + (await addUntil(log, delay(300)))
    expect(await epoch(log)).toBe(2 + i)
  }
  await expectOneLog(log, total)
})

test("a leader that is cut off from the database, and let back, neither forks nor doubles", async () => {
  const log = await openTestLog()
  const wire = await openWire(log.url)
  try {
    const first = startSequencer({ url: wire.url, home: log.home })
    await untilEpoch(log, 1)
    const second = startSequencer(log)
    let total = 0
    for (let i = 0; i < 4 * longer; i++) {
      // In half of the cases what it asked for is done, and it never hears of that.
      wire.set(i % 2 === 0 ? "deaf" : "silent")
      total += await addUntil(log, delay(150))
      // In the end the database gives up the session that it hears nothing of, or the connection breaks.
      if (i % 4 < 2) await endSessions(log, first.pid)
      else wire.reset()
      await untilEpoch(log, 2 * i + 2)
      total += await addUntil(log, delay(100))
      wire.set("through")
      total += await addUntil(log, delay(100))
      // The lead goes back to the one that will be cut off.
      second.kill("SIGSTOP")
      await endSessions(log, second.pid)
      await untilEpoch(log, 2 * i + 3)
      second.kill("SIGCONT")
    }
    await expectOneLog(log, total)
  } finally {
    wire.close()
  }
})

const deaths = sealSteps.flatMap((step) => (["before", "after"] as const).map((moment) => [moment, step]))

test("a sequencer killed with SIGKILL at each step, and at any moment, leaves a log that the next one completes", async () => {
  const log = await openTestLog()
  const random = randomOf(7)
  let total = 0
  let lead = 0
  for (let turn = 0; turn < longer; turn++)
    for (const [moment = "", step = ""] of deaths) {
      // Each leads at once: what it takes over from the one before may be what it dies at.
      const child = startSequencer(log, moment, step)
      const ended = once(child, "exit")
      await untilEpoch(log, ++lead)
      total += await addUntil(log, ended)
      expect(child.signalCode).toBe("SIGKILL")
    }
  for (let kill = 0; kill < 4 * longer; kill++) {
    const child = startSequencer(log)
    await untilEpoch(log, ++lead)
    total += await addUntil(log, delay(random.below(300)))
    const ended = once(child, "exit")
    child.kill("SIGKILL")
    await ended
  }
  const last = log.sequencer()
  last.start()
  await expectOneLog(log, total)
  await last.stop()
})

test.runIf(process.env.QUANHENG_LARGE)("two are killed at each step in turn, again and again", async () => {
  const log = await openTestLog()
  let total = 0
  for (const [moment = "", step = ""] of deaths) {
    const children = [startSequencer(log, moment, step, "2"), startSequencer(log, moment, step, "3")]
    total += await addUntil(log, Promise.all(children.map((child) => once(child, "exit"))))
  }
  startSequencer(log)
  await expectOneLog(log, total)
})

test.runIf(process.env.QUANHENG_LARGE)(
  "one is killed with SIGKILL at each step, and the next one at each step of its recovery",
  { timeout: 900_000 },
  async () => {
    const log = await openTestLog()
    let total = 0
    for (const first of deaths)
      for (const second of deaths)
        for (const [moment = "", step = ""] of [first, second]) {
          const child = startSequencer(log, moment, step)
          total += await addUntil(log, once(child, "exit"))
          expect(child.signalCode).toBe("SIGKILL")
        }
    startSequencer(log)
    await expectOneLog(log, total)
  },
)
