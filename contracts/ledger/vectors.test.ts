import { createPrivateKey } from "node:crypto"
import { describe, expect, test } from "vitest"
import { fromHex, fromUtf8, toHex, utf8 } from "../bytes.ts"
import type { Json } from "../canonical-json.ts"
import { verifyCertificate } from "./certificate.ts"
import { formatCertificate, parseCertificate } from "./certificate-form.ts"
import { checkHeadSignature, formatCheckpoint, readCheckpoint, signCheckpoint } from "./checkpoint.ts"
import { checkDisclosure, commitment } from "./commitment.ts"
import { decodeLeaf, encodeLeaf, leafHash, leafHashHex } from "./encoding.ts"
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
  verifyNote,
} from "./note.ts"
import { sha256, signerOf } from "./testing/seal.ts"
import commitments from "./vectors/commitment.json" with { type: "json" }
import leaves from "./vectors/leaf.json" with { type: "json" }
import merkle from "./vectors/merkle.json" with { type: "json" }
import notes from "./vectors/note.json" with { type: "json" }
import proofs from "./vectors/tlog-proof.json" with { type: "json" }
import { parseDisclosure } from "./verify-companions.ts"

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
  const sizes = [...merkle.roots.map(({ size }) => size), ...merkle.consistency.map(({ old }) => old)]
  for (const size of sizes.toSorted((a, b) => a - b)) {
    const more = Array.from({ length: size - range.size }, (_, i) =>
      leafHash(utf8(`leaf ${range.size + i}`), sha256),
    )
    range = appendLeaves(range, more, sha256)
    rootOfSize.set(size, rangeRoot(range, sha256))
  }
}
const rootOf = (size: number): Uint8Array => rootOfSize.get(size) as Uint8Array

/** In a leaf with a `pad`, "@@" stands for that many "x". */
const bytesOf = ({ leaf, pad }: { leaf: string; pad?: number }): Uint8Array =>
  utf8(pad === undefined ? leaf : leaf.replace("@@", "x".repeat(pad)))

describe("leaves", () => {
  test.each(leaves.valid)("valid: $why", (vector) => {
    const decoded = decodeLeaf(bytesOf(vector))
    if (!("leaf" in decoded)) throw new Error(isMalformed(decoded) ? decoded.malformed : "unknown version")
    expect(leafHashHex(bytesOf(vector), sha256)).toBe(vector.hash)
    expect(encodeLeaf(decoded.leaf)).toBe(fromUtf8(bytesOf(vector)))
  })
  test.each(leaves.unknownVersion)("unknown version: $why", ({ leaf, hash }) => {
    expect(decodeLeaf(utf8(leaf))).toHaveProperty("unknownVersion")
    expect(leafHashHex(utf8(leaf), sha256)).toBe(hash)
  })
  test.each(leaves.invalid)("invalid: $why", (vector) => {
    expect(decodeLeaf(bytesOf(vector))).toHaveProperty("malformed")
  })
  test.each(leaves.invalidBytes)("invalid: $why", ({ hex }) => {
    expect(decodeLeaf(fromHex(hex))).toHaveProperty("malformed")
  })
})

describe("commitments", () => {
  test.each(commitments.valid)("of $path", ({ salt, path, value, commit }) => {
    expect(commitment(sha256, fromHex(salt), path, value as Json)).toBe(commit)
  })
  test.each(commitments.invalid)("not of $why", ({ salt, path, value, commit }) => {
    expect(commitment(sha256, fromHex(salt), path, value as Json)).not.toBe(commit)
  })
  test.each(commitments.openings.lines)("an opening: $why", ({ line, result }) => {
    const decoded = decodeLeaf(utf8(commitments.openings.leaf))
    if (!("leaf" in decoded)) throw new Error("the leaf is one")
    const opened = parseDisclosure(utf8(line))
    expect(
      typeof opened === "string" ? "malformed" : checkDisclosure(opened, decoded.leaf, sha256, opened.text),
    ).toBe(result)
  })
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
    const [a, b] = [
      { size: old, root: rootOf(old) },
      { size, root: rootOf(size) },
    ]
    expect(verifyConsistency(proof.map(fromHex), a, b, sha256)).toBe(true)
  })
  test.each(merkle.invalidInclusion)("no inclusion: $why", ({ index, size, leaf, root, proof }) => {
    const hash = leafHash(utf8(leaf), sha256)
    expect(verifyInclusion(proof.map(fromHex), index, size, hash, fromHex(root), sha256)).toBe(false)
  })
  test.each(merkle.invalidConsistency)("no consistency: $why", ({ old, oldRoot, size, root, proof }) => {
    const [a, b] = [
      { size: old, root: fromHex(oldRoot) },
      { size, root: fromHex(root) },
    ]
    expect(verifyConsistency(proof.map(fromHex), a, b, sha256)).toBe(false)
  })
})

describe("notes and checkpoints", () => {
  const key = keyOf(notes.vkey)
  const second = keyOf(notes.secondVkey)

  test.each(notes.validVkeys)("$vkey is read and printed", ({ vkey, name, keyId, publicKey }) => {
    const read = keyOf(vkey)
    expect(read).toEqual({ name, keyId, publicKey: fromHex(publicKey) })
    expect(formatVerifierKey(read)).toBe(vkey)
    expect(parseVerifierKey(`${vkey}\n`, sha256)).toEqual(read)
  })
  test.each(notes.invalidVkeys)("no verifier key: $why", ({ vkey }) => {
    expect(parseVerifierKey(vkey, sha256)).toHaveProperty("malformed")
  })
  test.each(notes.notes)("a note with $why", ({ note, repeat = 0, line = "", keys, result }) => {
    const parsed = parseNote(note + line.repeat(repeat))
    if (isMalformed(parsed)) return expect("malformed").toBe(result)
    const verdict = verifyNote(parsed, keys.map(keyOf), nobleCrypto.verifyEd25519)
    expect("badKey" in verdict ? "bad" : verdict.verifiedBy.map(({ name }) => name)).toEqual(result)
    expect(formatNote(parsed)).toBe(note + line.repeat(repeat))
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
  test.each(proofs.records)("of $why", ({ index, proof, record }) => {
    const parsed = parseCertificate(proof)
    if (isMalformed(parsed)) throw new Error(parsed.malformed)
    expect(formatCertificate(parsed)).toBe(proof)
    expect(parsed.index).toBe(index)
    if (parsed.extra !== null) expect(fromUtf8(parsed.extra)).toBe(record)
    expect(codes(proof, utf8(record))).toEqual([])
  })
  test.each(proofs.invalid)("not valid: $why", ({ proof, code }) => {
    expect(codes(proof)).toContain(code)
  })
})
