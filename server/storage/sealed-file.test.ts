import { randomBytes } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buffer } from "node:stream/consumers"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { makeDiskStore } from "./disk.ts"
import type { FileKey } from "./file-store.ts"
import { createSealed, openSealed, resumeSealed } from "./sealed-file.ts"
import { chunkOverheadBytes, headerBytes, SealBrokenError } from "./sealed-format.ts"

const root = mkdtempSync(join(tmpdir(), "quanheng-store-"))
afterAll(() => rmSync(root, { recursive: true }))
const store = makeDiskStore(root)
const productKey = randomBytes(32)
const chunk = 64
const pathOf = (key: FileKey) => join(root, "whole", key.slice(0, 2), key)

async function seal(plain: Uint8Array, pieces: number[] = []): Promise<FileKey> {
  const writer = await createSealed(store, productKey, chunk)
  let at = 0
  for (const size of [...pieces, plain.length]) {
    await writer.write(plain.subarray(at, at + size))
    at = Math.min(plain.length, at + size)
  }
  await writer.finish()
  return writer.key
}

async function unseal(key: FileKey, start?: number, end?: number, withKey = productKey): Promise<Buffer> {
  const file = await openSealed(store, withKey, key)
  if (file === null) throw new Error("no such file")
  try {
    return await buffer(file.read(start, end))
  } finally {
    await file.close()
  }
}

const plainBytes = fc
  .integer({ min: 0, max: 5 * chunk })
  .chain((size) => fc.uint8Array({ minLength: size, maxLength: size }))

describe("a sealed file", () => {
  it("gives any range of what was written, however it was written", async () => {
    await fc.assert(
      fc.asyncProperty(
        plainBytes,
        fc.array(fc.nat(3 * chunk), { maxLength: 5 }),
        fc.nat(5 * chunk),
        fc.nat(5 * chunk),
        async (plain, pieces, a, b) => {
          const key = await seal(plain, pieces)
          const [start, end] = [Math.min(a, b, plain.length), Math.min(Math.max(a, b), plain.length)]
          expect(await unseal(key)).toEqual(Buffer.from(plain))
          expect(await unseal(key, start, end)).toEqual(Buffer.from(plain.slice(start, end)))
          await store.delete(key)
        },
      ),
      { numRuns: 150 },
    )
  })

  it.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk])("knows that it has %i bytes", async (size) => {
    const file = await openSealed(store, productKey, await seal(randomBytes(size)))
    expect(file?.bytes).toBe(size)
    await file?.close()
  })

  it("shows nothing of the plain text, and no two files alike", async () => {
    const plain = Buffer.alloc(4 * chunk, "secret row ")
    const [one, two] = [readFileSync(pathOf(await seal(plain))), readFileSync(pathOf(await seal(plain)))]
    expect(one.includes("secret row")).toBe(false)
    expect(one.subarray(headerBytes).equals(two.subarray(headerBytes))).toBe(false)
  })

  it("notices a flipped bit anywhere", async () => {
    const key = await seal(randomBytes(3 * chunk + 5))
    const stored = readFileSync(pathOf(key))
    for (let bit = 0; bit < stored.length * 8; bit += 7) {
      const changed = Buffer.from(stored)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      writeFileSync(pathOf(key), changed)
      await expect(unseal(key), `bit ${bit}`).rejects.toThrow(SealBrokenError)
    }
  })

  const sealed = chunk + chunkOverheadBytes
  const part = (bytes: Buffer, i: number) =>
    bytes.subarray(headerBytes + i * sealed, headerBytes + (i + 1) * sealed)
  const head = (bytes: Buffer) => bytes.subarray(0, headerBytes)
  it.each<[string, (one: Buffer, two: Buffer) => Buffer]>([
    ["its last chunk dropped", (one) => one.subarray(0, headerBytes + 3 * sealed)],
    ["its end cut inside a chunk", (one) => one.subarray(0, -1)],
    ["only a header", (one) => head(one)],
    ["half a header", (one) => one.subarray(0, 20)],
    [
      "two chunks swapped",
      (one) => Buffer.concat([head(one), part(one, 1), part(one, 0), part(one, 2), part(one, 3)]),
    ],
    [
      "a chunk twice",
      (one) => Buffer.concat([head(one), part(one, 0), part(one, 0), part(one, 2), part(one, 3)]),
    ],
    [
      "a chunk of another file",
      (one, two) => Buffer.concat([head(one), part(two, 0), ...[1, 2, 3].map((i) => part(one, i))]),
    ],
    ["the header of another file", (one, two) => Buffer.concat([head(two), one.subarray(headerBytes)])],
    ["a byte more", (one) => Buffer.concat([one, Buffer.of(0)])],
    [
      "a version from the future",
      (one) => Buffer.concat([one.subarray(0, 7), Buffer.of(2), one.subarray(8)]),
    ],
  ])("is refused with %s", async (_what, change) => {
    const [key, other] = [await seal(randomBytes(4 * chunk)), await seal(randomBytes(4 * chunk))]
    writeFileSync(pathOf(key), change(readFileSync(pathOf(key)), readFileSync(pathOf(other))))
    await expect(unseal(key)).rejects.toThrow(SealBrokenError)
  })

  it("is refused with another product's key", async () => {
    await expect(unseal(await seal(randomBytes(10)), 0, 10, randomBytes(32))).rejects.toThrow(SealBrokenError)
  })

  it("hands out the good chunks before a bad one, and nothing of the bad one", async () => {
    const plain = randomBytes(4 * chunk)
    const key = await seal(plain)
    const stored = readFileSync(pathOf(key))
    stored[headerBytes + 2 * sealed + 30] = (stored[headerBytes + 2 * sealed + 30] ?? 0) ^ 1
    writeFileSync(pathOf(key), stored)
    const file = await openSealed(store, productKey, key)
    const got: Uint8Array[] = []
    const reading = async () => {
      for await (const piece of file?.read() ?? []) got.push(piece)
    }
    await expect(reading()).rejects.toThrow("chunk 2")
    await file?.close()
    expect(Buffer.concat(got)).toEqual(plain.subarray(0, 2 * chunk))
  })
})

