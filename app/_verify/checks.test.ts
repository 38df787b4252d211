import { afterEach, expect, test, vi } from "vitest"
import { formatCertificate } from "#contracts/ledger/certificate-form.ts"
import { readGivenRotations } from "#contracts/ledger/given-rotations.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { consistencyProof, inclusionProof } from "#contracts/ledger/merkle.ts"
import { nobleCrypto } from "#contracts/ledger/noble-crypto.ts"
import { formatVerifierKey } from "#contracts/ledger/note.ts"
import { checkpointOf, makeBundle } from "#contracts/ledger/testing/bundle.ts"
import { market } from "#contracts/ledger/testing/market.ts"
import { headOf, makeTurnedBundle, turned } from "#contracts/ledger/testing/rotated.ts"
import { makeSigner, sealLog, sha256 } from "#contracts/ledger/testing/seal.ts"
import { tileHashReader, tilePath } from "#contracts/ledger/tiles.ts"
import { formatKeptProof } from "#contracts/ledger/verify-consistency.ts"
import { checkHead } from "./head-check.ts"
import { keepKey, keyInUse, readKeptKey } from "./kept-key.ts"
import { checkRecord } from "./record-check.ts"

const origin = "quanheng/test/0a1b2c3d"
const [signer, stranger] = [makeSigner(origin), makeSigner(origin)]
const log = sealLog(origin, market(20))
const files = makeBundle(log, signer)
const read = tileHashReader(20, async (tile) => files.get(tilePath(tile)) as Uint8Array, sha256)
const certificateOf = async (index: number, by = signer) =>
  formatCertificate({
    extra: log.leaves[index] as Uint8Array,
    index,
    proof: await inclusionProof(index, 20, read, sha256),
    checkpoint: checkpointOf(log, by),
  })
const trust = { keys: [signer.key] }
const codes = (failures: readonly { code: string }[]) => failures.map(({ code }) => code)

test("a record's own certificate passes, that of another record or another key does not", async () => {
  const record = { index: 7, certificate: await certificateOf(7), opened: [] }
  expect(checkRecord(record, trust)).toMatchObject({ failures: [], differs: false, size: 20 })
  const other = { ...record, certificate: await certificateOf(8) }
  expect(codes(checkRecord(other, trust).failures)).toEqual(["record_index_wrong"])
  const foreign = { ...record, certificate: await certificateOf(7, stranger) }
  expect(codes(checkRecord(foreign, trust).failures)).toEqual(["checkpoint_not_signed_by_key"])
})

test("a page that shows another record than the certificate's is told apart", async () => {
  const record = { index: 7, certificate: await certificateOf(7), opened: [], leafHash: "0".repeat(64) }
  expect(checkRecord(record, trust).differs).toBe(true)
})

test("a checkpoint passes with a proof from an earlier one, and with none other", async () => {
  const growth = async (from: number, by = signer) =>
    formatKeptProof({
      size: from,
      hashes: await consistencyProof(from, 20, read, sha256),
      checkpoint: checkpointOf(log, by, from),
    })
  const head = { size: 20, note: checkpointOf(log, signer) }
  expect(checkHead({ ...head, growth: await growth(7) }, trust)).toMatchObject({ from: 7, failures: [] })
  expect(checkHead({ ...head, growth: null }, trust)).toMatchObject({ from: null, failures: [] })
  const failing = [
    [await growth(7, stranger), "checkpoint_not_signed_by_key"],
    [(await growth(7)).replace("old 7", "old 8"), "consistency_wrong"],
    [(await growth(7)).replace(/\n.{44}\n/, "\n"), "consistency_wrong"],
    ["", "consistency_wrong"],
  ] as const
  for (const [given, code] of failing)
    expect(codes(checkHead({ ...head, growth: given }, trust).failures)).toEqual([code])
  const shorter = { size: 20, note: checkpointOf(log, signer, 19), growth: null }
  expect(codes(checkHead(shorter, trust).failures)).toEqual(["checkpoint_malformed"])
  const foreign = { size: 20, note: checkpointOf(log, stranger), growth: null }
  expect(codes(checkHead(foreign, trust).failures)).toEqual(["checkpoint_not_signed_by_key"])
})

test("a key that the log has changed since leads to the one of today by the proof of the change", async () => {
  const next = makeSigner(origin)
  const turns = [{ at: 12, from: signer, to: next }]
  const changed = sealLog(origin, turned(market(20), turns))
  const bundle = await makeTurnedBundle(changed, turns)
  const proof = new TextDecoder().decode(bundle.get("rotations/1"))
  const rotations = readGivenRotations([{ name: "rotation/1", text: proof }], nobleCrypto)
  if (isMalformed(rotations)) throw new Error(rotations.malformed)
  const size = changed.leaves.length
  const hashes = await consistencyProof(
    5,
    size,
    tileHashReader(size, async (tile) => bundle.get(tilePath(tile)) as Uint8Array, sha256),
    sha256,
  )
  const growth = formatKeptProof({ size: 5, hashes, checkpoint: headOf(changed, 5, [signer]) })
  const head = { size, note: headOf(changed, size, [next]), growth }
  expect(codes(checkHead(head, trust).failures)).toEqual(["checkpoint_not_signed_by_key"])
  expect(checkHead(head, trust, rotations)).toMatchObject({ from: 5, failures: [] })
  // The former key signs nothing more in its own right.
  const former = { ...head, note: headOf(changed, size, [signer]) }
  expect(codes(checkHead(former, trust, rotations).failures)).toEqual(["checkpoint_by_former_key"])
})

afterEach(() => vi.unstubAllGlobals())

test("a browser goes by the key that it keeps, and notices when the site shows another", () => {
  const stored = new Map<string, string>()
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
  })
  const [own, changed] = [formatVerifierKey(signer.key), formatVerifierKey(stranger.key)]
  const first = keyInUse(`${own}\n`, null)
  expect(first).toMatchObject({ vkey: own, from: "site", first: true, served: null })
  expect(readKeptKey()).toBeNull()
  keepKey(first)
  expect(keyInUse(`${own}\n`, null)).toMatchObject({ vkey: own, first: false, served: null })
  expect(keyInUse(`${changed}\n`, null)).toMatchObject({ vkey: own, first: false, served: changed })
  // A log that goes on under a new key serves the old one beside it.
  expect(keyInUse(`${own}\n${changed}\n`, null)).toMatchObject({ vkey: own, served: null })
  const chosen = keyInUse(own, { vkey: ` ${changed} `, from: "reader" })
  expect(chosen).toMatchObject({ vkey: changed, from: "reader", first: false, served: own })
})
