import { createHash, randomBytes } from "node:crypto"
import { afterAll, expect, test } from "vitest"
import { must } from "#contracts/assert.ts"
import { memoryBundle } from "#contracts/ledger/bundle.ts"
import { isMalformed } from "#contracts/ledger/malformed.ts"
import { parsePolicy } from "#contracts/ledger/policy.ts"
import { whole } from "#contracts/ledger/testing/tamper/case.ts"
import { tamperCases } from "#contracts/ledger/testing/tamper/matrix.ts"
import { type VerifyOptions, verifyBundle } from "#contracts/ledger/verify.ts"
import { openHashThreads } from "./hash-threads.ts"
import { nodeCrypto } from "./node-crypto.ts"

const threads = must(openHashThreads(2), "threads")
afterAll(() => threads.close())

const bytesOf = (length: number): Uint8Array => randomBytes(length)

test("threads hash files side by side, long ones and empty ones, and tell each its own hash", () => {
  const parts = [0, 1, 63, 64, 200_000, 1024 * 1024, 3_000_001].map(bytesOf)
  const files = Array.from({ length: 24 }, () => ({
    hash: threads.open(),
    expected: createHash("sha256"),
    found: "",
  }))
  for (let round = 0; round < 3; round++)
    for (const [i, { hash, expected }] of files.entries()) {
      const part = parts[(i * 5 + round) % parts.length] as Uint8Array
      hash.update(part)
      expected.update(part)
    }
  for (const [i, file] of files.entries()) {
    if (i % 3 === 0) file.found = Buffer.from(file.hash.digest()).toString("hex")
    else
      file.hash.end((digest) => {
        file.found = Buffer.from(digest).toString("hex")
      })
  }
  const empty = threads.open()
  expect(Buffer.from(empty.digest()).toString("hex")).toBe(createHash("sha256").digest("hex"))
  threads.settle()
  for (const { found, expected } of files) expect(found).toBe(expected.digest("hex"))
})

const cases = tamperCases.filter(({ make }) => make().certificate === undefined)
const chosen = process.env.QUANHENG_LARGE ? cases : cases.filter((_, i) => i % 12 === 0)

test.each([
  { edit: "nothing", make: () => ({ ...(cases[0] as (typeof cases)[0]).make(), files: whole }) },
  ...chosen,
])("two threads and one report the same of: $edit", async ({ make }) => {
  const { files, keys, since, policy: text } = make()
  const policy = text === undefined ? undefined : parsePolicy(text, nodeCrypto.sha256)
  if (isMalformed(policy)) throw new Error(policy.malformed)
  const options: VerifyOptions = {
    crypto: nodeCrypto,
    keys: [...keys],
    ...(since === undefined ? {} : { since }),
    ...(policy === undefined ? {} : { policy }),
  }
  const alone = await verifyBundle(memoryBundle(files), options)
  const crypto = { ...nodeCrypto, fileHashes: threads }
  expect(await verifyBundle(memoryBundle(files), { ...options, crypto })).toEqual(alone)
})
