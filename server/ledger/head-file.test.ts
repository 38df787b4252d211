import { mkdtemp, readdir, rename, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { signCheckpoint } from "#contracts/ledger/checkpoint.ts"
import { makeSigner } from "#contracts/ledger/testing/seal.ts"
import { headFile, keepHead, readKeptHead } from "./head-file.ts"

let home: string
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "quanheng-head-"))
})
afterEach(() => rm(home, { recursive: true }))

const signers = { one: makeSigner("quanheng/test/0a1b2c3d"), other: makeSigner("quanheng/test/0e0f0a0b") }
const note = (size: number, by: keyof typeof signers = "one") => {
  const { key, sign } = signers[by]
  return signCheckpoint({ origin: key.name, size, root: new Uint8Array(32).fill(size) }, key, sign)
}
const keptSize = async () => (await readKeptHead(home))?.size ?? null

test("a process that was paused between looking and writing sets the head back to nothing", async () => {
  expect(await keptSize()).toBeNull()
  await keepHead(home, note(5))
  // Two have looked and seen 5; the one with 9 writes first, the one with 7 wakes up late.
  await keepHead(home, note(9))
  await keepHead(home, note(7))
  expect(await keptSize()).toBe(9)
  await keepHead(home, note(10))
  expect(await keptSize()).toBe(10)
  expect((await readdir(path.dirname(headFile(home)))).sort()).toEqual(["checkpoint", "checkpoint.10"])
})

test("many that write at once leave the newest", async () => {
  const sizes = [3, 9, 1, 12, 7, 11, 2, 8]
  await Promise.all(sizes.map((size) => keepHead(home, note(size))))
  expect(await keptSize()).toBe(12)
})

test("whoever moves the file away begins anew, with that log or another", async () => {
  await keepHead(home, note(9))
  await rename(headFile(home), path.join(home, "away"))
  expect(await keptSize()).toBeNull()
  await keepHead(home, note(3))
  expect(await keptSize()).toBe(3)
  await rename(headFile(home), path.join(home, "away"))
  await keepHead(home, note(1, "other"))
  expect(await readKeptHead(home)).toMatchObject({ origin: signers.other.key.name, size: 1 })
})
