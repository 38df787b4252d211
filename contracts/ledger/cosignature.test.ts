import { createPrivateKey } from "node:crypto"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { formatCheckpoint, readCheckpoint, signCheckpoint } from "./checkpoint.ts"
import {
  type CosignerKey,
  cosign,
  cosignedMessage,
  cosignerKey,
  formatCosignerKey,
  parseCosignerKey,
  parseSignatureLines,
  readCosignature,
  verifyCosignatures,
} from "./cosignature.ts"
import { isMalformed } from "./malformed.ts"
import { nobleCrypto } from "./noble-crypto.ts"
import { formatNote, parseNote, parseVerifierKey, signatureLine } from "./note.ts"
import { makeSigner, sha256, signerOf, testCrypto } from "./testing/seal.ts"
import vectors from "./vectors/cosignature.json" with { type: "json" }

/** PKCS #8 of an Ed25519 seed (RFC 8410 section 7). */
const signerOfSeed = (seed: string) =>
  signerOf(
    createPrivateKey({
      key: Buffer.from(`302e020100300506032b657004220420${seed}`, "hex"),
      format: "der",
      type: "pkcs8",
    }),
  )

function sure<T extends object>(value: T): Exclude<T, { malformed: string }> {
  if (isMalformed(value)) throw new Error(value.malformed)
  return value as Exclude<T, { malformed: string }>
}

const witnesses = vectors.witnesses.map(({ vkey, seed }) => ({
  key: sure(parseCosignerKey(vkey, sha256)),
  sign: signerOfSeed(seed),
}))
const known = witnesses.slice(0, 2).map(({ key }) => key)

describe("cosignatures that other programs made", () => {
  test("keys are printed as they were read, and the others are refused", () => {
    for (const [at, { vkey, name }] of vectors.witnesses.entries()) {
      const key = witnesses[at]?.key as CosignerKey
      expect(formatCosignerKey(key)).toBe(vkey)
      expect(cosignerKey(name, key.publicKey, sha256)).toEqual(key)
      // A witness's key is none of a log's.
      expect(parseVerifierKey(vkey, sha256)).toHaveProperty("malformed")
    }
    for (const { vkey } of vectors.invalidVkeys)
      expect(parseCosignerKey(vkey, sha256), vkey).toHaveProperty("malformed")
  })

  test.each(vectors.checkpoints)("of size $size: the same bytes are made, and they verify", (vector) => {
    const { note, unverifiedCheckpoint } = sure(readCheckpoint(vector.cosigned))
    expect(formatNote(note)).toBe(vector.cosigned)
    const logKey = sure(parseVerifierKey(vectors.log.vkey, sha256))
    expect(signCheckpoint(unverifiedCheckpoint, logKey, signerOfSeed(vectors.log.seed))).toBe(vector.signed)
    const times = note.signatures.slice(1).map((line) => sure(readCosignature(line)).time)
    const again = witnesses.map(({ key, sign }, i) => cosign(note.text, times[i] as number, key, sign))
    expect(vector.signed + again.map(signatureLine).join("")).toBe(vector.cosigned)
    const verdict = verifyCosignatures(
      note,
      witnesses.map(({ key }) => key),
      nobleCrypto.verifyEd25519,
    )
    expect(verdict).toEqual({ cosigned: witnesses.map(({ key }, i) => ({ key, time: times[i] })) })
  })

  test.each(vectors.judged)("$why: $result", ({ note, result }) => {
    const read = sure(parseNote(note))
    const verdict = verifyCosignatures(read, known, nobleCrypto.verifyEd25519)
    const told =
      "badKey" in verdict
        ? "bad"
        : verdict.cosigned
            .map(({ key }) => key.cosigner)
            .sort()
            .join()
    expect(told).toBe(result.split(",").sort().join())
  })
})

describe("cosignatures of ours", () => {
  const { publicKey, sign } = (({ key, sign }) => ({ publicKey: key.publicKey, sign }))(makeSigner("w"))
  const key = cosignerKey("supervision.example/w1", publicKey, sha256)
  const text = formatCheckpoint({ origin: "quanheng/test/00000000", size: 7, root: new Uint8Array(32) })

  test("any time, and no other bytes under it", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(71), fc.integer({ min: 1, max: 255 }), (time, at, flip) => {
        const line = cosign(text, time, key, sign)
        const lines = parseSignatureLines(signatureLine(line))
        expect(lines).toEqual([line])
        const verify = testCrypto.verifyEd25519
        expect(verifyCosignatures({ text, signatures: [line] }, [key], verify)).toEqual({
          cosigned: [{ key, time }],
        })
        const signature = line.signature.slice()
        signature[at] = (signature[at] as number) ^ flip
        const changed = { text, signatures: [{ ...line, signature }] }
        expect(verifyCosignatures(changed, [key], verify)).toEqual({ badKey: key })
        const other = { text: text.replace("\n7\n", "\n8\n"), signatures: [line] }
        expect(verifyCosignatures(other, [key], verify)).toEqual({ badKey: key })
      }),
      { numRuns: 200 },
    )
  })

  test("a note signed without the time's header is no cosignature", () => {
    const signature = new Uint8Array([...new Uint8Array(8), ...sign(new TextEncoder().encode(text))])
    const line = { name: key.cosigner, keyId: key.keyId, signature }
    expect(verifyCosignatures({ text, signatures: [line] }, [key], testCrypto.verifyEd25519)).toEqual({
      badKey: key,
    })
  })

  test("the newest of a witness's times is told", () => {
    const signatures = [cosign(text, 9, key, sign), cosign(text, 4, key, sign)]
    expect(verifyCosignatures({ text, signatures }, [key], testCrypto.verifyEd25519)).toEqual({
      cosigned: [{ key, time: 9 }],
    })
  })

  test.each(["", "\n", "no line\n", signatureLine(cosign(text, 1, key, sign)).trimEnd()])(
    "not what a witness answers: %j",
    (answer) => {
      expect(parseSignatureLines(answer)).toHaveProperty("malformed")
    },
  )

  test("a time is whole seconds", () => {
    for (const time of [-1, 1.5, 2 ** 53, Number.NaN]) expect(() => cosignedMessage(text, time)).toThrow()
    const line = cosign(text, 1, key, sign)
    line.signature[0] = 1
    expect(readCosignature(line)).toHaveProperty("malformed")
  })
})
