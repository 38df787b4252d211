import { expect, test } from "vitest"
import { verifyCertificateFile } from "#contracts/ledger/certificate-json.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parseVerifierKey } from "#contracts/ledger/note.ts"
import { isRefusal } from "#contracts/refusal.ts"
import type { Services } from "../services.ts"
import { readCertificate } from "./certificates.ts"
import { readLog } from "./log-store.ts"
import { nodeCrypto } from "./node-crypto.ts"
import { readOwnCertificate } from "./own-certificate.ts"
import { openTestLog } from "./test-log.ts"
import { holdPayment, testServices, userOf } from "./test-records.ts"

const log = await openTestLog()
const services = (await testServices(log)) as Services
const buyer = userOf("buyer")
await holdPayment(services, buyer)
await log.sequencer().sealOnce()

test("a party's own certificate holds what it may read, and proves it", async () => {
  const own = await readOwnCertificate(services, buyer, 0)
  if (isRefusal(own)) throw new Error(own.refused)
  expect(own.opened?.map(({ path }) => path).sort()).toEqual([
    "/actor",
    "/body/buyer",
    "/body/listing",
    "/body/price",
    "/body/seller",
  ])
  const key = parseVerifierKey((await readLog(log.sql))?.vkey ?? "", nodeCrypto.sha256)
  if (isMalformed(key)) throw new Error(key.malformed)
  const check = (file: unknown) =>
    verifyCertificateFile(JSON.stringify(file), { keys: [key], crypto: nodeCrypto })
  expect(check(own)).toMatchObject({ failures: [], authenticated: true, index: 0 })
  const dearer = own.opened?.map((one) =>
    one.path === "/body/price" ? { ...one, value: { minor: "99999", currency: "CNY" } } : one,
  )
  expect(check({ ...own, opened: dearer }).failures).toMatchObject([{ code: "disclosure_wrong", record: 0 }])
})

test("another party is told that there is none, a reader without a party to sign in; the public one opens nothing", async () => {
  expect(await readOwnCertificate(services, userOf("buyer"), 0)).toEqual({ refused: "not_found" })
  expect(await readOwnCertificate(services, userOf("regulator", "operator"), 0)).toEqual({
    refused: "not_found",
  })
  expect(await readOwnCertificate(services, { kind: "anonymous" }, 0)).toEqual({ refused: "not_signed_in" })
  expect(await readOwnCertificate(services, buyer, 999)).toMatchObject({ refused: expect.any(String) })
  expect(await readCertificate(log.sql, { index: 0 })).not.toHaveProperty("opened")
})
