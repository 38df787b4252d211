import { createPrivateKey } from "node:crypto"
import { describe, expect, test } from "vitest"
import { fromHex, toHex, utf8 } from "../bytes.ts"
import type { Json } from "../canonical-json.ts"
import { formatCertificate, parseCertificate, verifyCertificate } from "./certificate.ts"
import { checkHeadSignature, formatCheckpoint, readCheckpoint, signCheckpoint } from "./checkpoint.ts"
import { commitment } from "./commitment.ts"
import { decodeLeaf, leafHash, leafHashHex } from "./encoding.ts"
import { isMalformed } from "./malformed.ts"
import { appendLeaves, emptyRange, rangeRoot, verifyConsistency, verifyInclusion } from "./merkle.ts"
import { nobleCrypto } from "./noble-crypto.ts"
import {
  formatNote,
  formatVerifierKey,
  parseNote,
  parseVerifierKey,
  signNote,
  type VerifierKey,
} from "./note.ts"
import { sha256, signerOf } from "./testing/seal.ts"
import { decodeEntries, encodeEntries, parseTilePath, type Tile, tilePath } from "./tiles.ts"
import commitments from "./vectors/commitment.json" with { type: "json" }
import leaves from "./vectors/leaf.json" with { type: "json" }
import merkle from "./vectors/merkle.json" with { type: "json" }
import notes from "./vectors/note.json" with { type: "json" }
import tiles from "./vectors/tiles.json" with { type: "json" }
import proofs from "./vectors/tlog-proof.json" with { type: "json" }

/** Vectors that other implementations made (Go's sumdb and torchwood, Python), read as they read ours. */

function keyOf(vkey: string): VerifierKey {
  const key = parseVerifierKey(vkey, sha256)
  if (isMalformed(key)) throw new Error(key.malformed)
  return key
}

/** PKCS #8 of an Ed25519 seed (RFC 8410 section 7). */
const signerOfSeed = (seed: string) =>
  signerOf(
    createPrivateKey({
      key: Buffer.from(`302e020100300506032b657004220420${seed}`, "hex"),
      format: "der",
      type: "pkcs8",
    }),
  )

const rootOfSize = new Map<number, Uint8Array>()
{
  let range = emptyRange
  for (const { size } of merkle.roots) {
    const more = Array.from({ length: size - range.size }, (_, i) =>
      leafHash(utf8(`leaf ${range.size + i}`), sha256),
    )
    range = appendLeaves(range, more, sha256)
    rootOfSize.set(size, rangeRoot(range, sha256))
  }
}
const rootOf = (size: number): Uint8Array => rootOfSize.get(size) as Uint8Array

describe("leaves", () => {
  test.each(leaves.valid)("valid: $why", ({ leaf, hash }) => {
    expect(decodeLeaf(utf8(leaf))).toHaveProperty("leaf")
    expect(leafHashHex(utf8(leaf), sha256)).toBe(hash)
  })
  test.each(leaves.unknownVersion)("unknown version: $why", ({ leaf }) => {
    expect(decodeLeaf(utf8(leaf))).toHaveProperty("unknownVersion")
  })
  test.each(leaves.invalid)("invalid: $why", ({ leaf }) => {
    expect(decodeLeaf(utf8(leaf))).toHaveProperty("malformed")
  })
})

test.each(commitments.valid)("commitment of $path", ({ salt, path, value, commit }) => {
  expect(commitment(sha256, fromHex(salt), path, value as Json)).toBe(commit)
})

describe("the tree", () => {
  test.each(merkle.roots)("root of size $size", ({ size, root }) => {
    expect(toHex(rootOf(size))).toBe(root)
  })
  test.each(merkle.inclusion)("inclusion of $index in $size", ({ index, size, proof }) => {
    const hash = leafHash(utf8(`leaf ${index}`), sha256)
    expect(verifyInclusion(proof.map(fromHex), index, size, hash, rootOf(size), sha256)).toBe(true)
  })
  test.each(merkle.consistency)("consistency of $old with $size", ({ old, size, proof }) => {
    const before = appendLeaves(
      emptyRange,
      Array.from({ length: old }, (_, i) => leafHash(utf8(`leaf ${i}`), sha256)),
      sha256,
    )
    const [a, b] = [
      { size: old, root: rangeRoot(before, sha256) },
      { size, root: rootOf(size) },
    ]
    expect(verifyConsistency(proof.map(fromHex), a, b, sha256)).toBe(true)
  })
})

