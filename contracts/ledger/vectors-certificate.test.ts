import { describe, expect, test } from "vitest"
import { utf8 } from "../bytes.ts"
import { verifyCertificateFile } from "./certificate-json.ts"
import { decodeLeaf } from "./encoding.ts"
import { ErasedValues } from "./erased-values.ts"
import { type FactBody, isFactType } from "./fact.ts"
import { problemOfBody } from "./fact-body.ts"
import { isMalformed } from "./malformed.ts"
import { nobleCrypto } from "./noble-crypto.ts"
import { parseVerifierKey } from "./note.ts"
import { sha256 } from "./testing/seal.ts"
import certificates from "./vectors/certificate-json.json" with { type: "json" }
import erasures from "./vectors/erasure.json" with { type: "json" }

/** The same vectors as docs/verify.py is held to (cli/verify-py.test.ts). */

const key = parseVerifierKey(certificates.vkey, sha256)
if (isMalformed(key)) throw new Error(key.malformed)
const read = (certificate: string) => verifyCertificateFile(certificate, { keys: [key], crypto: nobleCrypto })

describe("certificates in the form for programs", () => {
  test.each(certificates.valid)("valid: $why", ({ certificate }) => {
    expect(read(certificate)).toMatchObject({ failures: [], authenticated: true })
  })
  test.each(certificates.invalid)("not valid: $why", ({ certificate, failures }) => {
    expect(read(certificate).failures.map(({ code, record }) => [code, record ?? null])).toEqual(failures)
  })
})

test.each(erasures.cases)("erasures: $why", ({ leaves, erased }) => {
  const counted = new ErasedValues()
  for (const text of leaves) {
    const decoded = decodeLeaf(utf8(text))
    if (!("leaf" in decoded)) throw new Error("no leaf")
    const { index, type, body } = decoded.leaf
    if (type !== "data.erased@1" || !isFactType(type) || problemOfBody(type, body) !== null) continue
    counted.add(index, body as FactBody<"data.erased@1">)
  }
  expect(counted.report()).toEqual(erased)
})
