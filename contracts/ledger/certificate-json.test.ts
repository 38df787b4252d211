import { describe, expect, test } from "vitest"
import { formatCertificate, parseCertificate } from "./certificate-form.ts"
import { type CertificateJson, describeCertificate, verifyCertificateFile } from "./certificate-json.ts"
import { isMalformed } from "./malformed.ts"
import { inclusionProof } from "./merkle.ts"
import { checkpointOf, makeBundle } from "./testing/bundle.ts"
import { market } from "./testing/market.ts"
import { testCrypto as crypto, makeSigner, sealLog, sha256 } from "./testing/seal.ts"
import { tileHashReader, tilePath } from "./tiles.ts"

const origin = "quanheng/test/0a1b2c3d"
const signer = makeSigner(origin)
const log = sealLog(origin, market(20))
const options = { keys: [signer.key], crypto }

async function certificateOf(index: number): Promise<CertificateJson> {
  const files = makeBundle(log, signer)
  const read = tileHashReader(20, async (tile) => files.get(tilePath(tile)) as Uint8Array, sha256)
  const proof = await inclusionProof(index, 20, read, sha256)
  const certificate = {
    extra: log.leaves[index] as Uint8Array,
    index,
    proof,
    checkpoint: checkpointOf(log, signer),
  }
  const told = describeCertificate(certificate, formatCertificate(certificate), sha256)
  if (isMalformed(told)) throw new Error(told.malformed)
  return told
}
const own = await certificateOf(7)
const codes = (file: unknown) =>
  verifyCertificateFile(typeof file === "string" ? file : JSON.stringify(file), options).failures.map(
    ({ code, record }) => [code, record],
  )

describe("a certificate in the form for programs", () => {
  test("is as good as the proof in it, however its JSON is laid out", () => {
    for (const file of [own.proofText, JSON.stringify(own), ` ${JSON.stringify(own, null, 2)}\n`]) {
      const report = verifyCertificateFile(file, options)
      expect(report).toMatchObject({ failures: [], authenticated: true, index: 7 })
    }
    expect(own.number).toBe("0a1b2c3d#7")
  })

  test.each([
    ["number", { number: "0a1b2c3d#8" }],
    ["leaf", { leaf: { ...own.leaf, type: "trade.settled@1" } }],
    ["leafHash", { leafHash: "0".repeat(64) }],
    ["proof", { proof: own.proof.slice(1) }],
    ["a member more", { approvedBy: "the mayor" }],
    ["a float", { index: 7.5 }],
  ])("whose %s was changed is refused, and its record named", (_, change) => {
    expect(codes({ ...own, ...change })).toEqual([["certificate_malformed", 7]])
  })

  test("without a member is refused", () => {
    const { checkpoint: _, ...rest } = own
    expect(codes(rest)).toEqual([["certificate_malformed", 7]])
  })

  test("whose proof was changed fails as the proof does", () => {
    const parsed = parseCertificate(own.proofText)
    if (isMalformed(parsed) || parsed.extra === null) throw new Error("unreadable")
    const proofText = formatCertificate({ ...parsed, extra: parsed.extra.with(9, 0x39) })
    expect(codes({ ...own, proofText })[0]?.[1]).toBe(7)
  })

  test("that is none is told so", () => {
    for (const file of ["{", "{}", '{"proofText":1}', '{"proofText":"x"}', " {}", ""])
      expect(codes(file)).toEqual([["certificate_malformed", undefined]])
  })
})

describe("a certificate with opened values", () => {
  const index = log.leaves.findIndex((_, at) => log.disclosures.some((one) => one.index === at))
  const values = log.disclosures
    .filter((one) => one.index === index)
    .map(({ path, salt, value }) => ({ path, salt, value }))

  test("is good while each value is the one that the record committed to", async () => {
    expect(values.length).toBeGreaterThan(0)
    const whole = await certificateOf(index)
    expect(codes({ ...whole, opened: values })).toEqual([])
    for (const [n, one] of values.entries()) {
      const changed = values.with(n, { ...one, value: "another" })
      expect(codes({ ...whole, opened: changed })).toEqual([["disclosure_wrong", index]])
      const salted = values.with(n, { ...one, salt: "0".repeat(32) })
      expect(codes({ ...whole, opened: salted })).toEqual([["disclosure_wrong", index]])
    }
  })

  test.each([
    ["is no list", {}],
    ["is empty", []],
    ["holds one value twice", [values[0], values[0]]],
    ["holds a value without its salt", [{ path: "/actor", value: 1 }]],
    ["holds a short salt", [{ ...values[0], salt: "00" }]],
    ["holds a member more", [{ ...values[0], name: "x" }]],
    ["holds nothing at all", [null]],
    ["holds half a surrogate pair", [{ ...values[0], value: "\ud800" }]],
  ])("whose list %s cannot be read", async (_, opened) => {
    expect(codes({ ...(await certificateOf(index)), opened })).toEqual([["certificate_malformed", index]])
  })

  test("of a place that the record keeps in the open is refused", async () => {
    const opened = [{ path: "/body/version", salt: "0".repeat(32), value: 1 }]
    expect(codes({ ...(await certificateOf(index)), opened })).toEqual([["disclosure_wrong", index]])
  })
})