describe("notes and checkpoints", () => {
  const key = keyOf(notes.vkey)
  const second = keyOf(notes.secondVkey)

  test("verifier keys are printed as they were read, and the others are refused", () => {
    expect(formatVerifierKey(key)).toBe(notes.vkey)
    for (const { vkey } of notes.invalidVkeys)
      expect(parseVerifierKey(vkey, sha256)).toHaveProperty("malformed")
  })
  test.each(notes.checkpoints)(
    "of size $size: the same bytes are signed, and they verify",
    ({ size, signed, cosigned }) => {
      const checkpoint = { origin: notes.name, size, root: rootOf(size) }
      expect(signCheckpoint(checkpoint, key, signerOfSeed(notes.seed))).toBe(signed)
      const [ours, theirs] = [notes.seed, notes.secondSeed].map(signerOfSeed)
      if (ours === undefined || theirs === undefined) throw new Error("two seeds")
      const text = formatCheckpoint(checkpoint)
      const signatures = [
        ...signNote(text, key, ours).signatures,
        ...signNote(text, second, theirs).signatures,
      ]
      expect(formatNote({ text, signatures })).toBe(cosigned)
      for (const note of [signed, cosigned]) {
        const head = readCheckpoint(note)
        if (isMalformed(head)) throw new Error(head.malformed)
        expect(head.unverifiedCheckpoint).toEqual(checkpoint)
        expect(checkHeadSignature(head, [key], nobleCrypto.verifyEd25519)).toBe("signed")
        expect(checkHeadSignature(head, [key, second], nobleCrypto.verifyEd25519)).toBe("signed")
        expect(checkHeadSignature(head, [], nobleCrypto.verifyEd25519)).toBe("unknown_key")
      }
    },
  )
  test.each(notes.rejected)("rejected: $why", ({ note, result }) => {
    const head = readCheckpoint(note)
    expect(isMalformed(head) ? "malformed" : checkHeadSignature(head, [key], nobleCrypto.verifyEd25519)).toBe(
      result,
    )
  })
  test("a note that is not a checkpoint is still a note", () => {
    const note = signNote("any text\n\nwith lines\n", key, signerOfSeed(notes.seed))
    expect(parseNote(formatNote(note))).toEqual(note)
    expect(readCheckpoint(formatNote(note))).toHaveProperty("malformed")
  })
})

describe("tiles", () => {
  test.each(tiles.paths)("$path", ({ path, ...tile }) => {
    expect(tilePath(tile as Tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })
  test.each(tiles.invalidPaths)("not a path: %j", (path) => {
    expect(parseTilePath(path)).toHaveProperty("malformed")
  })
  test.each(tiles.entryBundles)("bundle $bundle", ({ entries, bundle }) => {
    expect(toHex(encodeEntries(entries.map(fromHex)))).toBe(bundle)
    expect(decodeEntries(fromHex(bundle), entries.length)).toEqual(entries.map(fromHex))
  })
  test.each(tiles.invalidEntryBundles)("a bundle that $why", ({ bundle, width }) => {
    expect(decodeEntries(fromHex(bundle), width ?? 1)).toHaveProperty("malformed")
  })
})

describe("certificates", () => {
  const keys = [keyOf(proofs.vkey)]
  const codes = (text: string, leaf?: Uint8Array) =>
    verifyCertificate(text, {
      keys,
      crypto: nobleCrypto,
      ...(leaf === undefined ? {} : { leaf }),
    }).failures.map(({ code }) => code)

  test.each(proofs.valid)("of record $index in $size", ({ plain, withRecord, index }) => {
    for (const text of [plain, withRecord]) {
      const parsed = parseCertificate(text)
      if (isMalformed(parsed)) throw new Error(parsed.malformed)
      expect(parsed.index).toBe(index)
      expect(formatCertificate(parsed)).toBe(text)
    }
    // The vectors' records are not leaves of ours: that, and nothing else, is noted.
    expect(codes(withRecord)).toEqual(["record_malformed"])
    expect(codes(plain, utf8(`leaf ${index}`))).toEqual(["record_malformed"])
  })
  test.each(proofs.invalid)("not valid: $why", ({ proof, code }) => {
    expect(codes(proof)).toContain(code)
  })
})