describe("a file that is being written", () => {
  it("goes on after a break as if there had been none", async () => {
    await fc.assert(
      fc.asyncProperty(plainBytes, fc.nat(5 * chunk), fc.boolean(), async (plain, at, crashed) => {
        const cut = Math.min(at, plain.length)
        const writer = await createSealed(store, productKey, chunk)
        await writer.write(plain.subarray(0, cut))
        const kept = await writer.suspend(cut < plain.length)
        // A crash leaves part of a chunk behind.
        if (crashed) writeFileSync(join(root, "begun", writer.key), randomBytes(11), { flag: "a" })
        const again: Uint8Array[] = []
        const resumed = await resumeSealed(store, productKey, writer.key, (piece) => again.push(piece))
        expect(Buffer.concat(again)).toEqual(Buffer.from(plain.subarray(0, kept)))
        expect(resumed?.bytes()).toBe(kept)
        await resumed?.write(plain.subarray(kept))
        await resumed?.finish()
        expect(await unseal(writer.key)).toEqual(Buffer.from(plain))
      }),
      { numRuns: 60 },
    )
  })

  it("cannot be opened before it is whole, and leaves nothing when it is given up", async () => {
    const writer = await createSealed(store, productKey, chunk)
    await writer.write(randomBytes(200))
    expect(await openSealed(store, productKey, writer.key)).toBeNull()
    expect(await store.unfinished(Date.now() + 1000)).toContain(writer.key)
    await writer.abort()
    expect(readdirSync(join(root, "begun"))).not.toContain(writer.key)
    expect(await resumeSealed(store, productKey, writer.key, () => {})).toBeNull()
  })

  it("is the owner's alone on disk", async () => {
    const key = await seal(randomBytes(10))
    expect(statSync(pathOf(key)).mode & 0o077).toBe(0)
    expect(await store.stat(key)).toEqual({ bytes: headerBytes + 10 + chunkOverheadBytes })
  })

  it("has no path but by a key", async () => {
    await expect(store.open("../../../../etc/passwd")).rejects.toThrow("not a file key")
  })
})
