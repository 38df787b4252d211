import fc from "fast-check"
import { zipSync } from "fflate"
import { describe, expect, test } from "vitest"
import { utf8 } from "../bytes.ts"
import { collect } from "./bundle.ts"
import { makeBundle } from "./testing/bundle.ts"
import { market } from "./testing/market.ts"
import { makeSigner, sealLog, testCrypto } from "./testing/seal.ts"
import { verifyBundle } from "./verify.ts"
import { openZip, type RandomAccess } from "./zip-bundle.ts"

const origin = "quanheng/test/0a1b2c3d"
const signer = makeSigner(origin)
const files = makeBundle(sealLog(origin, market(300)), signer)

const inMemory = (bytes: Uint8Array): RandomAccess => ({
  size: bytes.length,
  read: async (offset, length) => {
    if (offset < 0 || offset + length > bytes.length) throw new Error("the file ends too early")
    return bytes.slice(offset, offset + length)
  },
})

const verifyZip = async (zip: Uint8Array) =>
  verifyBundle(await openZip(inMemory(zip)), { crypto: testCrypto, keys: [signer.key] })

describe("a zip", () => {
  const plain = Object.fromEntries(files)
  const enclosed = Object.fromEntries([...files].map(([path, bytes]) => [`export-7/${path}`, bytes]))

  test.each([
    ["stored", zipSync(plain, { level: 0 })],
    ["deflated", zipSync(plain, { level: 6 })],
    ["inside of one folder", zipSync(enclosed, { level: 6 })],
  ])("%s, verifies like the folder", async (_, zip) => {
    expect(await verifyZip(zip)).toMatchObject({ verdict: "intact", failures: [], checked: { records: 300 } })
  })

  test("with a name that leaves the bundle is refused by name", async () => {
    const report = await verifyZip(zipSync({ ...plain, "../../evil": utf8("x") }))
    expect(report.failures).toMatchObject([{ code: "file_name_unsafe", file: "../../evil" }])
  })

  test("whose entry inflates to more than it tells is stopped", async () => {
    const zip = zipSync({ a: new Uint8Array(5_000_000) }, { level: 9 })
    const view = new DataView(zip.buffer, zip.byteOffset)
    const central = view.getUint32(zip.length - 6, true)
    view.setUint32(central + 24, 1000, true)
    const bundle = await openZip(inMemory(zip))
    await expect(collect(bundle.stream("a"), "a", 10_000_000)).rejects.toThrow("longer than")
  })

  test("that is damaged anywhere is told in a report or one plain error", async () => {
    const zip = zipSync(Object.fromEntries(makeBundle(sealLog(origin, market(5)), signer)))
    await fc.assert(
      fc.asyncProperty(
        fc.nat(zip.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, change, cut) => {
          const damaged = cut ? zip.slice(0, at) : zip.with(at, (zip[at] as number) ^ change)
          const outcome = await verifyZip(damaged).catch((error: unknown) => error)
          if (outcome instanceof Error) expect(outcome.message).toMatch(/zip|file|encoded/)
          else expect(outcome).toHaveProperty("verdict")
        },
      ),
      { numRuns: process.env.QUANHENG_LARGE ? 600 : 60 },
    )
  }, 60_000)
})
