import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readCheckpoint, signCheckpoint } from "./checkpoint.ts"
import { cosign, cosignerKey, formatCosignerKey } from "./cosignature.ts"
import { isMalformed } from "./malformed.ts"
import { formatVerifierKey, signatureLine } from "./note.ts"
import { isQuorum, judgeCosignatures, logKeysOf, type Policy, parsePolicy } from "./policy.ts"
import { makeSigner, sha256, testCrypto } from "./testing/seal.ts"
import vectors from "./vectors/policy.json" with { type: "json" }

function read(text: string): Policy {
  const policy = parsePolicy(text, sha256)
  if (isMalformed(policy)) throw new Error(policy.malformed)
  return policy
}

describe("policies of the vectors", () => {
  test.each(vectors.valid)("$why", ({ policy: text, cases }) => {
    const policy = read(text)
    expect(logKeysOf(policy, vectors.log.name).map(formatVerifierKey)).toEqual([vectors.log.vkey])
    expect(logKeysOf(policy, "quanheng/other/00000000")).toEqual([])
    for (const { cosigned, met } of cases) {
      const names = policy.witnesses
        .filter(({ key }) => cosigned.includes(formatCosignerKey(key)))
        .map(({ name }) => name)
      expect(isQuorum(policy, new Set(names)), cosigned.join()).toBe(met)
    }
  })
  test.each(vectors.invalid)("invalid: $why", ({ policy }) => {
    expect(parsePolicy(policy, sha256)).toHaveProperty("malformed")
  })
})

test("what is malformed is told with its line", () => {
  expect(parsePolicy("# a\n\nquorum X\n", sha256)).toEqual({
    malformed: "line 3: X is not defined before this line",
  })
})

const log = makeSigner("quanheng/test/0a0b0c0d")
const names = ["a", "b", "c", "d", "e", "f"]
const witnesses = names.map((name) => {
  const { key, sign } = makeSigner("w")
  return { name, sign, key: cosignerKey(`${name}.example/w`, key.publicKey, sha256) }
})
const head = signCheckpoint({ origin: log.key.name, size: 3, root: new Uint8Array(32) }, log.key, log.sign)
const text = head.slice(0, head.indexOf("\n\n") + 1)

const policyText = (threshold: number, members: readonly string[]) =>
  [
    `log ${formatVerifierKey(log.key)}`,
    ...witnesses.map(({ name, key }) => `witness ${name} ${formatCosignerKey(key)}`),
    `group g ${threshold} ${members.join(" ")}`,
    "quorum g\n",
  ].join("\n")

test("k of n, for any k, n and signers; and who is missing is named", () => {
  const cases = fc
    .subarray(names, { minLength: 1 })
    .chain((members) =>
      fc.tuple(fc.constant(members), fc.integer({ min: 1, max: members.length }), fc.subarray(names)),
    )
  fc.assert(
    fc.property(cases, ([members, threshold, signers]) => {
      const lines = witnesses
        .filter(({ name }) => signers.includes(name))
        .map(({ key, sign }) => signatureLine(cosign(text, 5, key, sign)))
      const note = readCheckpoint(head + lines.join(""))
      if (isMalformed(note)) throw new Error(note.malformed)
      const verdict = judgeCosignatures(read(policyText(threshold, members)), note, testCrypto.verifyEd25519)
      expect(verdict).toEqual({
        met: signers.filter((name) => members.includes(name)).length >= threshold,
        cosigned: names.filter((name) => signers.includes(name)).map((name) => ({ name, time: 5 })),
        missing: names.filter((name) => !signers.includes(name)),
        bad: null,
      })
    }),
    { numRuns: 60 },
  )
})

test("a known witness's line that does not fit rejects the note, whoever else signed", () => {
  const [a, b] = witnesses
  if (!a || !b) throw new Error("two witnesses")
  const good = signatureLine(cosign(text, 5, a.key, a.sign))
  const forged = signatureLine({
    ...cosign(text, 5, a.key, a.sign),
    name: b.key.cosigner,
    keyId: b.key.keyId,
  })
  const note = readCheckpoint(head + good + forged)
  if (isMalformed(note)) throw new Error(note.malformed)
  expect(judgeCosignatures(read(policyText(1, names)), note, testCrypto.verifyEd25519)).toMatchObject({
    met: false,
    bad: "b",
  })
})

test("any text is read to the end or refused, never thrown at", () => {
  const words = fc.constantFrom(
    "log",
    "witness",
    "group",
    "quorum",
    "any",
    "all",
    "none",
    "1",
    "a",
    "b",
    "#",
    "\n",
  )
  const lines = fc.array(words, { maxLength: 30 }).map((some) => some.join(" "))
  fc.assert(
    fc.property(fc.oneof(fc.string(), lines, fc.uint8Array()), (source) => {
      const policy = parsePolicy(source, sha256)
      expect(isMalformed(policy) || policy.quorum === null || policy.groups.length >= 0).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
