import { describe, expect, test } from "vitest"
import { toHex, utf8 } from "../bytes.ts"
import { memoryBundle } from "./bundle.ts"
import { encodeLeaf, type Leaf } from "./encoding.ts"
import { bundleFiles, consistencyFile, recordColumns, recordRow } from "./export.ts"
import { consistencyProof } from "./merkle.ts"
import { nobleCrypto } from "./noble-crypto.ts"
import { checkpointOf, makeBundle, signFiles } from "./testing/bundle.ts"
import { found, log, origin, pristine, signer, size, verify } from "./testing/fixture.ts"
import { market } from "./testing/market.ts"
import { chainLeaves, makeSigner, type SealedLog, sealLog, sha256 } from "./testing/seal.ts"
import { tileHashReader, tilePath, tilesOfSize } from "./tiles.ts"
import { verifyBundle } from "./verify.ts"
import { formatKeptProof } from "./verify-consistency.ts"

const forger = makeSigner(origin)

describe("an untouched bundle", () => {
  test.each([0, 1, 2, 13, 255, 256, 257, 511, 512])("of %i records is intact", async (n) => {
    const small = sealLog(origin, market(n))
    const report = await verify(makeBundle(small, signer))
    expect(found(report)).toEqual([])
    expect(report).toMatchObject({ verdict: "intact", size: n, checked: { records: n } })
  })

  test("says what it checked, and reads every byte once", async () => {
    let last = [0, 0]
    const report = await verifyBundle(memoryBundle(pristine), {
      crypto: nobleCrypto,
      keys: [signer.key],
      progress: (done, total) => {
        last = [done, total]
      },
    })
    expect(last[0]).toBe(last[1])
    expect(report.checked).toMatchObject({ records: size, journals: log.journals.length, trades: 22 })
    expect(report.checked.disclosures).toBe(log.disclosures.length)
  })

  test("without the reader's key it is intact, but not authenticated", async () => {
    expect(await verify(pristine, undefined, [])).toMatchObject({
      verdict: "unauthenticated",
      key: { from: "bundle" },
    })
  })

  test.each([
    [0, 100],
    [5, 20],
    [256, 260],
    [100, 256],
    [256, 270],
    [269, 270],
    [10, 10],
    [270, 270],
  ])("of the range %i to %i is intact, its opening assumed", async (from, to) => {
    const report = await verify(makeBundle(log, signer, from, to))
    expect(found(report)).toEqual([])
    expect(report).toMatchObject({
      verdict: "intact",
      openingAssumed: from > 0,
      checked: { records: to - from },
    })
  })
})

describe("a forger", () => {
  const changed = (leaves: readonly Leaf[]): Leaf[] =>
    leaves.map((leaf, i) => (i === 100 ? { ...leaf, at: leaf.at.replace(".020Z", ".021Z") } : leaf))
  const forged: SealedLog = chainLeaves(origin, changed(log.decoded), log)

  test("who seals everything again cannot sign it: the signature is not of the reader's key", async () => {
    const files = makeBundle(forged, forger)
    expect(found(await verify(files))).toContain("checkpoint_not_signed_by_key checkpoint")
    expect(await verify(files, undefined, [])).toMatchObject({ verdict: "unauthenticated" })
  })

  test("who keeps the old signature is found at the root", async () => {
    const files = makeBundle(forged, signer)
    files.set(bundleFiles.checkpoint, pristine.get(bundleFiles.checkpoint) as Uint8Array)
    signFiles(files, forged, signer)
    expect(found(await verify(files))).toContain("root_mismatch checkpoint")
  })

  test("who stole the key is found by a checkpoint that the reader kept", async () => {
    const files = makeBundle(forged, signer)
    expect(await verify(files)).toMatchObject({ verdict: "intact" })
    expect(found(await verify(files, checkpointOf(log, signer, 260)))).toEqual(["since_inconsistent"])
    expect(await verify(files, checkpointOf(log, signer, 100))).toMatchObject({
      verdict: "intact",
      checked: { since: 100 },
    })
  })

  test("who leaves the last records away is found by a checkpoint that the reader kept", async () => {
    const shorter = makeBundle(sealLog(origin, market(262)), signer)
    expect(found(await verify(shorter, checkpointOf(log, signer)))).toEqual(["since_newer"])
  })
})

