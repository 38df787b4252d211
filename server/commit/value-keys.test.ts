import { randomBytes } from "node:crypto"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { keysInMemory, openValueKeys, valueKeyFile } from "./value-keys.ts"

const home = await mkdtemp(join(tmpdir(), "quanheng-values-"))
afterAll(() => rm(home, { recursive: true }))
const file = valueKeyFile(home)
const address = () => randomBytes(4)
const never = async () => false

test("each address has a key of its own, always the same; a destroyed one has none and all others keep theirs", async () => {
  const keys = keysInMemory()
  const addresses = Array.from({ length: 400 }, address)
  const before = addresses.map((one) => keys.leaf(one)?.toString("hex"))
  expect(new Set(before).size).toBe(new Set(addresses.map((one) => one.toString("hex"))).size)
  // A neighbour at each depth: sharing all digits but the last, and but the first.
  const [gone] = addresses as [Buffer]
  const near = [0, 1, 2, 3].map((i) => Buffer.from(gone.map((byte, at) => (at === i ? byte ^ 1 : byte))))
  const nearKeys = near.map((one) => keys.leaf(one)?.toString("hex"))
  await keys.destroy([gone])
  await keys.destroy([gone])
  expect(keys.leaf(gone)).toBeNull()
  expect(near.map((one) => keys.leaf(one)?.toString("hex"))).toEqual(nearKeys)
  expect(addresses.slice(1).map((one) => keys.leaf(one)?.toString("hex"))).toEqual(before.slice(1))
  await keys.destroy(addresses.slice(1, 200))
  expect(addresses.slice(0, 200).every((one) => keys.leaf(one) === null)).toBe(true)
  expect(addresses.slice(200).map((one) => keys.leaf(one)?.toString("hex"))).toEqual(before.slice(200))
})

test("the file is one for all who start at once, outlives them, and holds no way to what was destroyed", async () => {
  const [one, other] = await Promise.all([openValueKeys(file, never), openValueKeys(file, never)])
  const [gone, kept] = [address(), address()]
  const key = kept && one.leaf(kept)?.toString("hex")
  expect(other.leaf(kept)?.toString("hex")).toBe(key)
  const old = await readFile(file, "utf8")
  await one.destroy([gone])
  const again = await openValueKeys(file, never)
  expect(again.leaf(gone)).toBeNull()
  expect(again.leaf(kept)?.toString("hex")).toBe(key)
  const now = await readFile(file, "utf8")
  const root = old.split("\n")[1]?.split(" ")[1] ?? ""
  expect(root).toMatch(/^[0-9a-f]{64}$/)
  expect(now).not.toContain(root)
  // One who holds both files still sees each; one who holds the new one cannot go back.
  await new Promise((resolve) => setTimeout(resolve, 2_100))
  await other.refresh()
  expect(other.leaf(gone)).toBeNull()
  await other.destroy([kept])
  expect((await openValueKeys(file, never)).leaf(kept)).toBeNull()
})

test("a file that is gone is not made anew over values that need it, and a damaged one is refused", async () => {
  const lost = join(home, "elsewhere", "values")
  await expect(openValueKeys(lost, async () => true)).rejects.toThrow("is missing")
  await expect(readFile(lost)).rejects.toThrow("ENOENT")
  const text = await readFile(file, "utf8")
  for (const bad of ["", text.slice(0, -9), text.replace("quanheng", "x"), `${text}-\n`]) {
    await writeFile(join(home, "bad"), bad)
    await expect(openValueKeys(join(home, "bad"), never)).rejects.toThrow("damaged")
  }
})
