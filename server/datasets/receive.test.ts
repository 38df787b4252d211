import { createHash, randomBytes } from "node:crypto"
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buffer } from "node:stream/consumers"
import { afterAll, describe, expect, it } from "vitest"
import { makeDiskStore } from "../storage/disk.ts"
import { openSealed } from "../storage/sealed-file.ts"
import { receiveFile } from "./receive.ts"

const root = mkdtempSync(join(tmpdir(), "quanheng-receive-"))
afterAll(() => rmSync(root, { recursive: true }))
const store = makeDiskStore(root)
const productKey = randomBytes(32)
const maxBytes = 10_000_000
const mebibyte = 1024 * 1024
const begun = () => (existsSync(join(root, "begun")) ? readdirSync(join(root, "begun")) : [])
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

async function* pieces(bytes: Uint8Array, size = 65_536, breakAfter = Number.POSITIVE_INFINITY) {
  for (let at = 0; at < bytes.length; at += size) {
    if (at >= breakAfter) throw Object.assign(new Error("aborted"), { code: "ECONNRESET" })
    yield bytes.subarray(at, at + size)
  }
}

async function stored(key: string): Promise<Buffer> {
  const file = await openSealed(store, productKey, key)
  if (file === null) throw new Error("not stored")
  const bytes = await buffer(file.read())
  await file.close()
  return bytes
}

describe("an upload", () => {
  it("is stored, hashed and counted while it arrives", async () => {
    const bytes = randomBytes(3 * mebibyte + 17)
    const progress: number[] = []
    const received = await receiveFile(store, productKey, pieces(bytes), {
      maxBytes,
      onProgress: (n) => progress.push(n),
    })
    expect(received).toMatchObject({ state: "complete", sha256: sha256(bytes), bytes: bytes.length })
    if (!("key" in received)) throw new Error("refused")
    expect(sha256(await stored(received.key))).toBe(sha256(bytes))
    expect(progress.at(-1)).toBe(bytes.length)
  })

  it("goes on after a broken connection, and the hash is that of the whole", async () => {
    const bytes = randomBytes(3 * mebibyte + 17)
    const options = { maxBytes, totalBytes: bytes.length }
    const first = await receiveFile(store, productKey, pieces(bytes, 65_536, 1.5 * mebibyte), options)
    expect(first).toMatchObject({ state: "partial", bytes: mebibyte })
    if (!("key" in first)) throw new Error("refused")
    const wrong = await receiveFile(store, productKey, pieces(bytes), {
      ...options,
      resume: { key: first.key, offset: 5 },
    })
    expect(wrong).toEqual({ refused: "range_invalid", at: "Content-Range", detail: { received: mebibyte } })
    // A body that ends before its total is not taken for the whole.
    const second = await receiveFile(store, productKey, pieces(bytes.subarray(mebibyte, 2 * mebibyte)), {
      ...options,
      resume: { key: first.key, offset: mebibyte },
    })
    expect(second).toMatchObject({ state: "partial", bytes: 2 * mebibyte })
    const third = await receiveFile(store, productKey, pieces(bytes.subarray(2 * mebibyte)), {
      ...options,
      resume: { key: first.key, offset: 2 * mebibyte },
    })
    expect(third).toMatchObject({ state: "complete", sha256: sha256(bytes), bytes: bytes.length })
    expect(sha256(await stored(first.key))).toBe(sha256(bytes))
  })

  it.each<[string, Uint8Array, object, string]>([
    ["nothing at all", new Uint8Array(0), {}, "file_empty"],
    ["more than the limit", randomBytes(3000), { maxBytes: 2999 }, "body_too_large"],
    [
      "more than the limit, as announced",
      randomBytes(3),
      { maxBytes: 2999, totalBytes: 3000 },
      "body_too_large",
    ],
    ["more than announced", randomBytes(3000), { totalBytes: 2999 }, "malformed_request"],
    ["a zip", Buffer.from("504b03041400000008000000", "hex"), {}, "file_is_archive"],
  ])("of %s is refused and leaves nothing", async (_what, bytes, options, code) => {
    const before = begun()
    const received = await receiveFile(store, productKey, pieces(bytes), { maxBytes, ...options })
    expect(received).toMatchObject({ refused: code })
    expect(begun()).toEqual(before)
  })

  it("that is cancelled ends at once, though its sender is silent, and leaves nothing", async () => {
    const before = begun()
    const cancel = new AbortController()
    async function* silent() {
      yield randomBytes(100)
      setTimeout(() => cancel.abort(new Error("cancelled")), 20)
      await new Promise(() => {})
    }
    const receiving = receiveFile(store, productKey, silent(), { maxBytes, signal: cancel.signal })
    await expect(receiving).rejects.toThrow("cancelled")
    expect(begun()).toEqual(before)
  })
})