describe("a checkpoint that the reader kept", () => {
  test.each([0, 1, 256, 257, 269, 270])("of size %i is continued", async (old) => {
    const report = await verify(pristine, checkpointOf(log, signer, old))
    expect(report).toMatchObject({ verdict: "intact", checked: { since: old } })
  })

  test("of another log, or another key, or none at all is refused", async () => {
    const other = makeSigner("quanheng/other/0a1b2c3d")
    const otherLog = sealLog("quanheng/other/0a1b2c3d", market(3))
    expect(found(await verify(pristine, checkpointOf(otherLog, other)))).toEqual(["since_other_log"])
    expect(found(await verify(pristine, checkpointOf(log, forger, 5)))).toEqual(["since_signature_bad"])
    expect(found(await verify(pristine, "hello"))).toEqual(["since_malformed"])
  })

  test("needs a proof in the bundle where the range's tiles do not reach", async () => {
    const files = makeBundle(log, signer, 266, 270)
    const old = checkpointOf(log, signer, 100)
    expect(found(await verify(files, old))).toEqual(["since_not_provable"])
    const read = tileHashReader(size, async (tile) => pristine.get(tilePath(tile)) as Uint8Array, sha256)
    const hashes = await consistencyProof(100, size, read, sha256)
    files.set(consistencyFile(100, size), utf8(formatKeptProof({ size: 100, hashes, checkpoint: old })))
    signFiles(files, log, signer, 266, 270)
    expect(await verify(files, old)).toMatchObject({ verdict: "intact", checked: { since: 100 } })
    const wrong = formatKeptProof({ size: 100, hashes: hashes.toReversed(), checkpoint: old })
    files.set(consistencyFile(100, size), utf8(wrong))
    signFiles(files, log, signer, 266, 270)
    expect(found(await verify(files))).toEqual([`consistency_wrong consistency/100-${size}`])
  })
})

test("records of an unknown type or version are intact, and told of as unknown", async () => {
  const leaves: Leaf[] = sealLog(origin, market(13)).decoded.map((leaf, i) =>
    i === 5 ? { ...leaf, type: "trade.beamed@1" } : leaf,
  )
  const newer = chainLeaves(origin, leaves, { disclosures: [], journals: [] }, (leaf, i) =>
    i === 12 ? encodeLeaf(leaf).replace(/"v":1}$/, '"v":2}') : encodeLeaf(leaf),
  )
  const files = makeBundle(newer, signer)
  const rows = newer.decoded.map((leaf, i) => recordRow(leaf, toHex(newer.hashes[i] as Uint8Array)))
  files.set(bundleFiles.recordsTable, utf8(`${[recordColumns.join(), ...rows.slice(0, 12)].join("\n")}\n`))
  files.delete(bundleFiles.book)
  files.delete(bundleFiles.trialBalance)
  signFiles(files, newer, signer)
  const report = await verify(files)
  expect(found(report)).toEqual([])
  expect(report).toMatchObject({
    verdict: "intact",
    unknown: { count: 2, first: 5, kinds: ["trade.beamed@1", "v2"] },
  })
})

test("a hash changed in a full tile that is not the first is found, with its record", async () => {
  const longer = sealLog(origin, market(530))
  const path = "tile/0/001"
  for (const [from, to] of [
    [0, 530],
    [100, 512],
  ] as const) {
    const files = makeBundle(longer, signer, from, to)
    expect(found(await verify(files))).toEqual([])
    const tile = files.get(path) as Uint8Array
    files.set(path, tile.with(33, (tile[33] as number) ^ 1))
    signFiles(files, longer, signer, from, to)
    expect(found(await verify(files))).toContain("not_in_tree 257")
  }
})

test("every tile of the log is in a whole bundle", () => {
  for (const tile of tilesOfSize(size)) expect(pristine.has(tilePath(tile))).toBe(true)
})
