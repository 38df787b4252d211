import { describe, expect, test } from "vitest"
import { readCheckpoint } from "./checkpoint.ts"
import { readGivenRotations } from "./given-rotations.ts"
import { keysForHead } from "./head-keys.ts"
import { isMalformed } from "./malformed.ts"
import { nobleCrypto } from "./noble-crypto.ts"
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from "./note.ts"
import { isProblem, readRotation } from "./rotation.ts"
import vectors from "./vectors/key-rotation.json" with { type: "json" }

/** Changes of a log's key, as README.md beside the vectors tells them. */
const keyOf = (vkey: string): VerifierKey => {
  const key = parseVerifierKey(vkey, nobleCrypto.sha256)
  if (isMalformed(key)) throw new Error(key.malformed)
  return key
}
const given = (proofs: readonly string[]) =>
  readGivenRotations(
    proofs.map((text, i) => ({ name: String(i), text })),
    nobleCrypto,
  )

test.each(vectors.valid)("change $version is read", ({ proof, ...told }) => {
  const read = readRotation(proof, nobleCrypto)
  if (isProblem(read)) throw new Error(read.code)
  const { version, index, from, to, reason, handover } = read
  const keys = { from: formatVerifierKey(from), to: formatVerifierKey(to) }
  expect({ version, index, reason, ...keys }).toEqual(told)
  expect(handover.size).toBe(index + 1)
})

test.each(vectors.invalid)("refused: $why", ({ proof, code }) => {
  expect(readRotation(proof, nobleCrypto)).toMatchObject({ code })
})

test.each(vectors.chains)("a chain: $why", ({ proofs, holds }) => {
  expect(isMalformed(given(proofs))).toBe(!holds)
})

describe.each(vectors.heads)("a head $why", ({ note, judged, compromised }) => {
  const head = readCheckpoint(note)
  const rotations = given(vectors.valid.map(({ proof }) => proof))
  if (isMalformed(head) || isMalformed(rotations)) throw new Error("the vectors are malformed")

  test.each(vectors.keys)("for who trusts the $name key", ({ name, vkey }) => {
    const trusted = keysForHead([keyOf(vkey)], null, rotations, head.unverifiedCheckpoint)
    if (name === "stranger") {
      expect(trusted).toMatchObject({ astray: true, compromised: false })
      return
    }
    expect(trusted.heads.judge(head, nobleCrypto.verifyEd25519)).toBe(judged)
    expect(trusted.compromised).toBe(compromised[name as keyof typeof compromised])
  })
})
