import { randomBytes } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, expect, test } from "vitest"
import { must } from "#contracts/assert.ts"
import { concat, fromUtf8 } from "#contracts/bytes.ts"
import { type Bundle, memoryBundle } from "#contracts/ledger/bundle.ts"
import { BundleFiles } from "#contracts/ledger/bundle-files.ts"
import { leafHash } from "#contracts/ledger/encoding.ts"
import { bundleFiles, parseManifest } from "#contracts/ledger/export.ts"
import { FailureList } from "#contracts/ledger/failure.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import type { FileHashes, LeafHashes } from "#contracts/ledger/ports.ts"
import { makeBundle } from "#contracts/ledger/testing/bundle.ts"
import { origin, signer } from "#contracts/ledger/testing/fixture.ts"
import { sealLog, sha256 } from "#contracts/ledger/testing/seal.ts"
import { verifyBundle } from "#contracts/ledger/verify.ts"
import { openHashThreads } from "./hash-threads.ts"
import { nodeCrypto } from "./node-crypto.ts"

const threads = must(openHashThreads(1), "threads")
afterAll(() => threads.close())

const width = 256
const lineFeed = Uint8Array.of(0x0a)

function* partsOf(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

test("a thread finds the leaf hashes of blocks of lines, each by its place in its own file alone", async () => {
  for (let wait = 5; ; wait *= 2) {
    const lines = Array.from({ length: 5 * width + 9 }, (_, i) =>
      randomBytes((i * 37) % 700).map((b) => b | 0x80),
    )
    const all = concat(...lines.flatMap((line) => [line, lineFeed]))
    const hash = must(threads.openLines, "lines")()
    for (const part of partsOf(all, 10_000)) hash.update(part)
    expect(hash.digest()).toEqual(nodeCrypto.sha256(all))
    await sleep(wait)
    let known = 0
    for (let block = 0, from = 0; block < 5; block++) {
      const here = lines.slice(block * width, (block + 1) * width)
      const to = from + here.reduce((sum, { length }) => sum + length + 1, -1)
      const found = new Uint8Array(width * 32)
      // Asked for a block that ends elsewhere, it knows nothing, and has thrown away what it knew of it.
      if (block === 3) expect(hash.leaves.take(from, to - 1, found)).toBe(false)
      if (hash.leaves.take(from, to, found)) {
        expect(block).not.toBe(3)
        known += 1
        expect(found).toEqual(concat(...here.map((line) => leafHash(line, sha256))))
      } else expect(found).toEqual(new Uint8Array(width * 32))
      from = to + 1
    }
    // Of the next file nothing is known, though much of the last one may be left.
    const other = must(threads.openLines, "lines")()
    expect(other.leaves.take(0, 1000, new Uint8Array(width * 32))).toBe(false)
    other.end(() => {})
    if (known === 4) break
  }
})

const id = (prefix: string, n: number): string => `${prefix}_${String(n).padStart(26, "0")}`
const sealed = sealLog(
  origin,
  Array.from({ length: 4 * width + 40 }, (_, i) => ({
    type: "grant.issued@1" as const,
    threads: [id("gra", i), id("trd", i)],
    values: {
      version: 1,
      trade: id("trd", i),
      versionHash: "c".repeat(64),
      expires: "2026-02-28T00:00:00.000Z",
    },
    role: "seller" as const,
  })),
)
const pristine = makeBundle(sealed, signer)
const records = must(pristine.get(bundleFiles.records), bundleFiles.records)

/** Its parts lie in two places in turn, as those of a folder do. */
const inParts = (files: ReadonlyMap<string, Uint8Array>): Bundle => ({
  ...memoryBundle(files),
  async *stream(path) {
    const rooms = [new Uint8Array(90_000), new Uint8Array(90_000)]
    let turn = 0
    for (const part of partsOf(must(files.get(path), path), 90_000)) {
      const room = rooms[turn++ % 2] as Uint8Array
      room.fill(0)
      room.set(part)
      yield room.subarray(0, part.length)
    }
  },
})

/** Knows at once what a thread finds later, of the parts that it was given; a liar is wrong about one bit. */
function knowing(lie: boolean): FileHashes & { known: number } {
  const openLines = () => {
    let text: Uint8Array = new Uint8Array(0)
    const running = nodeCrypto.runningSha256()
    const leaves: LeafHashes = {
      take(from, to, hashes) {
        if (text[to] !== 0x0a) return false
        for (let at = from, i = 0; at <= to; i++) {
          const end = text.indexOf(0x0a, at)
          hashes.set(leafHash(text.subarray(at, end), sha256), i * 32)
          at = end + 1
        }
        if (lie) hashes[5000] = (hashes[5000] as number) ^ 1
        made.known += 1
        return true
      },
    }
    return {
      update(part: Uint8Array) {
        text = concat(text, part)
        running.update(part)
      },
      digest: () => running.digest(),
      end: (tell: (digest: Uint8Array) => void) => tell(running.digest()),
      leaves,
    }
  }
  const made = { open: openLines, openLines, settle: () => {}, known: 0 }
  return made
}

const edits: Record<string, (bytes: Uint8Array) => Uint8Array> = {
  nothing: (bytes) => bytes,
  "one bit in the fourth block": (bytes) => {
    const place = at(900) + 90
    return bytes.slice().fill((bytes[place] as number) ^ 1, place, place + 1)
  },
  "a line feed more": (bytes) => concat(bytes.subarray(0, at(260)), lineFeed, bytes.subarray(at(260))),
  "more at the end": (bytes) => concat(bytes, bytes.subarray(0, 200_000)),
}

/** Where a record begins. */
function at(record: number): number {
  return sealed.leaves.slice(0, record).reduce((sum, { length }) => sum + length + 1, 0)
}

test.each(Object.entries(edits))(
  "who is told leaf hashes, or told them wrongly, finds the same of: %s",
  async (_, edit) => {
    const files = new Map(pristine).set(bundleFiles.records, edit(records))
    const keys = [signer.key]
    const alone = await verifyBundle(inParts(files), { crypto: nodeCrypto, keys })
    for (const fileHashes of [knowing(false), knowing(true), threads]) {
      expect(await verifyBundle(inParts(files), { crypto: { ...nodeCrypto, fileHashes }, keys })).toEqual(
        alone,
      )
      if ("known" in fileHashes) expect(fileHashes.known).toBeGreaterThan(1)
    }
  },
)

test("of a file that is read again, and may have changed since, nothing is known", async () => {
  const manifest = parseManifest(fromUtf8(must(pristine.get(bundleFiles.manifest), "manifest")))
  if (isMalformed(manifest)) throw new Error(manifest.malformed)
  const crypto = { ...nodeCrypto, fileHashes: knowing(false) }
  const files = new BundleFiles(inParts(pristine), manifest, crypto, new FailureList(), () => {})
  for await (const _ of files.stream(bundleFiles.records)) expect(files.leaves).not.toBeNull()
  for await (const _ of files.stream(bundleFiles.records)) expect(files.leaves).toBeNull()
})
