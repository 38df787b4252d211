import { expect, test } from "vitest"
import { fewAtATime } from "./one-at-a-time.ts"

test("a few run at a time, each gets its turn, and one that fails gives its place on", async () => {
  let running = 0
  let most = 0
  const asked = Array.from({ length: 11 }, (_, i) =>
    fewAtATime(async () => {
      most = Math.max(most, ++running)
      await new Promise((done) => setImmediate(done))
      running--
      if (i % 3 === 0) throw new Error(`${i}`)
      return i
    }),
  )
  const ended = await Promise.allSettled(asked)
  expect(ended.map(({ status }) => status === "fulfilled")).toEqual(asked.map((_, i) => i % 3 !== 0))
  expect([most, running]).toEqual([4, 0])
  expect(await fewAtATime(async () => "free")).toBe("free")
})
