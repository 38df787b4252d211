import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { consistencyProof } from "#contracts/ledger/merkle.ts"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { checkpointOf, makeBundle } from "#contracts/ledger/testing/bundle.ts"
import { market } from "#contracts/ledger/testing/market.ts"
import { makeSigner, sealLog, sha256 } from "#contracts/ledger/testing/seal.ts"
import { tileHashReader, tilePath } from "#contracts/ledger/tiles.ts"
import { formatKeptProof } from "#contracts/ledger/verify-consistency.ts"
import { continues } from "./head-check.ts"
import { forgetHead, keepHead, keptHeadOf, notedHead } from "./kept-head.ts"
import { type Proofs, standingOfAll } from "./standing.ts"
import { verifyGiven } from "./verify-given.ts"

const origin = "quanheng/test/0a1b2c3d"
const signer = makeSigner(origin)
const facts = market(20)
const log = sealLog(origin, facts)
/** The same log until record 9, and from there another story by the same key. */
const fork = sealLog(origin, [...facts.slice(0, 9), ...facts.slice(10), ...facts.slice(9, 10)])
const at = (size: number, of = log) => checkpointOf(of, signer, size)

/** A market that serves the proofs of one of the two. */
function site(of: typeof log): Proofs & { asked: number } {
  const files = makeBundle(of, signer)
  const read = tileHashReader(20, async (tile) => files.get(tilePath(tile)) as Uint8Array, sha256)
  return {
    asked: 0,
    async fetch(size, to) {
      this.asked += 1
      if (to > 20) return null
      const hashes = await consistencyProof(size, to, read, sha256)
      return formatKeptProof({ size, hashes, checkpoint: checkpointOf(of, signer, size) })
    },
    holds: async (proof) => continues(proof),
  }
}
const away: Proofs = {
  fetch: async () => {
    throw new Error("offline")
  },
  holds: async () => true,
}

beforeEach(() => {
  const stored = new Map<string, string>()
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
  })
})
afterEach(() => vi.unstubAllGlobals())

const keptSize = () => notedHead(keptHeadOf(origin)?.note ?? "\n0\n").size

describe("a browser that keeps the last verified checkpoint", () => {
  test("sees the log grow from it, and keeps the newest", async () => {
    expect(await standingOfAll([at(7)], site(log))).toMatchObject({ state: "first" })
    expect(await standingOfAll([at(7)], away)).toMatchObject({ state: "same" })
    expect(await standingOfAll([at(20)], site(log))).toMatchObject({ state: "grown" })
    expect(keptSize()).toBe(20)
    expect(await standingOfAll([at(12)], site(log))).toMatchObject({ state: "older" })
    expect(keptSize()).toBe(20)
    forgetHead(origin)
    expect(keptHeadOf(origin)).toBeNull()
  })

  test("raises an alarm over a fork and a rollback, and goes on keeping what it had", async () => {
    keepHead(at(12))
    // A fork that grew, one of the same size, and one that is shorter.
    for (const size of [20, 12, 10])
      expect(await standingOfAll([at(size, fork)], site(fork))).toMatchObject({ state: "contradicts" })
    expect(keptHeadOf(origin)?.note).toBe(at(12))
    // Both are the same until there, but the market knows nothing of what it signed after.
    forgetHead(origin)
    keepHead(`${origin}\n30\n${notedHead(at(20)).root}\n`)
    expect(await standingOfAll([at(20)], site(log))).toMatchObject({ state: "contradicts" })
    expect(keptSize()).toBe(30)
  })

  test("compares the heads of several records with each other", async () => {
    expect(await standingOfAll([at(12), at(20, fork)], site(log))).toMatchObject({ state: "contradicts" })
    expect(keptHeadOf(origin)).toBeNull()
  })

  test("says that nobody answered, and keeps the old one for the next time", async () => {
    keepHead(at(7))
    expect(await standingOfAll([at(20)], away)).toMatchObject({ state: "unreachable" })
    expect(keptSize()).toBe(7)
  })
})

describe("a bundle beside kept checkpoints", () => {
  const verify = async (of: typeof log, ...keptHeads: string[]) => {
    const files = [...makeBundle(of, signer)].map(([path, bytes]) => ({
      path: `b/${path}`,
      file: new Blob([bytes as Uint8Array<ArrayBuffer>]),
    }))
    const request = { files, key: formatVerifierKey(signer.key), kept: "", keptHeads, tamper: null }
    const result = await verifyGiven(request, { crypto: nobleCrypto, progress: () => {} })
    if (result.kind !== "bundle") throw new Error("it is one")
    return [result.report.verdict, result.report.checked.since, result.continuesKept]
  }
  test("shows by itself that it continues that of its log", async () => {
    expect(await verify(log)).toEqual(["intact", null, null])
    expect(await verify(log, at(7))).toEqual(["intact", 7, true])
    expect(await verify(log, `another/log\n7\n${"A".repeat(43)}=\n\n`)).toEqual(["intact", null, null])
  })
  test("of a fork is not intact; one that is older stays so", async () => {
    expect(await verify(fork, at(12))).toEqual(["broken", null, false])
    expect(await verify(log, `${origin}\n30\n${"A".repeat(43)}=\n\n`)).toEqual(["intact", null, null])
  })
})
